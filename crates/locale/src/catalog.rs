//! One Fluent bundle per language.

use std::collections::BTreeSet;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use kernel::Language;
use unic_langid::LanguageIdentifier;

type Bundle = FluentBundle<FluentResource>;

/// The texts of one domain.
pub struct Catalog {
    bundles: Vec<(Language, Bundle, BTreeSet<String>)>,
}

impl Catalog {
    /// Texts in the order of [`Language::ALL`]: English, Spanish, Portuguese, French.
    pub fn load(sources: [&'static str; 4]) -> Self {
        let bundles = Language::ALL
            .into_iter()
            .zip(sources)
            .map(|(language, source)| {
                let tag: LanguageIdentifier = language.code().parse().unwrap_or_default();
                let mut bundle = Bundle::new_concurrent(vec![tag]);
                // Isolation marks would show as characters of their own in mail subjects and PDFs.
                bundle.set_use_isolating(false);
                // A faulty entry leaves the good ones in place; `faults` tells the tests.
                let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| partial);
                bundle.add_resource_overriding(resource);
                (language, bundle, keys(source))
            })
            .collect();
        Self { bundles }
    }

    /// The text of `key` with its placeables filled in; the key itself if it is missing, which tests exclude.
    pub fn text(&self, language: Language, key: &str, values: &[(&str, &str)]) -> String {
        let bundle = self.bundles.iter().find(|(l, ..)| *l == language).map(|(_, bundle, _)| bundle);
        let pattern = bundle.and_then(|b| b.get_message(key)).and_then(|message| message.value());
        let (Some(bundle), Some(pattern)) = (bundle, pattern) else { return key.to_owned() };
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            arguments.set((*name).to_owned(), (*value).to_owned());
        }
        bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
    }

    /// What keeps the four languages from being complete: a sentence per missing or unreadable key. For tests.
    pub fn faults(&self) -> Vec<String> {
        let all: BTreeSet<&String> = self.bundles.iter().flat_map(|(_, _, keys)| keys).collect();
        let mut faults = Vec::new();
        for (language, bundle, _) in &self.bundles {
            for key in &all {
                if bundle.get_message(key).and_then(|m| m.value()).is_none() {
                    faults.push(format!("{language}: {key} is missing or cannot be read"));
                }
            }
        }
        faults
    }
}

/// The keys a source declares: names at the start of a line before `=`.
fn keys(source: &str) -> BTreeSet<String> {
    source
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
        .filter_map(|line| line.split_once('='))
        .map(|(key, _)| key.trim().to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_filled_in_and_gaps_are_told() {
        let catalog = Catalog::load([
            "hello = Hello { $name }\nbye = Bye",
            "hello = Hola { $name }",
            "hello = Olá { $name }\nbye = x",
            "bye = y\nhello = {",
        ]);
        assert_eq!(catalog.text(Language::Es, "hello", &[("name", "{ $x } <b>")]), "Hola { $x } <b>");
        assert_eq!(
            catalog.faults(),
            ["es: bye is missing or cannot be read", "fr: hello is missing or cannot be read"]
        );
    }
}
