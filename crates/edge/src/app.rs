//! What every handler can reach, and the one question the door asks of `identity`.

use std::{net::IpAddr, sync::Arc};

use axum::extract::FromRef;
use kernel::{Caller, Origin};
use store::Store;

use crate::door::Door;

/// Turns the secret a request carries into a caller. Implemented by `identity`, which knows sessions and keys.
#[async_trait::async_trait]
pub trait Authenticator: Send + Sync + 'static {
    /// The caller behind a session cookie; None when the session is unknown or has ended.
    async fn session(&self, secret: &str, origin: Origin) -> kernel::Result<Option<Caller>>;
    /// The caller behind an API key.
    async fn api_key(&self, secret: &str, origin: Origin) -> kernel::Result<Option<Caller>>;
}

/// How the server is reached.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Scheme, host and port people use, without a trailing slash: goes into links and cookies.
    pub public_url: String,
    /// The address of the proxy in front, whose `X-Forwarded-For` is believed; nobody else's is.
    pub trusted_proxy: Option<IpAddr>,
    /// Is the sandbox mounted (its mailbox page exists)?
    pub sandbox: bool,
}

impl Settings {
    pub fn tls(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// `__Host-` binds the cookie to this host, and browsers accept the prefix only over TLS (RFC 6265bis).
    pub fn session_cookie(&self) -> &'static str {
        if self.tls() { "__Host-omb_session" } else { "omb_session" }
    }
}

/// The state of every router. Cheap to clone.
#[derive(Clone, FromRef)]
pub struct App {
    pub store: Store,
    pub authenticator: Arc<dyn Authenticator>,
    pub settings: Arc<Settings>,
    /// Limits and lanes.
    pub door: Arc<Door>,
}

impl App {
    /// With a door that limits nothing; the program puts its own in its place.
    pub fn new(store: Store, authenticator: Arc<dyn Authenticator>, settings: Settings) -> Self {
        Self { store, authenticator, settings: Arc::new(settings), door: Arc::new(Door::open()) }
    }
}
