//! Every route once: its handler and its description side by side, so that neither can be without the other.

use std::sync::Arc;

use axum::Router;
use axum::routing::{MethodRouter, delete, get, head, options, patch, post};
use haitang_protocol::ProblemCode::{
    self, BadCode, BadFrame, BadRequest, BadSignature, Diverged, Forbidden, Gap, HashMismatch, NoSuchShard, NotFound,
    NotYourDevice, Revoked, StorageFull, TokenExpired, TooLarge, Unauthorized, WrongOffset, WrongVersion,
};
use utoipa::openapi::HttpMethod;

use super::{App, accounts, files, health, ledger, live, openapi, sync};

/// What a token a route asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// None.
    Nothing,
    /// A device's or an account's.
    Token,
    /// A device's.
    Device,
}

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// There is none.
    Empty,
    /// JSON of a schema of this name.
    Json(&'static str),
    /// One frame of this kind.
    Frame(&'static str),
    /// A stream of frames.
    Frames,
    /// Server-sent events.
    Events,
    /// Bytes of a file.
    Bytes,
    /// A piece of an upload.
    Piece,
    /// Lines of text.
    Text,
}

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header that must be there.
    Header,
    /// In a header that may be there.
    MayHeader,
}

/// One route.
pub struct Route {
    /// The method.
    pub method: HttpMethod,
    /// The path, as axum and `OpenAPI` both write it.
    pub path: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// Who may ask.
    pub asks: Asks,
    /// Parameters: name, place, what it is.
    pub parameters: &'static [(&'static str, Place, &'static str)],
    /// The body of the request.
    pub takes: Shape,
    /// Status and body of the answer when all is well.
    pub gives: (u16, Shape),
    /// What it can fail with, besides what any route can.
    pub problems: &'static [ProblemCode],
    /// Who answers.
    handler: MethodRouter<Arc<App>>,
}

/// A route with nothing special about it, for the table to say what differs.
fn route(method: HttpMethod, path: &'static str, about: &'static str, handler: MethodRouter<Arc<App>>) -> Route {
    Route {
        method,
        path,
        about,
        asks: Asks::Nothing,
        parameters: &[],
        takes: Shape::Empty,
        gives: (200, Shape::Empty),
        problems: &[],
        handler,
    }
}

const UPLOAD: (&str, Place, &str) = ("id", Place::Path, "The upload, from the Location of its creation.");
const TUS: (&str, Place, &str) = ("Tus-Resumable", Place::Header, "1.0.0");

/// Every route there is.
pub fn all() -> Vec<Route> {
    let mut all = account_routes();
    all.extend(sync_routes());
    all.extend(file_routes());
    all.extend(operator_routes());
    all
}

fn account_routes() -> Vec<Route> {
    use HttpMethod::Post;
    vec![
        Route {
            takes: Shape::Json("Enrol"),
            gives: (200, Shape::Json("Enrolled")),
            problems: &[BadRequest, BadCode, TooLarge],
            ..route(Post, "/v1/enrol", "Enrols a new phone with a one-time code.", post(accounts::enrol))
        },
        Route {
            takes: Shape::Json("ChallengeRequest"),
            gives: (200, Shape::Json("Challenge")),
            problems: &[BadRequest, TooLarge],
            ..route(Post, "/v1/challenge", "Gives a device something to sign, for one minute.", post(accounts::challenge))
        },
        Route {
            takes: Shape::Json("TokenRequest"),
            gives: (200, Shape::Json("Token")),
            problems: &[BadRequest, TooLarge, Unauthorized, TokenExpired, BadSignature, Revoked],
            ..route(Post, "/v1/token", "Gives a device that signed its challenge a token for 15 minutes.", post(accounts::token))
        },
        Route {
            takes: Shape::Json("Login"),
            gives: (200, Shape::Json("Token")),
            problems: &[BadRequest, TooLarge, Unauthorized],
            ..route(
                Post,
                "/v1/login",
                "Gives a person at a desk a token for 15 minutes, by account and password.",
                post(accounts::login),
            )
        },
        Route {
            asks: Asks::Token,
            takes: Shape::Json("NewEnrolment"),
            gives: (200, Shape::Json("Enrolment")),
            problems: &[BadRequest, TooLarge, Forbidden],
            ..route(
                Post,
                "/v1/enrolments",
                "Makes a one-time code for a member's phone. For secretaries and admins of the member's org or above.",
                post(accounts::new_enrolment),
            )
        },
    ]
}

