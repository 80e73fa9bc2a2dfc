//! Links AWS-LC, and tells SQLite's build where its headers are (`build.rs`); there is nothing to call here.

// Named so that the static library is linked after SQLite, which calls it.
use aws_lc_sys as _;
