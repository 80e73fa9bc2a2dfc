//! Photos, recordings and documents: taken in once, encrypted at rest, sent by tus.
//!
//! A file is kept under the name of its SHA-256 in the phone's folder, under ChaCha20 with a key derived from the database's and a
//! nonce derived from the contents. The same contents give the same file, other contents another nonce; whether it is intact is told by
//! its own name. What is fetched from the server is not kept: it goes when the record that names it does.

use std::path::{Path, PathBuf};

use chacha20::ChaCha20;
use chacha20::cipher::{KeyIvInit as _, StreamCipher as _, StreamCipherSeek as _};
use haitang_domain::attachment::{Attachment, FILE_BYTES_MAX, Sha256 as FileHash};
use haitang_domain::{Code, Refusal};
use haitang_protocol::{Problem, ProblemCode};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::error::AppError;
use crate::phone::Phone;
use crate::transport::NewUpload;
use crate::work::blocking;

/// Bytes sent in one request. What was sent before a cut is not sent again.
const PIECE_BYTES: u64 = 512 * 1024;

/// Their folder inside a phone's folder.
pub(crate) const FILES: &str = "files";
/// Records asked for a file by, before it counts as not to be had.
const NAMING_MAX: u32 = 4;

/// Where files are kept and under which key.
pub(crate) struct Files {
    pub(crate) folder: PathBuf,
    key: Zeroizing<[u8; 32]>,
}

pub(crate) fn fault(error: std::io::Error) -> AppError {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => AppError::DiskFull,
        _ => AppError::Internal(error.to_string()),
    }
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "webp" => "image/webp",
        "m4a" => "audio/mp4",
        "ogg" => "audio/ogg",
        "mp3" => "audio/mpeg",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

impl Files {
    pub(crate) fn new(phone_folder: &Path, database_key: &[u8; 32]) -> Self {
        let key = Sha256::new().chain_update(b"haitang files 1\0").chain_update(database_key).finalize();
        Self { folder: phone_folder.join(FILES), key: Zeroizing::new(key.into()) }
    }

    fn path(&self, hash: FileHash) -> PathBuf {
        self.folder.join(hash.to_string())
    }

    fn cipher(&self, hash: FileHash) -> ChaCha20 {
        let mut nonce = [0; 12];
        nonce.copy_from_slice(&hash.0[..12]);
        ChaCha20::new(&(*self.key).into(), &nonce.into())
    }

    /// Keeps `bytes`; whole on disk when this returns, and where it fails nothing of them is. Returns whether they were not there yet.
    fn keep(&self, hash: FileHash, bytes: Vec<u8>) -> Result<(PathBuf, bool), AppError> {
        self.keep_by(hash, bytes, |partial, bytes| {
            std::fs::write(partial, bytes)?;
            std::fs::File::open(partial)?.sync_all()
        })
    }

    fn keep_by(
        &self,
        hash: FileHash,
        mut bytes: Vec<u8>,
        write: impl FnOnce(&Path, &[u8]) -> std::io::Result<()>,
    ) -> Result<(PathBuf, bool), AppError> {
        let path = self.path(hash);
        // One that was damaged is put right: its bytes are at hand.
        if self.whole(hash)?.is_some() {
            return Ok((path, false));
        }
        std::fs::create_dir_all(&self.folder).map_err(fault)?;
        self.cipher(hash).apply_keystream(&mut bytes);
        let partial = path.with_extension("partial");
        let written = write(&partial, &bytes).and_then(|()| std::fs::rename(&partial, &path));
        if let Err(error) = written {
            // The room it took is what is missing.
            let _ = std::fs::remove_file(&partial);
            return Err(fault(error));
        }
        std::fs::File::open(&self.folder).and_then(|folder| folder.sync_all()).map_err(fault)?;
        Ok((path, true))
    }

    /// All of a kept file; `None` where it is not kept, or no longer what it was.
    fn whole(&self, hash: FileHash) -> Result<Option<Vec<u8>>, AppError> {
        let found = self.piece(hash, 0, u64::MAX)?;
        Ok(found.filter(|bytes| FileHash(Sha256::digest(bytes).into()) == hash))
    }

    /// Up to `length` bytes of a kept file from `at`; `None` where it is not kept any more.
    fn piece(&self, hash: FileHash, at: u64, length: u64) -> Result<Option<Vec<u8>>, AppError> {
        use std::io::{ErrorKind, Read as _, Seek as _, SeekFrom};
        let mut file = match std::fs::File::open(self.path(hash)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            opened => opened.map_err(fault)?,
        };
        file.seek(SeekFrom::Start(at)).map_err(fault)?;
        let mut bytes = Vec::new();
        file.take(length).read_to_end(&mut bytes).map_err(fault)?;
        let mut cipher = self.cipher(hash);
        cipher.seek(at);
        cipher.apply_keystream(&mut bytes);
        Ok(Some(bytes))
    }

