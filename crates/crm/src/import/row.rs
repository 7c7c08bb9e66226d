//! A row of a file as it stands, and what its cells say.

use kernel::Error;
use tabular::ValueError;

use super::reading::Reading;

/// Where a row stands in the file, and its cells.
#[derive(Debug, Clone)]
pub struct Stood {
    pub number: u64,
    pub line: u64,
    pub cells: Vec<String>,
}

/// What the cells say, and what is said for those that say nothing.
pub fn said<'r>(reading: &'r Reading, cells: &'r [String]) -> Vec<(&'r str, &'r str)> {
    let given = reading.targets.iter().zip(cells).filter_map(|(target, cell)| Some((target.as_deref()?, cell.trim())));
    let mut said: Vec<(&str, &str)> = given.filter(|(_, cell)| !cell.is_empty()).collect();
    for (target, text) in &reading.defaults {
        if !said.iter().any(|(given, _)| given == target) {
            said.push((target, text));
        }
    }
    said
}

pub fn invalid(field: &'static str) -> impl Fn(ValueError) -> Error {
    move |error| Error::invalid(field, error.code, error.message)
}

/// A column feeds a field of the tenant's own that is not there any more.
pub fn archived(target: &str) -> Error {
    let sentence =
        "This field has been archived since the columns were chosen. Choose another, or leave the column out.";
    Error::invalid(target, "field_archived", sentence)
}
