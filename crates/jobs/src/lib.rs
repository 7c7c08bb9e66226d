//! Work that is done after the answer has been given: the workers that claim rows of the queue, retries, sweeps, and
//! the letters nobody could deliver. Enqueueing is `store`'s: a job is a row of the transaction that wants it.
//!
//! Invariants:
//! - A job is tried at least once and, while its lease holds, by one worker. A handler may therefore be called again
//!   for an effect that has taken place, and has to find that out: at least once, never exactly once.
//! - What a worker says about a job counts only while that worker holds it; a late word changes nothing.
//! - Every tenant with due work gets its turn, however much another one has waiting.
//! - A failure is kept with the row and never carries personal data; a job that used up its tries is kept until
//!   somebody replays or discards it, and its tenant is told by the event `job.died`.
//!
//! It does not know any domain: jobs and sweeps are handed to the [`Runner`] by the program that is put together.

mod attempt;
mod backoff;
mod claim;
mod context;
pub mod dead;
mod depth;
mod permission;
mod pulse;
mod runner;
mod schedule;
pub mod seal;
mod settle;
mod start;
#[cfg(test)]
mod tests;
mod work;

pub use context::{Context, SweepContext, Verdict};
use edge::App;
use utoipa_axum::router::OpenApiRouter;

pub use dead::{
    DeadJob,
    discard::discard,
    list::list_dead,
    replay::{replay, replay_all},
};
pub use depth::{Depth, Work, depth, work};
pub use permission::{PERMISSIONS, ReadJobs, ReplayJobs};
pub use runner::Runner;

/// Every operation on the tenant's work.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().merge(work::routes()).merge(dead::routes::routes())
}
