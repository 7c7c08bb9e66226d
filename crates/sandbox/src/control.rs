//! What makes the sandbox controllable: the faults it commits and the journal it keeps.

mod fault;
mod journal;
mod plan;

pub use fault::{FaultAction, FaultPlan, FaultPlanError, FaultRule, Stage};
pub use journal::{JournalEntry, JournalKind};

pub(crate) use journal::Journal;
pub(crate) use plan::Faults;
