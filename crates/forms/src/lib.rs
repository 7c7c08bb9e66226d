//! Web forms: pages on which strangers become leads. Nouns: form, consent (the texts that were shown), submission, guard (what
//! speaks for spam), quarantine (what is held back), attachment (files that came with either).
//!
//! Invariants:
//! - What was agreed to is one published text, word for word; a published text is never changed.
//! - A submission and its lead are one: neither is kept without the other, and the same sent twice is kept once.
//! - What looks like spam is kept, becomes no lead and is told to nobody until somebody says otherwise.
//! - The page works without script, and nothing of it is loaded from elsewhere.
//!
//! It does not decide whose a lead becomes or how it is scored: `leads` does. It never looks at a cookie.

pub mod attachment;
pub mod consent;
mod data_map;
pub mod form;
pub mod guard;
mod page;
pub mod quarantine;
pub mod submission;
#[cfg(test)]
mod tests;
mod words;

use std::time::Duration;

use edge::App;
use files::Blobs;
use jobs::Runner;
use kernel::PermissionInfo;
use utoipa_axum::router::OpenApiRouter;

pub use data_map::DATA_MAP;
pub use page::pages;

/// The permissions of this domain, by noun.
pub const PERMISSIONS: &[&[PermissionInfo]] =
    &[form::PERMISSIONS, quarantine::PERMISSIONS, quarantine::sweep::PERMISSIONS];

/// The purpose of the links that forms are reached by.
const PURPOSE: &str = "web_form";

/// Every operation of this domain. The program adds `Extension<files::Blobs>`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(form::routes::routes())
        .merge(form::life::routes())
        .merge(submission::routes::routes())
        .merge(quarantine::routes::routes())
        .merge(attachment::routes::routes())
}

/// Registers what runs by itself.
pub fn jobs(runner: Runner, blobs: Blobs) -> Runner {
    let forget = move |context| quarantine::sweep::sweep(context, blobs.clone());
    runner.every("form.forget", Duration::from_secs(3600), forget)
}
