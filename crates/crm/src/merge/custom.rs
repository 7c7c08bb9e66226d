//! Custom fields in a merge: each is one to choose where the two differ; what lists filter and sort by is written again;
//! and what a field cannot hold any more, because it was deleted or became another kind since, is left out.

use kernel::{Error, Result, Value};
use store::Tx;

use super::{Mergeable, fields, preview::FieldPreview};
use crate::field::custom::{CustomField, CustomKind, Values, all, cell, fill, value};

/// What stands before the key of a custom field among the names of fields.
const PREFIX: &str = "custom.";

/// The key, if this is the name of a custom field.
pub(super) fn key(name: &str) -> Option<&str> {
    name.strip_prefix(PREFIX)
}

/// The values of the survivor once it has those of the loser that are taken.
pub(super) fn take(values: &mut Values, loser: &Values, take: &[String]) {
    for key in take.iter().filter_map(|name| key(name)) {
        match loser.get(key) {
            Some(value) => values.insert(key.to_owned(), value.clone()),
            None => values.remove(key),
        };
    }
}

/// Fits the values of a record to the fields as they are, and answers the rows that find them. Holds the fields until the
/// transaction ends.
pub(crate) async fn fit<R: Mergeable>(tx: &mut Tx, record: &mut R) -> Result<Vec<fill::Row>> {
    let fields = all(tx, record.object()).await?;
    let concerned: Vec<&CustomField> = fields.iter().filter(|field| record.custom().contains_key(&field.key)).collect();
    if concerned.iter().any(|field| field.work.is_some()) {
        let sentence = "The values of a custom field are being rewritten. Try again in a moment.";
        return Err(Error::conflict("field_at_work", sentence));
    }
    if !concerned.is_empty() {
        fill::hold(tx, record.object(), &concerned).await?;
    }
    let id = record.record_id();
    let (mut kept, mut rows) = (Values::new(), Vec::new());
    for field in concerned {
        let had = record.custom().get(&field.key);
        let fits = had.and_then(|had| value::read(field, had, "", Some(had)).ok().flatten());
        if let Some(fits) = fits {
            rows.extend(fits.keys.into_iter().map(|key| (field.id, id, key)));
            kept.insert(field.key.clone(), fits.value);
        }
    }
    *record.custom_mut() = kept;
    Ok(rows)
}

/// Writes the rows instead of those there are.
pub(crate) async fn write<R: Mergeable>(tx: &mut Tx, record: &R, rows: Vec<fill::Row>) -> Result<()> {
    fill::forget(tx, &[record.record_id()]).await?;
    fill::put(tx, rows);
    Ok(())
}

/// The custom fields where the two differ, in words.
pub(super) async fn preview<R: Mergeable>(
    tx: &mut Tx,
    survivor: &R,
    loser: &R,
    result: &R,
) -> Result<Vec<FieldPreview>> {
    let (one, other, after) = (survivor.custom(), loser.custom(), result.custom());
    let differing =
        all(tx, survivor.object()).await?.into_iter().filter(|field| one.get(&field.key) != other.get(&field.key));
    let differing: Vec<CustomField> = differing.collect();
    let names = fill::names(tx, [one, other, after].into_iter()).await?;
    let hides_amounts = !tx.caller().sees_amounts();
    let shown = |field: &CustomField, values: &Values| match values.get(&field.key) {
        None => serde_json::Value::Null,
        // In words it would pass the door, which knows amounts by their names.
        Some(_) if hides_amounts && field.kind == CustomKind::Money => serde_json::Value::Null,
        Some(value) => {
            let text = cell::write(field, value);
            names.get(&text).cloned().unwrap_or(text).into()
        }
    };
    let preview = |field: &CustomField| FieldPreview {
        field: format!("{PREFIX}{}", field.key),
        label: Some(field.label.clone()),
        survivor: shown(field, one),
        loser: shown(field, other),
        result: shown(field, after),
        choosable: true,
    };
    Ok(differing.iter().map(preview).collect())
}

/// Is this the column that holds them? It is told field by field.
pub(crate) fn is_theirs(column: &str) -> bool {
    column == "custom"
}

/// Puts back what a merge gave the survivor, key by key, where nobody changed it since; answers the keys that were.
pub(crate) fn give_back(now: &Value, before: &Value, after: &Value) -> Option<(Value, Vec<String>)> {
    let (Some(now), Some(before), Some(after)) = (object(now), object(before), object(after)) else { return None };
    let mut values = now.clone();
    let mut kept = Vec::new();
    for key in before.keys().chain(after.keys().filter(|key| !before.contains_key(*key))) {
        if before.get(key) == after.get(key) {
            continue;
        }
        if now.get(key) != after.get(key) {
            kept.push(format!("{PREFIX}{key}"));
            continue;
        }
        match before.get(key) {
            Some(value) => values.insert(key.clone(), value.clone()),
            None => values.remove(key),
        };
    }
    Some((Value::Json(values.into()), kept))
}

fn object(value: &Value) -> Option<&Values> {
    if let Value::Json(json) = value { json.as_object() } else { None }
}

/// May this name be among those taken?
pub(super) fn is_known<R: Mergeable>(survivor: &R, loser: &R, name: &str) -> bool {
    key(name).is_some_and(|key| survivor.custom().contains_key(key) || loser.custom().contains_key(key))
        || fields::is_choosable_column::<R>(survivor, name)
}
