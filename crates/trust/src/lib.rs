//! Trust: what is kept of whom (the data map) and what was done (the audit trail), readable by those it concerns.
//!
//! Invariant: reading here changes nothing; the trail is written by the transactions whose changes it records.

pub mod audit;
mod register;

use edge::App;
use kernel::data_map::Table;
use utoipa_axum::router::OpenApiRouter;

/// The registers, over the tables of every domain.
pub fn routes(tables: &'static [&'static [Table]]) -> OpenApiRouter<App> {
    OpenApiRouter::new().merge(audit::routes()).merge(register::routes(tables))
}
