//! Enrolling a phone, and making the code with which a secretary enrols another.

use ed25519_dalek::SigningKey;
use haitang_domain::Id;
use haitang_protocol::ProblemCode;
use haitang_protocol::account::{Again, Enrol, Enrolled, Enrolment, NewEnrolment};
use haitang_protocol::qr::EnrolCode;
use haitang_store::Identity;
use zeroize::Zeroizing;

use crate::error::AppError;
use crate::phone::Phone;
use crate::transport::Transport;

impl Phone {
    /// Enrols this phone with what was scanned, see [`EnrolCode`].
    pub async fn enrol_by_qr(&self, scanned: &str, device_name: &str) -> Result<Identity, AppError> {
        let read = EnrolCode::parse(scanned).ok_or_else(|| AppError::BadInput("not an enrolment code".into()))?;
        self.enrol(&read.server, &read.code, device_name).await
    }

    /// Enrols this phone with the server at `server` and the one-time `code`.
    ///
    /// The device's key is made here and never leaves the phone. A phone that is enrolled already, and whose server was set back to a copy
    /// that does not know it, becomes the same device again: what it holds is sent once more.
    pub async fn enrol(&self, server: &str, code: &str, device_name: &str) -> Result<Identity, AppError> {
        if let Some(identity) = self.store().identity()? {
            return self.enrol_again(identity, server, code, device_name).await;
        }
        let seed = Zeroizing::new(self.inner.surroundings.random::<32>());
        let public_key = hex::encode(SigningKey::from_bytes(&seed).verifying_key().to_bytes());
        let question = Enrol { code: code.to_owned(), public_key, device_name: device_name.to_owned(), again: None };
        let answer: Enrolled = Transport::new(server, self.inner.surroundings.network()?)?.ask("/v1/enrol", &question).await?;
        let identity = Identity {
            device: answer.device,
            member: answer.member,
            name: answer.name,
            server: server.trim_end_matches('/').to_owned(),
            server_key: unhex(&answer.server_key)?,
            certificate: unhex(&answer.certificate)?,
            signing_key: *seed,
        };
        self.store().set_identity(&identity)?;
        self.changed();
        Ok(identity)
    }

    async fn enrol_again(&self, identity: Identity, server: &str, code: &str, name: &str) -> Result<Identity, AppError> {
        let enrolled_already = || AppError::BadInput("this phone is enrolled already".into());
        if server.trim_end_matches('/') != identity.server {
            return Err(enrolled_already());
        }
        let again = Again { device: identity.device, member: identity.member, certificate: hex::encode(identity.certificate) };
        let public_key = hex::encode(SigningKey::from_bytes(&identity.signing_key).verifying_key().to_bytes());
        let question = Enrol { code: code.to_owned(), public_key, device_name: name.to_owned(), again: Some(again) };
        match self.transport()?.ask::<_, Enrolled>("/v1/enrol", &question).await {
            Ok(_) => Ok(identity),
            // The server knows it.
            Err(error) if error.problem() == Some(ProblemCode::BadRequest) => Err(enrolled_already()),
            Err(error) => Err(error),
        }
    }

    /// Makes a one-time code for `member`'s phone, and the text of the QR code to show. Needs the network.
    pub async fn new_enrolment(&self, member: Id) -> Result<(Enrolment, String), AppError> {
        self.ensure_token().await?;
        let enrolment: Enrolment = self.transport()?.ask_as_device("/v1/enrolments", &NewEnrolment { member }).await?;
        let text = EnrolCode { server: self.identity()?.server, code: enrolment.code.clone() }.to_text();
        Ok((enrolment, text))
    }
}

fn unhex<const N: usize>(text: &str) -> Result<[u8; N], AppError> {
    let mut bytes = [0; N];
    hex::decode_to_slice(text, &mut bytes).map_err(|_| AppError::Internal("the server's answer cannot be read".into()))?;
    Ok(bytes)
}
