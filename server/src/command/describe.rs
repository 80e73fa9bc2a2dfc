//! `openapi`

use haitang_server::http::openapi;

use super::Failure;

/// Prints the description of the interface.
pub fn run() -> Result<(), Failure> {
    println!("{}", openapi::describe().to_pretty_json()?);
    Ok(())
}
