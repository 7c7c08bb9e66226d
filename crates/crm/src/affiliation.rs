//! An affiliation: a contact who also works with another company than their own, as what, and from when to when.
//!
//! Invariants:
//! - One per contact and company, and none for the company the contact itself names: that one is said there.
//! - A contact is found by the names of all of these companies.
//! - Merging contacts or companies keeps who works where: what would stand twice goes, and undoing brings it back.

mod create;
mod delete;
mod list;
pub(crate) mod merge;
mod routes;
#[cfg(test)]
mod tests;
mod update;
mod view;

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Change, Error, Event, Result};
use serde_json::json;
use store::{Tx, sql};

pub(crate) use routes::routes;

use crate::{
    company::CompanyId,
    contact::{self, Contact, ContactId},
    name,
};

kernel::id!(/// A contact's work with a further company.
    pub AffiliationId, "aff");

store::record! {
    /// An affiliation as stored.
    pub struct Affiliation in affiliation {
        id: AffiliationId,
        version: i64,
        contact_id: ContactId,
        company_id: CompanyId,
        /// As what: the same as a contact's job title.
        job_title: Option<String>,
        /// The first day, where it is known.
        since: Option<NaiveDate>,
        /// The last day; none while it lasts.
        until: Option<NaiveDate>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

/// Further companies of one contact, at most.
const MOST: i64 = 50;

fn in_order(since: Option<NaiveDate>, until: Option<NaiveDate>) -> Result<()> {
    if since.zip(until).is_some_and(|(since, until)| until < since) {
        let sentence = "The last day lies before the first. Change one of them.";
        return Err(Error::invalid("until", "until_before_since", sentence));
    }
    Ok(())
}

/// The names of the further companies of a contact: what the contact is found by, whoever writes it.
pub(crate) async fn company_names(tx: &mut Tx, contact: ContactId) -> Result<Vec<String>> {
    let names = sql!(
        "SELECT company.name FROM affiliation JOIN company ON company.tenant_id = affiliation.tenant_id \
         AND company.id = affiliation.company_id WHERE affiliation.tenant_id = {} AND affiliation.contact_id = {} \
         AND company.deleted_at IS NULL ORDER BY affiliation.id",
        tx.tenant_id(),
        contact
    );
    let mut whole = tx.beyond_reach("the index is everybody's: a person is found by where they work");
    Ok(whole.all::<(String,)>(names).await?.into_iter().map(|(name,)| name).collect())
}

/// Takes away the affiliation with the company that the contact now names as their own; answers it.
pub(crate) async fn give_way(tx: &mut Tx, contact: &Contact) -> Result<Option<Affiliation>> {
    let Some(company) = contact.company_id else { return Ok(None) };
    let query = tx.select::<Affiliation>().and("affiliation.contact_id =", contact.id);
    let Some(own) = tx.optional::<Affiliation>(query.and("affiliation.company_id =", company)).await? else {
        return Ok(None);
    };
    tx.delete::<Affiliation>(own.id).await?;
    tx.audit(Change::new("affiliation.delete", own.id).before(&own)).await?;
    Ok(Some(own))
}

/// What became of an affiliation.
#[derive(Debug, Clone, Copy)]
enum Became {
    Made,
    Changed,
    Ended,
}

impl Became {
    const fn event(self) -> &'static str {
        match self {
            Became::Made => "contact.affiliated",
            Became::Changed => "contact.affiliation_changed",
            Became::Ended => "contact.unaffiliated",
        }
    }
}

/// Told to both; the contact's words for finding are written again.
async fn tell(tx: &mut Tx, became: Became, affiliation: &Affiliation) -> Result<()> {
    let contact: Contact = tx.get(affiliation.contact_id).await?;
    if contact.deleted_at.is_none() {
        contact::index(tx, &contact).await?;
    }
    let company = name::companies(tx, [Some(affiliation.company_id)]).await?.name(affiliation.company_id);
    let data = json!({ "affiliation_id": affiliation.id, "company_id": affiliation.company_id, "company": company });
    tx.emit(Event::new(became.event(), contact.id).related(affiliation.company_id).data(data)).await?;
    Ok(())
}
