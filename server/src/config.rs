//! Configuration: flags over environment over file over defaults, each setting declared once.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, clap::ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// Lines for people.
    #[default]
    Text,
    /// One JSON object a line, for machines.
    Json,
}

/// What can be wrong with the configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("the configuration file {path} cannot be read: {source}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not TOML, or holds a key or value that means nothing here.
    #[error("the configuration file {path} is wrong: {detail}")]
    Wrong {
        /// The file.
        path: PathBuf,
        /// Where and why.
        detail: String,
    },
    /// A certificate without a key, or a key without a certificate.
    #[error("tls_cert and tls_key go together: {missing} is missing")]
    HalfTls {
        /// The one that is missing.
        missing: &'static str,
    },
    /// A value outside what makes sense.
    #[error("{name} must be {must}")]
    OutOfRange {
        /// The setting.
        name: &'static str,
        /// What it must be.
        must: &'static str,
    },
}

/// A setting that is a secret: it is never shown.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Hidden(String);

impl Hidden {
    /// What it is.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Hidden {
    fn from(secret: &str) -> Self {
        Self(secret.to_owned())
    }
}

impl std::fmt::Debug for Hidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

/// Declares every setting once: as a flag and variable, as a key of the file, and as it is used.
macro_rules! settings {
    (
        with_default { $($(#[doc = $doc:literal])* $name:ident: $type:ty = $default:expr, $env:literal;)* }
        optional { $($(#[doc = $odoc:literal])* $oname:ident: $otype:ty, $oenv:literal;)* }
    ) => {
        /// Settings as they were given, by any of flags, environment and file.
        #[derive(Clone, Debug, Default, PartialEq, clap::Args, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Settings {
            $($(#[doc = $doc])* #[arg(long, env = $env, global = true, hide_env_values = true)] pub $name: Option<$type>,)*
            $($(#[doc = $odoc])* #[arg(long, env = $oenv, global = true, hide_env_values = true)] pub $oname: Option<$otype>,)*
        }

        impl Settings {
            /// These settings, and where one was not given, that of `lower`.
            pub fn or(self, lower: Self) -> Self {
                Self { $($name: self.$name.or(lower.$name),)* $($oname: self.$oname.or(lower.$oname),)* }
            }

            fn resolve(self) -> Config {
                Config { $($name: self.$name.unwrap_or_else(|| $default),)* $($oname: self.$oname,)* }
            }
        }

        /// The configuration that the server runs with.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Config {
            $($(#[doc = $doc])* pub $name: $type,)*
            $($(#[doc = $odoc])* pub $oname: Option<$otype>,)*
        }
    };
}

settings! {
    with_default {
        /// Address and port to listen on [default: 127.0.0.1:8470]
        listen: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8470), "HAITANG_LISTEN";
        /// Folder of the database, the keys and the files [default: haitang-data]
        data: PathBuf = PathBuf::from("haitang-data"), "HAITANG_DATA";
        /// How the log is written: text or json [default: text]
        log_format: LogFormat = LogFormat::Text, "HAITANG_LOG_FORMAT";
        /// What is logged, such as `info` or `info,haitang_server=debug` [default: info]
        log: String = "info".to_owned(), "HAITANG_LOG";
        /// The server stands behind a proxy of yours: take the sender's address from the last `X-Forwarded-For` [default: false]
        trust_forwarded: bool = false, "HAITANG_TRUST_FORWARDED";
        /// Requests in hand at once; one more is told to come back [default: 1024]
        requests_max: usize = 1024, "HAITANG_REQUESTS_MAX";
        /// Pulls that read from the database at once; more wait their turn [default: 32]
        pulls_max: usize = 32, "HAITANG_PULLS_MAX";
        /// Live connections at once [default: 50000]
        live_max: usize = 50_000, "HAITANG_LIVE_MAX";
        /// Requests a minute of one device [default: 1200]
        device_per_minute: u32 = 1_200, "HAITANG_DEVICE_PER_MINUTE";
        /// Requests a minute without a token from one address; thousands of phones may share one [default: 1200]
        address_per_minute: u32 = 1_200, "HAITANG_ADDRESS_PER_MINUTE";
        /// Attempts a minute at one-time codes and passwords from one address [default: 30]
        attempts_per_minute: u32 = 30, "HAITANG_ATTEMPTS_PER_MINUTE";
        /// Seconds until a request is given up [default: 120]
        request_timeout_s: u64 = 120, "HAITANG_REQUEST_TIMEOUT_S";
        /// Seconds that requests in hand have to finish when the server stops [default: 30]
        stop_timeout_s: u64 = 30, "HAITANG_STOP_TIMEOUT_S";
        /// Megabytes of free disk below which no file is taken in and the server calls itself unwell [default: 256]
        disk_free_min_mb: u64 = 256, "HAITANG_DISK_FREE_MIN_MB";
        /// Days after which an upload that was not finished is forgotten [default: 7]
        upload_days: u32 = 7, "HAITANG_UPLOAD_DAYS";
        /// Uploads that one device may have open at once [default: 200]
        uploads_per_device: usize = 200, "HAITANG_UPLOADS_PER_DEVICE";
    }
    optional {
        /// The address by which phones reach the server, such as `https://haitang.example` [default: from the listen address]
        public_url: String, "HAITANG_PUBLIC_URL";
        /// TLS certificate chain, PEM; without it the server speaks plain HTTP, for use behind a proxy
        tls_cert: PathBuf, "HAITANG_TLS_CERT";
        /// TLS private key, PEM
        tls_key: PathBuf, "HAITANG_TLS_KEY";
        /// Bearer token that /metrics asks for [default: none, anyone who reaches the server may read it]
        metrics_token: Hidden, "HAITANG_METRICS_TOKEN";
    }
}

impl Settings {
    /// Reads the settings of a TOML file.
    pub fn from_file(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?;
        toml::from_str(&text).map_err(|error| ConfigError::Wrong { path: path.to_owned(), detail: error.to_string() })
    }

    /// The whole configuration: these settings (flags over environment), then those of `file`, then the defaults.
    pub fn into_config(self, file: Option<&Path>) -> Result<Config, ConfigError> {
        let lower = file.map(Self::from_file).transpose()?.unwrap_or_default();
        self.or(lower).resolve().checked()
    }
}

impl Config {
    /// The defaults, with this data folder, a free port of this machine, and room for many phones on it: for tests and demos.
    pub fn local(data: &Path) -> Self {
        let listen = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
        let config = Settings { data: Some(data.to_owned()), listen: Some(listen), ..Settings::default() }.resolve();
        Self { device_per_minute: 100_000, address_per_minute: 100_000, attempts_per_minute: 10_000, ..config }
    }

    fn checked(self) -> Result<Self, ConfigError> {
        match (&self.tls_cert, &self.tls_key) {
            (Some(_), None) => return Err(ConfigError::HalfTls { missing: "tls_key" }),
            (None, Some(_)) => return Err(ConfigError::HalfTls { missing: "tls_cert" }),
            _ => {}
        }
        let positive = [
            ("requests_max", self.requests_max),
            ("pulls_max", self.pulls_max),
            ("live_max", self.live_max),
            ("uploads_per_device", self.uploads_per_device),
            ("device_per_minute", self.device_per_minute as usize),
            ("address_per_minute", self.address_per_minute as usize),
            ("attempts_per_minute", self.attempts_per_minute as usize),
            ("request_timeout_s", self.request_timeout_s as usize),
            ("upload_days", self.upload_days as usize),
        ];
        if let Some((name, _)) = positive.into_iter().find(|(_, value)| *value == 0) {
            return Err(ConfigError::OutOfRange { name, must: "at least 1" });
        }
        let web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
        if !self.public_url.as_ref().is_none_or(web) {
            return Err(ConfigError::OutOfRange { name: "public_url", must: "an address that begins with https:// or http://" });
        }
        Ok(self)
    }

    /// The address by which phones reach the server, if it listens on `at`.
    pub fn url(&self, at: SocketAddr) -> String {
        let scheme = if self.tls_cert.is_some() { "https" } else { "http" };
        self.public_url.as_ref().map_or_else(|| format!("{scheme}://{at}"), |url| url.trim_end_matches('/').to_owned())
    }

    /// Whether phones and browsers reach the server by HTTPS, from itself or from a proxy before it.
    pub fn is_https(&self) -> bool {
        self.public_url.as_ref().map_or(self.tls_cert.is_some(), |url| url.starts_with("https://"))
    }

    /// How long a request may take.
    pub fn request_timeout(&self) -> Duration {
        Duration::from_secs(self.request_timeout_s)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("haitang.toml");
        std::fs::write(&path, text).expect("writes");
        (folder, path)
    }

    #[test]
    fn what_was_given_stands_over_the_file_and_the_file_over_the_defaults() {
        let (_folder, path) = file("data = \"/srv/haitang\"\nrequests_max = 7\nlog_format = \"json\"\n");
        let given = Settings { requests_max: Some(9), ..Settings::default() };
        let config = given.into_config(Some(&path)).expect("is right");
        assert_eq!((config.requests_max, config.log_format), (9, LogFormat::Json));
        assert_eq!(config.data, PathBuf::from("/srv/haitang"));
        assert_eq!(config.upload_days, 7, "the default");
    }

    #[test]
    fn a_key_that_means_nothing_is_an_error_that_names_it() {
        let (_folder, path) = file("requests_maximum = 7\n");
        let error = Settings::default().into_config(Some(&path)).expect_err("is wrong");
        assert!(matches!(&error, ConfigError::Wrong { detail, .. } if detail.contains("requests_maximum")), "{error}");
    }

    #[test]
    fn a_secret_setting_is_not_shown() {
        let (_folder, path) = file("metrics_token = \"a secret\"\n");
        let config = Settings::default().into_config(Some(&path)).expect("is right");
        assert_eq!(config.metrics_token.as_ref().map(Hidden::reveal), Some("a secret"));
        assert!(!format!("{config:?} {:?}", Settings::from_file(&path)).contains("secret"));
    }

    #[test]
    fn halves_and_nonsense_are_declined_before_the_server_starts() {
        let half = Settings { tls_cert: Some("cert.pem".into()), ..Settings::default() };
        assert!(matches!(half.into_config(None), Err(ConfigError::HalfTls { missing: "tls_key" })));
        let none = Settings { requests_max: Some(0), ..Settings::default() };
        assert!(matches!(none.into_config(None), Err(ConfigError::OutOfRange { name: "requests_max", .. })));
        let url = Settings { public_url: Some("haitang.example".into()), ..Settings::default() };
        assert!(matches!(url.into_config(None), Err(ConfigError::OutOfRange { name: "public_url", .. })));
        assert!(matches!(Settings::default().into_config(Some(Path::new("/nowhere"))), Err(ConfigError::Unreadable { .. })));
    }
}
