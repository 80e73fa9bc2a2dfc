//! The VFS: the system's own with ours before it.

use std::ffi::{CStr, OsStr, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::ptr;
use std::sync::{Arc, Once};

use rusqlite::ffi::{
    SQLITE_FULL, SQLITE_IOERR, SQLITE_IOERR_DELETE, SQLITE_IOERR_FSYNC, SQLITE_IOERR_READ, SQLITE_IOERR_SHORT_READ,
    SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_WRITE, SQLITE_OK, sqlite3_file, sqlite3_int64, sqlite3_io_methods, sqlite3_vfs,
    sqlite3_vfs_find, sqlite3_vfs_register,
};

use crate::file::{SECTOR, Unsynced};
use crate::{Shared, watching};

/// One open file, in memory that SQLite gives us: ours first, the system's behind it.
#[repr(C)]
struct Open {
    base: sqlite3_file,
    /// Which file of which disk; made by `open`, freed by `close`.
    watched: *mut Watched,
}

struct Watched {
    disk: Arc<Shared>,
    path: PathBuf,
}

/// Makes our VFS the default, once for the process.
pub(crate) fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: the VFS found is static; ours and its name are leaked and so live as long as the process.
        unsafe {
            let base = sqlite3_vfs_find(ptr::null());
            assert!(!base.is_null(), "SQLite has a VFS");
            let ours = Box::leak(Box::new(*base));
            ours.szOsFile = size_of::<Open>() as c_int + (*base).szOsFile;
            ours.pNext = ptr::null_mut();
            ours.zName = c"haitang-disk".as_ptr();
            ours.pAppData = base.cast();
            ours.xOpen = Some(open);
            ours.xDelete = Some(delete);
            assert_eq!(sqlite3_vfs_register(ours, 1), SQLITE_OK, "SQLite takes the VFS");
        }
    });
}

/// # Safety
/// `vfs` is ours.
unsafe fn base_of(vfs: *mut sqlite3_vfs) -> *mut sqlite3_vfs {
    // SAFETY: `install` put it there.
    unsafe { (*vfs).pAppData.cast() }
}

/// # Safety
/// `file` was opened by [`open`] and is watched.
unsafe fn real(file: *mut sqlite3_file) -> *mut sqlite3_file {
    // SAFETY: SQLite gave room for both, ours first.
    unsafe { file.cast::<Open>().add(1).cast() }
}

/// # Safety
/// As for [`real`]. The reference lives no longer than the file is open.
unsafe fn watched<'a>(file: *mut sqlite3_file) -> &'a Watched {
    // SAFETY: set by `open`, freed by `close` alone.
    unsafe { &*(*file.cast::<Open>()).watched }
}

/// # Safety
/// `name` is null or a C string.
unsafe fn path_of(name: *const c_char) -> Option<PathBuf> {
    if name.is_null() {
        return None;
    }
    // SAFETY: by the caller's word.
    let bytes = unsafe { CStr::from_ptr(name) }.to_bytes();
    Some(Path::new(OsStr::from_bytes(bytes)).to_owned())
}

macro_rules! call {
    ($file:expr, $method:ident $(, $argument:expr)*) => {{
        let real = real($file);
        match (*(*real).pMethods).$method {
            Some(method) => method(real $(, $argument)*),
            None => SQLITE_IOERR,
        }
    }};
}

unsafe extern "C" fn open(
    vfs: *mut sqlite3_vfs,
    name: *const c_char,
    file: *mut sqlite3_file,
    flags: c_int,
    flags_out: *mut c_int,
) -> c_int {
    // SAFETY: SQLite calls with its own pointers; where nothing is watched the system's VFS has the memory to itself.
    unsafe {
        let base = base_of(vfs);
        let Some(base_open) = (*base).xOpen else { return SQLITE_IOERR };
        let found = path_of(name).and_then(|path| watching(&path).map(|disk| Watched { disk, path }));
        let Some(found) = found else { return base_open(base, name, file, flags, flags_out) };
        (*file).pMethods = ptr::null();
        if found.disk.state.lock().off {
            return SQLITE_IOERR;
        }
        let opened = base_open(base, name, real(file), flags, flags_out);
        if opened == SQLITE_OK {
            (*file.cast::<Open>()).watched = Box::into_raw(Box::new(found));
            (*file).pMethods = &raw const METHODS;
        }
        opened
    }
}

