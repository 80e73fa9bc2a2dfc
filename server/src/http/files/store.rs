//! Where bytes are kept: a folder for uploads under way, an object store for files that are whole.

use std::collections::HashMap;
use std::io::{ErrorKind, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use haitang_domain::Id;
use haitang_domain::attachment::Sha256;
use haitang_protocol::{Problem, ProblemCode};
use object_store::local::LocalFileSystem;
use object_store::{GetOptions, GetResult, ObjectStore, ObjectStoreExt, WriteMultipart};
use parking_lot::Mutex;
use sha2::Digest;
use tokio::fs::{self, File, OpenOptions};
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};
use tokio::sync::OwnedMutexGuard;
use tokio_util::sync::CancellationToken;

use super::header::Checksum;
use crate::http::fault::Fault;

/// An upload that sends nothing for this long has been cut.
const IDLE: Duration = Duration::from_secs(30);
const READ_BYTES: usize = 256 * 1024;

/// One upload's turn: whoever holds it may write.
struct Turn {
    lock: Arc<tokio::sync::Mutex<()>>,
    give_way: CancellationToken,
}

/// The folder of uploads and the store of files.
pub struct Files {
    uploads: PathBuf,
    store: Arc<dyn ObjectStore>,
    turns: Mutex<HashMap<Id, Turn>>,
}

/// The right to write to one upload, until it is dropped or asked to give way.
pub struct Writing {
    _guard: OwnedMutexGuard<()>,
    give_way: CancellationToken,
}

fn fault(error: &std::io::Error) -> Fault {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Fault::new(ProblemCode::StorageFull, "the server's disk is full"),
        _ => Fault::internal(error),
    }
}

fn store_fault(error: &object_store::Error) -> Fault {
    let mut cause: &dyn std::error::Error = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.downcast_ref::<std::io::Error>().map_or_else(|| Fault::internal(error), fault)
}

fn place(sha256: &Sha256) -> object_store::path::Path {
    let name = sha256.to_string();
    object_store::path::Path::from(format!("{}/{}/{name}", &name[..2], &name[2..4]))
}

impl Files {
    /// In `data/uploads` and `data/files`.
    pub fn open(data: &Path) -> std::io::Result<Self> {
        let (uploads, files) = (data.join("uploads"), data.join("files"));
        std::fs::create_dir_all(&uploads)?;
        std::fs::create_dir_all(&files)?;
        let store = LocalFileSystem::new_with_prefix(&files).map_err(std::io::Error::other)?.with_fsync(true);
        Ok(Self { uploads, store: Arc::new(store), turns: Mutex::default() })
    }

    fn path(&self, upload: Id) -> PathBuf {
        self.uploads.join(upload.to_string())
    }

    /// How many bytes of an upload are here.
    pub async fn offset(&self, upload: Id) -> Result<u64, Fault> {
        match fs::metadata(self.path(upload)).await {
            Ok(found) => Ok(found.len()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(0),
            Err(error) => Err(fault(&error)),
        }
    }

    /// Waits for the right to write to `upload`. Whoever has it now is asked to give way: it is most likely the same phone
    /// on a connection that broke without a word.
    pub async fn begin(&self, upload: Id) -> Writing {
        let give_way = CancellationToken::new();
        let lock = {
            let mut turns = self.turns.lock();
            let turn = turns.entry(upload).or_insert_with(|| Turn { lock: Arc::default(), give_way: CancellationToken::new() });
            std::mem::replace(&mut turn.give_way, give_way.clone()).cancel();
            Arc::clone(&turn.lock)
        };
        Writing { _guard: lock.lock_owned().await, give_way }
    }

    /// Forgets the turns of uploads that nobody writes to.
    pub fn forget_quiet(&self) {
        self.turns.lock().retain(|_, turn| Arc::strong_count(&turn.lock) > 1);
    }

    /// Appends `pieces` to `upload`, which must hold `offset` bytes, up to `length`. How many bytes it holds then.
    ///
    /// A cut keeps what arrived. With a `checksum` the piece is taken whole or not at all, as tus has it.
    pub async fn append<E>(
        &self,
        writing: &Writing,
        upload: Id,
        offset: u64,
        length: u64,
        checksum: Option<&Checksum>,
        pieces: impl Stream<Item = Result<Bytes, E>> + Unpin,
    ) -> Result<u64, Fault> {
        let mut file = OpenOptions::new().create(true).append(true).open(self.path(upload)).await.map_err(|e| fault(&e))?;
        let result = append(&mut file, offset, length, checksum, pieces, &writing.give_way).await;
        if let (Err(_), Some(_)) = (&result, checksum) {
            file.set_len(offset).await.map_err(|e| fault(&e))?;
        }
        file.flush().await.map_err(|e| fault(&e))?;
        // An offset is a promise: what was acknowledged is on the disk.
        file.sync_data().await.map_err(|e| fault(&e))?;
        result
    }

    /// The hash of what an upload holds.
    pub async fn hash(&self, upload: Id) -> Result<Sha256, Fault> {
        let mut hasher = sha2::Sha256::new();
        let mut file = match File::open(self.path(upload)).await {
            Ok(file) => file,
            // A file of no bytes was never written to.
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Sha256(hasher.finalize().into())),
            Err(error) => return Err(fault(&error)),
        };
        let mut buffer = vec![0; READ_BYTES];
        loop {
            match file.read(&mut buffer).await.map_err(|e| fault(&e))? {
                0 => return Ok(Sha256(hasher.finalize().into())),
                read => hasher.update(&buffer[..read]),
            }
        }
    }

