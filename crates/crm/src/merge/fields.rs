//! Which value the survivor has of each field. It works on columns, whatever they are, so that a column this module has
//! never heard of is merged as well: lists are joined, objects joined by key, flags set when either was, and of
//! anything else one is chosen: the survivor's, unless it has none or the person took the loser's.

use kernel::{Error, Result, Value};
use store::{Record, Row};

use super::{Mergeable, custom};

/// Columns that belong to the row, or follow from others.
const OWN: [&str; 12] = [
    "id",
    "version",
    "created_at",
    "updated_at",
    "deleted_at",
    "merged_into",
    "source",
    "display_name",
    "name_folded",
    "tax_id_index",
    "domain",
    "tenant_id",
];

/// Must the person choose where the two differ? Not of what has its own way of being joined.
fn is_chosen(value: &Value) -> bool {
    !matches!(value, Value::Bool(_) | Value::Json(serde_json::Value::Array(_) | serde_json::Value::Object(_)))
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Text(text) => text.is_empty(),
        Value::Json(json) => json.is_null(),
        _ => false,
    }
}

/// The value of one field of the survivor. A flag is never chosen: set in one, it is set.
pub fn combined(survivor: Value, loser: Value, take: bool) -> Value {
    use serde_json::Value::{Array, Object};
    match (survivor, loser) {
        (Value::Bool(one), Value::Bool(other)) => Value::Bool(one || other),
        (Value::Json(Array(mut one)), Value::Json(Array(other))) => {
            for item in other {
                if !one.contains(&item) {
                    one.push(item);
                }
            }
            Value::Json(Array(one))
        }
        (Value::Json(Object(mut one)), Value::Json(Object(other))) => {
            for (key, value) in other {
                let held = one.entry(key).or_insert(serde_json::Value::Null);
                if held.is_null() {
                    *held = value;
                }
            }
            Value::Json(Object(one))
        }
        (survivor, loser) if take || is_empty(&survivor) => {
            if is_empty(&loser) && !take {
                survivor
            } else {
                loser
            }
        }
        (survivor, _) => survivor,
    }
}

/// The fields where the two differ and one may be taken: name, the survivor's, the loser's.
pub(crate) fn differing<R: Mergeable>(survivor: &R, loser: &R) -> Vec<(&'static str, Value, Value)> {
    let both = survivor.values().into_iter().zip(loser.values());
    R::COLUMNS
        .iter()
        .zip(both)
        .filter(|(column, (one, other))| !OWN.contains(column) && !custom::is_theirs(column) && one != other)
        .map(|(column, (one, other))| (*column, one, other))
        .collect()
}

/// Is this a column of which a person chooses?
pub(super) fn is_choosable_column<R: Mergeable>(survivor: &R, name: &str) -> bool {
    let at = R::COLUMNS.iter().position(|column| *column == name && !OWN.contains(column));
    at.is_some_and(|at| is_chosen(&survivor.values()[at]))
}

/// The survivor with the values chosen; `take` names the fields of the loser's.
pub(crate) fn chosen<R: Mergeable>(survivor: &R, loser: &R, take: &[String]) -> Result<R> {
    for (at, name) in take.iter().enumerate() {
        if !custom::is_known(survivor, loser, name) {
            let sentence = "This field is not one to choose. Leave it out.";
            return Err(Error::invalid(format!("take.{at}"), "field_unknown", sentence));
        }
    }
    let values = R::COLUMNS.iter().zip(survivor.values().into_iter().zip(loser.values()));
    let values = values.map(|(column, (one, other))| {
        if OWN.contains(column) { one } else { combined(one, other, take.iter().any(|name| name == column)) }
    });
    let mut chosen = R::from_row(&mut Row::of(values.collect()))?.settled(survivor, loser);
    custom::take(chosen.custom_mut(), loser.custom(), take);
    Ok(chosen)
}

/// The columns a merge changed of the survivor, before and after, those that follow from others among them.
pub(crate) fn changed<R: Record>(before: &R, after: &R) -> Vec<(&'static str, Value, Value)> {
    let both = before.values().into_iter().zip(after.values());
    R::COLUMNS
        .iter()
        .zip(both)
        .filter(|(column, (one, other))| !["version", "updated_at"].contains(column) && one != other)
        .map(|(column, (one, other))| (*column, one, other))
        .collect()
}

/// Is the field one of which a person chooses?
pub(crate) fn choosable(survivor: &Value, loser: &Value) -> bool {
    is_chosen(survivor) && is_chosen(loser)
}

/// Puts one column of a record back.
pub(crate) fn with<R: Record>(record: &R, changes: &[(String, Value)]) -> Result<R> {
    let values = R::COLUMNS.iter().zip(record.values()).map(|(column, value)| {
        changes.iter().find(|(name, _)| name == column).map_or(value, |(_, changed)| changed.clone())
    });
    Ok(R::from_row(&mut Row::of(values.collect()))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn what_is_there_stays_unless_the_others_is_taken() {
        let text = |text: &str| Value::Text(text.into());
        assert_eq!(combined(text("a"), text("b"), false), text("a"));
        assert_eq!(combined(text("a"), text("b"), true), text("b"));
        assert_eq!(combined(Value::Null, text("b"), false), text("b"));
        assert_eq!(combined(text("a"), Value::Null, false), text("a"));
        // Taking nothing is a choice too.
        assert_eq!(combined(text("a"), Value::Null, true), Value::Null);
        let json = |value| Value::Json(value);
        assert_eq!(combined(json(json!(["x", "y"])), json(json!(["y", "z"])), false), json(json!(["x", "y", "z"])));
        let (one, other) = (json(json!({ "a": 1, "b": null })), json(json!({ "a": 2, "b": 3, "c": 4 })));
        assert_eq!(combined(one, other, false), json(json!({ "a": 1, "b": 3, "c": 4 })));
    }

    proptest! {
        /// An opt-out of either is an opt-out of both, whoever survives and whatever is chosen.
        #[test]
        fn the_strictest_flag_survives_every_merge(a: bool, b: bool, take: bool) {
            prop_assert_eq!(combined(Value::Bool(a), Value::Bool(b), take), Value::Bool(a || b));
            prop_assert_eq!(combined(Value::Bool(b), Value::Bool(a), take), Value::Bool(a || b));
        }
    }
}
