//! The checkout as the rules see it: every text file that is, or could be, committed, and the workspace's packages.
//!
//! Invariant: ignored files never appear, so a local build or data folder cannot break a rule.
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// One text file. `path` is relative to the root, with forward slashes.
#[derive(Debug, Clone)]
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    /// The part of the path after the last dot of the file name; empty where there is none.
    pub fn extension(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// Lines with their numbers, counted from one.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }
}

/// One package of the workspace and the packages of the workspace it names.
#[derive(Debug, Deserialize)]
pub struct Package {
    pub name: String,
    pub dependencies: Vec<Dependency>,
}

/// `path` is set for our own crates only; `kind` is `None` for normal, else `dev` or `build`.
#[derive(Debug, Deserialize)]
pub struct Dependency {
    pub name: String,
    pub path: Option<String>,
    pub kind: Option<String>,
}

/// The whole checkout.
pub struct Repository {
    root: PathBuf,
    pub sources: Vec<Source>,
    pub packages: Vec<Package>,
}

impl Repository {
    /// Reads the checkout that xtask was built in. Needs `git` and `cargo`.
    pub fn open() -> Result<Self> {
        let root = root()?;
        let ours: Packages<Package> = metadata(&root, &["--no-deps", "--offline"])?;
        Ok(Self { sources: sources(&root)?, packages: ours.packages, root })
    }

    /// The text of one file, or an error that names it.
    pub fn text(&self, path: &str) -> Result<&str> {
        let found = self.sources.iter().find(|source| source.path == path);
        Ok(&found.with_context(|| format!("{path} is missing"))?.text)
    }

    /// Every crate that is built with, ours left out, and the licence it declares. May fetch what was not fetched yet.
    pub fn licensed(&self) -> Result<Vec<(String, Option<String>)>> {
        #[derive(Deserialize)]
        struct Crate {
            name: String,
            version: String,
            license: Option<String>,
            source: Option<String>,
        }
        let crates: Packages<Crate> = metadata(&self.root, &["--locked"])?;
        let foreign = crates.packages.into_iter().filter(|one| one.source.is_some());
        Ok(foreign.map(|one| (format!("{} {}", one.name, one.version), one.license)).collect())
    }
}

fn root() -> Result<PathBuf> {
    let crate_folder = std::env::var_os("CARGO_MANIFEST_DIR").context("run me by cargo: cargo xtask help")?;
    let root = Path::new(&crate_folder).parent().context("xtask lies in a folder of the checkout")?;
    Ok(root.to_path_buf())
}

fn sources(root: &Path) -> Result<Vec<Source>> {
    let listed = output(root, "git", &["ls-files", "-z", "--cached", "--others", "--exclude-standard"])?;
    let mut sources = Vec::new();
    for path in listed.split('\0').filter(|path| !path.is_empty()) {
        // Listed but deleted, or not text: nothing to check.
        let Ok(bytes) = std::fs::read(root.join(path)) else {
            continue;
        };
        let Ok(text) = String::from_utf8(bytes) else { continue };
        sources.push(Source { path: path.to_owned(), text });
    }
    Ok(sources)
}

/// What `cargo metadata` prints, as far as we read it.
#[derive(Deserialize)]
struct Packages<T> {
    packages: Vec<T>,
}

fn metadata<T: DeserializeOwned>(root: &Path, options: &[&str]) -> Result<T> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut arguments = vec!["metadata", "--format-version", "1"];
    arguments.extend(options);
    let json = output(root, &cargo, &arguments)?;
    serde_json::from_str(&json).context("cargo metadata did not print what it documents")
}

fn output(root: &Path, program: &str, arguments: &[&str]) -> Result<String> {
    let made = Command::new(program).args(arguments).current_dir(root).output();
    let made = made.with_context(|| format!("{program} cannot be started"))?;
    if !made.status.success() {
        bail!("{program} {} failed: {}", arguments.join(" "), String::from_utf8_lossy(&made.stderr).trim());
    }
    String::from_utf8(made.stdout).with_context(|| format!("{program} printed something that is not text"))
}
