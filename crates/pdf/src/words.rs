//! The printed words, one Fluent file a language under `locales/`. Tests hold that the four files have the same keys
//! and that each key is used.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

use crate::locale::{Language, Locale};

/// The source of each language, also read by the tests.
pub(crate) const SOURCES: [(Language, &str); 4] = [
    (Language::En, include_str!("../locales/en.ftl")),
    (Language::Es, include_str!("../locales/es.ftl")),
    (Language::Pt, include_str!("../locales/pt.ftl")),
    (Language::Fr, include_str!("../locales/fr.ftl")),
];

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<Vec<(Language, Bundle)>> = LazyLock::new(|| {
    SOURCES
        .into_iter()
        .map(|(language, source)| (language, bundle(language, source)))
        .collect()
});

fn bundle(language: Language, source: &str) -> Bundle {
    let tag = language.code().parse::<LanguageIdentifier>().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    // Isolation marks would be printed as characters of their own.
    bundle.set_use_isolating(false);
    // A fault in one of our own files leaves the good entries in place; the tests refuse the fault.
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| partial);
    bundle.add_resource_overriding(resource);
    bundle
}

/// The words of one document.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    locale: &'a Locale,
}

impl<'a> Words<'a> {
    pub(crate) fn of(locale: &'a Locale) -> Self {
        Self { locale }
    }

    /// The text of `key`; the key itself if it is missing, which the tests exclude.
    pub(crate) fn text(&self, key: &'static str) -> String {
        self.filled(key, &[])
    }

    /// The text of `key` with its placeables filled in.
    pub(crate) fn filled(&self, key: &'static str, values: &[(&'static str, &str)]) -> String {
        let Some((_, bundle)) = BUNDLES.iter().find(|(language, _)| *language == self.locale.language) else {
            return key.to_owned();
        };
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut arguments = FluentArgs::new();
        arguments.set("region", self.locale.region().unwrap_or("none"));
        for (name, value) in values {
            arguments.set(*name, (*value).to_owned());
        }
        bundle
            .format_pattern(pattern, Some(&arguments), &mut Vec::new())
            .into_owned()
    }
}
