//! What the caller is not shown, in what was written down of a record: the changes of the audit trail, and the words the
//! search finds it by.

use std::collections::HashMap;

use kernel::{FieldRight, FieldRights, Uuid};
use serde_json::{Map, Value};

use super::{
    Scope,
    fields::{Field, Fielded, Object},
};
use crate::{
    Sql, Tx,
    error::Result,
    search::{Hit, fold},
};

impl Tx {
    /// Takes out of the changes to a record (`{"field": [before, after]}`) what the caller is not shown of such records.
    /// Where a table has records of several objects, what is hidden of one is taken out of all.
    pub fn conceal_changes(&self, subject: &str, changes: &mut Value) {
        let Some(narrowed) = self.caller.reach.narrowed() else { return };
        let scope = self.store.scopes().iter().find(|scope| {
            !scope.prefix.is_empty() && subject.strip_prefix(scope.prefix).is_some_and(|id| id.starts_with('_'))
        });
        if let (Some(scope), Value::Object(changes)) = (scope, changes) {
            conceal(scope, &narrowed.fields, changes);
        }
    }

    /// Is this column of the table not shown to the caller?
    pub fn hides(&self, table: &str, column: &str) -> bool {
        let Some(narrowed) = self.caller.reach.narrowed() else { return false };
        let fielded = self.store.scopes().iter().find(|scope| scope.table == table).and_then(|scope| scope.fields);
        fielded.is_some_and(|fielded| fielded.hidden(&narrowed.fields).any(|field| field.is_in(column)))
    }

    /// May the caller not give this column, or field of the tenant's own (`custom.` and its key), to a new record of the
    /// object?
    pub fn may_not_give(&self, object: &str, column: &str) -> bool {
        let Some(narrowed) = self.caller.reach.narrowed() else { return false };
        let field = self.fields_of(object).iter().find(|field| field.is_in(column) && field.can_be_hidden());
        narrowed.fields.of(object, field.map_or(column, |field| field.name)).is_some_and(|_| {
            // One that is always shown is given once by who may not change it.
            field.is_some() || column.starts_with("custom.")
        })
    }

    /// The fields that rights can name of an object: `contact`, or the id of a custom object.
    pub fn fields_of(&self, object: &str) -> &'static [Field] {
        let all = self.store.scopes().iter().filter_map(|scope| scope.fields);
        let named = |fielded: &&'static Fielded| match fielded.object {
            Object::Is(name) => name == object,
            Object::Each { prefix, .. } => object.starts_with(prefix),
        };
        all.into_iter().find(named).map_or(&[], |fielded| fielded.fields)
    }

    /// Is some field not shown to the caller? Then some of what the search finds is taken out by [`Tx::shown_hits`].
    pub(crate) fn hides_fields(&self) -> bool {
        self.caller.reach.narrowed().is_some_and(|narrowed| !narrowed.fields.is_empty())
    }

    /// Those found by their names alone, where a field of such records is not shown: what is hidden would be guessed by
    /// looking for it. They are called what the caller may call them, and have no second line.
    pub(crate) async fn shown_hits(&mut self, text: &str, hits: Vec<Hit>) -> Result<Vec<Hit>> {
        let words = fold(text);
        let names = self.shown_names(&hits).await?;
        let mut shown = Vec::with_capacity(hits.len());
        for mut hit in hits {
            if self.concealing(&hit).is_some() {
                hit.subtitle.clear();
                if let Some(name) = names.get(&hit.record) {
                    hit.title.clone_from(name);
                }
                let title = fold(&hit.title);
                if !words.iter().all(|word| title.iter().any(|one| one.starts_with(word.as_str()))) {
                    continue;
                }
            }
            shown.push(hit);
        }
        Ok(shown)
    }

    /// The scope of a found record, where something of such records is not shown.
    fn concealing(&self, hit: &Hit) -> Option<&'static Scope> {
        let rights = &self.caller.reach.narrowed()?.fields;
        let prefix = hit.record.split_once('_')?.0;
        let mut scopes = self.store.scopes().iter();
        scopes.find(|scope| scope.prefix == prefix && super::fields::conceals(scope, rights))
    }

    /// What the found records are called, where that may be made of what is not shown.
    async fn shown_names(&mut self, hits: &[Hit]) -> Result<HashMap<String, String>> {
        let mut names = HashMap::new();
        for scope in self.store.scopes() {
            let Some(derived) = scope.fields.and_then(|fielded| fielded.derived.as_ref()) else { continue };
            let of = |hit: &Hit| self.concealing(hit).is_some_and(|other| other.table == scope.table);
            let id = |hit: &Hit| Uuid::try_parse(hit.record.split_once('_')?.1).ok();
            let ids: Vec<Uuid> = hits.iter().filter(|hit| of(hit)).filter_map(id).collect();
            if ids.is_empty() {
                continue;
            }
            let query = Sql::new("SELECT id, ").push(derived.columns[0]).push(" FROM ").push(scope.table);
            let query = query.push(" WHERE tenant_id = ").bind(self.tenant_id()).push(" AND id IN ").bind_list(ids);
            let found: Vec<(Uuid, String)> = self.all(query).await?;
            names.extend(found.into_iter().map(|(id, name)| (format!("{}_{}", scope.prefix, id.simple()), name)));
        }
        Ok(names)
    }
}

fn conceal(scope: &Scope, rights: &FieldRights, changes: &mut Map<String, Value>) {
    let Some(fielded) = scope.fields else { return };
    for column in fielded.hidden_columns(rights) {
        if let Some(change) = changes.get_mut(column) {
            *change = Value::Null;
        }
    }
    let objects: Vec<&str> = match fielded.object {
        Object::Is(object) => vec![object],
        Object::Each { prefix, .. } => {
            rights.objects().map(|(object, _)| object).filter(|object| object.starts_with(prefix)).collect()
        }
    };
    let hidden: Vec<&str> = objects
        .into_iter()
        .flat_map(|object| rights.own(object))
        .filter_map(|(key, right)| (right == FieldRight::Hidden).then_some(key))
        .collect();
    let Some(Value::Array(sides)) = changes.get_mut("custom") else { return };
    for side in sides.iter_mut().filter_map(Value::as_object_mut) {
        side.retain(|key, _| !hidden.contains(&key.as_str()));
    }
}
