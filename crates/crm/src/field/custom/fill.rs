//! Putting values on a record: read by their fields, their people and records asked for, their rows written.

use std::collections::BTreeMap;

use kernel::{Error, Result, Uuid, error::Fields, field_right::field_locked};
use serde_json::Value;
use store::{Sql, Tx, sql};

use super::{
    CustomField, CustomFieldId, CustomKind, CustomObject, Values, lead, live,
    value::{self, Kept},
    words,
};
use crate::{company, contact, deal, field, member, record};

/// The values of a record as they will be, and what of them is new.
#[derive(Debug, Default)]
pub struct Filled {
    pub values: Values,
    changed: Vec<(CustomFieldId, Vec<String>)>,
    /// The texts that find the record.
    pub words: Vec<String>,
}

/// Reads the values of a new record; what is required must be there.
pub async fn first(tx: &mut Tx, object: CustomObject, given: &Values, home: &str) -> Result<Filled> {
    let fields = live(tx, object).await?;
    let (fields, given) = &open(tx, fields, given, &Values::new())?;
    let filled = read(fields, &Values::new(), given, home, true)?;
    settled(tx, object, fields, given, filled).await
}

/// Reads what changes: an absent key stays, null clears.
pub async fn change(tx: &mut Tx, object: CustomObject, before: &Values, given: &Values, home: &str) -> Result<Filled> {
    if given.is_empty() {
        return Ok(Filled { values: before.clone(), ..Filled::default() });
    }
    let fields = live(tx, object).await?;
    let (fields, given) = &open(tx, fields, given, before)?;
    keep_amounts(tx, fields, given, |key| before.contains_key(key))?;
    let filled = read(fields, before, given, home, false)?;
    settled(tx, object, fields, given, filled).await
}

/// The fields the caller may write, and what is given for them. One that may only be read asks for nothing, and is refused
/// where it would be changed.
pub fn open(tx: &Tx, fields: Vec<CustomField>, given: &Values, before: &Values) -> Result<(Vec<CustomField>, Values)> {
    let (open, closed): (Vec<_>, Vec<_>) = fields.into_iter().partition(|field| field.right(tx).is_none());
    let had = |field: &CustomField| before.get(&field.key).unwrap_or(&Value::Null);
    let changes = |field: &&CustomField| given.get(&field.key).is_some_and(|value| value != had(field));
    match closed.iter().find(changes) {
        Some(field) => Err(field_locked(&field.path())),
        None => {
            let is_closed = |key: &str| closed.iter().any(|field| field.key == key);
            let given = given.iter().filter(|(key, _)| !is_closed(key));
            Ok((open, given.map(|(key, value)| (key.clone(), value.clone())).collect()))
        }
    }
}

/// Refuses to clear an amount that the caller does not see; `had`: is there one under the key? One that is written is
/// refused at the door, which does not know a null for what it is.
pub fn keep_amounts(tx: &Tx, fields: &[CustomField], given: &Values, had: impl Fn(&str) -> bool) -> Result<()> {
    let is_cleared = |field: &CustomField| {
        field.kind == CustomKind::Money && given.get(&field.key).is_some_and(Value::is_null) && had(&field.key)
    };
    if fields.iter().any(is_cleared) { tx.caller().must_see_amounts() } else { Ok(()) }
}

/// By the fields alone: pure.
pub fn read(fields: &[CustomField], before: &Values, given: &Values, home: &str, new: bool) -> Result<Filled> {
    let mut refused = Fields::default();
    let mut filled = Filled { values: before.clone(), ..Filled::default() };
    for key in given.keys().filter(|key| !fields.iter().any(|field| field.key == **key)) {
        let sentence = "There is no such field. The fields are listed at /api/v1/custom-fields.";
        refused.refuse(format!("custom.{key}"), "unknown_field", sentence);
    }
    for field in fields {
        let input = match given.get(&field.key) {
            Some(input) => input,
            None if new => &Value::Null,
            None => continue,
        };
        let had = before.get(&field.key);
        match field::take(&mut refused, value::read(field, input, home, had).map(Some)) {
            Some(Some(Kept { value, keys })) => {
                if field.work.is_some() {
                    let sentence = "The values of this field are being rewritten. Try again in a moment.";
                    refused.refuse(field.path(), "field_at_work", sentence);
                } else if had != Some(&value) {
                    filled.values.insert(field.key.clone(), value);
                    filled.changed.push((field.id, keys));
                }
            }
            Some(None) if field.required => refused.refuse(field.path(), "required", "Fill in this field."),
            Some(None) if had.is_some() => {
                filled.values.remove(&field.key);
                filled.changed.push((field.id, Vec::new()));
            }
            Some(None) | None => {}
        }
    }
    refused.finish()?;
    filled.words = words(fields, &filled.values);
    Ok(filled)
}

