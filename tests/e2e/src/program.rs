//! The real programs, as processes that can be killed at any instant.

use std::io::{BufRead as _, BufReader};
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

use haitang_store::Store;

/// The signal that no process can do anything against.
const SIGKILL: i32 = 9;

/// A program that `cargo build --workspace` made, beside this test's own.
pub fn path(name: &str) -> PathBuf {
    let own = std::env::current_exe().expect("a path");
    let folder = own.parent().and_then(Path::parent).expect("a target folder");
    let found = folder.join(name);
    assert!(found.exists(), "{} is not built: run `cargo build --workspace` first", found.display());
    found
}

/// How a program is started: behind which other program (such as `ip netns exec`), and with which environment.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// The other program and its arguments.
    pub before: Vec<String>,
    /// Names and values.
    pub env: Vec<(String, String)>,
}

impl Around {
    fn command(&self, program: &Path) -> Command {
        let mut words = self.before.iter().map(String::as_str).chain([program.to_str().expect("a path in UTF-8")]);
        let mut command = Command::new(words.next().expect("the program at least"));
        command.args(words).envs(self.env.iter().map(|(name, value)| (name, value)));
        command
    }
}

/// A server in a process of its own. Killed when dropped.
pub struct ServerProcess {
    child: Child,
    /// Where it listens, such as `http://127.0.0.1:4711`.
    pub url: String,
}

impl ServerProcess {
    /// Starts the server over `data`, on `port` or, where that is 0, any free one; returns once it listens.
    pub fn start(data: &Path, port: u16) -> Self {
        Self::start_around(&Around::default(), data, &["--listen", &format!("127.0.0.1:{port}")])
    }

    /// The same with other arguments, in other surroundings.
    pub fn start_around(around: &Around, data: &Path, arguments: &[&str]) -> Self {
        let mut child = around
            .command(&path("haitang-server"))
            .args(["--disk-free-min-mb", "0", "--device-per-minute", "100000", "--address-per-minute", "100000", "--data"])
            .arg(data)
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("says where it listens");
        let url = line.trim().rsplit(' ').next().unwrap_or_default().to_owned();
        assert!(url.starts_with("http"), "the server did not start: {line}");
        Self { child, url }
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.url.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port")
    }

    /// Ends it at once, as a power cut would. Whether it was running until then.
    pub fn kill(mut self) -> bool {
        self.child.kill().expect("is killed");
        was_killed(self.child.wait().expect("is gone"))
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn was_killed(status: ExitStatus) -> bool {
    status.signal() == Some(SIGKILL)
}

/// What became of a program that was to be killed.
#[derive(Debug)]
pub struct Killed {
    /// The signal found it running. Otherwise it had ended before.
    pub hit: bool,
    /// What it printed, if it had come so far: that was acknowledged, even if the process did not live to say that it ended well.
    pub said: Option<serde_json::Value>,
}

/// A phone's folder, and the program that works on it.
pub struct PhoneProgram {
    folder: tempfile::TempDir,
    around: Around,
}

impl Default for PhoneProgram {
    fn default() -> Self {
        Self::around(Around::default())
    }
}

impl PhoneProgram {
    /// A new phone in other surroundings.
    pub fn around(around: Around) -> Self {
        Self { folder: tempfile::tempdir().expect("a folder"), around }
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.around.command(&path("phone"));
        command.args(["--json", "--dir"]).arg(self.folder.path()).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs it to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("runs")
    }

    /// Runs it to its end, which must be a good one; what it printed.
    pub fn ok(&self, arguments: &[&str]) -> serde_json::Value {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("prints JSON")
    }

    /// Runs it to its end and says the code of what went wrong; `None` where nothing did.
    pub fn failure(&self, arguments: &[&str]) -> Option<String> {
        let output = self.run(arguments);
        if output.status.success() {
            return None;
        }
        // Libraries may have logged something before it.
        let last = output.stderr.trim_ascii_end().rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
        let said: serde_json::Value = serde_json::from_slice(last).expect("prints JSON");
        Some(said["error"]["code"].as_str().expect("a code").to_owned())
    }

    /// How long it takes when nobody kills it; it must end well.
    pub fn timed(&self, arguments: &[&str]) -> (Duration, serde_json::Value) {
        let began = Instant::now();
        let said = self.ok(arguments);
        (began.elapsed(), said)
    }

    /// Runs it and kills it after a while.
    pub fn killed_after(&self, arguments: &[&str], after: Duration) -> Killed {
        let mut child = self.command(arguments).spawn().expect("starts");
        std::thread::sleep(after);
        let _ = child.kill();
        let output = child.wait_with_output().expect("is gone");
        Killed { hit: was_killed(output.status), said: serde_json::from_slice(&output.stdout).ok() }
    }

    /// Syncs until it comes through.
    pub fn sync_well(&self) {
        for _ in 0..100 {
            if self.run(&["sync"]).status.success() {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("does not come through: {}", String::from_utf8_lossy(&self.run(&["sync"]).stderr));
    }

    /// Syncs again and again until it comes through, for so long at most; how often it took.
    pub fn sync_within(&self, limit: Duration) -> u32 {
        let began = Instant::now();
        for tries in 1.. {
            let output = self.run(&["sync"]);
            if output.status.success() {
                return tries;
            }
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(began.elapsed() < limit, "does not come through in {tries} tries: {said}");
            std::thread::sleep(Duration::from_millis(100));
        }
        unreachable!("either it comes through or the time is over")
    }

    /// That nothing waits, nothing was refused and no file is on its way.
    pub fn check_settled(&self) {
        let status = self.ok(&["status"]);
        let count = |name: &str| status[name].as_u64();
        let counts = ["waiting", "accepted", "refused", "files", "files_stuck"].map(count);
        assert_eq!(counts, [Some(0); 5], "{status}\n{}", self.ok(&["refused"]));
    }

    /// A copy of everything on the phone, as a backup of the whole phone has it.
    pub fn image(&self) -> tempfile::TempDir {
        let image = tempfile::tempdir().expect("a folder");
        copy(self.folder.path(), image.path());
        image
    }

    /// Puts a copy back in place of what is there.
    pub fn set_back_to(&mut self, image: &tempfile::TempDir) {
        let folder = tempfile::tempdir().expect("a folder");
        copy(image.path(), folder.path());
        self.folder = folder;
    }

    /// The phone's own database.
    pub fn store(&self) -> Store {
        let text = std::fs::read_to_string(self.folder.path().join("key")).expect("the key");
        let digits = text.trim().as_bytes();
        let mut key = [0; 32];
        for (byte, pair) in key.iter_mut().zip(digits.chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).expect("digits"), 16).expect("digits");
        }
        Store::open(self.folder.path().join("haitang.db"), key).expect("opens")
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("reads") {
        let entry = entry.expect("reads");
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            std::fs::create_dir(&target).expect("makes");
            copy(&source, &target);
        } else {
            std::fs::copy(&source, &target).expect("copies");
        }
    }
}

/// Runs a command of the server's program over `data`; it must end well.
pub fn operate(data: &Path, arguments: &[&str]) {
    let output = Command::new(path("haitang-server")).args(arguments).arg("--data").arg(data).output().expect("runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}
