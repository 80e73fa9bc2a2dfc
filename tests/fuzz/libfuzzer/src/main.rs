//! One program for every target: `HAITANG_FUZZ_TARGET` names the one to run. One link instead of twelve.
#![no_main]

use std::sync::OnceLock;

use haitang_fuzz::Target;

fn chosen() -> &'static Target {
    static CHOSEN: OnceLock<&Target> = OnceLock::new();
    CHOSEN.get_or_init(|| haitang_fuzz::target(&std::env::var("HAITANG_FUZZ_TARGET").unwrap_or_default()))
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| (chosen().run)(bytes));
