//! What the rows of a trial would have left in the database, for the rows behind them: who was made, what was changed.
//!
//! It is kept in memory, some hundred bytes a row that makes or changes somebody, and nowhere else: a trial that is
//! interrupted begins anew.

use std::{
    collections::{HashMap, HashSet},
    hash::{BuildHasher, RandomState},
};

use kernel::{Result, Value};

use super::{duplicate::Identifiers, judge::Writing};
use crate::{
    contact::{Contact, ContactId},
    import::{MatchBy, company::Index},
    merge::fields::{changed, with},
};

#[derive(Default)]
pub struct Carried {
    /// Who was made or changed, as rows recognise them.
    people: Vec<Identifiers>,
    /// Places of those who have an identifier.
    places: HashMap<u64, Vec<u32>>,
    hasher: RandomState,
    /// Of those who were there: their place, and the fields that were changed.
    changed: HashMap<ContactId, (u32, Vec<(String, Value)>)>,
    companies: Index,
}

impl Carried {
    /// Companies that would have been made.
    pub fn companies(&self) -> &Index {
        &self.companies
    }

    /// How many people it holds.
    pub fn people(&self) -> usize {
        self.people.len()
    }

    /// Is what the database says of that contact no longer so?
    pub fn has_changed(&self, id: ContactId) -> bool {
        self.changed.contains_key(&id)
    }

    /// The contact as the rows before would have left it.
    pub fn changed(&self, contact: Contact) -> Result<Contact> {
        match self.changed.get(&contact.id) {
            Some((_, fields)) => with(&contact, fields),
            None => Ok(contact),
        }
    }

    /// Who has one of the values.
    pub fn holders(&self, by: &MatchBy, values: &HashSet<String>) -> Vec<Identifiers> {
        let mut found = HashSet::new();
        let mut holders = Vec::new();
        for value in values {
            for place in self.places.get(&self.key(by, value)).into_iter().flatten() {
                let person = &self.people[*place as usize];
                if identifier(person, by) == Some(value) && found.insert(*place) {
                    holders.push(person.clone());
                }
            }
        }
        holders
    }

    /// Takes in what a chunk would have written.
    pub fn take(&mut self, plan: &Writing) {
        plan.companies.carry(&mut self.companies);
        for contact in &plan.contacts {
            self.put(identifiers(contact), None);
        }
        for one in &plan.overwrites {
            let id = one.after.id;
            let (place, mut fields) =
                self.changed.remove(&id).map_or((None, Vec::new()), |(at, held)| (Some(at), held));
            for (name, _, value) in changed(&one.before, &one.after) {
                match fields.iter_mut().find(|(held, _)| held == name) {
                    Some((_, held)) => *held = value,
                    None => fields.push((name.to_owned(), value)),
                }
            }
            let place = self.put(identifiers(&one.after), place);
            self.changed.insert(id, (place, fields));
        }
    }

    fn put(&mut self, person: Identifiers, place: Option<u32>) -> u32 {
        let place = place.unwrap_or_else(|| u32::try_from(self.people.len()).unwrap_or(u32::MAX));
        for by in super::MATCHED {
            if let Some(value) = identifier(&person, &by) {
                let places = self.places.entry(self.key(&by, value)).or_default();
                if !places.contains(&place) {
                    places.push(place);
                }
            }
        }
        match self.people.get_mut(place as usize) {
            Some(held) => *held = person,
            None => self.people.push(person),
        }
        place
    }

    fn key(&self, by: &MatchBy, value: &str) -> u64 {
        self.hasher.hash_one((by, value))
    }
}

fn identifier<'p>(person: &'p Identifiers, by: &MatchBy) -> Option<&'p String> {
    match by {
        MatchBy::ExternalId => person.0.as_ref(),
        MatchBy::Email => person.1.as_ref(),
        MatchBy::Phone => person.2.as_ref(),
        MatchBy::Name | MatchBy::Own(_) => None,
    }
}

fn identifiers(contact: &Contact) -> Identifiers {
    let (external_id, email, phone) = (contact.external_id.clone(), contact.email.clone(), contact.phone.clone());
    let name = contact.name_folded.clone();
    (external_id, email, phone, name, contact.id, contact.merged_into, contact.source.clone())
}
