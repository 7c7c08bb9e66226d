//! The crate against real files, authorities' vectors and large inputs.

mod febrl;
mod large;
mod phone;
mod round_trip;
mod stream;

use std::path::PathBuf;

/// A file of the specifications folder, or `None` with a printed line where the folder is absent.
fn spec(path: &str) -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/specs");
    let root = std::env::var_os("OMB_SPECS").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let file = root.join(path);
    if file.exists() {
        return Some(file);
    }
    println!("skipped: {path} is not in the specifications folder; set OMB_SPECS to where it is");
    None
}
