//! Who a lead may be already: contacts and companies that are likely the same, told before it is converted.

use crm::{
    company::ReadCompanies,
    contact::ReadContacts,
    duplicate::typing::{self, Likely, LikelyCompany, LikelyContact},
};
use kernel::{Permission, Result};
use serde::Serialize;
use store::Tx;
use utoipa::ToSchema;

use super::Lead;

/// Records that are likely the lead's, the likest first; only of kinds that the caller may read.
#[derive(Debug, Serialize, ToSchema)]
pub struct LikelyRecords {
    pub contacts: Vec<Likely>,
    pub companies: Vec<Likely>,
}

pub async fn likely(tx: &mut Tx, lead: &Lead) -> Result<LikelyRecords> {
    let mut found = LikelyRecords { contacts: Vec::new(), companies: Vec::new() };
    if tx.caller().holds(ReadContacts::NAME) {
        let typed = LikelyContact {
            given_name: lead.given_name.clone(),
            family_name: lead.family_name.clone(),
            email: lead.email.clone(),
            phone: lead.phone.clone(),
            ..LikelyContact::default()
        };
        found.contacts = typing::contacts(tx, typed).await?;
    }
    if lead.company_name.is_some() && tx.caller().holds(ReadCompanies::NAME) {
        let typed = LikelyCompany { name: lead.company_name.clone(), ..LikelyCompany::default() };
        found.companies = typing::companies(tx, typed).await?;
    }
    Ok(found)
}
