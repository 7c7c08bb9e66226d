//! Which crate may depend on which: tidy/crate-graph.txt is the rule, `cargo metadata` the truth.
//!
//! A line is `crate: allowed ...`, or `crate (tests): allowed ...` for what its tests may use besides; `*` is every crate.
//! An edge that is not written there is refused, and so is a crate without a line.
use std::collections::BTreeMap;

use super::{Finding, entries};
use crate::repository::{Dependency, Package};

const LIST: &str = "tidy/crate-graph.txt";
/// Stands for every crate of the project.
const EVERYTHING: &str = "*";

/// Edges are those between packages of the workspace; what comes from a registry is not this rule's.
pub fn check(packages: &[Package], graph: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut allowed: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (line, entry) in entries(graph) {
        let Some((name, targets)) = entry.split_once(':') else {
            findings.push(Finding::broken("graph", LIST, line, "a line is \"crate: allowed ...\""));
            continue;
        };
        if allowed.insert(name.trim(), targets.split_whitespace().collect()).is_some() {
            findings.push(Finding::broken("graph", LIST, line, format!("{name} has two lines")));
        }
    }
    for package in packages {
        if !allowed.contains_key(package.name.as_str()) {
            findings.push(Finding::broken("graph", LIST, 0, format!("{} has no line", package.name)));
        }
        for dependency in package.dependencies.iter().filter(|dependency| dependency.path.is_some()) {
            if !is_allowed(&allowed, &package.name, dependency) {
                findings.push(refusal(package, dependency));
            }
        }
    }
    findings
}

fn is_allowed(allowed: &BTreeMap<&str, Vec<&str>>, from: &str, dependency: &Dependency) -> bool {
    let lists = |line: &str| {
        let targets = allowed.get(line).into_iter().flatten();
        targets.into_iter().any(|target| *target == dependency.name || *target == EVERYTHING)
    };
    let in_tests = dependency.kind.as_deref() == Some("dev");
    lists(from) || (in_tests && (lists(&format!("{from} (tests)")) || lists("* (tests)")))
}

fn refusal(package: &Package, dependency: &Dependency) -> Finding {
    let says = format!(
        "{} may not depend on {}. Upward talk is an event: see tidy/crate-graph.txt",
        package.name, dependency.name
    );
    Finding::broken("graph", &package.name, 0, says)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, kind: Option<&str>, target: &str, ours: bool) -> Package {
        let dependency = Dependency {
            name: target.to_owned(),
            path: ours.then(|| format!("crates/{target}")),
            kind: kind.map(str::to_owned),
        };
        Package { name: name.to_owned(), dependencies: vec![dependency] }
    }

    fn of(package: Package, graph: &str) -> Vec<String> {
        check(&[package], graph).into_iter().map(|finding| finding.says).collect()
    }

    #[test]
    fn an_edge_that_is_not_written_is_refused() {
        assert!(of(package("crm", None, "kernel", true), "crm: kernel").is_empty());
        let found = of(package("crm", None, "sales", true), "crm: kernel");
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("crm may not depend on sales"));
    }

    #[test]
    fn what_tests_may_use_the_crate_may_not() {
        let graph = "providers: kernel\nproviders (tests): sandbox";
        assert!(of(package("providers", Some("dev"), "sandbox", true), graph).is_empty());
        assert!(of(package("providers", Some("dev"), "kernel", true), graph).is_empty());
        assert_eq!(of(package("providers", None, "sandbox", true), graph).len(), 1);
        assert_eq!(of(package("providers", Some("build"), "sandbox", true), graph).len(), 1);
    }

    #[test]
    fn what_every_crates_tests_may_use_no_crate_may() {
        let graph = "crm:\n* (tests): testkit";
        assert!(of(package("crm", Some("dev"), "testkit", true), graph).is_empty());
        assert_eq!(of(package("crm", None, "testkit", true), graph).len(), 1);
    }

    #[test]
    fn a_star_is_everything_and_registries_are_free() {
        assert!(of(package("omb", None, "sales", true), "omb: *").is_empty());
        assert!(of(package("kernel", None, "serde", false), "kernel:").is_empty());
    }

    #[test]
    fn a_crate_without_a_line_and_a_line_without_a_colon_are_refused() {
        assert_eq!(of(package("new", None, "serde", false), ""), ["new has no line"]);
        assert_eq!(of(package("crm", None, "serde", false), "crm:\nkernel store").len(), 1);
        assert_eq!(of(package("crm", None, "serde", false), "crm:\ncrm: kernel"), ["crm has two lines"]);
    }
}
