//! Sealing the audit trail while the program runs: a moment after commits, so that one transaction seals many entries.
//!
//! Invariant: an entry waits about a second, on whichever node it was written. What a node that died left behind is
//! found by the sweep [`sweep`], which takes no input and asks every tenant.

use std::time::Duration;

use kernel::Result;
use store::Store;
use tokio::sync::watch;

use crate::{SweepContext, start::stopped};

/// How long entries gather before they are sealed together.
const GATHER: Duration = Duration::from_secs(1);
/// How often every tenant is asked for what nobody has sealed.
pub const SWEEP_EVERY: Duration = Duration::from_secs(60);
/// The name of that sweep.
pub const SWEEP: &str = "audit.seal";

/// Seals what this process commits, until it stops; then what is left.
pub(crate) async fn keep_sealing(store: Store, shutdown: watch::Receiver<bool>) {
    while !*shutdown.borrow() && shutdown.has_changed().is_ok() {
        tokio::select! {
            () = store.unsealed() => {}
            () = stopped(shutdown.clone()) => break,
        }
        drop(tokio::time::timeout(GATHER, stopped(shutdown.clone())).await);
        seal(&store).await;
    }
    seal(&store).await;
}

async fn seal(store: &Store) {
    match store.seal_committed().await {
        Ok(entries) => tracing::debug!(entries, "sealed"),
        Err(error) => tracing::warn!(%error, "audit entries could not be sealed yet; trying again in a moment"),
    }
}

/// Seals whatever waits, of any tenant.
pub async fn sweep(context: SweepContext) -> Result<()> {
    let entries = context.store.seal_all().await?;
    if entries > 0 {
        tracing::info!(entries, "sealed what another program left behind");
    }
    Ok(())
}
