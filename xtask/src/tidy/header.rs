//! Every file begins by saying what it is: `//!` in Rust, `--` in a migration, `#` under the first line of a script.
use super::Finding;
use crate::repository::Source;

/// A file of another kind has no rule here.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    sources.iter().filter_map(one).collect()
}

fn one(source: &Source) -> Option<Finding> {
    let says = if source.path.ends_with(".rs") && !source.path.contains("/snapshots/") {
        (!first_line(source).starts_with("//! "))
            .then_some("begin with //! what this is, its invariant, what it refuses")
    } else if source.path.starts_with("migrations/") && source.path.ends_with(".sql") {
        (!first_line(source).starts_with("-- ")).then_some("begin with -- why this migration is")
    } else if source.path.starts_with("script/") && source.text.starts_with("#!") {
        let second = source.text.lines().nth(1).unwrap_or_default();
        (!second.starts_with("# ")).then_some("say what the script does right under its first line")
    } else {
        None
    };
    says.map(|says| Finding::broken("header", &source.path, 1, says))
}

fn first_line(source: &Source) -> &str {
    source.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::tests::source;
    use super::*;

    fn refused(path: &str, text: &str) -> bool {
        !check(&[source(path, text)]).is_empty()
    }

    #[test]
    fn a_module_says_what_it_is() {
        assert!(!refused("crates/crm/src/lib.rs", "//! What crm is.\nuse a;\n"));
        assert!(refused("crates/crm/src/lib.rs", "use a;\n//! Too late.\n"));
        assert!(refused("crates/crm/src/lib.rs", "//!\n"));
        assert!(refused("crates/crm/src/empty.rs", ""));
    }

    #[test]
    fn a_migration_says_why_and_a_script_what() {
        assert!(!refused("migrations/001.sql", "-- The tenants.\ncreate table t (a int);\n"));
        assert!(refused("migrations/001.sql", "create table t (a int);\n"));
        assert!(!refused("script/test", "#!/usr/bin/env bash\n# Runs every check.\n"));
        assert!(refused("script/test", "#!/usr/bin/env bash\nset -eu\n"));
    }

    #[test]
    fn other_files_are_free() {
        assert!(!refused("README.md", "# Title\n"));
    }
}
