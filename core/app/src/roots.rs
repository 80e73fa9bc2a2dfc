//! Whose certificates a phone believes, where the platform's own verifier cannot be asked: on Android that one wants a Java virtual
//! machine handed to it, and the core has none. The system's authorities are files there, which anybody may read.

use std::path::Path;

use reqwest::Certificate;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

/// Where Android keeps its authorities: since version 14 where they are renewed without the system, before that with it.
const ANDROID: [&str; 2] = ["/apex/com.android.conscrypt/cacerts", "/system/etc/security/cacerts"];
/// The names of those that the phone's owner has turned off.
const ANDROID_TURNED_OFF: &str = "/data/misc/user/0/cacerts-removed";

/// The authorities of the system, where they have to be told to the client; `None` where the platform's verifier knows them itself.
pub(crate) fn of_system() -> Option<Vec<Certificate>> {
    if !cfg!(target_os = "android") {
        return None;
    }
    let turned_off = Path::new(ANDROID_TURNED_OFF);
    ANDROID.iter().map(|folder| in_folder(Path::new(folder), turned_off)).find(|found| !found.is_empty())
}

/// The certificates in the files of a folder, but for those whose names are in `turned_off`. What cannot be read is left out: one
/// damaged file is no reason to trust nobody.
fn in_folder(folder: &Path, turned_off: &Path) -> Vec<Certificate> {
    let Ok(files) = std::fs::read_dir(folder) else { return vec![] };
    let mut found = vec![];
    for file in files.flatten() {
        if turned_off.join(file.file_name()).exists() {
            continue;
        }
        let Ok(pem) = std::fs::read(file.path()) else { continue };
        // A file may hold several.
        found.extend(
            CertificateDer::pem_slice_iter(&pem)
                .flatten()
                .filter(is_certificate)
                .filter_map(|der| Certificate::from_der(&der).ok()),
        );
    }
    found
}

/// Whether the client will take it: it declines all where one is damaged.
fn is_certificate(der: &CertificateDer<'_>) -> bool {
    RootCertStore::empty().add(der.clone().into_owned()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = include_str!("roots/example.pem");

    #[test]
    fn authorities_are_those_of_the_folder_but_for_the_ones_turned_off() {
        let (folder, off) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("writes");
        put("5ed36f99.0", ONE);
        put("b0e59380.0", ONE);
        put("damaged.0", "-----BEGIN CERTIFICATE-----\nno\n-----END CERTIFICATE-----\n");
        put("README", "no certificate");
        assert_eq!(in_folder(folder.path(), off.path()).len(), 2);
        std::fs::write(off.path().join("b0e59380.0"), "").expect("writes");
        assert_eq!(in_folder(folder.path(), off.path()).len(), 1);
        assert!(in_folder(&folder.path().join("nowhere"), off.path()).is_empty());
    }

    #[test]
    fn elsewhere_the_platform_is_asked() {
        assert!(of_system().is_none());
    }
}