unsafe extern "C" fn delete(vfs: *mut sqlite3_vfs, name: *const c_char, sync_folder: c_int) -> c_int {
    // SAFETY: as for `open`.
    unsafe {
        let base = base_of(vfs);
        let Some(base_delete) = (*base).xDelete else { return SQLITE_IOERR };
        if let Some(path) = path_of(name)
            && let Some(disk) = watching(&path)
        {
            let mut state = disk.state.lock();
            if state.off {
                return SQLITE_IOERR_DELETE;
            }
            // Deleting is durable at once here: SQLite deletes only what is of no use any more.
            state.unsynced.remove(&path);
        }
        base_delete(base, name, sync_folder)
    }
}

static METHODS: sqlite3_io_methods = sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    // SAFETY: SQLite closes an open file once; `watched` came from a box.
    unsafe {
        let closed = call!(file, xClose);
        drop(Box::from_raw((*file.cast::<Open>()).watched));
        closed
    }
}

unsafe extern "C" fn read(file: *mut sqlite3_file, into: *mut c_void, length: c_int, at: sqlite3_int64) -> c_int {
    // SAFETY: passed on as it came.
    unsafe {
        if watched(file).disk.state.lock().off {
            return SQLITE_IOERR_READ;
        }
        call!(file, xRead, into, length, at)
    }
}

/// Up to one sector at `at`.
///
/// # Safety
/// As for [`real`].
unsafe fn sector(file: *mut sqlite3_file, at: u64, length: u64) -> Vec<u8> {
    let mut bytes = vec![0_u8; length.saturating_sub(at).min(SECTOR) as usize];
    if !bytes.is_empty() {
        // SAFETY: the buffer is as long as is said.
        let done = unsafe { call!(file, xRead, bytes.as_mut_ptr().cast(), bytes.len() as c_int, at as sqlite3_int64) };
        assert!(done == SQLITE_OK || done == SQLITE_IOERR_SHORT_READ, "the real file can be read");
    }
    bytes
}

/// # Safety
/// As for [`real`].
unsafe fn length(file: *mut sqlite3_file) -> u64 {
    let mut length: sqlite3_int64 = 0;
    // SAFETY: a place of ours for the answer.
    let _ = unsafe { call!(file, xFileSize, &raw mut length) };
    length as u64
}

unsafe extern "C" fn write(file: *mut sqlite3_file, from: *const c_void, bytes: c_int, at: sqlite3_int64) -> c_int {
    // SAFETY: passed on as it came; the pointers to the file are good while SQLite calls.
    unsafe {
        let Watched { disk, path } = watched(file);
        let mut state = disk.state.lock();
        if state.off {
            return SQLITE_IOERR_WRITE;
        }
        let (start, end) = (at as u64, (at + sqlite3_int64::from(bytes)) as u64);
        let before = length(file);
        if state.full && end > before {
            return SQLITE_FULL;
        }
        let last = state.is_last_step();
        let unsynced = state.unsynced.entry(path.clone()).or_insert_with(|| Unsynced::new(before));
        unsynced.before(start, end - start, |at| sector(file, at, before));
        let written = call!(file, xWrite, from, bytes, at);
        let now = length(file);
        unsynced.after(start, end - start, |at| sector(file, at, now));
        unsynced.long(now);
        state.off = last;
        if last { SQLITE_IOERR_WRITE } else { written }
    }
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, size: sqlite3_int64) -> c_int {
    // SAFETY: as for `write`.
    unsafe {
        let Watched { disk, path } = watched(file);
        let mut state = disk.state.lock();
        if state.off {
            return SQLITE_IOERR_TRUNCATE;
        }
        let before = length(file);
        let last = state.is_last_step();
        let unsynced = state.unsynced.entry(path.clone()).or_insert_with(|| Unsynced::new(before));
        let (start, cut) = (size as u64, before.saturating_sub(size as u64));
        unsynced.before(start, cut, |at| sector(file, at, before));
        let done = call!(file, xTruncate, size);
        unsynced.after(start, cut, |at| sector(file, at, size as u64));
        unsynced.long(size as u64);
        state.off = last;
        if last { SQLITE_IOERR_TRUNCATE } else { done }
    }
}

