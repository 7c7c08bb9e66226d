//! The printed words, one Fluent file a language under `locales/`. Tests hold that the four files have the same keys
//! and that each key is used. Where a region uses another word, the file chooses by `$region`.

use std::sync::LazyLock;

use locale::Catalog;

use crate::region::Locale;

/// English, Spanish, Portuguese, French: the order of `Language::ALL`. Also read by the tests.
pub(crate) const SOURCES: [&str; 4] = [
    include_str!("../locales/en.ftl"),
    include_str!("../locales/es.ftl"),
    include_str!("../locales/pt.ftl"),
    include_str!("../locales/fr.ftl"),
];

pub(crate) static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::load(SOURCES));

/// The words of one document.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    locale: &'a Locale,
}

impl<'a> Words<'a> {
    pub(crate) fn of(locale: &'a Locale) -> Self {
        Self { locale }
    }

    /// The text of `key`.
    pub(crate) fn text(&self, key: &'static str) -> String {
        self.filled(key, &[])
    }

    /// The text of `key` with its placeables filled in.
    pub(crate) fn filled(&self, key: &'static str, values: &[(&str, &str)]) -> String {
        let mut all = vec![("region", self.locale.region().unwrap_or("none"))];
        all.extend_from_slice(values);
        CATALOG.text(self.locale.language, key, &all)
    }
}
