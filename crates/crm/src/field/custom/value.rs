//! A value as it comes in, read by its field: pure. Whether a person or record it names is there is asked in `fill`.

use chrono::{Datelike, NaiveDate};
use kernel::{Error, MemberId, Money, Result, id::Id};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{CustomField, CustomKind, CustomObject, order};
use crate::{company::CompanyId, contact::ContactId, deal::DealId, field, record::CustomRecordId, subject::LeadId};

/// The most characters of a line and of a long text.
pub const LINE: usize = 500;
pub const LONG: usize = 10_000;

/// A value as it is stored, with what it is found and ordered by.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    pub value: Value,
    /// One, or one for each choice.
    pub keys: Vec<String>,
}

impl Kept {
    fn one(value: impl Into<Value>, key: impl Into<String>) -> Option<Kept> {
        Some(Kept { value: value.into(), keys: vec![key.into()] })
    }
}

/// Reads a value. None: there is none (null, blank, an empty list). `home` is the country whose habits a phone number is
/// read by; `before` is what stands there now, which may be a choice that is no longer offered.
pub fn read(field: &CustomField, input: &Value, home: &str, before: Option<&Value>) -> Result<Option<Kept>> {
    if input.is_null() {
        return Ok(None);
    }
    let path = field.path();
    let text = || input.as_str().ok_or_else(|| wrong(field, "text"));
    Ok(match field.kind {
        CustomKind::Text => {
            field::line(&path, Some(text()?), LINE)?.and_then(|t| Kept::one(t.clone(), order::text(&t)))
        }
        CustomKind::LongText => {
            field::text(&path, Some(text()?), LONG)?.and_then(|t| Kept::one(t.clone(), order::text(&t)))
        }
        CustomKind::Number => number(field, input)?,
        CustomKind::Money => {
            let money: Money = serde_json::from_value(input.clone()).map_err(|_| {
                wrong(field, "an amount with its currency, such as {\"amount\":\"12.50\",\"currency\":\"EUR\"}")
            })?;
            Kept::one(serde_json::to_value(money).unwrap_or_default(), order::money(money))
        }
        CustomKind::Date => date(field, text()?)?,
        CustomKind::Choice => match text()?.trim() {
            "" => None,
            id => {
                offered(field, id, before)?;
                Kept::one(id, id)
            }
        },
        CustomKind::MultiChoice => several(field, input, before)?,
        CustomKind::Link => field::website(&path, Some(text()?))?.and_then(|t| Kept::one(t.clone(), t.to_lowercase())),
        CustomKind::Email => field::email(&path, Some(text()?))?.and_then(|t| Kept::one(t.clone(), t)),
        CustomKind::Phone => field::phone(&path, home, Some(text()?))?.and_then(|t| Kept::one(t.clone(), t)),
        CustomKind::Person => match text()?.trim() {
            "" => None,
            id => {
                let id = id.parse::<MemberId>().map_err(|_| wrong(field, "the id of a member"))?.to_string();
                Kept::one(id.clone(), id)
            }
        },
        CustomKind::Relation => match text()?.trim() {
            "" => None,
            id if points_at(field.target, id) => Kept::one(id, id),
            _ => return Err(wrong(field, "the id of a record of the kind that this field points at")),
        },
    })
}

fn wrong(field: &CustomField, wanted: &str) -> Error {
    Error::invalid(field.path(), "wrong_type", format!("Give {wanted}, or null for nothing."))
}

fn number(field: &CustomField, input: &Value) -> Result<Option<Kept>> {
    let text = match input {
        Value::String(text) => text.trim().to_owned(),
        // A whole number is exact in JSON; what has a point may have been a float on its way.
        Value::Number(number) if number.is_i64() || number.is_u64() => number.to_string(),
        _ => return Err(wrong(field, "a decimal number as text, such as \"12.50\"")),
    };
    if text.is_empty() {
        return Ok(None);
    }
    let number = Decimal::from_str_exact(&text).map_err(|_| wrong(field, "a decimal number, such as \"12.50\""))?;
    let key = order::number(number).ok_or_else(|| {
        let most = format!("Use at most {} digits before the point and {} behind it.", order::WHOLE, order::FRACTION);
        Error::invalid(field.path(), "number_too_large", most)
    })?;
    Ok(Kept::one(number.to_string(), key))
}

fn date(field: &CustomField, text: &str) -> Result<Option<Kept>> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let refused = || Error::invalid(field.path(), "date_invalid", "Write the day as 2027-03-01.");
    let day: NaiveDate = text.trim().parse().map_err(|_| refused())?;
    if !(1..=9999).contains(&day.year()) {
        return Err(refused());
    }
    Ok(Kept::one(day.to_string(), day.to_string()))
}

fn offered(field: &CustomField, id: &str, before: Option<&Value>) -> Result<()> {
    let has = |value: &Value| value == id || value.as_array().is_some_and(|ids| ids.iter().any(|had| had == id));
    match field.choice(id) {
        Some(choice) if !choice.archived || before.is_some_and(has) => Ok(()),
        _ => Err(Error::invalid(
            field.path(),
            "choice_unknown",
            "This is not offered. Choose one of the field's choices.",
        )),
    }
}

fn several(field: &CustomField, input: &Value, before: Option<&Value>) -> Result<Option<Kept>> {
    let given = input.as_array().ok_or_else(|| wrong(field, "a list of choices"))?;
    let mut ids: Vec<String> = Vec::new();
    for id in given {
        let id = id.as_str().ok_or_else(|| wrong(field, "a list of choices"))?.trim();
        offered(field, id, before)?;
        if !ids.iter().any(|had| had == id) {
            ids.push(id.to_owned());
        }
    }
    Ok((!ids.is_empty()).then(|| Kept { value: json!(ids), keys: ids }))
}

/// Is this the id of a record of that kind?
fn points_at(target: Option<CustomObject>, id: &str) -> bool {
    match target {
        Some(CustomObject::Company) => id.parse::<CompanyId>().is_ok_and(|read| read.to_string() == id),
        Some(CustomObject::Contact) => id.parse::<ContactId>().is_ok_and(|read| read.to_string() == id),
        Some(CustomObject::Deal) => id.parse::<DealId>().is_ok_and(|read| read.to_string() == id),
        Some(CustomObject::Lead) => id.parse::<LeadId>().is_ok_and(|read| read.to_string() == id),
        Some(CustomObject::Own(_)) => id.parse::<CustomRecordId>().is_ok_and(|read| read.to_string() == id),
        None => false,
    }
}

/// The prefix of the ids that a relation holds.
pub fn prefix(target: CustomObject) -> &'static str {
    match target {
        CustomObject::Company => CompanyId::PREFIX,
        CustomObject::Contact => ContactId::PREFIX,
        CustomObject::Deal => DealId::PREFIX,
        CustomObject::Lead => LeadId::PREFIX,
        CustomObject::Own(_) => CustomRecordId::PREFIX,
    }
}
