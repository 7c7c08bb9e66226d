//! The fields a column may feed, and what a choice of them must be.

use std::sync::LazyLock;

use kernel::{Error, Result, error::Fields};
use store::Tx;
use tabular::{FieldKind, TargetField};

use super::{Defaults, ImportColumn};
use crate::field::custom::{self, CustomField, CustomKind, CustomObject};

/// By which a row names a person: without one of them every row would be refused.
const NAMING: [&str; 6] = ["given_name", "family_name", "full_name", "email", "phone", "mobile"];

/// Where a contact came from is the import itself, so a column cannot say it.
pub fn fields() -> &'static [TargetField] {
    static FIELDS: LazyLock<Vec<TargetField>> =
        LazyLock::new(|| tabular::contact_fields().into_iter().filter(|field| field.key != "source").collect());
    &FIELDS
}

/// The tenant's own fields of a contact, and of the company of a row, that take values.
#[derive(Debug, Clone, Default)]
pub struct Own {
    pub contact: Vec<CustomField>,
    pub company: Vec<CustomField>,
}

/// What the target of a company's field begins with; that of a contact's begins with what follows the first word.
pub const OF_COMPANY: &str = "company.custom.";
pub const OF_CONTACT: &str = "custom.";

impl Own {
    pub async fn read(tx: &mut Tx) -> Result<Own> {
        Ok(Own {
            contact: custom::live(tx, CustomObject::Contact).await?,
            company: custom::live(tx, CustomObject::Company).await?,
        })
    }

    /// The field that a target names, and whether it is the company's.
    pub fn find(&self, target: &str) -> Option<(&CustomField, bool)> {
        let of = |fields: &'_ [CustomField], key: &str| fields.iter().position(|field| field.key == key);
        if let Some(key) = target.strip_prefix(OF_COMPANY) {
            return of(&self.company, key).map(|at| (&self.company[at], true));
        }
        let key = target.strip_prefix(OF_CONTACT)?;
        of(&self.contact, key).map(|at| (&self.contact[at], false))
    }

    /// Every field a column may feed, ours first.
    pub fn targets(&self) -> Vec<TargetField> {
        let own = |prefix: &'static str| {
            move |field: &CustomField| {
                TargetField::custom(format!("{prefix}{}", field.key), &field.label, column_kind(field.kind))
            }
        };
        let contact = self.contact.iter().map(own(OF_CONTACT));
        let company = self.company.iter().map(own(OF_COMPANY));
        fields().iter().cloned().chain(contact).chain(company).collect()
    }

    /// The label of a target that is the tenant's own.
    pub fn label(&self, target: &str) -> Option<String> {
        self.find(target).map(|(field, _)| field.label.clone())
    }
}

/// What the cells of a field's column look like.
fn column_kind(kind: CustomKind) -> FieldKind {
    match kind {
        CustomKind::Number | CustomKind::Money => FieldKind::Number,
        CustomKind::Date => FieldKind::Date,
        CustomKind::Link => FieldKind::Url,
        CustomKind::Email => FieldKind::Email,
        CustomKind::Phone => FieldKind::Phone,
        CustomKind::MultiChoice => FieldKind::Tags,
        CustomKind::Text | CustomKind::LongText | CustomKind::Choice | CustomKind::Person | CustomKind::Relation => {
            FieldKind::Text
        }
    }
}

/// Does some column say who a row is about?
pub fn names_somebody(columns: &[ImportColumn]) -> bool {
    columns.iter().filter_map(|column| column.target.as_deref()).any(|target| NAMING.contains(&target))
}

/// The columns with the targets a person chose, one for each column.
pub fn chosen(
    columns: &[ImportColumn],
    mapping: Vec<Option<String>>,
    targets: &[TargetField],
) -> Result<Vec<ImportColumn>> {
    if mapping.len() != columns.len() {
        let sentence = format!("Give one target for each of the {} columns; null leaves a column out.", columns.len());
        return Err(Error::invalid("mapping", "mapping_length", sentence));
    }
    let mut refused = Fields::default();
    for (at, target) in mapping.iter().enumerate().filter_map(|(at, target)| Some((at, target.as_deref()?))) {
        match targets.iter().find(|field| field.key == target) {
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

/// Characters of the longest fixed value, and the most of them.
const LONGEST: usize = 2_000;
const MOST: usize = 50;

/// The fixed values a person chose: of fields there are, none blank.
pub fn defaults(mut chosen: Defaults, targets: &[TargetField]) -> Result<Defaults> {
    chosen.retain(|_, text| !text.trim().is_empty());
    let mut refused = Fields::default();
    if chosen.len() > MOST {
        refused.refuse("options.defaults", "too_many", "Fix the values of 50 fields at most.");
    }
    for (target, text) in &chosen {
        let field = format!("options.defaults.{target}");
        if !targets.iter().any(|known| known.key == target.as_str()) {
            refused.refuse(field, "target_unknown", "There is no such field. Choose one from the list of targets.");
        } else if text.chars().count() > LONGEST {
            refused.refuse(field, "too_long", "Use 2,000 characters at most.");
        }
    }
    refused.finish()?;
    Ok(chosen)
}

/// The kind of a field as one word.
pub fn kind(kind: FieldKind) -> String {
    serde_json::to_value(kind).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
