//! Text that must not be committed: paths and package hosts of one machine, and merge leftovers.
//!
//! The patterns are put together from pieces so that this file does not hold them.
use super::Finding;
use crate::repository::Source;

/// Folders that exist on one machine only. Refused where a path begins, not inside a longer one.
const FOLDERS: [&str; 3] = [concat!("/wo", "rk/"), concat!("/fa", "rm/"), concat!("/ro", "ot/")];
/// Package hosts: a lock file or setting that names one works only where that host is reached.
const HOSTS: [&str; 5] = [
    concat!("registry.npm", "js.org"),
    concat!("index.crates", ".io"),
    concat!("static.crates", ".io"),
    concat!("files.python", "hosted.org"),
    concat!("deb.debian", ".org"),
];
const LEFTOVERS: [&str; 3] = [concat!("<<<<", "<<< "), concat!(">>>>", ">>> "), concat!("Co-Authored", "-By:")];

/// Looks at every text file but snapshots of foreign data under a `fixtures` folder.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    let looked_at = sources.iter().filter(|source| !source.path.contains("/fixtures/"));
    looked_at.flat_map(|source| source.lines().filter_map(|(line, text)| one(source, line, text))).collect()
}

fn one(source: &Source, line: usize, text: &str) -> Option<Finding> {
    let says = if let Some(folder) = FOLDERS.iter().find(|folder| begins_a_path(text, folder)) {
        format!("{folder} is a path of one machine")
    } else if let Some(host) = HOSTS.iter().find(|host| text.contains(*host)) {
        format!("{host} is a package host: leave it to the settings of the machine")
    } else if source.path.ends_with("package-lock.json") && text.contains("\"resolved\": \"http") {
        "the lock file names a package host: set omit-lockfile-registry-resolved=true in .npmrc".to_owned()
    } else if let Some(leftover) = LEFTOVERS.iter().find(|leftover| text.starts_with(*leftover)) {
        format!("\"{}\" is a leftover", leftover.trim())
    } else {
        return None;
    };
    Some(Finding::broken("text", &source.path, line, says))
}

fn begins_a_path(text: &str, folder: &str) -> bool {
    text.match_indices(folder).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        !before.is_some_and(|letter| letter.is_alphanumeric() || "._-}~".contains(letter))
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::source;
    use super::*;

    fn refused(path: &str, text: &str) -> bool {
        !check(&[source(path, text)]).is_empty()
    }

    #[test]
    fn a_path_of_one_machine_is_refused() {
        for folder in FOLDERS {
            assert!(refused("README.md", &format!("see {folder}main")));
            assert!(refused("README.md", &format!("{folder}main")));
            assert!(!refused("README.md", &format!("https://example.com/net{folder}main")));
        }
    }

    #[test]
    fn a_package_host_is_refused() {
        for host in HOSTS {
            assert!(refused("web/.npmrc", &format!("registry=https://{host}/")));
        }
        assert!(refused("web/package-lock.json", "  \"resolved\": \"https://example.com/a.tgz\","));
        assert!(!refused("web/package-lock.json", "  \"version\": \"1.0.0\","));
    }

    #[test]
    fn leftovers_are_refused_at_the_start_of_a_line() {
        for leftover in LEFTOVERS {
            assert!(refused("a.rs", &format!("{leftover}someone")));
        }
        assert!(!refused("a.rs", "a << b; // shifts\n"));
    }
}
