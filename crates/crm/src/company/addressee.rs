//! Whom at a company one writes to: its primary contact, and the one who gets its bills.
//!
//! Invariant: a chosen contact counts while they are there and work for the company, as their own or as a further one. It
//! stays chosen meanwhile, so that bringing a deleted contact back brings this back too.

use std::collections::{HashMap, HashSet};

use kernel::{Error, Result};
use store::{Tx, sql};

use super::{Company, CompanyId};
use crate::contact::{self, ContactId};

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Offer,
    Bill,
}

/// The chosen contacts that count, with their names.
#[derive(Debug, Default)]
pub(crate) struct Chosen(HashMap<(CompanyId, ContactId), String>);

impl Chosen {
    pub fn name(&self, company: CompanyId, contact: Option<ContactId>) -> Option<(ContactId, String)> {
        let contact = contact?;
        self.0.get(&(company, contact)).map(|name| (contact, name.clone()))
    }
}

/// Which of the contacts chosen by these companies count.
pub(crate) async fn chosen(tx: &mut Tx, companies: impl Iterator<Item = &Company>) -> Result<Chosen> {
    let pairs: HashSet<(CompanyId, ContactId)> = companies
        .flat_map(|company| {
            [company.primary_contact_id, company.billing_contact_id].map(|one| Some((company.id, one?)))
        })
        .flatten()
        .collect();
    counting(tx, pairs).await
}

async fn counting(tx: &mut Tx, pairs: HashSet<(CompanyId, ContactId)>) -> Result<Chosen> {
    if pairs.is_empty() {
        return Ok(Chosen::default());
    }
    let ids: HashSet<ContactId> = pairs.iter().map(|(_, contact)| *contact).collect();
    let people = sql!(
        "SELECT id, display_name, company_id FROM contact WHERE tenant_id = {} AND deleted_at IS NULL AND id IN ",
        tx.tenant_id()
    );
    let people: Vec<(ContactId, String, Option<CompanyId>)> = tx.all(people.bind_list(ids.iter().copied())).await?;
    let further = sql!(
        "SELECT company_id, contact_id FROM affiliation WHERE tenant_id = {} AND (until IS NULL OR until >= {}) AND contact_id IN ",
        tx.tenant_id(),
        tx.now().date_naive()
    );
    let further: HashSet<(CompanyId, ContactId)> = tx.all(further.bind_list(ids)).await?.into_iter().collect();
    let people: HashMap<ContactId, (String, Option<CompanyId>)> =
        people.into_iter().map(|(id, name, own)| (id, (name, own))).collect();
    let counts = pairs.into_iter().filter_map(|(company, contact)| {
        let (name, own) = people.get(&contact)?;
        let works = *own == Some(company) || further.contains(&(company, contact));
        works.then(|| ((company, contact), name.clone()))
    });
    Ok(Chosen(counts.collect()))
}

/// Refuses somebody who does not work for the company.
pub(crate) async fn check(tx: &mut Tx, field: &str, company: CompanyId, contact: ContactId) -> Result<()> {
    contact::must_exist(tx, field, Some(contact)).await?;
    if counting(tx, HashSet::from([(company, contact)])).await?.0.is_empty() {
        let sentence = "This contact does not work for the company. Choose one of its people.";
        return Err(Error::invalid(field, "contact_elsewhere", sentence));
    }
    Ok(())
}

/// Whom an offer to the company, or a bill for it, is addressed to unless somebody is named.
pub async fn of(tx: &mut Tx, company: CompanyId, purpose: Purpose) -> Result<Option<ContactId>> {
    let (primary, billing) = both(tx, company).await?;
    Ok(billing.filter(|_| purpose == Purpose::Bill).or(primary))
}

/// Who was chosen to get the bills of the company.
pub async fn biller(tx: &mut Tx, company: CompanyId) -> Result<Option<ContactId>> {
    Ok(both(tx, company).await?.1)
}

/// The primary and the billing contact, as far as they count.
async fn both(tx: &mut Tx, company: CompanyId) -> Result<(Option<ContactId>, Option<ContactId>)> {
    let mut whole = tx.beyond_fields("whom a document goes to was chosen, whoever writes it");
    let Some(company) = whole.find::<Company>(company).await? else { return Ok((None, None)) };
    drop(whole);
    let chosen = chosen(tx, std::iter::once(&company)).await?;
    let counts = |contact| chosen.name(company.id, contact).map(|(id, _)| id);
    Ok((counts(company.primary_contact_id), counts(company.billing_contact_id)))
}