fn sync_routes() -> Vec<Route> {
    use HttpMethod::{Get, Post};
    vec![
        Route {
            asks: Asks::Device,
            takes: Shape::Frame("Push"),
            gives: (200, Shape::Frame("PushAnswer")),
            problems: &[BadFrame, WrongVersion, TooLarge, NotYourDevice, BadSignature, Gap, Diverged, NoSuchShard, StorageFull],
            ..route(
                Post,
                "/v1/push",
                "Takes commands of one device to one shard, and says what became of each.",
                post(sync::push),
            )
        },
        Route {
            asks: Asks::Device,
            takes: Shape::Frame("Pull"),
            gives: (200, Shape::Frames),
            problems: &[BadFrame, WrongVersion, TooLarge],
            ..route(
                Post,
                "/v1/pull",
                "Sends what has changed since the cursors: one Head, any number of Pages, one End. An answer without End was cut.",
                post(sync::pull),
            )
        },
        Route {
            asks: Asks::Device,
            gives: (200, Shape::Events),
            problems: &[],
            ..route(
                Get,
                "/v1/live",
                "Tells when to pull. Events: `ready` once, `pull` when a feed of the device moved (data: a JSON list of feeds, \
                 empty where it may be any), `revoked` at the end of a revoked device. A comment every 25 s. Ends with the token.",
                get(live::live),
            )
        },
    ]
}

fn file_routes() -> Vec<Route> {
    use HttpMethod::{Delete, Get, Head, Options, Patch, Post};
    vec![
        Route {
            gives: (204, Shape::Empty),
            ..route(Options, "/v1/files", "What this server can do of tus 1.0.", options(files::options))
        },
        Route {
            asks: Asks::Device,
            parameters: &[
                TUS,
                ("Upload-Length", Place::Header, "Bytes of the file, at most 52428800."),
                ("Upload-Metadata", Place::Header, "sha256 (64 hexadecimal digits), media_type, name; each in base64."),
            ],
            gives: (201, Shape::Empty),
            problems: &[BadRequest, WrongVersion, TooLarge, StorageFull],
            ..route(
                Post,
                "/v1/files",
                "Makes an upload. Where the same bytes arrived before, Upload-Offset is their length and nothing need be sent.",
                post(files::create),
            )
        },
        Route {
            gives: (204, Shape::Empty),
            parameters: &[UPLOAD],
            ..route(Options, "/v1/files/{id}", "What this server can do of tus 1.0.", options(files::options))
        },
        Route {
            asks: Asks::Device,
            parameters: &[UPLOAD, TUS],
            problems: &[NotFound, WrongVersion],
            ..route(Head, "/v1/files/{id}", "How far an upload has come, in Upload-Offset.", head(files::head))
        },
        Route {
            asks: Asks::Device,
            parameters: &[
                UPLOAD,
                TUS,
                ("Upload-Offset", Place::Header, "Where the piece begins; must be where the upload stands."),
                ("Upload-Checksum", Place::MayHeader, "sha1 or sha256 and the digest of the piece in base64."),
            ],
            takes: Shape::Piece,
            gives: (204, Shape::Empty),
            problems: &[BadRequest, NotFound, WrongVersion, WrongOffset, TooLarge, HashMismatch, StorageFull],
            ..route(Patch, "/v1/files/{id}", "Sends the next bytes. After the last the hash is verified.", patch(files::patch))
        },
        Route {
            asks: Asks::Device,
            parameters: &[UPLOAD, TUS],
            gives: (204, Shape::Empty),
            problems: &[NotFound, WrongVersion],
            ..route(Delete, "/v1/files/{id}", "Gives an upload up. A file that is whole stays.", delete(files::delete))
        },
        Route {
            asks: Asks::Token,
            parameters: &[
                ("sha256", Place::Path, "The SHA-256 of the file, 64 hexadecimal digits."),
                ("kind", Place::Query, "The kind of a record that names the file, such as log."),
                ("id", Place::Query, "The id of that record."),
            ],
            gives: (200, Shape::Bytes),
            problems: &[BadRequest, NotFound],
            ..route(
                Get,
                "/v1/files/by-hash/{sha256}",
                "A file, for the device that sent it, or for a member who may read the record that names it. Range: bytes=N- resumes.",
                get(files::by_hash),
            )
        },
    ]
}

fn operator_routes() -> Vec<Route> {
    use HttpMethod::Get;
    vec![
        Route {
            asks: Asks::Token,
            parameters: &[
                ("org", Place::Path, "The org."),
                ("from", Place::Query, "The first day, such as 2026-01-01."),
                ("to", Place::Query, "The last day."),
            ],
            gives: (200, Shape::Json("Ledger")),
            problems: &[BadRequest, Forbidden, NotFound],
            ..route(
                Get,
                "/v1/ledger/{org}",
                "The ledger of an org: its approved activities from day to day. For those with a role in the org or above it.",
                get(ledger::ledger),
            )
        },
        Route {
            gives: (200, Shape::Json("Health")),
            ..route(Get, "/healthz", "Whether the server is well; 503 where it is not.", get(health::healthz))
        },
        Route {
            gives: (200, Shape::Text),
            problems: &[Unauthorized],
            ..route(Get, "/metrics", "What the server has done, for Prometheus.", get(health::metrics))
        },
        Route { gives: (200, Shape::Json("OpenApi")), ..route(Get, "/openapi.json", "This description.", get(openapi::answer)) },
    ]
}

/// The router of every route.
pub fn router() -> Router<Arc<App>> {
    all().into_iter().fold(Router::new(), |router, route| router.route(route.path, route.handler))
}
