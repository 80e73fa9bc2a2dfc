//! The database's key. A real phone has its keystore guard it; here a file beside the database does, readable by its owner alone.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use haitang_app::AppError;

/// The key of the phone in `folder`, made when there is none.
pub fn of(folder: &Path) -> Result<[u8; 32], AppError> {
    let fault = |error: std::io::Error| AppError::Internal(error.to_string());
    std::fs::create_dir_all(folder).map_err(fault)?;
    let path = folder.join("key");
    let mut key = [0; 32];
    if let Ok(text) = std::fs::read_to_string(&path) {
        hex::decode_to_slice(text.trim(), &mut key).map_err(|_| AppError::WrongKey)?;
        return Ok(key);
    }
    getrandom::fill(&mut key).map_err(|error| AppError::Internal(error.to_string()))?;
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(fault)?;
    writeln!(file, "{}", hex::encode(key)).map_err(fault)?;
    file.sync_all().map_err(fault)?;
    Ok(key)
}
