//! Words in the four languages. A domain keeps its texts in `locales/{en,es,pt,fr}.ftl` and loads them once:
//!
//! ```text
//! static WORDS: LazyLock<Catalog> = LazyLock::new(|| Catalog::load([include_str!("../locales/en.ftl"), …]));
//! WORDS.text(language, "invite-subject", &[("company", &tenant.name)])
//! ```
//!
//! Invariant: what is passed in as a value is never read as Fluent syntax or markup.

mod catalog;

pub use catalog::Catalog;
use kernel::Language;

/// The BCP 47 tag by which money and dates are written for a reader of `language` in `country` (ISO 3166-1 alpha-2).
pub fn tag(language: Language, country: &str) -> String {
    format!("{}-{}", language.code(), country.to_ascii_uppercase())
}
