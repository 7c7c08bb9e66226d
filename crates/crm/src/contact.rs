//! A contact: one per person, whatever companies they work for.

mod bulk;
pub mod consent;
pub mod create;
pub mod delete;
pub mod duplicates;
pub mod list;
pub(crate) mod reindex;
pub(crate) mod routes;
#[cfg(test)]
mod tests;
pub mod update;
pub mod view;

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Event, Json, Language, MemberId, Result, Uuid, id::Id, permissions};
use store::{Tx, search::Document, sql};

use crate::{
    affiliation,
    company::CompanyId,
    field::{
        self,
        custom::{self, CustomObject, Customized},
    },
};

kernel::id!(/// A person.
    pub ContactId, "con");

permissions! {
    /// See contacts.
    pub ReadContacts = "contact.read": [Administrator, Sales, Billing, Marketing, Support, ReadOnly];
    /// Make and change contacts.
    pub EditContacts = "contact.edit": [Administrator, Sales, Billing, Marketing, Support];
    /// Merge two contacts into one, and undo it.
    pub MergeContacts = "contact.merge": [Administrator, Sales];
    /// Delete contacts and bring them back.
    pub DeleteContacts = "contact.delete": [Administrator, Sales];
    /// Bring in files, with the right to make what is in them, and take an import back.
    pub ImportContacts = "contact.import": [Administrator, Sales, Marketing];
    /// Take the list of contacts along as a file.
    pub ExportContacts = "contact.export": [Administrator];
}

