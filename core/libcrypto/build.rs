//! Lays out the headers that `SQLCipher` is compiled with: AWS-LC's own, which name its symbols with their prefix, and over
//! its `hmac.h` the few functions of OpenSSL 3 that it does not have. Tells the place as `DEP_OPENSSL_INCLUDE`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const OVER_HMAC: &str = "include/evp_mac.h";

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed={OVER_HMAC}");
    let to = PathBuf::from(required("OUT_DIR")?).join("include");
    if to.exists() {
        fs::remove_dir_all(&to)?;
    }
    copy_headers(&aws_lc_headers()?.join("openssl"), &to.join("openssl"))?;
    // The last thing that SQLCipher's file of OpenSSL's functions includes and that is about a MAC: what AWS-LC has stays, under it.
    let hmac = to.join("openssl/hmac.h");
    fs::rename(&hmac, to.join("openssl/hmac_of_aws_lc.h"))?;
    fs::copy(Path::new(&required("CARGO_MANIFEST_DIR")?).join(OVER_HMAC), &hmac)?;
    println!("cargo:include={}", to.display());
    Ok(())
}

fn required(name: &str) -> io::Result<String> {
    env::var(name).map_err(|_| io::Error::other(format!("{name} is not set: this is run by cargo")))
}

/// Where the build of `aws-lc-sys` left its headers. The variable's name has its version in it.
fn aws_lc_headers() -> io::Result<PathBuf> {
    let told = env::vars().find(|(name, _)| name.starts_with("DEP_AWS_LC_") && name.ends_with("_INCLUDE"));
    let (_, value) = told.ok_or_else(|| io::Error::other("aws-lc-sys does not tell where its headers are"))?;
    Ok(PathBuf::from(value))
}

fn copy_headers(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        if path.is_dir() {
            copy_headers(&path, &to.join(path.file_name().unwrap_or_default()))?;
        } else if path.extension() == Some(OsStr::new("h")) {
            fs::copy(&path, to.join(path.file_name().unwrap_or_default()))?;
        }
    }
    Ok(())
}
