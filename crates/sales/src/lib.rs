//! Sales documents: quotes and invoices, and what a deal offers before there are any.
//!
//! Invariants:
//! - Every figure of a document comes from `fiscal::totals` and is stored with it; screen, page, mail and PDF carry it over.
//! - A number is taken in the transaction that issues; a series has no gaps.
//! - An electronic invoice is made of the same snapshot as its PDF, and differs from it by no cent.
//! - What was sent or issued is a snapshot that later changes of customer, prices or settings do not touch.
//! - A quote has one answer a revision, with the evidence of what was answered.
//!
//! It does not take money: `payments` does, and tells an invoice what has been paid.

pub mod credit;
mod customer;
mod data_map;
pub mod deal;
pub mod document;
pub mod einvoice;
pub mod entity;
pub mod group;
pub mod invoice;
mod page;
pub mod quote;
mod reach;
#[cfg(test)]
mod tests;
mod words;

use edge::App;
use files::Blobs;
use kernel::PermissionInfo;
use utoipa_axum::router::OpenApiRouter;

pub use data_map::DATA_MAP;
pub use page::pages;
pub use reach::SCOPES;

/// Every permission of this domain, noun by noun.
pub const PERMISSIONS: &[&[PermissionInfo]] = &[
    entity::PERMISSIONS,
    quote::PERMISSIONS,
    quote::send::PERMISSIONS,
    invoice::PERMISSIONS,
    invoice::send::PERMISSIONS,
    credit::PERMISSIONS,
];

/// Which jobs hear of which events.
pub const LISTENERS: &[(&str, &str)] = &[("tenant.created", <entity::found::FoundFiscalEntity as kernel::Job>::KIND)];

/// Every operation of this domain. The program adds `Extension<files::Blobs>`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(entity::routes::routes())
        .merge(document::routes::routes())
        .merge(group::routes())
        .merge(deal::routes::routes())
        .merge(quote::routes::routes())
        .merge(invoice::routes::routes())
        .merge(credit::routes::routes())
        .merge(einvoice::routes::routes())
}

/// Registers the jobs. `public_url` is where customers reach us, without a trailing slash.
pub fn jobs(runner: jobs::Runner, blobs: Blobs, public_url: String) -> jobs::Runner {
    let (quote_blobs, render_blobs, dispatch_blobs) = (blobs.clone(), blobs.clone(), blobs);
    runner
        .on::<entity::found::FoundFiscalEntity, _, _>(entity::found::found)
        .on::<quote::send::DispatchQuote, _, _>(move |context, job| {
            quote::send::dispatch(context, quote_blobs.clone(), public_url.clone(), job)
        })
        .on::<invoice::issue::RenderInvoice, _, _>(move |context, job| {
            invoice::send::render(context, render_blobs.clone(), job)
        })
        .on::<invoice::send::DispatchInvoice, _, _>(move |context, job| {
            invoice::send::dispatch(context, dispatch_blobs.clone(), job)
        })
}
