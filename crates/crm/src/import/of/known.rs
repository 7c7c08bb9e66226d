//! Which rows are about a record that is there already, by a few questions for a whole chunk.
//!
//! The rule: of what the import recognises rows by, the first that a row gives decides. Of several records that it fits, the
//! eldest is meant where the row is passed over, and none where it would be changed.

use std::collections::{HashMap, HashSet};

use kernel::{Result, Uuid, id::Id};
use store::{Tx, sql};

use super::{Importable, Left, words::Words};
use crate::{
    company::CompanyId,
    field::custom::{CustomField, Values, value},
    import::{Import, MatchBy, reading::Reading},
};

/// A place among what rows are recognised by, and a value of it.
pub type Key = (usize, String);

/// A record that holds such a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    pub id: Uuid,
    pub detail: String,
    /// Did a row further up, or of an earlier chunk, make it?
    pub of_this_file: bool,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    Nothing,
    One(Holder),
    /// The eldest of several.
    Several(Holder),
}

/// By what rows are recognised, each with the field where it is one of the tenant's own.
pub struct By(Vec<(MatchBy, Option<CustomField>)>);

impl By {
    pub fn of(reading: &Reading, import: &Import) -> By {
        let field = |by: &MatchBy| match by {
            MatchBy::Own(key) => reading.own.record.iter().find(|field| field.key == *key).cloned(),
            _ => None,
        };
        // A field that has been archived since recognises nothing.
        let live = import.match_by.0.iter().map(|by| (by.clone(), field(by)));
        By(live.filter(|(by, field)| field.is_some() || !matches!(by, MatchBy::Own(_))).collect())
    }

    fn own(field: &CustomField, values: &Values, home: &str) -> Option<String> {
        let said = values.get(&field.key)?;
        value::read(field, said, home, Some(said)).ok().flatten()?.keys.into_iter().next()
    }

    /// The first that a row gives.
    fn key<R: Importable>(&self, words: &Words, home: &str) -> Option<Key> {
        self.0.iter().enumerate().find_map(|(at, (by, field))| {
            let key = match field {
                Some(field) => Self::own(field, words.custom(), home),
                None => R::key(by, words),
            };
            key.map(|key| (at, key))
        })
    }

    /// All that a record holds.
    pub fn keys<R: Importable>(&self, record: &R) -> Vec<Key> {
        let of = |(at, (by, field)): (usize, &(MatchBy, Option<CustomField>))| {
            let key = match field {
                Some(field) => Self::own(field, record.values_of_own(), ""),
                None => record.key_of(by),
            };
            key.map(|key| (at, key))
        };
        self.0.iter().enumerate().filter_map(of).collect()
    }
}

/// What of the chunk's values is taken, and by which records; the eldest first.
pub struct Known {
    pub by: By,
    held: HashMap<Key, Vec<Holder>>,
}

impl Known {
    /// The live records that share a value with one of these rows.
    pub async fn load<R: Importable>(
        tx: &mut Tx,
        reading: &Reading,
        import: &Import,
        rows: &[&Words],
        left: Option<&Left>,
    ) -> Result<Known> {
        let mut whole = tx.beyond_reach("nothing is made twice because the one who imports does not see it");
        let by = By::of(reading, import);
        let wanted: HashSet<Key> = rows.iter().filter_map(|words| by.key::<R>(words, &reading.country)).collect();
        let mut known = Known { held: HashMap::new(), by };
        for at in 0..known.by.0.len() {
            let values: HashSet<String> =
                wanted.iter().filter(|(place, _)| *place == at).map(|(_, value)| value.clone()).collect();
            if values.is_empty() {
                continue;
            }
            let mut found: Vec<R> = holders(&mut whole, &reading.of, &known.by.0[at], values).await?;
            found.retain(|record| left.is_none_or(|left| !left.has_changed(record.id())));
            let made = made(&mut whole, import, R::NOUN, &found).await?;
            for record in found {
                let holder =
                    Holder { id: record.id(), detail: record.detail(), of_this_file: made.contains(&record.id()) };
                known.hold(known.by.keys(&record).into_iter().filter(|(place, _)| *place == at).collect(), &holder);
            }
        }
        for key in wanted {
            let left = left.map(|left| left.holders(&key).to_vec()).unwrap_or_default();
            known.held.entry(key).or_default().extend(left);
        }
        known.held.values_mut().for_each(|held| held.sort_by_key(|holder| holder.id));
        Ok(known)
    }

    /// What the row is about. `company` is the one that it names, where there is one already.
    pub fn find<R: Importable>(&self, words: &Words, home: &str, company: Option<CompanyId>) -> Found {
        let Some(key) = self.by.key::<R>(words, home) else { return Found::Nothing };
        let by = &self.by.0[key.0].0;
        let held = self.held.get(&key).into_iter().flatten();
        let mut fits = held.filter(|holder| R::meets(by, words, company, &holder.detail));
        match (fits.next(), fits.next()) {
            (None, _) => Found::Nothing,
            (Some(one), None) => Found::One(one.clone()),
            (Some(eldest), Some(_)) => Found::Several(eldest.clone()),
        }
    }

    pub fn hold(&mut self, keys: Vec<Key>, holder: &Holder) {
        for key in keys {
            self.held.entry(key).or_default().push(holder.clone());
        }
    }

    /// The record has these now, instead of what it had.
    pub fn move_to(&mut self, had: &[Key], has: Vec<Key>, holder: &Holder) {
        for key in had {
            if let Some(held) = self.held.get_mut(key) {
                held.retain(|one| one.id != holder.id);
            }
        }
        self.hold(has, holder);
    }
}

/// Who holds one of the values.
async fn holders<R: Importable>(
    tx: &mut Tx,
    of: &str,
    (by, field): &(MatchBy, Option<CustomField>),
    values: HashSet<String>,
) -> Result<Vec<R>> {
    let live = R::visible(tx, of)?.push(" AND ").push(R::TABLE).push(".deleted_at IS NULL");
    let Some(field) = field else {
        let query = tx.and_among(live, R::column(by), values);
        return Ok(tx.all(query).await?);
    };
    let having = sql!(
        "SELECT record_id FROM custom_value WHERE tenant_id = {} AND field_id = {}",
        tx.tenant_id(),
        field.id.uuid()
    );
    let having = tx.and_among(having, "key", values);
    let ids: Vec<Uuid> = tx.all::<(Uuid,)>(having).await?.into_iter().map(|(id,)| id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(tx.all(live.push(" AND ").push(R::ID).push(" IN ").bind_list(ids)).await?)
}

/// Those of them that this import made.
async fn made<R: Importable>(tx: &mut Tx, import: &Import, noun: &'static str, records: &[R]) -> Result<HashSet<Uuid>> {
    if records.is_empty() || import.created == 0 {
        return Ok(HashSet::new());
    }
    let query = sql!(
        "SELECT record_id FROM import_made WHERE tenant_id = {} AND import_id = {} AND noun = {} AND record_id IN ",
        tx.tenant_id(),
        import.id,
        noun
    );
    let query = query.bind_list(records.iter().map(|record| record.id()));
    Ok(tx.all::<(Uuid,)>(query).await?.into_iter().map(|(id,)| id).collect())
}
