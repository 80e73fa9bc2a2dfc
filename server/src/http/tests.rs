//! The real server over real sockets.

mod accounts;
mod files;
mod headers;
mod live;
mod log;
mod operator;
mod rig;
mod routes;
mod sync;
