//! `account`

use std::io::{IsTerminal, Write};

use clap::Subcommand;
use comfy_table::Table;
use haitang_domain::Id;
use haitang_server::config::Config;
use haitang_server::http::App;

use super::{Failure, find_member, open};

/// Accounts with passwords.
#[derive(Subcommand)]
pub enum Account {
    /// Makes an account for a member; the password is read from the standard input
    Add {
        /// What is typed to log in
        name: String,
        /// The id of the member whose account it is
        member: Id,
    },
    /// Gives an account a new password, read from the standard input
    Password {
        /// The account's name
        name: String,
    },
    /// Closes an account: what it has opened is shut at once
    Close {
        /// The account's name
        name: String,
    },
    /// Opens a closed account again, with the password it had
    Open {
        /// The account's name
        name: String,
    },
    /// Lists the accounts
    List,
}

fn read_password() -> Result<String, Failure> {
    if std::io::stdin().is_terminal() {
        print!("password (it will be seen as it is typed): ");
        std::io::stdout().flush()?;
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

async fn set_closed(app: &App, name: String, closed: bool) -> Result<(), Failure> {
    if !app.accounts.set_closed(name.clone(), closed).await? {
        return Err(Failure::Told(format!("there is no account {name}")));
    }
    println!("{name} is {}", if closed { "closed" } else { "open" });
    Ok(())
}

impl Account {
    /// Does it.
    pub async fn run(self, config: Config) -> Result<(), Failure> {
        let app = open(config).await?;
        match self {
            Self::Add { name, member } => {
                find_member(app.storage().as_ref(), Some(member), None)?;
                if app.accounts.list().await?.iter().any(|account| account.name == name) {
                    return Err(Failure::Told(format!("there is an account {name} already")));
                }
                let id = app.accounts.set_password(name, Some(member), read_password()?, app.now()).await?;
                println!("{id} made");
            }
            Self::Password { name } => {
                let id = app.accounts.set_password(name, None, read_password()?, app.now()).await?;
                println!("{id} has a new password");
            }
            Self::Close { name } => set_closed(&app, name, true).await?,
            Self::Open { name } => set_closed(&app, name, false).await?,
            Self::List => {
                let mut table = Table::new();
                table.set_header(["name", "member", "made", "open"]);
                for account in app.accounts.list().await? {
                    let open = if account.closed { "no" } else { "yes" };
                    table.add_row([account.name, account.member.to_string(), account.made.rfc3339(), open.to_owned()]);
                }
                println!("{table}");
            }
        }
        Ok(())
    }
}