unsafe extern "C" fn sync(file: *mut sqlite3_file, flags: c_int) -> c_int {
    // SAFETY: as for `write`.
    unsafe {
        let Watched { disk, path } = watched(file);
        let mut state = disk.state.lock();
        if state.off {
            return SQLITE_IOERR_FSYNC;
        }
        if state.is_last_step() {
            state.off = true;
            return SQLITE_IOERR_FSYNC;
        }
        if state.failing_syncs > 0 {
            state.failing_syncs -= 1;
            return SQLITE_IOERR_FSYNC;
        }
        // The real file need not be synced: the machine itself stays on.
        let _ = flags;
        state.unsynced.remove(path);
        SQLITE_OK
    }
}

impl crate::State {
    /// Counts a write or sync; whether the power is cut in it.
    fn is_last_step(&mut self) -> bool {
        self.steps += 1;
        match &mut self.left {
            Some(0) => true,
            Some(left) => {
                *left -= 1;
                false
            }
            None => false,
        }
    }
}

unsafe extern "C" fn file_size(file: *mut sqlite3_file, size: *mut sqlite3_int64) -> c_int {
    // SAFETY: passed on as it came.
    unsafe { call!(file, xFileSize, size) }
}

unsafe extern "C" fn lock(file: *mut sqlite3_file, level: c_int) -> c_int {
    // SAFETY: passed on as it came.
    unsafe { call!(file, xLock, level) }
}

unsafe extern "C" fn unlock(file: *mut sqlite3_file, level: c_int) -> c_int {
    // SAFETY: passed on as it came.
    unsafe { call!(file, xUnlock, level) }
}

unsafe extern "C" fn check_reserved_lock(file: *mut sqlite3_file, held: *mut c_int) -> c_int {
    // SAFETY: passed on as it came.
    unsafe { call!(file, xCheckReservedLock, held) }
}

unsafe extern "C" fn file_control(file: *mut sqlite3_file, what: c_int, argument: *mut c_void) -> c_int {
    // SAFETY: passed on as it came.
    unsafe { call!(file, xFileControl, what, argument) }
}

unsafe extern "C" fn sector_size(file: *mut sqlite3_file) -> c_int {
    // SAFETY: passed on as it came.
    unsafe { call!(file, xSectorSize) }
}

unsafe extern "C" fn device_characteristics(file: *mut sqlite3_file) -> c_int {
    // SAFETY: passed on as it came.
    unsafe { call!(file, xDeviceCharacteristics) }
}

unsafe extern "C" fn shm_map(file: *mut sqlite3_file, page: c_int, bytes: c_int, extend: c_int, at: *mut *mut c_void) -> c_int {
    // SAFETY: passed on as it came.
    unsafe { call!(file, xShmMap, page, bytes, extend, at) }
}

unsafe extern "C" fn shm_lock(file: *mut sqlite3_file, offset: c_int, count: c_int, flags: c_int) -> c_int {
    // SAFETY: passed on as it came.
    unsafe { call!(file, xShmLock, offset, count, flags) }
}

unsafe extern "C" fn shm_barrier(file: *mut sqlite3_file) {
    // SAFETY: passed on as it came.
    unsafe {
        let real = real(file);
        if let Some(barrier) = (*(*real).pMethods).xShmBarrier {
            barrier(real);
        }
    }
}

unsafe extern "C" fn shm_unmap(file: *mut sqlite3_file, delete: c_int) -> c_int {
    // SAFETY: passed on as it came.
    unsafe { call!(file, xShmUnmap, delete) }
}
