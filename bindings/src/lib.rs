//! The core as Kotlin and Swift see it.

uniffi::setup_scaffolding!();

/// The version of the core, so that a shell can say what it runs on.
#[uniffi::export]
pub fn core_version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
