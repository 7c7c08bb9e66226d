//! The fields a column may feed, and what a choice of them must be.

use std::sync::LazyLock;

use kernel::{Error, Result, error::Fields};
use tabular::{FieldKind, TargetField};

use super::ImportColumn;

/// By which a row names a person: without one of them every row would be refused.
const NAMING: [&str; 6] = ["given_name", "family_name", "full_name", "email", "phone", "mobile"];

/// Where a contact came from is the import itself, so a column cannot say it.
pub fn fields() -> &'static [TargetField] {
    static FIELDS: LazyLock<Vec<TargetField>> =
        LazyLock::new(|| tabular::contact_fields().into_iter().filter(|field| field.key != "source").collect());
    &FIELDS
}

pub fn field(key: &str) -> Option<&'static TargetField> {
    fields().iter().find(|field| field.key == key)
}

/// Does some column say who a row is about?
pub fn names_somebody(columns: &[ImportColumn]) -> bool {
    columns.iter().filter_map(|column| column.target.as_deref()).any(|target| NAMING.contains(&target))
}

/// The columns with the targets a person chose, one for each column.
pub fn chosen(columns: &[ImportColumn], mapping: Vec<Option<String>>) -> Result<Vec<ImportColumn>> {
    if mapping.len() != columns.len() {
        let sentence = format!("Give one target for each of the {} columns; null leaves a column out.", columns.len());
        return Err(Error::invalid("mapping", "mapping_length", sentence));
    }
    let mut refused = Fields::default();
    for (at, target) in mapping.iter().enumerate().filter_map(|(at, target)| Some((at, target.as_deref()?))) {
        match field(target) {
            None => refused.refuse(
                format!("mapping.{at}"),
                "target_unknown",
                "There is no such field. Choose one from the list of targets.",
            ),
            Some(field) if !field.repeatable && mapping[..at].iter().flatten().any(|before| before == target) => {
                refused.refuse(
                    format!("mapping.{at}"),
                    "target_taken",
                    "Another column feeds this field already. Leave one of them out.",
                );
            }
            Some(_) => {}
        }
    }
    refused.finish()?;
    Ok(columns.iter().cloned().zip(mapping).map(|(column, target)| ImportColumn { target, ..column }).collect())
}

/// The kind of a field as one word.
pub fn kind(kind: FieldKind) -> String {
    serde_json::to_value(kind).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
