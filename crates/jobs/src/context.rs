//! What a handler and a sweep are given, and what a handler answers.
//!
//! Invariant: the product acts. The rights come from the program, not from the person who caused the work, who may
//! have left since; that person is carried along so that the audit trail can name them.

use std::sync::Arc;

use chrono::TimeDelta;
use kernel::{Actor, Caller, Can, Grants, JobId, Permission, Reach, TenantId};
use store::Store;

/// One try of one job.
#[derive(Debug, Clone)]
pub struct Context {
    /// The product acting for the job's tenant, with every right. Its origin has the id of the request that enqueued
    /// the job, so that the two are found together in the audit trail.
    pub caller: Arc<Caller>,
    /// Who enqueued the job.
    pub enqueued_by: Actor,
    /// Which records they saw when they did.
    pub reach: Reach,
    pub store: Store,
    /// 1 for the first try.
    pub attempt: i64,
    pub job_id: JobId,
}

impl Context {
    /// The right to do `P` as the product: for consequences nobody asked for by hand.
    pub fn can<P: Permission>(&self) -> kernel::Result<Can<P>> {
        Can::check(self.caller.clone())
    }

    /// The right to do `P`, and nothing else, in the name of whoever enqueued the job: for work a person started and
    /// the audit trail should say so. Whether they may, and which records they see, was decided when they started it.
    pub fn on_behalf<P: Permission>(&self) -> kernel::Result<Can<P>> {
        let grants = Grants::of([P::NAME]);
        let reach = self.reach.clone();
        let caller = Caller { actor: self.enqueued_by, on_behalf_of: None, grants, reach, ..(*self.caller).clone() };
        Can::check(Arc::new(caller))
    }
}

/// How a try ended. An `Err` from a handler is a failure that is tried again after a growing wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The row goes.
    Done,
    /// Not now. Counts as a try; after the last one the job is dead. The wait is at least zero and at most 30 days.
    /// The reason is stored, logged and shown to the tenant's administrators, so it must not name a person.
    RetryAfter { after: TimeDelta, reason: String },
    /// It will never work. The reason as above.
    Dead { reason: String },
}

/// One turn of a sweep. A sweep takes no input, finds its own work, and can always be run again.
#[derive(Debug, Clone)]
pub struct SweepContext {
    pub store: Store,
    pub name: &'static str,
}

impl SweepContext {
    /// The right to do `P` as the product for one tenant.
    pub fn can<P: Permission>(&self, tenant: TenantId) -> kernel::Result<Can<P>> {
        Can::check(Arc::new(Caller::system(tenant)))
    }
}
