//! The server of Haitang: ingest, feeds, accounts, files, HTTP, ledger and what an operator does beside it.
//!
//! [`hub`] takes commands in and gives changes out; [`storage`] keeps everything behind one trait; [`http`] is how phones, the
//! console and the operator's tools reach both.

#![deny(missing_docs)]

pub mod account;
pub mod admin;
pub mod clock;
pub mod config;
pub mod http;
pub mod hub;
pub mod keys;
pub mod ledger;
pub mod storage;
