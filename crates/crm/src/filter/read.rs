//! What is asked of one field, by its kind. A value of a custom field is looked up by its key, as `custom_value` holds it.

use kernel::{Error, MemberId, Money, Result, Uuid, Value, id, id::Id};
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use super::{
    Ask, Place, Reader,
    catalogue::{Column, FilterKind, FilterOp},
    when,
};
use crate::{
    day,
    field::{
        self,
        custom::{CustomField, CustomKind, order, value},
    },
};

/// The most values of a list.
const MOST: usize = 100;

pub(crate) fn kind_of(field: &CustomField) -> FilterKind {
    match field.kind {
        CustomKind::Text | CustomKind::LongText | CustomKind::Link | CustomKind::Email | CustomKind::Phone => {
            FilterKind::Text
        }
        CustomKind::Number => FilterKind::Number,
        CustomKind::Money => FilterKind::Money,
        CustomKind::Date => FilterKind::Date,
        CustomKind::Choice => FilterKind::Choice,
        CustomKind::MultiChoice => FilterKind::Tags,
        CustomKind::Person => FilterKind::Person,
        CustomKind::Relation => FilterKind::Relation,
    }
}

/// What is asked, and whether the operator denies it.
pub(super) fn ask(
    reader: &Reader,
    place: &Place,
    kind: FilterKind,
    op: FilterOp,
    written: &Json,
    path: &str,
) -> Result<(Ask, bool)> {
    if kind == FilterKind::Money && !reader.sees_amounts {
        return Err(kernel::caller::amounts_hidden());
    }
    let one = |text: &Json, path: &str| key(reader, place, kind, text, path);
    Ok(match op {
        FilterOp::Empty => (Ask::Empty, false),
        FilterOp::Filled => (Ask::Empty, true),
        FilterOp::Contains | FilterOp::NotContains => {
            (Ask::Contains(words(reader, place, written, path)?), op == FilterOp::NotContains)
        }
        FilterOp::StartsWith => (Ask::Begins(words(reader, place, written, path)?), false),
        _ if matches!(kind, FilterKind::Date | FilterKind::Time) => {
            (dates(reader, place, kind, op, written, path)?, false)
        }
        _ if kind == FilterKind::Money => (money(reader, place, op, written, path)?, false),
        FilterOp::Is | FilterOp::IsNot => (Ask::Among(vec![one(written, path)?]), op == FilterOp::IsNot),
        FilterOp::AnyOf | FilterOp::NoneOf | FilterOp::AllOf => {
            let values = list(written, path)?.iter().enumerate();
            let values = values.map(|(at, value)| one(value, &format!("{path}.{at}"))).collect::<Result<Vec<_>>>()?;
            (several(place, kind, op, values), op == FilterOp::NoneOf)
        }
        FilterOp::AtLeast => (Ask::Span { from: Some(one(written, path)?), to: None, below: false }, false),
        FilterOp::AtMost => (Ask::Span { from: None, to: Some(one(written, path)?), below: false }, false),
        FilterOp::Between => {
            let [from, to] = pair(written, path)?;
            let (from, to) = (one(from, &format!("{path}.0"))?, one(to, &format!("{path}.1"))?);
            (Ask::Span { from: Some(from), to: Some(to), below: false }, false)
        }
        _ => return Err(Error::invalid(path, "op_unknown", "This field cannot be asked about so.")),
    })
}

/// Of a column of tags, what it holds; of a custom field there is a row for each choice.
fn several(place: &Place, kind: FilterKind, op: FilterOp, values: Vec<Value>) -> Ask {
    let texts = || -> Vec<String> {
        let text = |value: &Value| if let Value::Text(text) = value { Some(text.clone()) } else { None };
        values.iter().filter_map(text).collect()
    };
    match (kind, op, place) {
        (FilterKind::Tags, FilterOp::AllOf, _) => Ask::Holds(texts()),
        (FilterKind::Tags, _, Place::Column(_)) => Ask::HoldsAny(texts()),
        _ => Ask::Among(values),
    }
}

