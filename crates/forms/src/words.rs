//! The words of the public pages, in four languages.

use std::sync::LazyLock;

use locale::Catalog;

pub(crate) static WORDS: LazyLock<Catalog> = LazyLock::new(|| {
    Catalog::load([
        include_str!("../locales/en.ftl"),
        include_str!("../locales/es.ftl"),
        include_str!("../locales/pt.ftl"),
        include_str!("../locales/fr.ftl"),
    ])
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_four_languages_are_complete() {
        assert_eq!(WORDS.faults(), Vec::<String>::new());
    }
}
