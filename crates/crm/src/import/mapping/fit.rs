//! How well a saved mapping fits the columns of a file.

use super::{MappedColumn, SavedMapping};
use crate::{
    field::folded,
    import::{Import, ImportColumn},
};

/// From here on a mapping is worth offering.
pub const OFFERED: u8 = 60;

/// 0 to 100: how many of the names of both are the same. Files without names fit when they have as many columns.
pub fn fit(mapping: &SavedMapping, import: &Import) -> u8 {
    of(&mapping.columns.0, &import.columns.0)
}

pub fn of(mapped: &[MappedColumn], columns: &[ImportColumn]) -> u8 {
    let known: Vec<String> = mapped.iter().filter_map(|column| column.header.as_deref()).map(folded).collect();
    let mut there: Vec<String> = columns.iter().filter_map(|column| column.header.as_deref()).map(folded).collect();
    if known.is_empty() && there.is_empty() {
        return if mapped.len() == columns.len() && !mapped.is_empty() { 100 } else { 0 };
    }
    let all = known.len() + there.len();
    let mut same = 0;
    for name in &known {
        if let Some(at) = there.iter().position(|other| other == name) {
            there.swap_remove(at);
            same += 1;
        }
    }
    u8::try_from(200 * same / all.max(1)).unwrap_or(100)
}

/// The target of each column of a file, as the mapping has it: by name, or by place where there are none. A column it does
/// not know is left out, and so is a target that is no longer there.
pub fn targets(mapped: &[MappedColumn], columns: &[ImportColumn], known: impl Fn(&str) -> bool) -> Vec<Option<String>> {
    let mut left: Vec<Option<&MappedColumn>> = mapped.iter().map(Some).collect();
    let named = mapped.iter().any(|column| column.header.is_some());
    let mut target = |at: usize, column: &ImportColumn| {
        let found = match (&column.header, named) {
            (Some(header), true) => {
                let header = folded(header);
                let at = left.iter().position(|one| {
                    one.and_then(|one| one.header.as_deref()).is_some_and(|name| folded(name) == header)
                })?;
                left[at].take()
            }
            (None, false) => mapped.get(at),
            _ => None,
        };
        found?.target.clone().filter(|target| known(target))
    };
    columns.iter().enumerate().map(|(at, column)| target(at, column)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(names: &[&str]) -> Vec<ImportColumn> {
        let column = |(at, name): (usize, &&str)| ImportColumn {
            column: at as u32,
            header: (!name.is_empty()).then(|| (*name).to_owned()),
            target: None,
            guess: None,
            score: 0,
            by: "none".into(),
            samples: Vec::new(),
            alternatives: Vec::new(),
            left_out: None,
            warning: None,
        };
        names.iter().enumerate().map(column).collect()
    }

    fn mapped(columns: &[(&str, &str)]) -> Vec<MappedColumn> {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        columns.iter().map(|(header, target)| MappedColumn { header: some(header), target: some(target) }).collect()
    }

    #[test]
    fn names_fit_whatever_their_order_case_and_accents() {
        let mapping = mapped(&[("Teléfono", "phone"), ("Nombre", "full_name"), ("Nota", "")]);
        assert_eq!(of(&mapping, &file(&["nombre", "TELEFONO", "Nota"])), 100);
        assert_eq!(of(&mapping, &file(&["nombre", "Correo"])), 40);
        assert_eq!(of(&mapping, &file(&["a", "b", "c"])), 0);
        assert_eq!(of(&mapping, &file(&["", "", ""])), 0, "a file without names is another");
        assert_eq!(of(&mapped(&[("", "phone")]), &file(&[""])), 100);
        let found = targets(&mapping, &file(&["nombre", "Other", "TELEFONO"]), |target| target != "phone");
        assert_eq!(found, [Some("full_name".to_owned()), None, None]);
    }

    #[test]
    fn columns_of_one_name_are_taken_one_after_the_other() {
        let mapping = mapped(&[("Tag", "tags"), ("Tag", "notes")]);
        assert_eq!(
            targets(&mapping, &file(&["tag", "tag", "tag"]), |_| true),
            [Some("tags".into()), Some("notes".into()), None]
        );
        assert_eq!(
            targets(&mapped(&[("", "phone"), ("", "")]), &file(&["", ""]), |_| true),
            [Some("phone".into()), None]
        );
    }
}
