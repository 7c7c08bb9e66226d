//! Whom a document names, as things stand now.
//!
//! Invariant: a document carries what it must whoever writes it: fields that its writer's role does not show among them.

use crm::{
    company::{Company, CompanyId},
    contact::{Contact, ContactId},
};
use kernel::Result;
use store::Tx;

use crate::document::PartySnapshot;

/// The customer of a document, and the person it goes to.
pub(crate) async fn customer(
    tx: &mut Tx,
    company: Option<CompanyId>,
    contact: Option<ContactId>,
) -> Result<(PartySnapshot, Option<Contact>)> {
    let mut tx = tx.beyond_fields("a document names its customer in full, and is seen by who may read documents");
    let company: Option<Company> = match company {
        Some(id) => tx.find(id).await?,
        None => None,
    };
    let contact: Option<Contact> = match contact {
        Some(id) => tx.find(id).await?,
        None => None,
    };
    Ok((PartySnapshot::of(company.as_ref(), contact.as_ref()), contact))
}
