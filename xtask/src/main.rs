//! Tasks about the repository itself, run as `cargo xtask <task>`.
//!
//! Invariant: it only reads and prints. It depends on no other crate of the project, so it still runs when they do not compile.
mod licences;
mod repository;
mod tidy;

use std::process::ExitCode;

use repository::Repository;

const HELP: &str = "\
Checks of the repository itself.

  cargo xtask tidy        file lengths, names, crate graph, manifests, module headers, promise ids, forbidden text
  cargo xtask licences    the licence of every crate we build with, against deny.toml
  cargo xtask promises    every promise and the tests that name it
  cargo xtask help        this text

tidy exits 1 when a rule is broken; flags (\"look\") do not fail it. The rules' lists stand in tidy/.
The same check runs as a test: cargo nextest run -p xtask
";

fn main() -> ExitCode {
    let task = std::env::args().nth(1).unwrap_or_default();
    let outcome = match task.as_str() {
        "tidy" => Repository::open().and_then(|repository| tidy::run(&repository)),
        "licences" => Repository::open().and_then(|repository| licences::run(&repository)),
        "promises" => Repository::open().map(|repository| {
            print!("{}", tidy::promises::table(&repository));
            true
        }),
        "" | "help" | "-h" | "--help" => {
            print!("{HELP}");
            Ok(true)
        }
        unknown => {
            eprint!("unknown task \"{unknown}\"\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::from(2)
        }
    }
}