    pub(crate) fn wipe(&self) -> Result<(), AppError> {
        #[cfg(feature = "planted")]
        if haitang_planted::is(haitang_planted::Bug::LeaveFiles) {
            return Ok(());
        }
        match std::fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(fault(error)),
            _ => Ok(()),
        }
    }
}

impl Phone {
    /// Takes a file in, to be named by a log or a report. It is sent once a command that names it is sent.
    pub fn attach(&self, path: &Path) -> Result<Attachment, AppError> {
        let length = std::fs::metadata(path).map_err(|error| AppError::BadInput(format!("{}: {error}", path.display())))?.len();
        if length > FILE_BYTES_MAX {
            return Err(Refusal::new(Code::TooLong).with("field", "file").with("limit", FILE_BYTES_MAX).into());
        }
        let bytes = std::fs::read(path).map_err(fault)?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        self.attach_bytes(bytes, media_type(path), &name)
    }

    /// Takes in bytes that a camera or a microphone made.
    pub fn attach_bytes(&self, bytes: Vec<u8>, media_type: &str, name: &str) -> Result<Attachment, AppError> {
        if bytes.len() as u64 > FILE_BYTES_MAX {
            return Err(Refusal::new(Code::TooLong).with("field", "file").with("limit", FILE_BYTES_MAX).into());
        }
        let sha256 = FileHash(Sha256::digest(&bytes).into());
        let file = Attachment { sha256, bytes: bytes.len() as u64, media_type: media_type.to_owned(), name: name.to_owned() };
        let (path, new) = self.inner.files.keep(sha256, bytes)?;
        if let Err(error) = self.store().enqueue_file(&file, &path) {
            if new {
                let _ = std::fs::remove_file(&path);
            }
            return Err(error.into());
        }
        self.changed();
        Ok(file)
    }

    /// The bytes of a file that is on this phone, because it was taken in here; `None` where it is not, or was damaged.
    pub fn file_bytes(&self, sha256: FileHash) -> Result<Option<Vec<u8>>, AppError> {
        self.inner.files.whole(sha256)
    }

    /// The bytes of a file, from this phone or else from the server, which gives them to whoever may read a record that names the file. The
    /// server's problem `not_found` where there is none for this member, or it has not arrived there yet. What is fetched is not kept here.
    pub async fn fetch_file(&self, sha256: FileHash) -> Result<Vec<u8>, AppError> {
        let (here, naming) =
            blocking(self, move |phone| Ok((phone.file_bytes(sha256)?, phone.store().naming_file(sha256, NAMING_MAX)?))).await?;
        if let Some(bytes) = here {
            return Ok(bytes);
        }
        self.ensure_token().await?;
        // By no record last: the server knows what this very device sent.
        for named_by in naming.into_iter().map(Some).chain([None]) {
            match self.transport()?.download(sha256, named_by).await {
                Err(error) if error.problem() == Some(ProblemCode::NotFound) => {}
                Err(error) => return Err(error),
                Ok(bytes) if FileHash(Sha256::digest(&bytes).into()) == sha256 => return Ok(bytes),
                Ok(_) => return Err(AppError::Network("the file was changed on the way".into())),
            }
        }
        Err(Problem::new(ProblemCode::NotFound, "there is no such file, or it is not for this member").into())
    }

