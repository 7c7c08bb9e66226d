//! What a merge makes of affiliations: what would stand twice goes before the rest moves, a company that the one contact
//! which is left does not name as their own is written down as a further one, and undoing reverses both.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Result, Uuid, id::Id};
use serde::{Deserialize, Serialize};
use store::{Tx, sql};

use super::{Affiliation, AffiliationId};
use crate::{
    company::CompanyId,
    contact::{Contact, ContactId},
};

/// What a merge did to affiliations, besides moving them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    gone: Vec<Gone>,
    made: Vec<Uuid>,
}

impl Settled {
    /// With one more that went.
    pub(crate) fn and_gone(mut self, gone: Option<Affiliation>) -> Settled {
        self.gone.extend(gone.map(Gone::from));
        self
    }
}

/// An affiliation that went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Gone {
    id: Uuid,
    contact_id: Uuid,
    company_id: Uuid,
    job_title: Option<String>,
    since: Option<NaiveDate>,
    until: Option<NaiveDate>,
    created_at: DateTime<Utc>,
}

impl From<Affiliation> for Gone {
    fn from(one: Affiliation) -> Self {
        Gone {
            id: one.id.uuid(),
            contact_id: one.contact_id.uuid(),
            company_id: one.company_id.uuid(),
            job_title: one.job_title,
            since: one.since,
            until: one.until,
            created_at: one.created_at,
        }
    }
}

/// Of two contacts, given both as they were and the one that is left.
pub(crate) async fn contacts(tx: &mut Tx, survivor: &Contact, loser: &Contact, left: &Contact) -> Result<Settled> {
    let mut known: HashSet<CompanyId> = left.company_id.into_iter().collect();
    let mut gone = Vec::new();
    for contact in [survivor, loser] {
        let select = tx.select::<Affiliation>().and("affiliation.contact_id =", contact.id);
        for one in tx.all::<Affiliation>(select.push(" ORDER BY affiliation.id")).await? {
            if !known.insert(one.company_id) {
                gone.push(one);
            }
        }
    }
    remove(tx, &gone).await?;
    let mut made = Vec::new();
    for was in [survivor, loser] {
        let Some(company_id) = was.company_id.filter(|company| known.insert(*company)) else { continue };
        let further = Affiliation {
            id: AffiliationId::new(),
            version: 1,
            contact_id: survivor.id,
            company_id,
            job_title: was.job_title.clone(),
            since: None,
            until: None,
            created_at: tx.now(),
            updated_at: tx.now(),
        };
        tx.insert(&further).await?;
        made.push(further.id.uuid());
    }
    Ok(Settled { gone: gone.into_iter().map(Gone::from).collect(), made })
}

/// Of two companies: of who works for both, or for one of them anyhow, one is enough.
pub(crate) async fn companies(tx: &mut Tx, survivor: CompanyId, loser: CompanyId) -> Result<Settled> {
    let tenant = tx.tenant_id();
    let own = tx.select::<Affiliation>().push(" AND affiliation.company_id IN ").bind_list([survivor, loser]);
    let own = own.push(" AND affiliation.contact_id IN (SELECT id FROM contact WHERE tenant_id = ").bind(tenant);
    let own = own.push(" AND company_id IN ").bind_list([survivor, loser]).push(")");
    let twice = tx.select::<Affiliation>().and("affiliation.company_id =", loser);
    let twice = twice.push(" AND affiliation.contact_id IN (SELECT contact_id FROM affiliation WHERE tenant_id = ");
    let twice = twice.bind(tenant).push(" AND company_id = ").bind(survivor).push(")");
    let mut gone: Vec<Affiliation> = tx.all(own).await?;
    let known: HashSet<AffiliationId> = gone.iter().map(|one| one.id).collect();
    gone.extend(tx.all::<Affiliation>(twice).await?.into_iter().filter(|one| !known.contains(&one.id)));
    remove(tx, &gone).await?;
    Ok(Settled { gone: gone.into_iter().map(Gone::from).collect(), made: Vec::new() })
}

async fn remove(tx: &mut Tx, gone: &[Affiliation]) -> Result<()> {
    for part in gone.chunks(200) {
        let delete = sql!("DELETE FROM affiliation WHERE tenant_id = {} AND id IN ", tx.tenant_id());
        tx.execute(delete.bind_list(part.iter().map(|one| one.id))).await?;
    }
    Ok(())
}

/// Reverses it, once everything that moved has gone back. What was written down anew meanwhile stays as it is.
pub(crate) async fn undo(tx: &mut Tx, settled: &Settled) -> Result<()> {
    for id in &settled.made {
        tx.delete::<Affiliation>(AffiliationId::from_uuid(*id)).await?;
    }
    for one in &settled.gone {
        let (contact_id, company_id) = (ContactId::from_uuid(one.contact_id), CompanyId::from_uuid(one.company_id));
        let there = tx.select::<Affiliation>().and("affiliation.contact_id =", contact_id);
        let there = tx.optional::<Affiliation>(there.and("affiliation.company_id =", company_id)).await?;
        let contact: Option<Contact> = tx.find(contact_id).await?;
        if there.is_some() || contact.is_none_or(|contact| contact.company_id == Some(company_id)) {
            continue;
        }
        let back = Affiliation {
            id: AffiliationId::from_uuid(one.id),
            version: 1,
            contact_id,
            company_id,
            job_title: one.job_title.clone(),
            since: one.since,
            until: one.until,
            created_at: one.created_at,
            updated_at: tx.now(),
        };
        tx.insert(&back).await?;
    }
    Ok(())
}
