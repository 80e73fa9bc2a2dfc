//! `enrol-code`

use haitang_domain::Id;
use haitang_protocol::qr;
use haitang_server::config::Config;
use serde_json::json;

use super::{Failure, find_member, open};

/// Makes a one-time code.
#[derive(clap::Args)]
#[group(required = true, multiple = false, id = "who")]
pub struct Who {
    /// The member's id
    member: Option<Id>,
    /// The member's name
    #[arg(long)]
    name: Option<String>,
}

/// Makes a one-time code with which a member's phone is enrolled.
#[derive(clap::Args)]
pub struct EnrolCode {
    #[command(flatten)]
    who: Who,
    /// Prints JSON: member, name, code, text of the QR code, expires (milliseconds since 1970)
    #[arg(long)]
    json: bool,
}

impl EnrolCode {
    /// Makes it.
    pub async fn run(self, config: Config) -> Result<(), Failure> {
        let app = open(config).await?;
        let (id, member) = find_member(app.storage().as_ref(), self.who.member, self.who.name.as_deref())?;
        let (code, expires) = app.accounts.make_code(id, None, app.now()).await?;
        let text = qr::EnrolCode { server: app.config.url(app.config.listen), code: code.clone() }.to_text();
        if self.json {
            println!("{}", json!({ "member": id, "name": member.name, "code": code, "text": text, "expires": expires }));
        } else {
            println!("member   {}  {id}\ncode     {code}\nqr       {text}\nexpires  {}", member.name, expires.rfc3339());
        }
        Ok(())
    }
}
