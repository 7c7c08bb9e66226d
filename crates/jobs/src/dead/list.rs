//! Listing a tenant's dead jobs.

use kernel::{Page, PageRequest};
use store::{Sort, SortKind, Tx};

use super::DeadJob;

const SORTS: &[Sort] = &[
    Sort::descending("died_at", "run_at", SortKind::Time),
    Sort::ascending("kind", "kind", SortKind::Text),
    Sort::descending("created_at", "created_at", SortKind::Time),
];

/// One page, the latest death first. For a holder of [`ReadJobs`](crate::ReadJobs).
pub async fn list_dead(tx: &mut Tx, request: &PageRequest) -> kernel::Result<Page<DeadJob>> {
    let dead = tx.select::<DeadJob>().push(" AND job.state = 'dead'");
    tx.page(dead, SORTS, request).await
}
