//! A file or folder is named for what it is about. Names that say nothing collect everything.
use std::collections::BTreeSet;

use super::Finding;
use crate::repository::Source;

const FORBIDDEN: [&str; 10] =
    ["util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "service", "services"];

/// Looks at every word of every path, so that `date_utils.rs` does not pass where `utils.rs` does not.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    let mut bad = BTreeSet::new();
    for source in sources {
        let mut end = 0;
        for component in source.path.split('/') {
            end += component.len() + 1;
            if let Some(word) = words(component).find(|word| FORBIDDEN.contains(&word.as_str())) {
                bad.insert((source.path[..end - 1].to_owned(), word));
            }
        }
    }
    let name = |(path, word): &(String, String)| {
        Finding::broken("names", path, 0, format!("\"{word}\" says nothing: name it for its noun"))
    };
    bad.iter().map(name).collect()
}

/// `MailService`, `mail_service` and `mail-service.rs` all hold the word `service`.
fn words(component: &str) -> impl Iterator<Item = String> {
    let mut words = vec![String::new()];
    for letter in component.chars() {
        if !letter.is_alphanumeric() || letter.is_uppercase() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphanumeric()) {
            word.extend(letter.to_lowercase());
        }
    }
    words.into_iter()
}

#[cfg(test)]
mod tests {
    use super::super::tests::source;
    use super::*;

    fn of(path: &str) -> Vec<String> {
        check(&[source(path, "")]).into_iter().map(|finding| finding.path).collect()
    }

    #[test]
    fn names_that_say_nothing_are_refused_wherever_they_stand() {
        assert_eq!(of("crates/crm/src/utils.rs"), ["crates/crm/src/utils.rs"]);
        assert_eq!(of("crates/crm/src/helpers/name.rs"), ["crates/crm/src/helpers"]);
        assert_eq!(of("web/src/lib/date-utils.ts"), ["web/src/lib/date-utils.ts"]);
        assert_eq!(of("web/src/lib/MailService.ts"), ["web/src/lib/MailService.ts"]);
    }

    #[test]
    fn a_word_that_only_contains_one_passes() {
        assert!(of("crates/crm/src/commonwealth.rs").is_empty());
        assert!(of("crates/fiscal/src/miscount.rs").is_empty());
    }
}
