//! The real server over real sockets.

mod accounts;
mod files;
mod live;
mod operator;
mod rig;
mod routes;
mod sync;
