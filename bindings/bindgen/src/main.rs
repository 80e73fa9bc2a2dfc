//! Writes the Kotlin and Swift sides of the bindings out of the built core library.
//!
//! `haitang-bindgen LIBRARY OUT_DIR` reads the interface that uniffi put into the shared library and writes
//! `OUT_DIR/kotlin/uniffi/haitang/haitang.kt` and `OUT_DIR/swift/haitang{.swift,FFI.h,FFI.modulemap}`. `scripts/bindings`
//! is its only caller; nothing that it writes is edited or committed.

use std::process::ExitCode;

use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [library, out_dir] = arguments.as_slice() else {
        eprintln!("usage: haitang-bindgen LIBRARY OUT_DIR");
        return ExitCode::from(2);
    };
    for (language, folder) in [(TargetLanguage::Kotlin, "kotlin"), (TargetLanguage::Swift, "swift")] {
        let options = GenerateOptions {
            languages: vec![language],
            source: library.as_str().into(),
            out_dir: format!("{out_dir}/{folder}").into(),
            config_override: None,
            // Nobody reads the generated code often enough to make a formatter a thing to install.
            format: false,
            crate_filter: None,
            metadata_no_deps: true,
        };
        if let Err(error) = generate(options) {
            eprintln!("{folder} bindings of {library}: {error:#}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
