//! A server with a small town in it, and phones that speak to it.

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

use ed25519_dalek::{Signer, SigningKey};
use haitang_domain::command::Action;
use haitang_domain::directory::{self, Appointment, Member, Org, OrgKind, Role};
use haitang_domain::evidence::Times;
use haitang_domain::{Command, Id, Key, Kind, Timestamp, Write};
use haitang_protocol::account::{Challenge, ChallengeRequest, Enrol, Enrolled, Token, TokenRequest, challenge_message};
use haitang_protocol::frame::{self, FrameKind};
use haitang_protocol::push::{Push, PushAnswer};
use haitang_protocol::{ChainHash, Envelope, Problem};
use reqwest::{Client, RequestBuilder, Response};

use crate::config::Config;
use crate::http::{Running, Server};

/// A small id.
pub fn id(n: u8) -> Id {
    let mut bytes = [0; 16];
    bytes[0] = 1;
    bytes[15] = n;
    Id::from_bytes(bytes)
}

pub const CITY: u8 = 1;
pub const COUNTY: u8 = 2;
pub const BRANCH: u8 = 3;
pub const OTHER_COUNTY: u8 = 4;
pub const OTHER_BRANCH: u8 = 5;
/// Secretary of the branch.
pub const ANNA: u8 = 10;
/// Member of the branch.
pub const BO: u8 = 11;
/// Member of a branch in another county.
pub const CHEN: u8 = 12;

fn town() -> Vec<Write> {
    let org = |n: u8, parent: Option<u8>, kind| {
        Write::new(id(n), Org { parent: parent.map(id), kind, name: format!("org {n}"), ..Org::default() })
    };
    let member = |n: u8, org: u8| Write::new(id(n), Member { org: id(org), name: format!("member {n}"), ..Member::default() });
    vec![
        org(CITY, None, OrgKind::City),
        org(COUNTY, Some(CITY), OrgKind::County),
        org(BRANCH, Some(COUNTY), OrgKind::Branch),
        org(OTHER_COUNTY, Some(CITY), OrgKind::County),
        org(OTHER_BRANCH, Some(OTHER_COUNTY), OrgKind::Branch),
        member(ANNA, BRANCH),
        member(BO, BRANCH),
        member(CHEN, OTHER_BRANCH),
        Write::new(id(20), Appointment::new(id(ANNA), id(BRANCH), Role::Secretary)),
    ]
}

pub struct Rig {
    pub running: Running,
    pub client: Client,
    _folder: tempfile::TempDir,
}

impl Rig {
    pub async fn start() -> Self {
        Self::start_with(|config| config).await
    }

