//! What a sandbox is started with, and why it may not start.

use std::{
    fmt, io,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use chrono::{DateTime, Utc};
use thiserror::Error;

/// Where the sandbox takes the time from.
pub type NowFn = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// How a sandbox is to run.
#[derive(Clone)]
pub struct SandboxConfig {
    /// Where SMTP listens; must be a loopback address. Port 0 takes any free one.
    pub smtp_listen: SocketAddr,
    /// Folder for the mails, one `.eml` file each, so that they survive a restart. Memory only if absent.
    pub data_dir: Option<PathBuf>,
    /// Where the host mounts [`crate::SandboxHandle::router`], e.g. `/sandbox`. Links on the pages start with it.
    pub base_path: String,
    /// Largest mail taken, in bytes.
    pub max_message_bytes: usize,
    /// Most mails kept; the oldest go first.
    pub max_mails: usize,
    /// Most bytes of mail kept; the oldest go first.
    pub max_total_bytes: usize,
    /// How long a hanging answer hangs before the connection is cut.
    pub max_hang: Duration,
    /// The clock.
    pub now: NowFn,
}

impl Default for SandboxConfig {
    /// Any free port of 127.0.0.1, memory only, under `/sandbox`, 25 MiB a mail, 1,000 mails, 256 MiB, real time.
    #[expect(clippy::disallowed_methods, reason = "depends on nothing of ours; a host with a clock sets `now`")]
    fn default() -> Self {
        Self {
            smtp_listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            data_dir: None,
            base_path: "/sandbox".to_owned(),
            max_message_bytes: 25 * 1024 * 1024,
            max_mails: 1_000,
            max_total_bytes: 256 * 1024 * 1024,
            max_hang: Duration::from_secs(600),
            now: Arc::new(Utc::now),
        }
    }
}

impl SandboxConfig {
    pub(crate) fn validate(&self) -> Result<(), SandboxError> {
        if !self.smtp_listen.ip().is_loopback() {
            return Err(SandboxError::NotLoopback(self.smtp_listen));
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || "/-_.".contains(c);
        let rooted = self.base_path.is_empty() || self.base_path.starts_with('/');
        if !rooted || self.base_path.ends_with('/') || !self.base_path.chars().all(plain) {
            return Err(SandboxError::BasePath(self.base_path.clone()));
        }
        Ok(())
    }
}

impl fmt::Debug for SandboxConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxConfig")
            .field("smtp_listen", &self.smtp_listen)
            .field("data_dir", &self.data_dir)
            .field("base_path", &self.base_path)
            .finish_non_exhaustive()
    }
}

/// Why a sandbox does not start, and what to do.
#[derive(Debug, Error)]
pub enum SandboxError {
    /// An address others can reach.
    #[error(
        "the sandbox takes mail from anyone and so listens on this machine only; {0} is not a loopback address, use 127.0.0.1"
    )]
    NotLoopback(SocketAddr),
    /// Not a path to mount under.
    #[error("the sandbox's base path must look like /sandbox, without a slash at its end, not {0:?}")]
    BasePath(String),
    /// The port is taken or not allowed.
    #[error("the sandbox cannot listen on {address}: {source}; choose another port")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why not.
        source: io::Error,
    },
    /// The folder cannot be made, read or written.
    #[error("the sandbox cannot use the folder {path}: {source}; make it writable or choose another")]
    DataDir {
        /// Which folder or file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}
