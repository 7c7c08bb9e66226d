//! The fields a column may feed, and what a choice of them must be.

mod closed;

use std::{collections::BTreeSet, sync::Arc};

use kernel::{Caller, Error, Result, error::Fields, field_right::field_locked};
use store::Tx;
use tabular::{FieldKind, TargetField};

use super::{
    Defaults, ImportColumn,
    noun::{ImportNoun, Imports},
};
use crate::field::custom::{self, CustomField, CustomKind, CustomObject};

/// What an import's rows may feed: the fields of its noun, and the tenant's own that take values.
#[derive(Clone)]
pub struct Own {
    pub noun: Arc<dyn ImportNoun>,
    pub object: CustomObject,
    /// Of the noun.
    pub record: Vec<CustomField>,
    /// Of the company of a row.
    pub company: Vec<CustomField>,
    /// The targets that the caller may not feed.
    closed: BTreeSet<String>,
}

/// What the target of a company's field begins with; that of the noun's own begins with what follows the first word.
pub const OF_COMPANY: &str = "company.custom.";
pub const OF_RECORD: &str = "custom.";

impl Own {
    /// Those of a noun, as an import has it.
    pub async fn read(tx: &mut Tx, imports: &Imports, noun: &str) -> Result<Own> {
        let kind = imports.of(noun)?;
        let object = kind.object(noun)?;
        let company =
            if kind.has_company_fields() { custom::live(tx, CustomObject::Company).await? } else { Vec::new() };
        let record = custom::live(tx, object).await?;
        let own = Own { object, record, company, closed: BTreeSet::new(), noun: kind };
        Ok(Own { closed: closed::closed(tx, object, &own.targets()), ..own })
    }

    /// The field that a target names, and whether it is the company's.
    pub fn find(&self, target: &str) -> Option<(&CustomField, bool)> {
        let of = |fields: &'_ [CustomField], key: &str| fields.iter().position(|field| field.key == key);
        if let Some(key) = target.strip_prefix(OF_COMPANY) {
            return of(&self.company, key).map(|at| (&self.company[at], true));
        }
        let key = target.strip_prefix(OF_RECORD)?;
        of(&self.record, key).map(|at| (&self.record[at], false))
    }

    /// Every field a column may feed, ours first.
    fn targets(&self) -> Vec<TargetField> {
        let own = |prefix: &'static str| {
            move |field: &CustomField| {
                TargetField::custom(format!("{prefix}{}", field.key), &field.label, column_kind(field.kind))
            }
        };
        let record = self.record.iter().map(own(OF_RECORD));
        let company = self.company.iter().map(own(OF_COMPANY));
        self.noun.fields().iter().cloned().chain(record).chain(company).collect()
    }

    /// Those that the caller may feed: who sees no amounts writes none, and nobody what is hidden from them.
    pub fn offered(&self, caller: &Caller) -> Vec<TargetField> {
        let mut targets = self.targets();
        targets.retain(|field| !self.closed.contains(&*field.key));
        targets.retain(|field| caller.sees_amounts() || !self.is_amount(&field.key));
        targets
    }

    /// Refuses columns and fixed values that feed an amount which the caller may not see, or a field it may not write.
    pub fn must_see<'t>(&self, caller: &Caller, targets: impl Iterator<Item = &'t str>) -> Result<()> {
        let targets: Vec<&str> = targets.collect();
        if let Some(target) = targets.iter().find(|target| self.closed.contains(**target)) {
            return Err(field_locked(target));
        }
        let mut targets = targets.into_iter();
        if targets.any(|target| self.is_amount(target)) { caller.must_see_amounts() } else { Ok(()) }
    }

    fn is_amount(&self, target: &str) -> bool {
        let own = || self.find(target).is_some_and(|(field, _)| field.kind == CustomKind::Money);
        self.noun.amounts().contains(&target) || own()
    }

    /// Is it a day?
    pub fn is_date(&self, target: &str) -> bool {
        let ours = self.noun.fields().iter().any(|field| field.key == target && field.kind == FieldKind::Date);
        ours || self.find(target).is_some_and(|(field, _)| field.kind == CustomKind::Date)
    }

    /// The label of a target that is the tenant's own.
    pub fn label(&self, target: &str) -> Option<String> {
        self.find(target).map(|(field, _)| field.label.clone())
    }

    /// Does some column say who or what a row is about?
    pub fn names_a_row(&self, columns: &[ImportColumn]) -> bool {
        let naming = self.noun.naming().targets;
        columns.iter().filter_map(|column| column.target.as_deref()).any(|target| naming.contains(&target))
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
