//! TLS by rustls, with AWS-LC.

use std::io;
use std::path::Path;
use std::sync::Arc;

use axum_server::tls_rustls::RustlsConfig;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

fn wrong(what: &str, path: &Path, error: impl std::fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("{what} in {} cannot be used: {error}", path.display()))
}

/// Reads a certificate chain and its key.
fn read(cert: &Path, key: &Path) -> io::Result<Arc<ServerConfig>> {
    let chain = CertificateDer::pem_file_iter(cert).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let chain = chain.map_err(|error| wrong("the certificate", cert, error))?;
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|error| wrong("the key", key, error))?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_single_cert(chain, secret)
        .map_err(|error| wrong("the certificate", cert, error))?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

/// The configuration to serve with.
pub fn open(cert: &Path, key: &Path) -> io::Result<RustlsConfig> {
    Ok(RustlsConfig::from_config(read(cert, key)?))
}

/// Takes a renewed certificate into use; connections that stand keep the old one.
pub fn reload(config: &RustlsConfig, cert: &Path, key: &Path) -> io::Result<()> {
    config.reload_from_config(read(cert, key)?);
    Ok(())
}
