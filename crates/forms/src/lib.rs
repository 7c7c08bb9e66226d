//! Web forms: pages on which strangers become leads. Nouns: form, consent (the texts that were shown), submission.
//!
//! Invariants:
//! - What was agreed to is one published text, word for word; a published text is never changed.
//! - A submission and its lead are one: neither is kept without the other, and the same sent twice is kept once.
//! - The page works without script, and nothing of it is loaded from elsewhere.
//!
//! It does not decide whose a lead becomes or how it is scored: `leads` does. It never looks at a cookie.

pub mod consent;
mod data_map;
pub mod form;
mod page;
pub mod submission;
#[cfg(test)]
mod tests;
mod words;

use edge::App;
use kernel::PermissionInfo;
use utoipa_axum::router::OpenApiRouter;

pub use data_map::DATA_MAP;
pub use page::pages;

/// The permissions of this domain, by noun.
pub const PERMISSIONS: &[&[PermissionInfo]] = &[form::PERMISSIONS];

/// The purpose of the links that forms are reached by.
const PURPOSE: &str = "web_form";

/// Every operation of this domain.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().merge(form::routes::routes()).merge(submission::routes::routes())
}
