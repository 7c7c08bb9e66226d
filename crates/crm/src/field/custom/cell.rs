//! Values as cells of a table: how they go out in an export, come in with an import, and become values of another kind.
//!
//! Invariant: what is written of a value is read back as that value.

use std::collections::BTreeMap;

use kernel::{Currency, Error, Result};
use serde_json::{Value, json};
use tabular::value::{self, DateReading, DecimalMark};

use super::{CustomField, CustomKind};
use crate::field::folded;

/// By whose habits cells are read.
pub struct Habits<'a> {
    pub country: &'a str,
    pub currency: Currency,
    pub dates: &'a DateReading,
    /// The decimal mark of fields by key; a point where none is named.
    pub marks: &'a BTreeMap<String, DecimalMark>,
    /// Members by id and by what they may be called.
    pub people: &'a [(String, Vec<String>)],
}

impl Habits<'_> {
    fn mark(&self, field: &CustomField) -> DecimalMark {
        self.marks.get(&field.key).copied().unwrap_or(DecimalMark::Point)
    }
}

/// What the cell says, as the API would be given it; null for a blank one.
pub fn read(field: &CustomField, cell: &str, habits: &Habits<'_>) -> Result<Value> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Ok(Value::Null);
    }
    let refused = |error: value::ValueError| Error::invalid(field.path(), error.code, error.message);
    Ok(match field.kind {
        CustomKind::Text | CustomKind::LongText | CustomKind::Link | CustomKind::Relation => json!(cell),
        CustomKind::Email => json!(cell.strip_prefix("mailto:").unwrap_or(cell)),
        CustomKind::Phone => json!(value::phone(cell, Some(habits.country)).map_err(refused)?.e164),
        CustomKind::Number => json!(value::number(cell, habits.mark(field)).map_err(refused)?),
        CustomKind::Money => money(cell, habits, habits.mark(field)).map_err(refused)?.0,
        CustomKind::Date => json!(value::date(cell, habits.dates).map_err(refused)?.to_string()),
        CustomKind::Choice => json!(choice(field, cell)?),
        CustomKind::MultiChoice => {
            let parts = cell.split([',', ';', '|', '\n']).map(str::trim).filter(|part| !part.is_empty());
            // A label may itself have a comma in it.
            match choice(field, cell) {
                Ok(one) => json!([one]),
                Err(_) => Value::Array(parts.map(|part| choice(field, part).map(Value::from)).collect::<Result<_>>()?),
            }
        }
        CustomKind::Person => person(field, cell, habits)?,
    })
}

/// What a table shows of a value.
pub fn write(field: &CustomField, value: &Value) -> String {
    let label = |id: &str| field.choice(id).map_or_else(|| id.to_owned(), |choice| choice.label.clone());
    match (field.kind, value) {
        (CustomKind::Choice, Value::String(id)) => label(id),
        (CustomKind::MultiChoice, Value::Array(ids)) => {
            ids.iter().filter_map(Value::as_str).map(label).collect::<Vec<_>>().join("; ")
        }
        (CustomKind::Money, Value::Object(money)) => {
            let part = |name: &str| money.get(name).and_then(Value::as_str).unwrap_or_default();
            format!("{} {}", part("amount"), part("currency"))
        }
        (_, Value::String(text)) => text.clone(),
        (_, Value::Null) => String::new(),
        (_, other) => other.to_string(),
    }
}

/// `1 234,50 EUR`, `EUR 1234.50`, or a number alone in the currency of the house; and whether a currency was named.
pub(crate) fn money(cell: &str, habits: &Habits<'_>, mark: DecimalMark) -> Result<(Value, bool), value::ValueError> {
    let words: Vec<&str> = cell.split_whitespace().collect();
    let code = |word: Option<&&str>| word.and_then(|word| word.parse::<Currency>().ok());
    let (currency, rest) = match (code(words.first()), code(words.last())) {
        (Some(currency), _) => (Some(currency), words[1..].join(" ")),
        (None, Some(currency)) => (Some(currency), words[..words.len() - 1].join(" ")),
        (None, None) => (None, cell.to_owned()),
    };
    let named = currency.is_some();
    let currency = currency.unwrap_or(habits.currency);
    Ok((json!({ "amount": value::number(&rest, mark)?, "currency": currency }), named))
}

/// The id of the choice that the cell names.
pub(super) fn choice(field: &CustomField, cell: &str) -> Result<String> {
    let same = |label: &str| label == cell || (!folded(cell).is_empty() && folded(label) == folded(cell));
    let offered = || field.choices.0.iter().filter(|choice| !choice.archived);
    let found = offered().find(|choice| choice.id == cell).or_else(|| offered().find(|choice| same(&choice.label)));
    found.map(|choice| choice.id.clone()).ok_or_else(|| {
        Error::invalid(field.path(), "choice_unknown", "This is not offered. Choose one of the field's choices.")
    })
}

fn person(field: &CustomField, cell: &str, habits: &Habits<'_>) -> Result<Value> {
    let sentence = "No person of this workspace is called so. Write their e-mail address.";
    let found = member(cell, habits);
    found.map(Value::from).ok_or_else(|| Error::invalid(field.path(), "member_unknown", sentence))
}

/// The id of the one member whom the cell names by id, name or address.
pub(crate) fn member(cell: &str, habits: &Habits<'_>) -> Option<String> {
    let wanted = cell.to_lowercase();
    let called = |(id, names): &&(String, Vec<String>)| *id == cell || names.contains(&wanted);
    let mut found = habits.people.iter().filter(called);
    match (found.next(), found.next()) {
        (Some((id, _)), None) => Some(id.clone()),
        _ => None,
    }
}
