//! Leads: somebody who may become a customer, from the first word until there is a contact, a company and a deal. Nouns:
//! lead; setting (how a workspace scores its leads, and whose they become).
//!
//! Invariants:
//! - A lead's score is the sum of the points of the reasons that stand beside it.
//! - A lead is converted once, whoever presses first; a converted lead does not change any more.
//! - What was agreed to is kept word for word with its digest, and no later change reaches it.
//!
//! It does not decide who may be written to, and it does not take a conversion back.

mod data_map;
pub mod lead;
mod reach;
pub mod setting;
#[cfg(test)]
mod tests;

use std::time::Duration;

use edge::App;
use jobs::Runner;
use kernel::PermissionInfo;
use utoipa_axum::router::OpenApiRouter;

pub use data_map::DATA_MAP;
pub use reach::SCOPES;

/// The permissions of this domain, by noun.
pub const PERMISSIONS: &[&[PermissionInfo]] = &[lead::PERMISSIONS, setting::rescore::PERMISSIONS];

/// Every operation of this domain.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().merge(lead::routes::routes()).merge(lead::export::routes()).merge(setting::routes::routes())
}

/// Lets leads be changed many at once.
pub fn in_bulk(bulk: crm::bulk::Bulk) -> crm::bulk::Bulk {
    bulk.with::<lead::Lead>()
}

/// Lets leads come in from files.
pub fn in_files(imports: crm::import::Imports) -> crm::import::Imports {
    imports.with::<lead::Lead>()
}

/// Registers what runs by itself.
pub fn jobs(runner: Runner) -> Runner {
    runner.on::<setting::rescore::RescoreLeads, _, _>(setting::rescore::run).every(
        "lead.rescore_nightly",
        Duration::from_secs(24 * 3600),
        setting::rescore::nightly,
    )
}
