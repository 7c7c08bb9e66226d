//! Configuration: environment variables, then `omb.toml`, then defaults. Everything has a default, so that one command
//! starts the product.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use edge::{limit::Rates, load::Capacity};
use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use serde::{Deserialize, Serialize};

/// What can be set. `DATABASE_URL` is read under that name; everything else as `OMB_<NAME>` or in `omb.toml`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Address to listen on.
    pub listen: SocketAddr,
    /// What people type to reach it; derived from `listen` unless set.
    pub public_url: Option<String>,
    /// Folder of the embedded database, files and sandbox mail.
    pub data_dir: PathBuf,
    /// `sqlite:PATH` or `postgres://…`; the embedded database in `data_dir` unless set.
    pub database_url: Option<String>,
    /// The file that holds the master key; `master.key` in `data_dir` unless set.
    pub master_key_file: Option<PathBuf>,
    /// Connections to PostgreSQL.
    pub database_connections: usize,
    /// Where mail goes: `smtps://user:password@host`. The sandbox's mailbox unless set.
    pub smtp_url: Option<String>,
    /// The address mails come from.
    pub mail_from: String,
    /// Start the sandbox. Always so when no `smtp_url` is set.
    #[serde(deserialize_with = "yes_or_no")]
    pub sandbox: bool,
    /// The address of the reverse proxy whose `X-Forwarded-For` is believed.
    pub trusted_proxy: Option<IpAddr>,
    /// Requests per minute and network address; 0 is no limit.
    pub requests_per_minute: u32,
    /// The same per person or API key.
    pub account_requests_per_minute: u32,
    /// The same per tenant.
    pub tenant_requests_per_minute: u32,
    /// Per network address, of those that present a secret: signing in, resetting a password, opening a link.
    pub secret_requests_per_minute: u32,
    /// Whoever sends it as a bearer token may read `/metrics`; unset, only this machine may.
    pub metrics_token: Option<String>,
    /// Requests that read, worked on at once.
    pub reads_at_once: usize,
    /// Requests that change something.
    pub writes_at_once: usize,
    /// Exports, imports, PDFs, sign-ins.
    pub costly_at_once: usize,
    /// An instance for tests: its clock may be moved.
    #[serde(deserialize_with = "yes_or_no")]
    pub test: bool,
    /// Megabytes of the largest file an import takes.
    pub import_max_mb: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: None,
            data_dir: "./data".into(),
            database_url: None,
            master_key_file: None,
            database_connections: 16,
            smtp_url: None,
            mail_from: "hello@omb.localhost".into(),
            sandbox: false,
            trusted_proxy: None,
            requests_per_minute: 3000,
            account_requests_per_minute: 1200,
            tenant_requests_per_minute: 6000,
            secret_requests_per_minute: 30,
            metrics_token: None,
            reads_at_once: 32,
            writes_at_once: 16,
            costly_at_once: 8,
            test: false,
            import_max_mb: 256,
        }
    }
}

/// `true`, `false`, `1` or `0`: what people write into the environment.
fn yes_or_no<'de, D: serde::Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Bool(bool),
        Number(u8),
    }
    match Written::deserialize(from)? {
        Written::Bool(yes) => Ok(yes),
        Written::Number(number @ (0 | 1)) => Ok(number == 1),
        Written::Number(_) => Err(serde::de::Error::custom("use 1 or 0")),
    }
}

/// Why the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the configuration is not understood: {0}. See `omb serve --help` for the settings.")]
pub struct ConfigError(String);

impl Config {
    /// Reads `omb.toml` of the working folder and the environment.
    pub fn load() -> Result<Self, ConfigError> {
        let mut config: Config = Figment::from(Serialized::defaults(Config::default()))
            .merge(Toml::file("omb.toml"))
            .merge(Env::raw().only(&["DATABASE_URL"]))
            .merge(Env::prefixed("OMB_").ignore(&[
                "specs",
                "log",
                "web_dist",
                "command",
                "fault_rounds",
                "fault_seconds",
                "fault_program",
            ]))
            .extract()
            .map_err(|e| ConfigError(e.to_string()))?;
        // Set to nothing means not set: shells and service files cannot easily say otherwise.
        for setting in
            [&mut config.public_url, &mut config.database_url, &mut config.smtp_url, &mut config.metrics_token]
        {
            *setting = setting.take().filter(|value| !value.trim().is_empty());
        }
        if let Some(url) = &mut config.public_url {
            *url = url.trim_end_matches('/').to_owned();
            if !(url.starts_with("http://") || url.starts_with("https://")) {
                return Err(ConfigError("OMB_PUBLIC_URL begins with neither http:// nor https://".into()));
            }
        }
        Ok(config)
    }

    /// The database's address.
    pub fn database_url(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| format!("sqlite:{}", self.data_dir.join("omb.db").display()))
    }

    /// The file that holds the master key.
    pub fn master_key_file(&self) -> PathBuf {
        self.master_key_file.clone().unwrap_or_else(|| self.data_dir.join("master.key"))
    }

    /// The rate limits.
    pub fn rates(&self) -> Rates {
        Rates {
            address: self.requests_per_minute,
            account: self.account_requests_per_minute,
            tenant: self.tenant_requests_per_minute,
            secret: self.secret_requests_per_minute,
        }
    }

    /// How much is worked on at once.
    pub fn capacity(&self) -> Capacity {
        Capacity::of(self.reads_at_once, self.writes_at_once, self.costly_at_once)
    }

    /// Does the sandbox run? It must when there is no mail server, so that nothing pretends to have been sent.
    pub fn uses_sandbox(&self) -> bool {
        self.sandbox || self.smtp_url.is_none()
    }
}
