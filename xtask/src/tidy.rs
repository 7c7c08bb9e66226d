//! The rules of the repository that no compiler holds.
//!
//! Each rule is a pure function from files and a committed list to findings, so that a test can show it a bad file.
//! A rule refuses; it never rewrites.
mod graph;
mod header;
mod length;
mod manifest;
mod names;
pub mod promises;
mod text;

use anyhow::Result;

use crate::repository::Repository;

/// One thing a rule has to say. `line` is 0 when it is about the file as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub fails: bool,
    pub rule: &'static str,
    pub path: String,
    pub line: usize,
    pub says: String,
}

impl Finding {
    /// A broken rule: tidy fails.
    fn broken(rule: &'static str, path: &str, line: usize, says: impl Into<String>) -> Self {
        Self { fails: true, rule, path: path.to_owned(), line, says: says.into() }
    }

    /// Worth a look: tidy does not fail.
    fn look(rule: &'static str, path: &str, line: usize, says: impl Into<String>) -> Self {
        Self { fails: false, rule, path: path.to_owned(), line, says: says.into() }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let weight = if self.fails { "broken" } else { "look" };
        match self.line {
            0 => write!(out, "{weight} [{}] {}: {}", self.rule, self.path, self.says),
            line => write!(out, "{weight} [{}] {}:{line}: {}", self.rule, self.path, self.says),
        }
    }
}

/// Prints what every rule finds. False when one is broken.
pub fn run(repository: &Repository) -> Result<bool> {
    let findings = findings(repository)?;
    for finding in &findings {
        println!("{finding}");
    }
    let broken = findings.iter().filter(|finding| finding.fails).count();
    println!("tidy: {} files, {broken} broken, {} to look at", repository.sources.len(), findings.len() - broken);
    Ok(broken == 0)
}

fn findings(repository: &Repository) -> Result<Vec<Finding>> {
    let sources = &repository.sources;
    let mut all = Vec::new();
    all.extend(length::check(sources, repository.text("tidy/exceptions.txt")?));
    all.extend(names::check(sources));
    all.extend(graph::check(&repository.packages, repository.text("tidy/crate-graph.txt")?));
    all.extend(manifest::check(sources));
    all.extend(header::check(sources));
    all.extend(promises::check(sources, repository.text("tidy/promises.txt")?));
    all.extend(text::check(sources));
    Ok(all)
}

/// The lines of a committed list that carry something, with their numbers: blank lines and `#` comments are skipped.
fn entries(list: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = list.lines().enumerate().map(|(index, line)| (index + 1, line.trim()));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::Source;

    /// A file of the given path and text, for the rules' own tests.
    pub fn source(path: &str, text: &str) -> Source {
        Source { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn the_repository_is_tidy() {
        let repository = Repository::open().unwrap();
        let broken: Vec<String> =
            findings(&repository).unwrap().iter().filter(|finding| finding.fails).map(Finding::to_string).collect();
        assert!(broken.is_empty(), "broken rules:\n{}", broken.join("\n"));
    }

    #[test]
    fn the_checkout_is_seen_whole() {
        let repository = Repository::open().unwrap();
        assert!(repository.text("xtask/src/tidy.rs").unwrap().contains("the_checkout_is_seen_whole"));
        assert!(repository.packages.iter().any(|package| package.name == "kernel"));
        assert!(!repository.sources.iter().any(|source| source.path.contains("node_modules/")));
    }

    #[test]
    fn a_finding_points_at_its_line() {
        let finding = Finding::broken("text", "a/b.rs", 7, "no");
        assert_eq!(finding.to_string(), "broken [text] a/b.rs:7: no");
        assert_eq!(Finding::look("length", "a.rs", 0, "long").to_string(), "look [length] a.rs: long");
    }

    #[test]
    fn comments_and_blank_lines_of_a_list_carry_nothing() {
        assert_eq!(entries("# why\n\n a b \n").collect::<Vec<_>>(), [(3, "a b")]);
    }
}