store::record! {
    /// A person as stored.
    pub struct Contact in contact {
        id: ContactId,
        version: i64,
        company_id: Option<CompanyId>,
        given_name: Option<String>,
        family_name: Option<String>,
        /// The names, or the address where there are none: never empty.
        display_name: String,
        /// What lists sort by: see [`crate::field::folded`].
        #[serde(skip_serializing)]
        name_folded: String,
        job_title: Option<String>,
        /// The main address, in lower case.
        email: Option<String>,
        /// The main number, in E.164.
        phone: Option<String>,
        /// Further addresses.
        emails: Json<Vec<String>>,
        /// Further numbers.
        phones: Json<Vec<String>>,
        /// The page of the person, in its one spelling: see [`crate::field::linkedin`].
        linkedin_url: Option<String>,
        street: Option<String>,
        city: Option<String>,
        region: Option<String>,
        postal_code: Option<String>,
        country: Option<String>,
        birth_date: Option<NaiveDate>,
        language: Option<Language>,
        tags: Json<Vec<String>>,
        about: Option<String>,
        owner_id: Option<MemberId>,
        /// `manual`, `api`, or the id of the import that made it.
        source: String,
        external_id: Option<String>,
        /// Values of the tenant's own fields, by key.
        custom: Json<custom::Values>,
        deleted_at: Option<DateTime<Utc>>,
        /// The one it has been merged into, which goes on for it.
        merged_into: Option<ContactId>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

/// What a person is called in lists: names, else address, else number.
pub(crate) fn display_name(
    given: Option<&str>,
    family: Option<&str>,
    email: Option<&str>,
    phone: Option<&str>,
) -> Option<String> {
    let names = [given, family].into_iter().flatten().collect::<Vec<_>>().join(" ");
    if names.is_empty() { email.or(phone).map(str::to_owned) } else { Some(names) }
}

impl Contact {
    /// With the name that follows from the others; the one it had where none does.
    pub(crate) fn named(mut self) -> Contact {
        let (given, family) = (self.given_name.as_deref(), self.family_name.as_deref());
        if let Some(name) = display_name(given, family, self.email.as_deref(), self.phone.as_deref()) {
            (self.name_folded, self.display_name) = (field::folded(&name), name);
        }
        self
    }
}

/// What people know of the person and may look for; `company` is the name of where they work.
pub fn document(contact: &Contact, company: Option<&str>) -> Document {
    let mut document = Document::new("contact", contact.id, &contact.display_name)
        .subtitle(contact.email.clone().or_else(|| contact.job_title.clone()).unwrap_or_default())
        .text(contact.email.as_deref())
        .text(contact.phone.as_deref())
        .text(contact.external_id.as_deref())
        .text(contact.city.as_deref())
        .text(contact.linkedin_url.as_deref().map(field::linkedin::page));
    document.text.extend(contact.emails.0.iter().chain(&contact.phones.0).cloned());
    document.text(company)
}

/// Makes the person findable.
pub(crate) async fn index(tx: &mut Tx, contact: &Contact) -> Result<()> {
    let contact = &tx.with_every_field(contact).await?;
    let company = company_name(tx, contact.company_id).await?;
    let mut document = document(contact, company.as_deref());
    for was in merged_into(tx, contact.id).await? {
        document.text.extend([Some(was.display_name), was.email, was.phone, was.external_id].into_iter().flatten());
        document.text.extend(was.emails.0.into_iter().chain(was.phones.0));
    }
    document.text.extend(affiliation::company_names(tx, contact.id).await?);
    document.text.extend(custom::searchable(tx, CustomObject::Contact, &contact.custom.0).await?);
    Ok(tx.index(document).await?)
}

/// The company's name as it is now.
async fn company_name(tx: &mut Tx, id: Option<CompanyId>) -> Result<Option<String>> {
    let Some(id) = id else { return Ok(None) };
    let named = sql!("SELECT name FROM company WHERE tenant_id = {} AND id = {}", tx.tenant_id(), id.uuid());
    let mut whole = tx.beyond_reach("the index is everybody's: a person is found by where they work");
    Ok(whole.optional::<(String,)>(named).await?.map(|(name,)| name))
}

/// Live people with this address or number: told while typing, so that nobody is made twice by accident.
pub async fn find_like(tx: &mut Tx, email: Option<&str>, phone: Option<&str>) -> Result<Vec<Contact>> {
    let query = tx
        .select::<Contact>()
        .push(" AND contact.deleted_at IS NULL AND (contact.email = ")
        .bind(email)
        .push(" OR contact.phone = ")
        .bind(phone)
        .push(" OR contact.id IN (SELECT was.merged_into FROM contact was WHERE was.tenant_id = ")
        .bind(tx.tenant_id())
        .push(" AND was.merged_into IS NOT NULL AND (was.email = ")
        .bind(email)
        .push(" OR was.phone = ")
        .bind(phone)
        .push("))) ORDER BY contact.id LIMIT 10");
    Ok(tx.all(query).await?)
}

/// Refuses a link to a contact that this tenant does not have.
pub async fn must_exist(tx: &mut Tx, field: &str, id: Option<ContactId>) -> Result<()> {
    let Some(id) = id else { return Ok(()) };
    let query = sql!(
        "SELECT count(*) FROM contact WHERE tenant_id = {} AND id = {} AND deleted_at IS NULL",
        tx.tenant_id(),
        id.uuid()
    );
    if tx.count(query).await? == 1 {
        return Ok(());
    }
    Err(kernel::Error::invalid(field, "contact_unknown", "There is no such contact. Choose one from the list."))
}

pub(crate) fn event(kind: &'static str, contact: &Contact) -> Event {
    Event::new(kind, contact.id).related_if(contact.company_id)
}

/// The contact of this id, or the one it was merged into: what somebody who kept an id is given.
pub async fn living(tx: &mut Tx, id: ContactId) -> Result<Contact> {
    let contact: Contact = tx.get(id).await?;
    match contact.merged_into {
        Some(survivor) => Ok(tx.get(survivor).await?),
        None => Ok(contact),
    }
}

/// Those that were merged into it: it is found by what they were known by.
async fn merged_into(tx: &mut Tx, id: ContactId) -> Result<Vec<Contact>> {
    let query = tx.select::<Contact>().and("contact.merged_into =", id).push(" ORDER BY contact.id LIMIT 200");
    Ok(tx.beyond_reach("a record is found by all it is made of, by whoever looks").all(query).await?)
}
impl Customized for Contact {
    fn object(&self) -> CustomObject {
        CustomObject::Contact
    }
    fn record_id(&self) -> Uuid {
        self.id.uuid()
    }
    fn custom(&self) -> &custom::Values {
        &self.custom.0
    }
    fn custom_mut(&mut self) -> &mut custom::Values {
        &mut self.custom.0
    }
    async fn reindex(&self, tx: &mut Tx) -> Result<()> {
        if self.deleted_at.is_some() { Ok(()) } else { index(tx, self).await }
    }
}
