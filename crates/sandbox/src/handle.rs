//! Starting, holding and stopping a sandbox.
//!
//! Invariant: SMTP runs as long as a handle, or a router made from one, is alive, and ends with the last of them.

use std::{net::SocketAddr, sync::Arc};

use axum::Router;
use tokio::{net::TcpListener, task::JoinHandle};

use crate::{
    config::{SandboxConfig, SandboxError},
    control::{FaultPlan, FaultPlanError, Faults, Journal, JournalEntry},
    mail::{MailDetail, MailFilter, MailStore, MailSummary},
    smtp, web,
    webhook::Inboxes,
};

/// What SMTP and the web side share.
pub(crate) struct Core {
    pub config: SandboxConfig,
    pub mails: MailStore,
    pub faults: Faults,
    pub journal: Journal,
    pub inboxes: Inboxes,
}

/// The sandbox; see the crate's own page.
pub struct Sandbox;

impl Sandbox {
    /// Reads the mails kept so far, binds SMTP and serves it.
    ///
    /// # Errors
    /// [`SandboxError`] for an address that is not of this machine, a port in use, a folder that cannot be used.
    pub async fn start(config: SandboxConfig) -> Result<SandboxHandle, SandboxError> {
        config.validate()?;
        let mails = MailStore::open(&config).await?;
        let refused = |source| SandboxError::Listen { address: config.smtp_listen, source };
        let listener = TcpListener::bind(config.smtp_listen).await.map_err(refused)?;
        let smtp_addr = listener.local_addr().map_err(refused)?;
        let journal = Journal::new(config.now.clone());
        let core = Arc::new(Core { config, mails, faults: Faults::default(), journal, inboxes: Inboxes::default() });
        let server = tokio::spawn(smtp::serve(listener, Arc::clone(&core)));
        Ok(SandboxHandle { core, running: Arc::new(Running { smtp_addr, server }) })
    }
}

struct Running {
    smtp_addr: SocketAddr,
    server: JoinHandle<()>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// A running sandbox. Clones are the same sandbox.
#[derive(Clone)]
pub struct SandboxHandle {
    pub(crate) core: Arc<Core>,
    running: Arc<Running>,
}

impl SandboxHandle {
    /// Where SMTP listens.
    #[must_use]
    pub fn smtp_addr(&self) -> SocketAddr {
        self.running.smtp_addr
    }

    /// The same as a URL for a mail client's settings.
    #[must_use]
    pub fn smtp_url(&self) -> String {
        format!("smtp://{}?tls=none", self.running.smtp_addr)
    }

    /// Mailbox, API and control page; to be nested under the configured base path.
    pub fn router(&self) -> Router {
        web::router(self.clone())
    }

    /// The mails that match, newest first.
    #[must_use]
    pub fn mails(&self, filter: &MailFilter) -> Vec<MailSummary> {
        self.core.mails.list(filter).items
    }

    /// One mail, taken apart.
    #[must_use]
    pub fn mail(&self, id: u64) -> Option<MailDetail> {
        self.core.mails.get(id).map(|mail| mail.detail())
    }

    /// Forgets all mails, and deletes their files.
    pub async fn clear(&self) {
        self.core.mails.clear().await;
    }

    /// The fault plan, with the times that are left.
    #[must_use]
    pub fn faults(&self) -> FaultPlan {
        self.core.faults.plan()
    }

    /// Replaces the fault plan; an empty one restores good weather. Greylisted addresses are forgotten.
    ///
    /// # Errors
    /// [`FaultPlanError`] for a reply code outside 400 to 599, a text with line breaks, too many rules.
    pub fn set_faults(&self, plan: FaultPlan) -> Result<(), FaultPlanError> {
        self.core.faults.set(plan)
    }

    /// What happened on SMTP, oldest first; the last 2,000 entries.
    #[must_use]
    pub fn journal(&self) -> Vec<JournalEntry> {
        self.core.journal.entries()
    }

    /// Stops SMTP and cuts its connections. Kept mails stay readable.
    pub async fn shutdown(&self) {
        self.running.server.abort();
        while !self.running.server.is_finished() {
            tokio::task::yield_now().await;
        }
    }
}
