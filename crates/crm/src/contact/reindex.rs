//! A contact is found by its company's name too, so a company that is renamed has its people indexed again. Done by a
//! job, a batch at a time: a company may have thousands of people, and whoever renames it does not wait for them.

use jobs::{Context, Verdict};
use kernel::{Result, permissions};
use serde::{Deserialize, Serialize};

use super::{Contact, ContactId, index};
use crate::company::CompanyId;

permissions! {
    /// Rewrite the search words of contacts; held by the product's own workers.
    pub ReindexContacts = "contact.reindex": [];
}

/// People per transaction.
const BATCH: i64 = 200;

/// The people of `company_id`, one after the other.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReindexCompanyContacts {
    pub company_id: CompanyId,
}

impl kernel::Job for ReindexCompanyContacts {
    const KIND: &'static str = "contact.reindex";

    /// Two renames in a row need one pass, which reads the name as it then is.
    fn unique_key(&self) -> Option<String> {
        Some(self.company_id.to_string())
    }
}

/// Can be run again at any time: it writes what the records say.
pub async fn reindex(context: Context, job: ReindexCompanyContacts) -> Result<Verdict> {
    let can = context.can::<ReindexContacts>()?;
    let mut after: Option<ContactId> = None;
    loop {
        let mut tx = context.store.begin(&can).await?;
        let query = tx
            .select::<Contact>()
            .push(" AND contact.id IN (SELECT id FROM contact WHERE tenant_id = ")
            .bind(tx.tenant_id())
            .push(" AND company_id = ")
            .bind(job.company_id)
            .push(" UNION SELECT contact_id FROM affiliation WHERE tenant_id = ")
            .bind(tx.tenant_id())
            .push(" AND company_id = ")
            .bind(job.company_id)
            .push(") AND contact.deleted_at IS NULL")
            .and_if("contact.id >", after)
            .push(" ORDER BY contact.id LIMIT ")
            .bind(BATCH);
        let contacts: Vec<Contact> = tx.all(query).await?;
        for contact in &contacts {
            index(&mut tx, contact).await?;
        }
        tx.commit().await?;
        match contacts.last() {
            Some(last) => after = Some(last.id),
            None => return Ok(Verdict::Done),
        }
    }
}
