//! The network between phones and server: clear, cut, or someone else's.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU8, AtomicU64, Ordering};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// The version that leaves frames as they are; none is ever so high.
const LEAVE: u8 = u8::MAX;
/// How a frame begins, before its version.
const MAGIC: [u8; 2] = *b"HT";
/// As many bytes as anyone wants.
const PLENTY: i64 = i64::MAX / 2;

/// A TCP proxy that lives as long as the test's runtime.
#[derive(Clone)]
pub struct Proxy {
    addr: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    upstream: Mutex<Option<SocketAddr>>,
    /// Answers every connection in the server's place.
    portal: Mutex<Option<Vec<u8>>>,
    up_left: AtomicI64,
    down_left: AtomicI64,
    up: AtomicU64,
    down: AtomicU64,
    /// The version written into frames on their way to the server, and back.
    version_up: AtomicU8,
    version_down: AtomicU8,
    recording: AtomicBool,
    recorded: Mutex<Vec<Arc<Mutex<Vec<u8>>>>>,
    /// Connections of an older generation are dropped.
    generation: watch::Sender<u64>,
}

impl Proxy {
    /// A proxy on a free port, with a clear way to `upstream`.
    pub async fn start(upstream: SocketAddr) -> Self {
        Self::start_at(Ipv4Addr::LOCALHOST, upstream).await
    }

    /// The same at another address of this machine.
    pub async fn start_at(own: Ipv4Addr, upstream: SocketAddr) -> Self {
        let listener = TcpListener::bind((own, 0)).await.expect("a port");
        let addr = listener.local_addr().expect("an address");
        let shared = Arc::new(Shared {
            upstream: Mutex::new(Some(upstream)),
            portal: Mutex::new(None),
            up_left: PLENTY.into(),
            down_left: PLENTY.into(),
            up: 0.into(),
            down: 0.into(),
            version_up: LEAVE.into(),
            version_down: LEAVE.into(),
            recording: false.into(),
            recorded: Mutex::default(),
            generation: watch::Sender::new(0),
        });
        let proxy = Self { addr, shared: Arc::clone(&shared) };
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(Arc::clone(&shared).connection(client));
            }
        });
        proxy
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.addr.port()
    }

    /// What phones take for the server's address.
    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    fn change(&self, change: impl FnOnce(&Shared)) {
        change(&self.shared);
        self.shared.generation.send_modify(|generation| *generation += 1);
    }

    /// A clear way to `upstream`; open connections are dropped.
    pub fn lead_to(&self, upstream: SocketAddr) {
        self.change(|shared| *shared.upstream.lock().expect("is well") = Some(upstream));
        self.clear();
    }

    /// A clear way; open connections are dropped.
    pub fn clear(&self) {
        self.change(|shared| {
            *shared.portal.lock().expect("is well") = None;
            shared.up_left.store(PLENTY, Ordering::SeqCst);
            shared.down_left.store(PLENTY, Ordering::SeqCst);
            shared.version_up.store(LEAVE, Ordering::SeqCst);
            shared.version_down.store(LEAVE, Ordering::SeqCst);
        });
    }

    /// Has every frame say that it is of another version of the protocol: those to the server, and those back.
    pub fn speak(&self, up: Option<u8>, down: Option<u8>) {
        self.change(|shared| {
            shared.version_up.store(up.unwrap_or(LEAVE), Ordering::SeqCst);
            shared.version_down.store(down.unwrap_or(LEAVE), Ordering::SeqCst);
        });
    }

    /// Lets so many bytes more through to the server and back from it, then cuts every connection at that byte, until told otherwise.
    pub fn cut_after(&self, up: Option<i64>, down: Option<i64>) {
        self.change(|shared| {
            shared.up_left.store(up.unwrap_or(PLENTY), Ordering::SeqCst);
            shared.down_left.store(down.unwrap_or(PLENTY), Ordering::SeqCst);
        });
    }

    /// Answers every connection with these bytes, as a captive portal does.
    pub fn answer_with(&self, bytes: &str) {
        self.change(|shared| *shared.portal.lock().expect("is well") = Some(bytes.as_bytes().to_vec()));
    }

    /// Keeps what phones send from now on.
    pub fn record(&self) {
        self.change(|shared| shared.recording.store(true, Ordering::SeqCst));
    }

    /// What was sent on each connection since [`Self::record`].
    pub fn recorded(&self) -> Vec<Vec<u8>> {
        self.shared.recording.store(false, Ordering::SeqCst);
        let all = self.shared.recorded.lock().expect("is well");
        all.iter().map(|one| one.lock().expect("is well").clone()).collect()
    }

    /// Bytes so far: to the server, and back.
    pub fn bytes(&self) -> (u64, u64) {
        (self.shared.up.load(Ordering::SeqCst), self.shared.down.load(Ordering::SeqCst))
    }
}

