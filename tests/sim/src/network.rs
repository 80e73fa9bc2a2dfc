//! A network in which nothing happens by itself: each request and each piece of an answer waits until the simulation lets it
//! through, late, twice, in part, or not at all.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream;
use haitang_app::AppError;
use haitang_app::network::{Body, Network};
use http::{Request, Response};
use parking_lot::Mutex;
use tokio::sync::{mpsc, oneshot};

type Pieces = mpsc::UnboundedSender<Result<Bytes, AppError>>;

/// One request under way, and what has come back of its answer.
pub struct Exchange {
    /// Whose it is.
    pub phone: usize,
    /// What is asked.
    pub request: Request<Bytes>,
    head: Option<oneshot::Sender<Result<Response<Body>, AppError>>>,
    /// The answer, once the server gave one: what is left of its body.
    pub answer: Option<Answer>,
}

/// An answer on its way.
pub struct Answer {
    head: Response<()>,
    left: Bytes,
    pieces: Option<Pieces>,
}

/// What is under way between all phones and the server, in the order in which it was asked.
#[derive(Clone, Default)]
pub struct Air(Arc<Mutex<BTreeMap<u64, Exchange>>>);

/// A phone's way to the server.
pub struct Link {
    phone: usize,
    air: Air,
}

impl Network for Link {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, AppError>> {
        let (head, arrived) = oneshot::channel();
        let mut air = self.air.0.lock();
        let next = air.last_key_value().map_or(0, |(last, _)| last + 1);
        air.insert(next, Exchange { phone: self.phone, request, head: Some(head), answer: None });
        Box::pin(async move { arrived.await.unwrap_or_else(|_| Err(cut())) })
    }
}

fn cut() -> AppError {
    AppError::Network("cut".into())
}

impl Air {
    /// The way of a phone to the server.
    pub fn link(&self, phone: usize) -> Link {
        Link { phone, air: self.clone() }
    }

    /// What is under way, by number; of one phone where it is named.
    pub fn under_way(&self, phone: Option<usize>) -> Vec<u64> {
        let air = self.0.lock();
        air.iter().filter(|(_, exchange)| phone.is_none_or(|phone| phone == exchange.phone)).map(|(id, _)| *id).collect()
    }

    /// Looks at one exchange.
    pub fn with<T>(&self, id: u64, look: impl FnOnce(&Exchange) -> T) -> Option<T> {
        self.0.lock().get(&id).map(look)
    }

    /// The server's answer sets out on its way.
    pub fn answered(&self, id: u64, head: Response<()>, body: Bytes) {
        if let Some(exchange) = self.0.lock().get_mut(&id) {
            exchange.answer = Some(Answer { head, left: body, pieces: None });
        }
    }

    /// Lets up to `bytes` more of the answer's body through, the head before. Ends the exchange once all is through.
    pub fn deliver(&self, id: u64, bytes: usize) {
        let mut air = self.0.lock();
        let Some(exchange) = air.get_mut(&id) else { return };
        let Some(answer) = &mut exchange.answer else { return };
        if let Some(head) = exchange.head.take() {
            let (pieces, arriving) = mpsc::unbounded_channel();
            let body = stream::unfold(arriving, async |mut arriving| Some((arriving.recv().await?, arriving))).boxed();
            let mut response = Response::new(body);
            *response.status_mut() = answer.head.status();
            *response.headers_mut() = answer.head.headers().clone();
            answer.pieces = Some(pieces);
            // A phone that is gone takes nothing.
            let _ = head.send(Ok(response));
        }
        let piece = answer.left.split_to(bytes.min(answer.left.len()));
        if let Some(pieces) = answer.pieces.as_ref().filter(|_| !piece.is_empty()) {
            let _ = pieces.send(Ok(piece));
        }
        if answer.left.is_empty() {
            air.remove(&id);
        }
    }

    /// Cuts the connection: the phone learns that, the server does not. `told` is false where the answer just ends, as when a
    /// proxy closes it in good order.
    pub fn cut(&self, id: u64, told: bool) {
        let Some(exchange) = self.0.lock().remove(&id) else { return };
        if let Some(head) = exchange.head {
            let _ = head.send(Err(cut()));
        } else if let Some(pieces) = exchange.answer.and_then(|answer| answer.pieces).filter(|_| told) {
            let _ = pieces.send(Err(cut()));
        }
    }

    /// Answers in the server's place.
    pub fn answer_in_its_place(&self, id: u64, head: Response<()>, body: &'static str) {
        self.answered(id, head, Bytes::from_static(body.as_bytes()));
        self.deliver(id, usize::MAX);
    }

    /// Drops what is under way of a phone that is gone, but for requests that may still arrive.
    pub fn forget(&self, phone: usize) {
        self.0.lock().retain(|_, exchange| exchange.phone != phone || exchange.answer.is_none());
    }
}
