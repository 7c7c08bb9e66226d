//! Files stay short enough to read in one sitting: over 250 lines is flagged, over 500 is refused.
//!
//! A longer file needs a line with a reason in tidy/exceptions.txt; a line that is no longer needed is refused too,
//! so that the list never hides a file. How long functions are is clippy's (`clippy.toml`).
use super::{Finding, entries};
use crate::repository::Source;

const WANTED: usize = 250;
const ALLOWED: usize = 500;
const CODE: [&str; 8] = ["css", "js", "mjs", "rs", "sh", "sql", "ts", "tsx"];
const LIST: &str = "tidy/exceptions.txt";

/// `exceptions` has one file a line: its path, a space, the reason.
pub fn check(sources: &[Source], exceptions: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut excused = Vec::new();
    for (line, entry) in entries(exceptions) {
        let (path, reason) = entry.split_once(char::is_whitespace).unwrap_or((entry, ""));
        if reason.trim().is_empty() {
            findings.push(Finding::broken("length", LIST, line, format!("{path} is excused without a reason")));
        }
        if !sources.iter().any(|source| source.path == path && count(source) > ALLOWED) {
            findings.push(Finding::broken("length", LIST, line, format!("{path} needs no exception: delete the line")));
        }
        excused.push(path);
    }
    for source in sources.iter().filter(|source| is_code(source) && !excused.contains(&source.path.as_str())) {
        let lines = count(source);
        if lines > ALLOWED {
            let says = format!("{lines} lines, {ALLOWED} are allowed: which noun wants its own folder?");
            findings.push(Finding::broken("length", &source.path, 0, says));
        } else if lines > WANTED {
            findings.push(Finding::look("length", &source.path, 0, format!("{lines} lines, under {WANTED} is wanted")));
        }
    }
    findings
}

fn count(source: &Source) -> usize {
    source.text.lines().count()
}

/// Written by hand: generated code and snapshots are as long as they are.
fn is_code(source: &Source) -> bool {
    CODE.contains(&source.extension()) && !source.path.contains(".gen.")
}

#[cfg(test)]
mod tests {
    use super::super::tests::source;
    use super::*;

    fn of(path: &str, lines: usize, exceptions: &str) -> Vec<bool> {
        let file = source(path, &"x\n".repeat(lines));
        check(&[file], exceptions).iter().map(|finding| finding.fails).collect()
    }

    #[test]
    fn a_short_file_passes_a_long_one_is_flagged_a_longer_one_refused() {
        assert!(of("a.rs", 250, "").is_empty());
        assert_eq!(of("a.rs", 251, ""), [false]);
        assert_eq!(of("a.rs", 500, ""), [false]);
        assert_eq!(of("a.rs", 501, ""), [true]);
    }

    #[test]
    fn only_code_written_by_hand_is_measured() {
        assert!(of("web/src/api/schema.gen.ts", 900, "").is_empty());
        assert!(of("Cargo.lock", 9000, "").is_empty());
    }

    #[test]
    fn an_exception_needs_a_reason_and_a_long_file() {
        assert!(of("a.rs", 501, "a.rs one table that is read as a whole").is_empty());
        assert_eq!(of("a.rs", 501, "a.rs"), [true]);
        assert_eq!(of("a.rs", 499, "a.rs was long once"), [true]);
        assert_eq!(of("b.rs", 10, "a.rs is gone"), [true]);
    }
}
