//! The tenant's audit trail: read, and proven (promise P180).
//!
//! Invariant: nothing here writes to the trail or mends it; what has been erased is said to be, and never filled in.

mod list;
mod proof;

use edge::App;
use utoipa_axum::{router::OpenApiRouter, routes};

pub use list::{AuditEntryView, AuditFilter};
pub use proof::{AuditBreakView, AuditHeadView, AuditProofView, VerifyAudit, sentence};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::audit_list))
        .routes(routes!(proof::audit_head))
        .routes(routes!(proof::audit_verify))
}