fn list<'a>(written: &'a Json, path: &str) -> Result<&'a [Json]> {
    match written.as_array() {
        Some(values) if values.len() <= MOST => Ok(values),
        Some(_) => Err(Error::invalid(path, "too_many", format!("Use at most {MOST} values."))),
        None => Err(Error::invalid(path, "wrong_type", "Give a list of values.")),
    }
}

fn pair<'a>(written: &'a Json, path: &str) -> Result<[&'a Json; 2]> {
    match written.as_array().map(Vec::as_slice) {
        Some([from, to]) => Ok([from, to]),
        _ => Err(Error::invalid(path, "wrong_type", "Give two values: the lowest and the highest.")),
    }
}

/// A text that is looked for within others, as it is held: folded, in small letters with its signs, or as it is dialled.
fn words(reader: &Reader, place: &Place, written: &Json, path: &str) -> Result<String> {
    let text = text(written, path)?;
    let held = match place {
        Place::Column(Column { folded: true, .. }) => field::folded(&text),
        Place::Column(Column { name: "phone", .. }) => dialled(&text),
        Place::Column(_) => text.to_ascii_lowercase(),
        Place::Custom(id) => match reader.field(*id)?.kind {
            CustomKind::Link | CustomKind::Email => text.to_lowercase(),
            CustomKind::Phone => dialled(&text),
            _ => field::folded(&text),
        },
    };
    // Signs alone leave nothing behind, and nothing is in every text.
    if held.is_empty() {
        return Err(Error::invalid(path, "wrong_type", "Give letters or digits to look for."));
    }
    Ok(held)
}

/// Numbers are held as E.164: digits behind a plus, without what people put between them.
fn dialled(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

fn text(written: &Json, path: &str) -> Result<String> {
    let text = written.as_str().map(str::trim).filter(|text| !text.is_empty());
    let text = text.ok_or_else(|| Error::invalid(path, "wrong_type", "Give a text."))?;
    field::line(path, Some(text), 500)?.ok_or_else(|| Error::invalid(path, "wrong_type", "Give a text."))
}

/// One value as it is held.
fn key(reader: &Reader, place: &Place, kind: FilterKind, written: &Json, path: &str) -> Result<Value> {
    if kind == FilterKind::Person && written.as_str() == Some("me") {
        return Ok(match (reader.me, place) {
            (Some(me), Place::Column(_)) => Value::Uuid(me.uuid()),
            (Some(me), Place::Custom(_)) => Value::Text(me.to_string()),
            // Nobody: nothing equals it.
            (None, _) => Value::Null,
        });
    }
    match place {
        Place::Column(column) => of_column(column, written, path),
        Place::Custom(id) => of_custom(reader, reader.field(*id)?, written, path).map(Value::Text),
    }
}

fn of_column(column: &Column, written: &Json, path: &str) -> Result<Value> {
    let wrong = |wanted: &str| Error::invalid(path, "wrong_type", format!("Give {wanted}."));
    let record = |prefix: &'static str| -> Result<Uuid> {
        let read = written.as_str().and_then(|text| id::parse(prefix, text).ok());
        read.ok_or_else(|| wrong(&format!("an id that begins with {prefix}_")))
    };
    Ok(match column.kind {
        FilterKind::Person => Value::Uuid(record(MemberId::PREFIX)?),
        FilterKind::Relation => Value::Uuid(record(column.of.first().copied().unwrap_or_default())?),
        FilterKind::Number => Value::Int(written.as_i64().ok_or_else(|| wrong("a whole number"))?),
        FilterKind::Choice => {
            let word = written.as_str().filter(|word| column.of.contains(word));
            Value::Text(word.ok_or_else(|| wrong(&format!("one of: {}", column.of.join(", "))))?.to_owned())
        }
        FilterKind::Tags => Value::Text(text(written, path)?),
        _ if column.name == "phone" => Value::Text(dialled(&text(written, path)?)),
        _ if column.folded => Value::Text(field::folded(&text(written, path)?)),
        _ => Value::Text(text(written, path)?.to_ascii_lowercase()),
    })
}

