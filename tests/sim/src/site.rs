//! The server: the real one, but for its clock, its disk and its network.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use bytes::Bytes;
use haitang_disk::Disk;
use haitang_domain::{Id, Timestamp};
use haitang_server::admin::copy::{backup, restore};
use haitang_server::config::Config;
use haitang_server::http::{App, router};
use haitang_server::storage::Storage;
use http::{Request, Response};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

use crate::time::ServerClock;

/// The server, running or not, with its data.
pub struct Site {
    folder: TempDir,
    /// Its disk.
    pub disk: Disk,
    /// Its clock.
    pub clock: ServerClock,
    running: Option<Running>,
    /// Counts what it was asked: what came between two answers is known by it.
    pub asked: u64,
    /// Copies made of it.
    copies: Vec<TempDir>,
}

struct Running {
    // In this order: the application before the threads that it may still ask for something.
    router: Router,
    app: Arc<App>,
    runtime: Runtime,
}

fn config(folder: PathBuf) -> Config {
    Config {
        disk_free_min_mb: 0,
        device_per_minute: u32::MAX,
        address_per_minute: u32::MAX,
        attempts_per_minute: u32::MAX,
        ..Config::local(&folder)
    }
}

/// A folder for data that need not survive the machine.
pub fn scratch() -> TempDir {
    let memory = std::path::Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a folder")
}

impl Site {
    /// A server over `folder`.
    pub fn new(folder: TempDir, clock: ServerClock) -> Self {
        let disk = Disk::over(folder.path());
        Self { folder, disk, clock, running: None, asked: 0, copies: vec![] }
    }

    /// Where its data lies.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Ends it in good order; its data.
    pub fn into_folder(self) -> TempDir {
        drop(self.running);
        self.folder
    }

    /// Whether it runs.
    pub fn is_up(&self) -> bool {
        self.running.is_some()
    }

    /// Starts it. Fails where its disk does.
    pub fn start(&mut self) -> Result<(), String> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
        let config = config(self.folder.path().to_owned());
        let app = runtime.block_on(App::open_by(config, Arc::new(self.clock.clone()))).map_err(|error| error.to_string())?;
        self.running = Some(Running { router: router(&app), app, runtime });
        Ok(())
    }

    /// The application, while it runs.
    pub fn app(&self) -> Option<&Arc<App>> {
        self.running.as_ref().map(|running| &running.app)
    }

    /// Its storage, while it runs.
    pub fn storage(&self) -> Option<&dyn Storage> {
        self.app().map(|app| app.storage().as_ref())
    }

    /// Runs something on its threads, while it runs.
    pub fn block_on<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        Some(self.running.as_ref()?.runtime.block_on(work))
    }

    /// A one-time code for a member's phone.
    pub fn code(&self, member: Id, now: Timestamp) -> Option<String> {
        let app = Arc::clone(self.app()?);
        self.block_on(async move { app.accounts.make_code(member, None, now).await }).and_then(Result::ok).map(|(code, _)| code)
    }

    /// Takes a request in and gives the answer; `None` where it is down or the power went meanwhile.
    pub fn ask(&mut self, request: &Request<Bytes>) -> Option<(Response<()>, Bytes)> {
        let running = self.running.as_ref()?;
        let mut question = Request::new(Body::from(request.body().clone()));
        *question.method_mut() = request.method().clone();
        *question.uri_mut() = request.uri().clone();
        *question.headers_mut() = request.headers().clone();
        question.extensions_mut().insert(ConnectInfo(SocketAddr::from(([10, 0, 0, 1], 1))));
        let service = running.router.clone();
        let answered = running.runtime.block_on(async move {
            let Ok(response) = service.oneshot(question).await;
            let (head, body) = response.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.ok();
            (Response::from_parts(head, ()), body)
        });
        self.asked += 1;
        if self.disk.is_off() {
            self.cut_power(self.asked);
            return None;
        }
        // A body that broke off is what the phone sees as a cut.
        let (head, body) = answered;
        Some((head, body?))
    }

    /// Ends it at once, with what a power cut leaves on its disk.
    pub fn cut_power(&mut self, seed: u64) {
        self.disk.turn_off();
        self.running = None;
        self.disk.cut_power(seed);
    }

    /// Copies everything while it runs; whether that went well.
    pub fn back_up(&mut self) -> bool {
        let copy = scratch();
        let Some(storage) = self.storage() else { return false };
        let done = backup(storage, self.folder.path(), &copy.path().join("copy")).is_ok();
        if done {
            self.copies.push(copy);
        }
        done
    }

    /// Loses the server with its data and puts another in its place, over the last copy; whether there was one.
    pub fn set_back(&mut self) -> bool {
        let Some(copy) = self.copies.pop() else { return false };
        self.cut_power(0);
        let folder = scratch();
        let now = haitang_server::clock::Clock::now(&self.clock);
        restore(&copy.path().join("copy"), folder.path(), now).expect("a copy can be restored");
        self.disk = Disk::over(folder.path());
        self.folder = folder;
        self.start().expect("a restored server starts");
        true
    }
}