impl Shared {
    async fn connection(self: Arc<Self>, mut client: TcpStream) {
        let mut changed = self.generation.subscribe();
        let portal = self.portal.lock().expect("is well").clone();
        if let Some(bytes) = portal {
            let mut asked = [0; 4096];
            let _ = client.read(&mut asked).await;
            let _ = client.write_all(&bytes).await;
            let _ = client.shutdown().await;
            return;
        }
        let upstream = *self.upstream.lock().expect("is well");
        let Some(upstream) = upstream else { return };
        let Ok(server) = TcpStream::connect(upstream).await else { return };
        let _ = (client.set_nodelay(true), server.set_nodelay(true));
        let kept = self.recording.load(Ordering::SeqCst).then(Arc::<Mutex<Vec<u8>>>::default);
        if let Some(kept) = &kept {
            self.recorded.lock().expect("is well").push(Arc::clone(kept));
        }
        let (client_read, client_write) = client.into_split();
        let (server_read, server_write) = server.into_split();
        let keep = |bytes: &[u8]| {
            if let Some(kept) = &kept {
                kept.lock().expect("is well").extend_from_slice(bytes);
            }
        };
        // Whichever ends first ends both: half a connection is of no use to anyone here.
        tokio::select! {
            () = pump(client_read, server_write, &self.up_left, &self.up, &self.version_up, keep) => {}
            () = pump(server_read, client_write, &self.down_left, &self.down, &self.version_down, |_: &[u8]| {}) => {}
            _ = changed.changed() => {}
        }
    }
}

/// Passes bytes on until one side ends or none are left to pass.
async fn pump(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    left: &AtomicI64,
    count: &AtomicU64,
    version: &AtomicU8,
    keep: impl Fn(&[u8]),
) {
    let mut bytes = vec![0; 16 * 1024];
    loop {
        let Ok(read @ 1..) = from.read(&mut bytes).await else { return };
        let before = left.fetch_sub(read as i64, Ordering::SeqCst);
        let pass = usize::try_from(before.clamp(0, read as i64)).unwrap_or(0);
        count.fetch_add(pass as u64, Ordering::SeqCst);
        let version = version.load(Ordering::SeqCst);
        if version != LEAVE {
            translate(&mut bytes[..pass], version);
        }
        keep(&bytes[..pass]);
        if to.write_all(&bytes[..pass]).await.is_err() || pass < read {
            let _ = to.flush().await;
            return;
        }
    }
}

/// Writes a version into whatever begins like a frame.
fn translate(bytes: &mut [u8], version: u8) {
    for at in 0..bytes.len().saturating_sub(3) {
        // A body begins after the empty line of its header, in an answer that is sent in chunks after the line with their length, or
        // where it was written by itself; so does an answer's `HTTP/1.1`.
        let begins = at == 0 || bytes[..at].ends_with(b"\r\n");
        if begins && bytes[at..].starts_with(&MAGIC) && !bytes[at..].starts_with(b"HTTP") {
            bytes[at + 2] = version;
        }
    }
}