/// Holds the fields as they were read until the record is written, and asks for the people and records that are named.
async fn settled(
    tx: &mut Tx,
    object: CustomObject,
    fields: &[CustomField],
    given: &Values,
    filled: Filled,
) -> Result<Filled> {
    let used: Vec<&CustomField> = fields.iter().filter(|field| given.contains_key(&field.key)).collect();
    if used.is_empty() {
        return Ok(filled);
    }
    hold(tx, object, &used).await?;
    filled.confirm(tx, fields).await?;
    Ok(filled)
}

/// Nobody changes the kind of these fields, archives or deletes them, before this transaction has ended.
pub async fn hold(tx: &mut Tx, object: CustomObject, fields: &[&CustomField]) -> Result<()> {
    let select = sql!(
        "SELECT version FROM custom_field WHERE tenant_id = {} AND object = {} AND id IN ",
        tx.tenant_id(),
        object
    );
    let select = tx.shared(select.bind_list(fields.iter().map(|field| field.id)).push(" ORDER BY id"));
    let mut now: Vec<i64> = tx.all::<(i64,)>(select).await?.into_iter().map(|(version,)| version).collect();
    let mut read: Vec<i64> = fields.iter().map(|field| field.version).collect();
    now.sort_unstable();
    read.sort_unstable();
    // Somebody changed one of them between reading and holding it.
    if now == read { Ok(()) } else { Err(Error::Stale) }
}

/// Refuses a person or record that is not there, or that the caller does not see.
pub(super) async fn must_exist(tx: &mut Tx, field: &CustomField, id: &str) -> Result<()> {
    let path = field.path();
    match (field.kind, field.target) {
        (CustomKind::Person, _) => member::must_exist(tx, &path, id.parse().ok()).await,
        (CustomKind::Relation, Some(CustomObject::Company)) => company::must_exist(tx, &path, id.parse().ok()).await,
        (CustomKind::Relation, Some(CustomObject::Contact)) => contact::must_exist(tx, &path, id.parse().ok()).await,
        (CustomKind::Relation, Some(CustomObject::Deal)) => deal::must_exist(tx, &path, id.parse().ok()).await,
        (CustomKind::Relation, Some(CustomObject::Lead)) => lead::must_exist(tx, &path, id.parse().ok()).await,
        (CustomKind::Relation, Some(CustomObject::Own(object))) => {
            record::must_exist(tx, &path, object, id.parse().ok()).await
        }
        _ => Ok(()),
    }
}

impl Filled {
    /// Asks for the people and records that new values point at.
    pub async fn confirm(&self, tx: &mut Tx, fields: &[CustomField]) -> Result<()> {
        for field in fields.iter().filter(|f| matches!(f.kind, CustomKind::Person | CustomKind::Relation)) {
            let new = self.changed.iter().any(|(id, keys)| *id == field.id && !keys.is_empty());
            if let (true, Some(id)) = (new, self.values.get(&field.key).and_then(Value::as_str)) {
                must_exist(tx, field, id).await?;
            }
        }
        Ok(())
    }

