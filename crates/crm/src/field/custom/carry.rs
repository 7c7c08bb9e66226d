//! Values that a new record takes over from the one it is made of: those whose field has a twin, one of the same key and
//! kind. A choice is known by what it is called, since its id is of its own field; a relation points at the same object.
//!
//! Invariant: what is given for the new record goes before what is taken over. What the twin would not take (a choice that
//! it does not offer, somebody who has left, a record that is gone or out of the caller's sight, anything where the caller may
//! not write it) stays behind, and is in
//! nobody's way.

use kernel::{Error, Result};
use serde_json::{Value, json};
use store::Tx;

use super::{CustomField, CustomKind, CustomObject, Values, cell, fill, live, value};

/// The values of a new record: those given, and those of `had`, the values of a record of `from`, that have a twin.
pub async fn carried(
    tx: &mut Tx,
    (from, had): (CustomObject, &Values),
    to: CustomObject,
    given: &Values,
) -> Result<Values> {
    let mut values = given.clone();
    if had.is_empty() {
        return Ok(values);
    }
    let home = identity::tenant::current(tx).await?.country;
    let mut twins = live(tx, to).await?;
    twins.retain(|twin| twin.right(tx).is_none());
    for field in live(tx, from).await? {
        let (Some(value), false) = (had.get(&field.key), given.contains_key(&field.key)) else { continue };
        let Some(twin) = twins.iter().find(|twin| is_twin(&field, twin)) else { continue };
        // Half of its values may be of the new kind already.
        field.must_be_at_rest()?;
        if let Some(value) = translated(&field, twin, value)
            && takes(tx, twin, &value, &home).await?
        {
            values.insert(field.key, value);
        }
    }
    Ok(values)
}

fn is_twin(field: &CustomField, other: &CustomField) -> bool {
    field.key == other.key && field.kind == other.kind && field.target == other.target
}

/// The value in the words of the twin.
fn translated(field: &CustomField, twin: &CustomField, value: &Value) -> Option<Value> {
    let choice = |id: &Value| cell::choice(twin, &field.choice(id.as_str()?)?.label).ok();
    match (field.kind, value) {
        (CustomKind::Choice, id) => choice(id).map(Value::from),
        (CustomKind::MultiChoice, Value::Array(ids)) => {
            ids.iter().map(choice).collect::<Option<Vec<String>>>().map(|ids| json!(ids))
        }
        _ => Some(value.clone()),
    }
}

async fn takes(tx: &mut Tx, twin: &CustomField, value: &Value, home: &str) -> Result<bool> {
    if !matches!(value::read(twin, value, home, None), Ok(Some(_))) {
        return Ok(false);
    }
    let (CustomKind::Person | CustomKind::Relation, Some(id)) = (twin.kind, value.as_str()) else { return Ok(true) };
    match fill::must_exist(tx, twin, id).await {
        Err(Error::Invalid { .. }) => Ok(false),
        asked => asked.map(|()| true),
    }
}
