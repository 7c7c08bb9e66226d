//! Every crate we build with has a licence that deny.toml allows.
//!
//! The same rule as cargo-deny's, from the same list, for machines that have no cargo-deny. It reads what crates declare
//! and does not look into their files.
use anyhow::{Context, Result};

use crate::repository::Repository;

const LIST: &str = "deny.toml";

/// Prints each crate whose licence is not allowed. False when there is one.
pub fn run(repository: &Repository) -> Result<bool> {
    let allowed = allowed(repository.text(LIST)?).context("deny.toml has no [licenses] allow list")?;
    let licensed = repository.licensed()?;
    let mut refused = 0;
    for (name, licence) in &licensed {
        let accepted = licence.as_deref().is_some_and(|expression| accepts(expression, &allowed));
        if !accepted {
            refused += 1;
            println!(
                "broken [licences] {name}: {} is not allowed by {LIST}",
                licence.as_deref().unwrap_or("no licence")
            );
        }
    }
    println!("licences: {} crates, {refused} refused", licensed.len());
    Ok(refused == 0)
}

/// The quoted words between `allow = [` and `]` of the section `[licenses]`.
fn allowed(deny: &str) -> Option<Vec<&str>> {
    let section = deny.split_once("[licenses]")?.1;
    let list = section.split_once("allow = [")?.1.split_once(']')?.0;
    Some(list.lines().filter_map(|line| line.trim().strip_prefix('"')?.split_once('"')).map(|(id, _)| id).collect())
}

/// Whether an SPDX expression can be met by allowed licences alone. `/` is the old way to write `OR`.
fn accepts(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    either(&mut rest, allowed) == Some(true) && rest.is_empty()
}

/// `None` where the expression cannot be read; the same below.
fn either(rest: &mut &[&str], allowed: &[&str]) -> Option<bool> {
    let mut accepted = both(rest, allowed)?;
    while take(rest, "OR") {
        accepted |= both(rest, allowed)?;
    }
    Some(accepted)
}

fn both(rest: &mut &[&str], allowed: &[&str]) -> Option<bool> {
    let mut accepted = single(rest, allowed)?;
    while take(rest, "AND") {
        accepted &= single(rest, allowed)?;
    }
    Some(accepted)
}

fn single(rest: &mut &[&str], allowed: &[&str]) -> Option<bool> {
    if take(rest, "(") {
        let accepted = either(rest, allowed)?;
        return take(rest, ")").then_some(accepted);
    }
    let licence = next(rest)?;
    let mut accepted = allowed.contains(&licence);
    if take(rest, "WITH") {
        // An exception only grants more, so an allowed licence stays allowed with it.
        let exception = next(rest)?;
        accepted |= allowed.contains(&format!("{licence} WITH {exception}").as_str());
    }
    Some(accepted)
}

fn next<'a>(rest: &mut &[&'a str]) -> Option<&'a str> {
    let (first, others) = rest.split_first()?;
    *rest = others;
    Some(first)
}

fn take(rest: &mut &[&str], word: &str) -> bool {
    match rest.split_first() {
        Some((first, others)) if *first == word => {
            *rest = others;
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALLOWED: [&str; 3] = ["MIT", "Apache-2.0", "Unicode-3.0"];

    #[test]
    fn one_of_several_is_enough_and_all_of_several_are_needed() {
        assert!(accepts("MIT", &ALLOWED));
        assert!(accepts("GPL-3.0 OR MIT", &ALLOWED));
        assert!(accepts("GPL-3.0/MIT", &ALLOWED));
        assert!(accepts("(GPL-3.0 OR MIT) AND Unicode-3.0", &ALLOWED));
        assert!(!accepts("GPL-3.0", &ALLOWED));
        assert!(!accepts("MIT AND GPL-3.0", &ALLOWED));
        assert!(!accepts("GPL-3.0 OR (MIT AND GPL-2.0)", &ALLOWED));
    }

    #[test]
    fn an_exception_only_adds() {
        assert!(accepts("Apache-2.0 WITH LLVM-exception OR GPL-3.0", &ALLOWED));
        assert!(!accepts("GPL-3.0 WITH Classpath-exception-2.0", &ALLOWED));
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for broken in ["", "MIT MIT", "(MIT", "MIT OR", "MIT)", "MIT WITH"] {
            assert!(!accepts(broken, &ALLOWED), "{broken}");
        }
    }

    #[test]
    fn the_list_is_read_from_its_own_section() {
        let deny = "[bans]\nallow = [\n  \"x\",\n]\n[licenses]\n# why\nallow = [\n  \"MIT\",\n  \"ISC\", # old\n]\n";
        assert_eq!(allowed(deny), Some(vec!["MIT", "ISC"]));
        assert_eq!(allowed("[bans]\n"), None);
    }
}
