//! Which rows are about somebody who is there already, by a few questions for a whole chunk.
//!
//! The rule: the same external id; else the same address, unless both have external ids of their own, which differ; and
//! where a row has neither, the same number under the same name. A number alone is a household's or an office's. Who was merged into somebody is that somebody.

use std::collections::{HashMap, HashSet};

use kernel::Result;
use store::{Sql, Tx};

use crate::contact::Contact;

/// What of the chunk's identifiers is taken.
#[derive(Debug, Default)]
pub struct Known {
    external_ids: HashSet<String>,
    /// Address -> does one of those who have it lack an external id?
    emails: HashMap<String, bool>,
    /// Number -> folded names of those who have it.
    phones: HashMap<String, HashSet<String>>,
}

type Identifiers = (Option<String>, Option<String>, Option<String>, String);

impl Known {
    /// The live contacts who share an identifier with one of these.
    pub async fn load(tx: &mut Tx, contacts: &[&Contact]) -> Result<Known> {
        let mut known = Known::default();
        let of = |pick: fn(&Contact) -> Option<&String>| {
            contacts.iter().filter_map(|c| pick(c).cloned()).collect::<HashSet<String>>()
        };
        let identifiers = [
            ("external_id", of(|c| c.external_id.as_ref())),
            ("email", of(|c| c.email.as_ref())),
            ("phone", of(|c| c.phone.as_ref())),
        ];
        for (column, values) in identifiers {
            if values.is_empty() {
                continue;
            }
            let query = Sql::new(
                "SELECT external_id, email, phone, name_folded FROM contact WHERE (deleted_at IS NULL OR EXISTS (SELECT 1 \
                 FROM contact kept WHERE kept.tenant_id = contact.tenant_id AND kept.id = contact.merged_into \
                 AND kept.deleted_at IS NULL)) AND tenant_id = ",
            )
            .bind(tx.tenant_id());
            let query = tx.and_among(query, column, values);
            for (external_id, email, phone, name) in tx.all::<Identifiers>(query).await? {
                known.note(external_id, email, phone, name);
            }
        }
        Ok(known)
    }

    pub fn has(&self, contact: &Contact) -> bool {
        if contact.external_id.as_ref().is_some_and(|id| self.external_ids.contains(id)) {
            return true;
        }
        match (&contact.external_id, &contact.email, &contact.phone) {
            (own, Some(email), _) => self.emails.get(email).is_some_and(|nameless| *nameless || own.is_none()),
            (None, None, Some(phone)) => self.phones.get(phone).is_some_and(|names| {
                let unnamed = contact.given_name.is_none() && contact.family_name.is_none();
                unnamed || names.contains(&contact.name_folded)
            }),
            _ => false,
        }
    }

    /// Takes a contact in who has just been made: the next rows may be about them too.
    pub fn add(&mut self, contact: &Contact) {
        self.note(
            contact.external_id.clone(),
            contact.email.clone(),
            contact.phone.clone(),
            contact.name_folded.clone(),
        );
    }

    fn note(&mut self, external_id: Option<String>, email: Option<String>, phone: Option<String>, name: String) {
        if let Some(email) = email {
            *self.emails.entry(email).or_default() |= external_id.is_none();
        }
        if let Some(phone) = phone {
            self.phones.entry(phone).or_default().insert(name);
        }
        self.external_ids.extend(external_id);
    }
}
