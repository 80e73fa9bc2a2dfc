//! Networks of their own: namespaces in which the real programs run, and the lines between them.
//!
//! Needs root and iproute2, and for lines that lose packets `/dev/net/tun`.

pub mod wire;

use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use tappers::Tun;

use crate::program::Around;
use wire::Wire;

/// How the names of namespaces begin; the process that made one follows.
const PREFIX: &str = "haitang-";

/// Where the server is reached in every network here.
pub const SERVER: &str = "10.213.0.1";

static COUNT: AtomicU32 = AtomicU32::new(0);

fn number() -> u32 {
    COUNT.fetch_add(1, Ordering::Relaxed)
}

/// Runs `ip` with these words.
pub fn ip(words: &str) -> Result<(), String> {
    let output = Command::new("ip").args(words.split_whitespace()).output().map_err(|error| format!("ip: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("ip {words}: {}", String::from_utf8_lossy(&output.stderr).trim()))
}

/// A network of its own. Gone when dropped.
pub struct Namespace {
    name: String,
}

impl Namespace {
    /// A new one, with its own loopback.
    pub fn new() -> Result<Self, String> {
        forget_the_dead();
        let made = Self { name: format!("{PREFIX}{}-{}", std::process::id(), number()) };
        ip(&format!("netns add {}", made.name))?;
        made.ip("link set lo up")?;
        Ok(made)
    }

    /// Runs `ip` in it.
    pub fn ip(&self, words: &str) -> Result<(), String> {
        ip(&format!("-n {} {words}", self.name))
    }

    /// How a program is started in it that trusts the authority in `roots`.
    pub fn around(&self, roots: &Path) -> Around {
        let before = ["ip", "netns", "exec", &self.name].map(ToOwned::to_owned).into();
        Around { before, env: vec![("SSL_CERT_FILE".into(), roots.display().to_string())] }
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        let _ = ip(&format!("netns del {}", self.name));
    }
}

/// Removes what test runs that were killed left behind.
fn forget_the_dead() {
    for entry in std::fs::read_dir("/run/netns").into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let made_by = name.strip_prefix(PREFIX).and_then(|rest| rest.split('-').next()).and_then(|pid| pid.parse::<u32>().ok());
        if made_by.is_some_and(|pid| !Path::new(&format!("/proc/{pid}")).exists()) {
            let _ = ip(&format!("netns del {name}"));
        }
    }
}

/// A phone's network: a namespace, and a line to the server's.
pub struct Line {
    /// Where the phone's programs run.
    pub phone: Namespace,
    /// The line itself.
    pub wire: Wire,
    device: String,
}

/// The server's end of a line.
pub struct ServerEnd<'a> {
    server: &'a Namespace,
    device: String,
    phone: String,
}

impl Line {
    /// A line from a new namespace to `server`'s, and its end there.
    pub fn to(server: &Namespace, seed: u64) -> Result<(Self, ServerEnd<'_>), String> {
        let phone = Namespace::new()?;
        let here = end(&phone)?;
        let there = end(server)?;
        let address = format!("10.213.2.{}", number() % 250);
        phone.ip(&format!("addr add {address} peer 10.213.1.1 dev {}", here.1))?;
        server.ip(&format!("addr add 10.213.1.1 peer {address} dev {}", there.1))?;
        let server = ServerEnd { server, device: there.1, phone: address };
        server.up()?;
        let line = Self { phone, wire: Wire::between(here.0, there.0, seed), device: here.1 };
        line.up()?;
        Ok((line, server))
    }

    /// Connects the phone.
    pub fn up(&self) -> Result<(), String> {
        self.phone.ip(&format!("link set {} up", self.device))?;
        self.phone.ip(&format!("route replace default dev {}", self.device))
    }

    /// Cuts the phone off, as airplane mode does.
    pub fn down(&self) -> Result<(), String> {
        self.phone.ip(&format!("link set {} down", self.device))
    }
}

impl ServerEnd<'_> {
    /// Connects the server.
    pub fn up(&self) -> Result<(), String> {
        self.server.ip(&format!("link set {} up", self.device))?;
        self.server.ip(&format!("route replace {} dev {}", self.phone, self.device))
    }

    /// Cuts the server off from this phone.
    pub fn down(&self) -> Result<(), String> {
        self.server.ip(&format!("link set {} down", self.device))
    }
}

/// A namespace in which a server is reached at [`SERVER`].
pub fn server() -> Result<Namespace, String> {
    let server = Namespace::new()?;
    server.ip(&format!("addr add {SERVER}/32 dev lo"))?;
    Ok(server)
}

/// A network whose only neighbour is this process: a namespace, and the address at which this process is reached from it.
pub fn neighbour() -> Result<(Namespace, std::net::Ipv4Addr), String> {
    let there = Namespace::new()?;
    let (n, name) = (number() % 250, format!("ht{}", std::process::id()));
    let here = std::net::Ipv4Addr::new(10, 213, 3, n as u8);
    // Goes with the namespace.
    ip(&format!("link add {name} type veth peer name phone netns {}", there.name))?;
    ip(&format!("addr add {here} peer 10.213.4.{n} dev {name}"))?;
    ip(&format!("link set {name} up"))?;
    there.ip(&format!("addr add 10.213.4.{n} peer {here} dev phone"))?;
    there.ip("link set phone up")?;
    Ok((there, here))
}

/// One end of a line in a namespace, and its name there.
fn end(at: &Namespace) -> Result<(Tun, String), String> {
    let fault = |error: std::io::Error| format!("/dev/net/tun: {error}");
    let mut tun = Tun::new().map_err(fault)?;
    tun.set_nonblocking(true).map_err(fault)?;
    let made = tun.name().map_err(fault)?.name().to_string_lossy().into_owned();
    // Its first name may be taken where it is going.
    let name = format!("wire{}", number());
    ip(&format!("link set {made} netns {} name {name}", at.name))?;
    Ok((tun, name))
}

/// Says on the real standard error, once, that and why a test of networks is not run here.
pub fn skipped(why: &str) {
    // The test harness keeps what `eprintln` says to itself where a test passes.
    let _ = writeln!(std::io::stderr(), "not run here, no networks of one's own: {why}");
}
