//! What the rows of a trial would have left of records that are taken by verbs.

use std::collections::HashMap;

use kernel::{Result, Uuid, Value};
use store::Record;

use super::known::{Holder, Key};
use crate::{
    import::company::Index,
    merge::fields::{changed, with},
};

#[derive(Default)]
pub struct Left {
    /// Who holds what rows are recognised by: those that were made or changed.
    held: HashMap<Key, Vec<Holder>>,
    /// Of those that were there, the fields that were changed.
    changed: HashMap<Uuid, Vec<(String, Value)>>,
    made: usize,
    pub(super) companies: Index,
}

impl Left {
    /// How many records it holds.
    pub fn records(&self) -> usize {
        self.made + self.changed.len()
    }

    pub(super) fn has_changed(&self, id: Uuid) -> bool {
        self.changed.contains_key(&id)
    }

    pub(super) fn holders(&self, key: &Key) -> &[Holder] {
        self.held.get(key).map(Vec::as_slice).unwrap_or_default()
    }

    /// A record as the rows before would have left it.
    pub(super) fn as_left<R: Record>(&self, id: Uuid, record: R) -> Result<R> {
        match self.changed.get(&id) {
            Some(fields) => with(&record, fields),
            None => Ok(record),
        }
    }

    pub(super) fn make(&mut self, keys: Vec<Key>, holder: &Holder) {
        self.made += 1;
        self.hold(keys, holder);
    }

    /// `had` and `has` are what rows recognised it by before, and do now.
    pub(super) fn change<R: Record>(
        &mut self,
        (before, after): (&R, &R),
        (had, has): (&[Key], Vec<Key>),
        holder: &Holder,
    ) {
        for key in had {
            if let Some(held) = self.held.get_mut(key) {
                held.retain(|one| one.id != holder.id);
            }
        }
        let fields = self.changed.entry(holder.id).or_default();
        for (name, _, value) in changed(before, after) {
            match fields.iter_mut().find(|(held, _)| held == name) {
                Some((_, held)) => *held = value,
                None => fields.push((name.to_owned(), value)),
            }
        }
        self.hold(has, holder);
    }

    fn hold(&mut self, keys: Vec<Key>, holder: &Holder) {
        for key in keys {
            self.held.entry(key).or_default().push(holder.clone());
        }
    }
}
