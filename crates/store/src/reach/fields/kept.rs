//! What a record may be written as by a caller of whose fields something is taken.

use std::borrow::Cow;

use kernel::{FieldRight, FieldRights, Uuid, Value, field_right::field_locked};
use serde_json::{Map, Value as Json};

use super::{CONCEALED, Cell, Fielded, Object};
use crate::{
    Record, Row, Sql, Tx,
    error::{Error, Result},
};

/// What is taken of the fields of one table.
struct Taken {
    fielded: &'static Fielded,
    /// Those of the record, which may be some of the table's.
    columns: &'static [&'static str],
    rights: FieldRights,
}

/// By the name the field has on the wire: an amount is kept in minor units.
fn locked(column: &str) -> Error {
    Error::Refused(Box::new(field_locked(column.trim_end_matches("_minor"))))
}

/// Is it what stands in a column that holds nothing, or is not shown?
fn is_blank(cell: Cell, value: &Value) -> bool {
    match (cell, value) {
        (_, Value::Null | Value::Blind) => true,
        (Cell::List(_), Value::Json(Json::Array(items))) => items.is_empty(),
        (Cell::Map(_), Value::Json(Json::Object(fields))) => fields.values().all(Json::is_null),
        _ => false,
    }
}

fn own(value: &Value) -> Map<String, Json> {
    match value {
        Value::Json(Json::Object(values)) => values.clone(),
        _ => Map::new(),
    }
}

impl Taken {
    fn at(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|other| *other == column)
    }

    /// By what name rights call this record.
    fn object(&self, values: &[Value]) -> Cow<'static, str> {
        match self.fielded.object {
            Object::Is(object) => Cow::Borrowed(object),
            Object::Each { column, prefix } => {
                let id = self.at(column).and_then(|at| values.get(at)).cloned();
                let id = id.and_then(|id| <Uuid as kernel::Column>::from_value(id).ok()).unwrap_or_default();
                Cow::Owned(format!("{prefix}{}", id.simple()))
            }
        }
    }

    /// Refuses a new record that is given what its maker may not give. What a record cannot be without may be given once.
    fn refuse_new(&self, new: &[Value]) -> Result<()> {
        let object = self.object(new);
        for field in self.fielded.fields.iter().filter(|field| field.can_be_hidden()) {
            let given = |cell: &&Cell| self.at(cell.column()).is_some_and(|at| !is_blank(**cell, &new[at]));
            if self.rights.of(&object, field.name).is_some()
                && let Some(cell) = field.cells.iter().find(given)
            {
                return Err(locked(cell.column()));
            }
        }
        let values = self.at("custom").map(|at| own(&new[at])).unwrap_or_default();
        match self.rights.own(&object).find(|(key, _)| values.contains_key(*key)) {
            Some((key, _)) => Err(locked(&format!("custom.{key}"))),
            None => Ok(()),
        }
    }

    /// What is written: the new values, and the old ones where the writer is not shown them.
    fn keep(&self, old: &[Value], mut new: Vec<Value>) -> Result<Vec<Value>> {
        let object = self.object(old);
        let derived = self.fielded.derived.as_ref().map(|derived| derived.columns).unwrap_or_default();
        for field in self.fielded.fields {
            let Some(right) = self.rights.of(&object, field.name) else { continue };
            // What is made of other columns changes with them.
            for cell in field.cells.iter().filter(|cell| !derived.contains(&cell.column())) {
                let Some(at) = self.at(cell.column()) else { continue };
                let unseen = right == FieldRight::Hidden && field.can_be_hidden() && is_blank(*cell, &new[at]);
                if new[at] != old[at] && !unseen {
                    return Err(locked(cell.column()));
                }
                new[at] = old[at].clone();
            }
        }
        let derived: Vec<usize> = derived.iter().filter_map(|column| self.at(column)).collect();
        if derived.iter().any(|at| new[*at] == Value::Text(CONCEALED.to_owned())) {
            for at in derived {
                new[at] = old[at].clone();
            }
        }
        if let Some(at) = self.at("custom") {
            new[at] = Value::Json(Json::Object(self.keep_own(&object, &own(&old[at]), own(&new[at]))?));
        }
        Ok(new)
    }

    fn keep_own(&self, object: &str, old: &Map<String, Json>, mut new: Map<String, Json>) -> Result<Map<String, Json>> {
        for (key, right) in self.rights.own(object) {
            let unseen = right == FieldRight::Hidden && !new.contains_key(key);
            if !unseen && new.get(key) != old.get(key) {
                return Err(locked(&format!("custom.{key}")));
            }
            if let (true, Some(value)) = (unseen, old.get(key)) {
                new.insert(key.to_owned(), value.clone());
            }
        }
        Ok(new)
    }
}

impl Tx {
    fn taken<R: Record>(&self) -> Option<Taken> {
        let rights = &self.caller.reach.narrowed()?.fields;
        let scope = self.store.scopes().iter().find(|scope| scope.table == R::TABLE)?;
        let fielded = scope.fields?;
        fielded.objects(rights).next()?;
        Some(Taken { fielded, columns: R::COLUMNS, rights: rights.clone() })
    }

    /// Refuses new records that are given what the caller may not give.
    pub(crate) fn refuse_taken<R: Record>(&self, records: &[R]) -> Result<()> {
        match self.taken::<R>() {
            Some(taken) => records.iter().try_for_each(|record| taken.refuse_new(&record.values())),
            None => Ok(()),
        }
    }

    /// The record as it is written: with what the caller is not shown as it was. [`Tx::update`] does this by itself; it is
    /// for what is worked out of all fields before. Not to be shown.
    pub async fn as_written<R: Record>(&mut self, record: &R) -> Result<R> {
        let Some(taken) = self.taken::<R>() else { return Ok(record.clone()) };
        let Some(old) = self.whole_row::<R>(record).await? else { return Ok(record.clone()) };
        R::from_row(&mut Row::of(taken.keep(&old.values(), record.values())?))
    }

    async fn whole_row<R: Record>(&mut self, record: &R) -> Result<Option<R>> {
        let Some(id) = record.values().first().cloned() else { return Ok(None) };
        let select = self.select::<R>().push(" AND ").push(R::TABLE).push(".id = ").bind(id);
        self.beyond_reach("what the caller is not shown is written back as it is").optional(select).await
    }

    /// The record with every field, for what is everybody's, such as the words it is found by. Not to be shown.
    pub async fn with_every_field<R: Record>(&mut self, record: &R) -> Result<R> {
        if self.taken::<R>().is_none() {
            return Ok(record.clone());
        }
        Ok(self.whole_row(record).await?.unwrap_or_else(|| record.clone()))
    }

    /// The columns of a record as the caller is shown them, for what is returned by a change.
    pub(crate) fn shown_columns<R: Record>(&self) -> Sql {
        match self.taken::<R>() {
            Some(Taken { fielded, columns, rights }) => {
                fielded.shown(Sql::default(), (R::TABLE, columns), &rights, self.is_postgres())
            }
            None => R::columns(),
        }
    }
}
