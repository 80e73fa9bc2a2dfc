//! A certificate authority of one's own, and what a man in the middle can do with one.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// An authority, with its own certificate in a file.
pub struct Authority {
    folder: tempfile::TempDir,
    issuer: CertifiedIssuer<'static, KeyPair>,
    issued: AtomicU32,
}

/// A certificate chain and its key, in files.
pub struct Certificate {
    /// The chain.
    pub cert: PathBuf,
    /// The key.
    pub key: PathBuf,
}

impl Default for Authority {
    fn default() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let issuer = CertifiedIssuer::self_signed(params, key).expect("an authority");
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("roots.pem"), issuer.pem()).expect("writes");
        Self { folder, issuer, issued: AtomicU32::new(0) }
    }
}

impl Authority {
    /// What a phone that trusts this authority, and no other, is given as roots.
    pub fn roots(&self) -> PathBuf {
        self.folder.path().join("roots.pem")
    }

    /// A certificate for a server at these addresses.
    pub fn issue(&self, addresses: &[&str]) -> Certificate {
        let names: Vec<String> = addresses.iter().map(|address| (*address).to_owned()).collect();
        let key = KeyPair::generate().expect("a key");
        let made = CertificateParams::new(names).and_then(|params| params.signed_by(&key, &self.issuer)).expect("a certificate");
        let n = self.issued.fetch_add(1, Ordering::Relaxed);
        let at = |name: &str| self.folder.path().join(format!("{name}-{n}.pem"));
        let certificate = Certificate { cert: at("cert"), key: at("key") };
        std::fs::write(&certificate.cert, made.pem()).expect("writes");
        std::fs::write(&certificate.key, key.serialize_pem()).expect("writes");
        certificate
    }
}

/// Stands in a server's place over TLS and gives every request the same answer, for as long as the test runs.
pub fn stand_in(certificate: &Certificate, answer: String) -> SocketAddr {
    let chain = CertificateDer::pem_file_iter(&certificate.cert).and_then(Iterator::collect).expect("a chain");
    let key = PrivateKeyDer::from_pem_file(&certificate.key).expect("a key");
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
        .expect("a configuration");
    let config = Arc::new(config);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let addr = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for client in listener.incoming().flatten() {
            // Whoever does not trust the certificate hangs up, which is no fault here.
            let _ = answer_one(&config, client, &answer);
        }
    });
    addr
}

fn answer_one(config: &Arc<ServerConfig>, client: TcpStream, answer: &str) -> std::io::Result<()> {
    let connection = ServerConnection::new(Arc::clone(config)).map_err(std::io::Error::other)?;
    let mut stream = StreamOwned::new(connection, client);
    let mut asked = [0; 4096];
    let _ = stream.read(&mut asked)?;
    stream.write_all(answer.as_bytes())?;
    stream.conn.send_close_notify();
    stream.flush()
}