    /// Sends the next piece of the next file; false where none waits.
    pub(crate) async fn upload_piece(&self) -> Result<bool, AppError> {
        let Some(next) = blocking(self, |phone| Ok(phone.store().next_upload()?)).await? else { return Ok(false) };
        let hash = next.file.sha256;
        let transport = self.transport()?;
        let resumed = match &next.upload_url {
            // The server is asked, for it may have less than this phone thinks, or more.
            Some(path) => transport.upload_offset(path).await?.map(|at| (path.clone(), at)),
            None => None,
        };
        let (path, at) = match resumed {
            Some(found) => found,
            None => {
                let sha256 = hash.to_string();
                let Attachment { bytes, media_type, name, .. } = &next.file;
                transport.create_upload(&NewUpload { sha256: &sha256, bytes: *bytes, media_type, name }).await?
            }
        };
        let length = next.file.bytes;
        #[cfg(feature = "planted")]
        let at = if haitang_planted::is(haitang_planted::Bug::AnnouncedIsSent) { length } else { at };
        let sent = if at < length {
            let held = blocking(self, move |phone| phone.inner.files.piece(hash, at, PIECE_BYTES.min(length - at))).await?;
            let Some(piece) = held else {
                // Sent once and let go of here, and the server has lost it: said once, so that the other files go on.
                blocking(self, move |phone| Ok(phone.store().upload_failed(hash, "missing")?)).await?;
                self.changed();
                return Ok(true);
            };
            match self.send_piece(&path, at, piece).await {
                Ok(sent) => sent,
                Err(error) if is_final(&error) => {
                    let why = error.code();
                    blocking(self, move |phone| Ok(phone.store().upload_failed(hash, &why)?)).await?;
                    self.changed();
                    return Ok(true);
                }
                Err(error) => return Err(error),
            }
        } else {
            at
        };
        blocking(self, move |phone| {
            if sent >= length {
                return Ok(phone.store().upload_done(hash)?);
            }
            Ok(phone.store().upload_progress(hash, Some(&path), sent)?)
        })
        .await?;
        if sent >= length {
            self.changed();
        }
        Ok(true)
    }

    async fn send_piece(&self, path: &str, at: u64, piece: Vec<u8>) -> Result<u64, AppError> {
        self.transport()?.send_piece(path, at, piece).await
    }
}

/// Whether the server will never take this file, however often it is sent.
fn is_final(error: &AppError) -> bool {
    use haitang_protocol::ProblemCode::{BadRequest, HashMismatch, TooLarge};
    matches!(error.problem(), Some(BadRequest | HashMismatch | TooLarge))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_file_reads_back_in_pieces_and_is_noise_on_disk() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = Files::new(folder.path(), &[7; 32]);
        let bytes = b"a photo of a stairwell, with a number on a door".to_vec();
        let hash = FileHash(Sha256::digest(&bytes).into());
        let (path, new) = files.keep(hash, bytes.clone()).expect("keeps");
        assert!(new && !files.keep(hash, bytes.clone()).expect("keeps").1);
        assert_ne!(std::fs::read(&path).expect("reads"), bytes);
        let piece = |files: &Files, at, length| files.piece(hash, at, length).expect("reads").expect("is kept");
        assert_eq!([piece(&files, 0, 20), piece(&files, 20, 100)].concat(), bytes);
        let other = Files::new(folder.path(), &[8; 32]);
        assert_ne!(piece(&other, 0, 100), bytes, "another key");
        assert_eq!(files.whole(hash).expect("reads"), Some(bytes.clone()));
        std::fs::write(&path, b"something else").expect("damages");
        assert_eq!(files.whole(hash).expect("reads"), None, "it is not what its name says");
        assert!(files.keep(hash, bytes.clone()).expect("keeps").1, "taken in again");
        assert_eq!(files.whole(hash).expect("reads"), Some(bytes));
        files.wipe().expect("wipes");
        assert_eq!(files.piece(hash, 0, 20).expect("is no fault"), None);
    }

    #[test]
    fn a_file_over_the_limit_is_refused_with_the_limit_before_it_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let phone = Phone::open(folder.path(), [7; 32], Box::new(crate::clock::SystemClock::default())).expect("opens");
        let large = folder.path().join("large.jpg");
        std::fs::File::create(&large).and_then(|file| file.set_len(FILE_BYTES_MAX + 1)).expect("makes");
        let Err(AppError::Refused(refusal)) = phone.attach(&large) else { panic!("taken") };
        assert_eq!((refusal.code, refusal.values["field"].as_str()), (Code::TooLong, "file"));
        assert_eq!(refusal.values["limit"], FILE_BYTES_MAX.to_string());
        assert!(!folder.path().join(FILES).exists(), "nothing was kept");
        std::fs::write(&large, b"small enough").expect("writes");
        let taken = phone.attach(&large).expect("takes");
        assert_eq!(phone.file_bytes(taken.sha256).expect("reads").as_deref(), Some(b"small enough".as_slice()));
    }

    #[test]
    fn a_full_disk_leaves_nothing_behind() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = Files::new(folder.path(), &[7; 32]);
        let full = |partial: &Path, bytes: &[u8]| {
            std::fs::write(partial, &bytes[..2])?;
            Err(std::io::ErrorKind::StorageFull.into())
        };
        let hash = FileHash([1; 32]);
        assert!(matches!(files.keep_by(hash, b"photo".to_vec(), full), Err(AppError::DiskFull)));
        assert_eq!(std::fs::read_dir(&files.folder).expect("is there").count(), 0);
    }
}
