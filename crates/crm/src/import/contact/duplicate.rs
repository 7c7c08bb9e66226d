//! Which rows are about somebody who is there already, by a few questions for a whole chunk.
//!
//! The rule: the same external id; else the same address, unless both have external ids of their own, which differ; and
//! where a row has neither, the same number under the same name. A number alone
//! is a household's or an office's. Who was merged into somebody is that somebody. An import may leave one of the three out.

use std::collections::{HashMap, HashSet};

use kernel::Result;
use store::{Sql, Tx};

use super::carried::Carried;
use crate::{
    contact::{Contact, ContactId},
    import::{Import, MatchBy},
};

/// Somebody who is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct There {
    pub id: ContactId,
    /// Did a row further up, or of an earlier chunk, make them?
    pub of_this_file: bool,
}

/// What of the chunk's identifiers is taken, and by whom; the eldest first.
#[derive(Debug)]
pub struct Known {
    match_by: Vec<MatchBy>,
    source: String,
    external_ids: HashMap<String, There>,
    /// Address -> who has it, and whether they lack an external id.
    emails: HashMap<String, Vec<(There, bool)>>,
    /// Number -> who has it under which folded name.
    phones: HashMap<String, Vec<(There, String)>>,
}

/// External id, address, number, folded name, whose they are, into whom they were merged, where they came from.
pub type Identifiers = (Option<String>, Option<String>, Option<String>, String, ContactId, Option<ContactId>, String);

/// Who has one of the values. In no order: asked for the order of ids, the embedded database walks all contacts in it
/// rather than look the values up.
pub fn holders(tx: &Tx, column: &'static str, values: HashSet<String>) -> Sql {
    let query = Sql::new(
        "SELECT external_id, email, phone, name_folded, id, merged_into, source FROM contact \
         WHERE (deleted_at IS NULL OR EXISTS (SELECT 1 FROM contact kept WHERE kept.tenant_id = contact.tenant_id \
         AND kept.id = contact.merged_into AND kept.deleted_at IS NULL)) AND tenant_id = ",
    )
    .bind(tx.tenant_id());
    tx.and_among(query, column, values)
}

impl Known {
    /// The live contacts who share an identifier with one of these.
    pub async fn load(tx: &mut Tx, import: &Import, contacts: &[&Contact], carried: Option<&Carried>) -> Result<Known> {
        let mut tx = tx.beyond_reach("nobody is made twice because the one who imports does not see them");
        let mut known = Known {
            match_by: import.match_by.0.clone(),
            source: import.source(),
            external_ids: HashMap::new(),
            emails: HashMap::new(),
            phones: HashMap::new(),
        };
        let of = |pick: fn(&Contact) -> Option<&String>| {
            contacts.iter().filter_map(|c| pick(c).cloned()).collect::<HashSet<String>>()
        };
        let identifiers = [
            (MatchBy::ExternalId, "external_id", of(|c| c.external_id.as_ref())),
            (MatchBy::Email, "email", of(|c| c.email.as_ref())),
            (MatchBy::Phone, "phone", of(|c| c.phone.as_ref())),
        ];
        for (by, column, values) in identifiers {
            if values.is_empty() || !known.match_by.contains(&by) {
                continue;
            }
            let mut found: Vec<Identifiers> = {
                let holders = holders(&tx, column, values.clone());
                tx.all(holders).await?
            };
            if let Some(carried) = carried {
                found.retain(|holder| !carried.has_changed(holder.4));
                found.extend(carried.holders(&by, &values));
            }
            found.sort_by_key(|holder| holder.4);
            for (external_id, email, phone, name, id, merged_into, source) in found {
                let there = There { id: merged_into.unwrap_or(id), of_this_file: source == known.source };
                known.note(there, external_id, email, phone, name);
            }
        }
        Ok(known)
    }

    /// Whom the row is about, if they are there.
    pub fn find(&self, contact: &Contact) -> Option<There> {
        let by = |by: MatchBy| self.match_by.contains(&by);
        let own = contact.external_id.as_ref().filter(|_| by(MatchBy::ExternalId));
        if let Some(there) = own.and_then(|id| self.external_ids.get(id)) {
            return Some(*there);
        }
        let email = contact.email.as_ref().filter(|_| by(MatchBy::Email));
        let phone = contact.phone.as_ref().filter(|_| by(MatchBy::Phone));
        match (own, email, phone) {
            (own, Some(email), _) => {
                let holders = self.emails.get(email)?;
                holders.iter().find(|(_, nameless)| *nameless || own.is_none()).map(|(there, _)| *there)
            }
            (None, None, Some(phone)) => {
                let unnamed = contact.given_name.is_none() && contact.family_name.is_none();
                let holders = self.phones.get(phone)?;
                holders.iter().find(|(_, name)| unnamed || *name == contact.name_folded).map(|(there, _)| *there)
            }
            _ => None,
        }
    }

    /// Takes a contact in who has just been made: the next rows may be about them too.
    pub fn add(&mut self, contact: &Contact) {
        self.note(
            There { id: contact.id, of_this_file: true },
            contact.external_id.clone(),
            contact.email.clone(),
            contact.phone.clone(),
            contact.name_folded.clone(),
        );
    }

    fn note(
        &mut self,
        there: There,
        external_id: Option<String>,
        email: Option<String>,
        phone: Option<String>,
        name: String,
    ) {
        if let Some(email) = email {
            self.emails.entry(email).or_default().push((there, external_id.is_none()));
        }
        if let Some(phone) = phone {
            self.phones.entry(phone).or_default().push((there, name));
        }
        if let Some(id) = external_id {
            self.external_ids.entry(id).or_insert(there);
        }
    }
}
