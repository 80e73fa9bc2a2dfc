//! The real programs, as processes that can be killed at any instant.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

/// A program that `cargo build --workspace` made, beside this test's own.
pub fn path(name: &str) -> PathBuf {
    let own = std::env::current_exe().expect("a path");
    let folder = own.parent().and_then(Path::parent).expect("a target folder");
    let found = folder.join(name);
    assert!(found.exists(), "{} is not built: run `cargo build --workspace` first", found.display());
    found
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
        let mut child = Command::new(path("haitang-server"))
            .args(["--listen", &format!("127.0.0.1:{port}"), "--disk-free-min-mb", "0"])
            .args(["--device-per-minute", "100000", "--address-per-minute", "100000", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("says where it listens");
        let url = line.trim().rsplit(' ').next().unwrap_or_default().to_owned();
        assert!(url.starts_with("http://"), "the server did not start: {line}");
        Self { child, url }
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.url.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port")
    }

    /// Ends it at once, as a power cut would.
    pub fn kill(mut self) {
        self.child.kill().expect("is killed");
        self.child.wait().expect("is gone");
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A phone's folder, and the program that works on it.
pub struct PhoneProgram {
    folder: tempfile::TempDir,
}

impl Default for PhoneProgram {
    fn default() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }
}

impl PhoneProgram {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(path("phone"));
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

    /// Runs it and kills it after a while; what it printed, if it came to its end before with success.
    pub fn killed_after(&self, arguments: &[&str], after: Duration) -> Option<serde_json::Value> {
        let mut child = self.command(arguments).spawn().expect("starts");
        std::thread::sleep(after);
        let _ = child.kill();
        let output = child.wait_with_output().expect("is gone");
        // What was printed whole was acknowledged, even if the process did not live to say that it ended well.
        serde_json::from_slice(&output.stdout).ok()
    }
}
