//! Customers: companies, the people in them, the deals made with them, and what was written down about them and is to be done. Nouns:
//! company, contact, pipeline (with its stages), deal, note, activity, notification, and those of the tenant's own: object and its
//! record.
//!
//! Invariants:
//! - A record that was deleted can be brought back, and never stands in the way of a new one.
//! - The deals of a stage have one order, whoever moves them.
//! - Every change is on the record's timeline and in the audit trail.
//!
//! It does not price, bill or send: quotes and invoices are `sales`, which tells a deal that it is won.

pub mod activity;
pub mod affiliation;
pub mod bulk;
pub mod company;
pub mod contact;
mod data_map;
mod day;
pub mod deal;
pub mod duplicate;
pub mod export;
pub mod field;
mod field_right;
pub mod filter;
pub mod group;
pub mod import;
pub mod member;
pub mod merge;
pub mod name;
pub mod note;
pub mod notification;
pub mod object;
pub mod pipeline;
pub mod reach;
pub mod record;
pub mod report;
pub mod search;
pub mod sight;
pub mod subject;
#[cfg(test)]
mod tests;
pub mod timeline;
pub mod view;

use edge::App;
use std::time::Duration;

use jobs::{Runner, Verdict};
use kernel::PermissionInfo;
use pipeline::{EnsureFirstPipeline, ManagePipelines};
use utoipa_axum::router::OpenApiRouter;

pub use data_map::DATA_MAP;

/// The permissions of this domain, by noun.
pub const PERMISSIONS: &[&[PermissionInfo]] = &[
    // Amounts are first met here: of deals and of own fields. All that builds on this goes by the same.
    edge::amounts::PERMISSIONS,
    company::PERMISSIONS,
    contact::PERMISSIONS,
    pipeline::PERMISSIONS,
    deal::PERMISSIONS,
    note::PERMISSIONS,
    activity::PERMISSIONS,
    bulk::PERMISSIONS,
    notification::PERMISSIONS,
    field::custom::PERMISSIONS,
    field::custom::work::PERMISSIONS,
    object::PERMISSIONS,
    object::erase::PERMISSIONS,
    record::PERMISSIONS,
    timeline::PERMISSIONS,
    search::PERMISSIONS,
    duplicate::PERMISSIONS,
    view::PERMISSIONS,
    report::PERMISSIONS,
];

/// A new tenant finds a pipeline waiting.
pub const LISTENERS: &[(&str, &str)] = &[("tenant.created", <EnsureFirstPipeline as kernel::Job>::KIND)];

/// Every operation of this domain.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(company::routes::routes())
        .merge(contact::routes::routes())
        .merge(contact::consent::routes::routes())
        .merge(affiliation::routes())
        .merge(pipeline::routes::routes())
        .merge(deal::routes::routes())
        .merge(deal::lost::routes::routes())
        .merge(report::routes::routes())
        .merge(field::custom::routes::routes())
        .merge(object::routes::routes())
        .merge(filter::routes::routes())
        .merge(view::routes::routes())
        .merge(record::routes::routes())
        .merge(note::routes::routes())
        .merge(activity::routes::routes())
        .merge(notification::routes::routes())
        .merge(timeline::routes::routes())
        .merge(sight::routes())
        .merge(field_right::routes())
        .merge(search::routes())
        .merge(duplicate::routes())
        .merge(merge::routes())
        .merge(import::routes())
        .merge(bulk::routes::routes())
        .merge(export::routes())
}

/// Registers what runs by itself.
pub fn jobs(runner: Runner) -> Runner {
    let runner = runner.on::<activity::remind::RemindOfActivity, _, _>(activity::remind::run);
    let runner = runner.on::<contact::reindex::ReindexCompanyContacts, _, _>(contact::reindex::reindex);
    let runner = runner
        .on::<duplicate::sweep::SweepForDuplicates, _, _>(duplicate::sweep::run)
        .on::<merge::lapse::LapseMerge, _, _>(merge::lapse::run)
        .every("duplicate.nightly", Duration::from_secs(24 * 3600), duplicate::sweep::nightly);
    let runner = runner
        .on::<field::custom::work::RewriteCustomValues, _, _>(field::custom::work::run)
        .on::<object::erase::EraseCustomObject, _, _>(object::erase::run);
    runner.on::<EnsureFirstPipeline, _, _>(|context, _| async move {
        let mut tx = context.store.begin(&context.can::<ManagePipelines>()?).await?;
        pipeline::ensure_first(&mut tx).await?;
        tx.commit().await?;
        Ok(Verdict::Done)
    })
}