fn of_custom(reader: &Reader, field: &CustomField, written: &Json, path: &str) -> Result<String> {
    let refused = || Error::invalid(path, "wrong_type", "This is no value of the field.");
    match field.kind {
        // One that is no longer offered can still be looked for.
        CustomKind::Choice | CustomKind::MultiChoice => {
            let id = written.as_str().ok_or_else(refused)?;
            field.choice(id).map(|choice| choice.id.clone()).ok_or_else(refused)
        }
        CustomKind::Text | CustomKind::LongText => Ok(order::text(&text(written, path)?)),
        _ => {
            let kept = value::read(field, written, &reader.country, None).ok().flatten().ok_or_else(refused)?;
            kept.keys.into_iter().next().ok_or_else(refused)
        }
    }
}

fn dates(reader: &Reader, place: &Place, kind: FilterKind, op: FilterOp, written: &Json, path: &str) -> Result<Ask> {
    let (from, to) = when::span(op, written, reader.today, path)?;
    Ok(match (kind, place) {
        (FilterKind::Time, _) => {
            let begins = |at: Option<chrono::NaiveDate>| at.map(|at| Value::Time(day::begins(reader.zone, at)));
            Ask::Span { from: begins(from), to: begins(to.and_then(|last| last.succ_opt())), below: true }
        }
        (_, Place::Column(_)) => Ask::Span { from: from.map(Value::Date), to: to.map(Value::Date), below: false },
        (_, Place::Custom(_)) => {
            let text = |at: chrono::NaiveDate| Value::Text(at.to_string());
            Ask::Span { from: from.map(text), to: to.map(text), below: false }
        }
    })
}

/// Amounts are compared within one currency: the one written, or that of the house.
fn money(reader: &Reader, place: &Place, op: FilterOp, written: &Json, path: &str) -> Result<Ask> {
    let (from, to) = match op {
        FilterOp::Is => (Some(amount(reader, written, path)?), Some(amount(reader, written, path)?)),
        FilterOp::AtLeast => (Some(amount(reader, written, path)?), None),
        FilterOp::AtMost => (None, Some(amount(reader, written, path)?)),
        _ => {
            let [from, to] = pair(written, path)?;
            let ends = (amount(reader, from, &format!("{path}.0"))?, amount(reader, to, &format!("{path}.1"))?);
            if ends.0.currency != ends.1.currency {
                return Err(Error::invalid(path, "currencies_differ", "Give both amounts in one currency."));
            }
            (Some(ends.0), Some(ends.1))
        }
    };
    let currency = from.or(to).map_or(reader.currency, |amount| amount.currency);
    Ok(match place {
        Place::Column(_) => Ask::Money { currency, from: from.map(|a| a.minor), to: to.map(|a| a.minor) },
        Place::Custom(_) => {
            let (low, high) = order::currency(currency);
            let end = |amount: Option<Money>, open: String| Some(Value::Text(amount.map_or(open, order::money)));
            Ask::Span { from: end(from, low), to: end(to, high), below: false }
        }
    })
}

fn amount(reader: &Reader, written: &Json, path: &str) -> Result<Money> {
    let whole = match written {
        Json::Object(_) => written.clone(),
        Json::String(text) => json!({ "amount": text.trim(), "currency": reader.currency }),
        Json::Number(number) if number.is_i64() => {
            json!({ "amount": Decimal::from(number.as_i64().unwrap_or_default()).to_string(), "currency": reader.currency })
        }
        _ => Json::Null,
    };
    serde_json::from_value(whole).map_err(|_| {
        let sentence = "Give an amount, such as \"1200.00\" or {\"amount\": \"1200.00\", \"currency\": \"EUR\"}.";
        Error::invalid(path, "wrong_type", sentence)
    })
}
