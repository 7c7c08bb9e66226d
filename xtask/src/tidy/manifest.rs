//! Every crate takes its lints and its versions from the root manifest, so that they are said once.
use super::Finding;
use crate::repository::Source;

/// Reads the crates' own `Cargo.toml` files line by line: the few forms cargo accepts here are enough.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    sources.iter().filter(|source| is_crate(&source.path)).flat_map(one).collect()
}

fn is_crate(path: &str) -> bool {
    path.ends_with("/Cargo.toml") && (path.starts_with("crates/") || path.starts_with("xtask/"))
}

fn one(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut section = "";
    let mut takes_lints = false;
    for (line, text) in source.lines() {
        let text = text.trim();
        if let Some(name) = text.strip_prefix('[') {
            section = name.trim_end_matches(']');
        } else if section == "lints" && text.replace(' ', "") == "workspace=true" {
            takes_lints = true;
        } else if section.ends_with("dependencies") && pins(text) {
            let says = "the version belongs in the root Cargo.toml: name.workspace = true";
            findings.push(Finding::broken("manifest", &source.path, line, says));
        }
    }
    if !takes_lints {
        findings.push(Finding::broken("manifest", &source.path, 0, "add [lints] workspace = true"));
    }
    findings
}

/// Whether a line of a dependency section names a version, a path or a repository of its own.
fn pins(line: &str) -> bool {
    let Some((name, value)) = line.split_once('=').filter(|_| !line.starts_with('#')) else {
        return false;
    };
    let value = value.replace(' ', "");
    let inherits = name.trim().ends_with(".workspace") || value.contains("workspace=true");
    // A list of features may go on over several lines; only those that open an entry have a quote or brace first.
    !inherits && (value.starts_with('"') || value.starts_with('{'))
}

#[cfg(test)]
mod tests {
    use super::super::tests::source;
    use super::*;

    fn of(text: &str) -> Vec<usize> {
        check(&[source("crates/crm/Cargo.toml", text)]).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn lints_come_from_the_workspace() {
        assert_eq!(of("[package]\nname = \"crm\"\n"), [0]);
        assert!(of("[package]\nname = \"crm\"\n[lints]\nworkspace = true\n").is_empty());
        assert_eq!(of("[package]\nworkspace = true\n[lints.rust]\nunsafe_code = \"allow\"\n"), [0]);
    }

    #[test]
    fn versions_come_from_the_workspace() {
        let with = |line: &str| of(&format!("[dependencies]\n{line}\n[lints]\nworkspace = true\n"));
        assert!(with("serde.workspace = true").is_empty());
        assert!(with("serde = { workspace = true, features = [\"rc\"] }").is_empty());
        assert!(with("# serde = \"1\"").is_empty());
        assert_eq!(with("serde = \"1\""), [2]);
        assert_eq!(with("kernel = { path = \"../kernel\" }"), [2]);
        assert_eq!(of("[dev-dependencies]\nproptest = \"1\"\n[lints]\nworkspace = true\n"), [2]);
    }
}
