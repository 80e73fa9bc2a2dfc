//! Packs the addresses that the loader has to relocate in a phone's library: 8 bytes for 63 of them and not 24 for each.

use std::env;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let target = |name: &str| env::var(format!("CARGO_CFG_TARGET_{name}")).unwrap_or_default();
    let release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    match (target("OS").as_str(), target("ENV").as_str()) {
        // In the form that Android reads since 6.0; the system's own form came with 11.
        ("android", _) if release => println!("cargo:rustc-cdylib-link-arg=-Wl,--pack-dyn-relocs=android"),
        // Here for the ledger of sizes (scripts/library-size): both linkers know it, and glibc from 2.36 on.
        ("linux", "gnu") if release => println!("cargo:rustc-cdylib-link-arg=-Wl,-z,pack-relative-relocs"),
        _ => {}
    }
}