    pub async fn start_with(change: impl FnOnce(Config) -> Config) -> Self {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let folder = tempfile::tempdir().expect("a folder");
        let config = change(Config { disk_free_min_mb: 0, ..Config::local(folder.path()) });
        let running = Server::start(config).await.expect("starts");
        running.app.hub.seed(town()).expect("seeds");
        Self { running, client: Client::new(), _folder: folder }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.addr)
    }

    pub fn post(&self, path: &str) -> RequestBuilder {
        self.client.post(self.url(path))
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(self.url(path))
    }

    pub fn now(&self) -> Timestamp {
        self.running.app.now()
    }

    pub async fn code(&self, member: u8) -> String {
        self.running.app.accounts.make_code(id(member), None, self.now()).await.expect("a code").0
    }

    pub async fn try_enrol(&self, code: &str, key: &SigningKey) -> Response {
        let public_key = hex::encode(key.verifying_key().to_bytes());
        let enrol = Enrol { code: code.into(), public_key, device_name: "a phone".into(), again: None };
        self.post("/v1/enrol").json(&enrol).send().await.expect("answers")
    }

    /// A new phone of a member, with a token.
    pub async fn phone(&self, member: u8) -> TestPhone {
        static NEXT: AtomicU8 = AtomicU8::new(1);
        let key = SigningKey::from_bytes(&[NEXT.fetch_add(1, Ordering::Relaxed); 32]);
        let code = self.code(member).await;
        let response = self.try_enrol(&code, &key).await;
        assert_eq!(response.status(), 200);
        let enrolled: Enrolled = response.json().await.expect("reads");
        let mut phone =
            TestPhone { enrolled, key, token: String::new(), epoch: self.running.app.hub.epoch(), seq: AtomicU64::new(0) };
        phone.token = self.token(&phone).await.token;
        phone
    }

    pub async fn challenge(&self, device: Id) -> String {
        let response = self.post("/v1/challenge").json(&ChallengeRequest { device }).send().await.expect("answers");
        response.json::<Challenge>().await.expect("reads").challenge
    }

    pub async fn try_token(&self, device: Id, challenge: &str, key: &SigningKey) -> Response {
        let signature = hex::encode(key.sign(&challenge_message(challenge)).to_bytes());
        let request = TokenRequest { device, challenge: challenge.into(), signature };
        self.post("/v1/token").json(&request).send().await.expect("answers")
    }

    pub async fn token(&self, phone: &TestPhone) -> Token {
        let challenge = self.challenge(phone.enrolled.device).await;
        let response = self.try_token(phone.enrolled.device, &challenge, &phone.key).await;
        assert_eq!(response.status(), 200);
        response.json().await.expect("reads")
    }

    pub async fn push(&self, phone: &TestPhone, frame: Vec<u8>) -> Response {
        self.post("/v1/push").bearer_auth(&phone.token).body(frame).send().await.expect("answers")
    }

    /// Pushes one command and says what became of it.
    pub async fn do_one(&self, phone: &TestPhone, actor: u8, command: &Command) -> PushAnswer {
        let response = self.push(phone, phone.frame(actor, command)).await;
        assert_eq!(response.status(), 200, "{:?}", response.text().await);
        let bytes = response.bytes().await.expect("a body");
        frame::only(&bytes).expect("a frame").read(FrameKind::PushAnswer).expect("an answer")
    }
}

/// What a failed request says, with its status.
pub async fn problem(response: Response) -> (u16, Problem) {
    let status = response.status().as_u16();
    assert_eq!(response.headers()["content-type"], "application/problem+json", "status {status}");
    let problem: Problem = response.json().await.expect("a problem");
    (status, problem)
}

pub struct TestPhone {
    pub enrolled: Enrolled,
    pub key: SigningKey,
    pub token: String,
    pub epoch: Id,
    seq: AtomicU64,
}

impl TestPhone {
    /// A push of one first command to the county.
    pub fn push(&self, actor: u8, command: &Command) -> Push {
        let seq = self.seq.fetch_add(1, Ordering::Relaxed) + 1;
        assert_eq!(seq, 1, "these phones send one command");
        let times = Times { wall: Timestamp::from_millis(1_795_000_000_000), mono_ms: 5, boot: id(99), token: None };
        let envelope = Envelope::new(seq, 0, id(actor), times, command).to_vec();
        let start = ChainHash::start(self.enrolled.device, id(COUNTY));
        let signature = start.next(&envelope).sign(&self.key);
        Push {
            device: self.enrolled.device,
            shard: id(COUNTY),
            mono_ms: 6,
            boot: id(99),
            prev_hash: start.0,
            commands: vec![envelope.into()],
            signature,
            epoch: self.epoch,
        }
    }

    pub fn frame(&self, actor: u8, command: &Command) -> Vec<u8> {
        frame::to_vec(FrameKind::Push, &self.push(actor, command)).expect("packs")
    }
}

/// A member corrects their own telephone number.
pub fn new_number(member: u8, number: &str) -> Command {
    let action = directory::Action::EditMember { name: format!("member {member}"), phone: Some(number.into()) };
    Command { target: Key::new(Kind::Member, id(member)), action: Action::Directory(action) }
}
