//! Has anything been committed since? Asked by whoever would carry a request out again: only what has left nothing
//! behind may be repeated.

use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

tokio::task_local! {
    static COMMITTED: Arc<AtomicBool>;
}

/// Runs `work` and says whether a transaction was committed in it, or may have been. Tasks it spawns are not watched.
pub async fn watched<T>(work: impl Future<Output = T>) -> (T, bool) {
    let committed = Arc::new(AtomicBool::new(false));
    let done = COMMITTED.scope(committed.clone(), work).await;
    (done, committed.load(Ordering::Acquire))
}

/// A transaction was committed, or its answer was lost.
pub(crate) fn note() {
    // Outside of a watch nobody asks.
    let _ = COMMITTED.try_with(|committed| committed.store(true, Ordering::Release));
}