    /// Writes the rows of what changed; `new`: the record has none yet.
    pub fn write(&self, tx: &mut Tx, record: Uuid, new: bool) {
        let tenant = tx.tenant_id();
        if !new && !self.changed.is_empty() {
            let gone = sql!(
                "DELETE FROM custom_value WHERE tenant_id = {} AND record_id = {} AND field_id IN ",
                tenant,
                record
            );
            tx.defer(gone.bind_list(self.changed.iter().map(|(id, _)| *id)));
        }
        let rows = self.changed.iter().flat_map(|(id, keys)| keys.iter().map(move |key| (*id, record, key.clone())));
        put(tx, rows.collect());
    }

    /// The rows a new record needs, to be written with those of others by [`put`].
    pub fn rows(&self, record: Uuid) -> Vec<Row> {
        let of = |(id, keys): &(CustomFieldId, Vec<String>)| {
            keys.iter().map(|key| (*id, record, key.clone())).collect::<Vec<_>>()
        };
        self.changed.iter().flat_map(of).collect()
    }
}

/// A row of `custom_value`: the field, the record, the key.
pub type Row = (CustomFieldId, Uuid, String);

/// Writes rows, some in each statement.
pub fn put(tx: &mut Tx, rows: Vec<Row>) {
    let tenant = tx.tenant_id();
    let mut rest = rows.as_slice();
    while !rest.is_empty() {
        // Few sizes, so that few statements are kept prepared.
        let (part, later) = rest.split_at([64, 8].into_iter().find(|size| rest.len() >= *size).unwrap_or(1));
        rest = later;
        let mut insert = Sql::new("INSERT INTO custom_value (tenant_id, field_id, record_id, key) VALUES ");
        for (at, (field, record, key)) in part.iter().enumerate() {
            insert = insert.push(if at == 0 { "(" } else { ", (" }).bind(tenant).push(", ").bind(*field);
            insert = insert.push(", ").bind(*record).push(", ").bind(key.as_str()).push(")");
        }
        tx.defer(insert);
    }
}

/// Removes the rows of records that go for good.
pub async fn forget(tx: &mut Tx, records: &[Uuid]) -> Result<()> {
    let gone = sql!(
        "DELETE FROM custom_value WHERE tenant_id = {} AND field_id IN (SELECT id FROM custom_field WHERE tenant_id = {}) AND record_id IN ",
        tx.tenant_id(),
        tx.tenant_id()
    );
    tx.execute(gone.bind_list(records.iter().copied())).await?;
    Ok(())
}

/// The names of the people and records that values point at, by id, as far as the caller may know of them.
pub async fn names<'a>(tx: &mut Tx, values: impl Iterator<Item = &'a Values>) -> Result<BTreeMap<String, String>> {
    use crate::{name, subject::may_read};
    let ids: Vec<&str> =
        values.flat_map(Values::values).filter_map(Value::as_str).filter(|text| text.len() == 36).collect();
    let mut named = BTreeMap::new();
    if ids.is_empty() {
        return Ok(named);
    }
    let readable: Vec<&str> = ids.iter().copied().filter(|id| may_read(tx.caller(), id)).collect();
    let people = name::members(tx, ids.iter().map(|id| id.parse().ok())).await?;
    let companies = name::companies(tx, readable.iter().map(|id| id.parse().ok())).await?;
    let contacts = name::contacts(tx, readable.iter().map(|id| id.parse().ok())).await?;
    let deals = name::deals(tx, readable.iter().map(|id| id.parse().ok())).await?;
    let leads = name::leads(tx, readable.iter().map(|id| id.parse().ok())).await?;
    let records = name::records(tx, readable.iter().map(|id| id.parse().ok())).await?;
    for id in ids {
        let person = id.parse().ok().and_then(|id| people.name(id));
        let company = || id.parse().ok().and_then(|id| companies.name(id));
        let contact = || id.parse().ok().and_then(|id| contacts.name(id));
        let deal = || id.parse().ok().and_then(|id| deals.name(id));
        let lead = || id.parse().ok().and_then(|id| leads.name(id));
        let record = || id.parse().ok().and_then(|id| records.name(id));
        if let Some(name) = person.or_else(company).or_else(contact).or_else(deal).or_else(lead).or_else(record) {
            named.insert(id.to_owned(), name);
        }
    }
    Ok(named)
}