    /// Puts a whole upload among the files, under its hash.
    pub async fn keep(&self, upload: Id, sha256: &Sha256) -> Result<(), Fault> {
        let path = place(sha256);
        let target = self.store.put_multipart(&path).await.map_err(|e| store_fault(&e))?;
        let mut target = WriteMultipart::new(target);
        match File::open(self.path(upload)).await {
            Ok(mut file) => {
                file.seek(SeekFrom::Start(0)).await.map_err(|e| fault(&e))?;
                let mut buffer = vec![0; READ_BYTES];
                loop {
                    match file.read(&mut buffer).await.map_err(|e| fault(&e))? {
                        0 => break,
                        read => target.write(&buffer[..read]),
                    }
                    target.wait_for_capacity(4).await.map_err(|e| store_fault(&e))?;
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(fault(&error)),
        }
        target.finish().await.map_err(|e| store_fault(&e))?;
        Ok(())
    }

    /// Removes what an upload holds.
    pub async fn discard(&self, upload: Id) -> Result<(), Fault> {
        match fs::remove_file(self.path(upload)).await {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(fault(&error)),
            _ => Ok(()),
        }
    }

    /// The bytes of a file, from `offset` on.
    pub async fn read(&self, sha256: &Sha256, offset: u64) -> Result<GetResult, Fault> {
        let options =
            GetOptions { range: (offset > 0).then_some(object_store::GetRange::Offset(offset)), ..GetOptions::default() };
        self.store.get_opts(&place(sha256), options).await.map_err(|error| match error {
            object_store::Error::NotFound { .. } => Fault::new(ProblemCode::NotFound, "there is no such file"),
            other => store_fault(&other),
        })
    }
}

async fn append<E>(
    file: &mut File,
    mut offset: u64,
    length: u64,
    checksum: Option<&Checksum>,
    mut pieces: impl Stream<Item = Result<Bytes, E>> + Unpin,
    give_way: &CancellationToken,
) -> Result<u64, Fault> {
    let mut hasher = checksum.map(Hasher::new);
    let cut = || Fault::new(ProblemCode::BadRequest, "the upload was cut; ask for its offset and go on from there");
    loop {
        let next = tokio::select! {
            () = give_way.cancelled() => return Err(cut()),
            next = tokio::time::timeout(IDLE, pieces.next()) => next.map_err(|_| cut())?,
        };
        let Some(piece) = next else { break };
        let piece = piece.map_err(|_| cut())?;
        if offset + piece.len() as u64 > length {
            let problem = Problem::new(ProblemCode::TooLarge, "more bytes than the upload was announced with");
            return Err(problem.with("limit", length).into());
        }
        if let Some(hasher) = &mut hasher {
            hasher.update(&piece);
        }
        file.write_all(&piece).await.map_err(|e| fault(&e))?;
        offset += piece.len() as u64;
        metrics::counter!("haitang_file_bytes_total").increment(piece.len() as u64);
    }
    if hasher.is_none_or(Hasher::fits) {
        return Ok(offset);
    }
    Err(Fault::new(ProblemCode::HashMismatch, "the piece does not have the checksum it came with"))
}

enum Hasher<'a> {
    Sha1(sha1::Sha1, &'a [u8]),
    Sha256(sha2::Sha256, &'a [u8]),
}

impl<'a> Hasher<'a> {
    fn new(checksum: &'a Checksum) -> Self {
        match checksum {
            Checksum::Sha1(want) => Self::Sha1(sha1::Sha1::new(), want),
            Checksum::Sha256(want) => Self::Sha256(sha2::Sha256::new(), want),
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha1(hasher, _) => hasher.update(bytes),
            Self::Sha256(hasher, _) => hasher.update(bytes),
        }
    }

    fn fits(self) -> bool {
        match self {
            Self::Sha1(hasher, want) => hasher.finalize().as_slice() == want,
            Self::Sha256(hasher, want) => hasher.finalize().as_slice() == want,
        }
    }
}
