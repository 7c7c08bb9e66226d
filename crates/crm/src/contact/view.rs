//! A contact as the API shows it.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Caller, Language, MemberId, Page, Permission, Result};
use serde::Serialize;
use store::Tx;
use utoipa::ToSchema;

use super::{Contact, ContactId, DeleteContacts, EditContacts, list::Listed};
use crate::{
    company::CompanyId,
    field::custom::{self, fill, view::named},
    name::{self, Ref},
};

#[derive(Debug, Serialize, ToSchema)]
pub struct ContactView {
    pub id: ContactId,
    pub version: i64,
    /// The names, or the address or number where there are none.
    #[schema(example = "Lucía Prieto")]
    pub name: String,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
    pub job_title: Option<String>,
    pub company_id: Option<CompanyId>,
    pub company: Option<Ref<CompanyId>>,
    pub email: Option<String>,
    /// E.164.
    pub phone: Option<String>,
    /// Further addresses.
    pub emails: Vec<String>,
    /// Further numbers.
    pub phones: Vec<String>,
    #[schema(example = "https://www.linkedin.com/in/lucia-prieto")]
    pub linkedin_url: Option<String>,
    pub street: Option<String>,
    pub city: Option<String>,
    pub region: Option<String>,
    pub postal_code: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    pub birth_date: Option<NaiveDate>,
    pub language: Option<Language>,
    pub tags: Vec<String>,
    pub about: Option<String>,
    pub owner_id: Option<MemberId>,
    pub owner: Option<Ref<MemberId>>,
    /// `manual`, `api`, or the id of the import that made it.
    pub source: String,
    pub external_id: Option<String>,
    /// Values of the workspace's own fields, by the keys that `GET /api/v1/custom-fields` lists.
    #[schema(value_type = std::collections::HashMap<String, serde_json::Value>, example = json!({ "renewal_date": "2027-03-01" }))]
    pub custom: custom::Values,
    /// Names of the people and records that `custom` points at, by id.
    #[schema(example = json!({}))]
    pub custom_names: BTreeMap<String, String>,
    pub deleted_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// `update`, `delete` and `restore`, where this caller may do it now.
    pub actions: Vec<&'static str>,
}

pub async fn view(tx: &mut Tx, contact: Contact) -> Result<ContactView> {
    let owner = name::members(tx, [contact.owner_id]).await?.maybe(contact.owner_id);
    let company = name::companies(tx, [contact.company_id]).await?.maybe(contact.company_id);
    let names = fill::names(tx, [&contact.custom.0].into_iter()).await?;
    Ok(build(contact, company, owner, &names, tx.caller()))
}

/// A page of the list: its names came with it.
pub async fn listed(tx: &mut Tx, page: Page<Listed>) -> Result<Page<ContactView>> {
    let names = fill::names(tx, page.items.iter().map(|listed| &listed.contact.custom.0)).await?;
    let caller = tx.caller();
    Ok(page.map(|Listed { contact, company, owner }| {
        let company = contact.company_id.map(|id| Ref { id, name: company.unwrap_or_default() });
        let owner = contact.owner_id.map(|id| Ref { id, name: owner.unwrap_or_default() });
        build(contact, company, owner, &names, caller)
    }))
}

pub async fn views(tx: &mut Tx, contacts: Vec<Contact>) -> Result<Vec<ContactView>> {
    let owners = name::members(tx, contacts.iter().map(|c| c.owner_id)).await?;
    let companies = name::companies(tx, contacts.iter().map(|c| c.company_id)).await?;
    let names = fill::names(tx, contacts.iter().map(|contact| &contact.custom.0)).await?;
    let whole = |contact: Contact| {
        let (company, owner) = (companies.maybe(contact.company_id), owners.maybe(contact.owner_id));
        build(contact, company, owner, &names, tx.caller())
    };
    Ok(contacts.into_iter().map(whole).collect())
}

fn build(
    contact: Contact,
    company: Option<Ref<CompanyId>>,
    owner: Option<Ref<MemberId>>,
    names: &BTreeMap<String, String>,
    caller: &Caller,
) -> ContactView {
    ContactView {
        actions: actions(&contact, caller),
        id: contact.id,
        version: contact.version,
        name: contact.display_name,
        given_name: contact.given_name,
        family_name: contact.family_name,
        job_title: contact.job_title,
        company,
        company_id: contact.company_id,
        email: contact.email,
        phone: contact.phone,
        emails: contact.emails.0,
        phones: contact.phones.0,
        linkedin_url: contact.linkedin_url,
        street: contact.street,
        city: contact.city,
        region: contact.region,
        postal_code: contact.postal_code,
        country: contact.country,
        birth_date: contact.birth_date,
        language: contact.language,
        tags: contact.tags.0,
        about: contact.about,
        owner,
        owner_id: contact.owner_id,
        source: contact.source,
        external_id: contact.external_id,
        custom_names: named(&contact.custom.0, names),
        custom: contact.custom.0,
        deleted_at: contact.deleted_at,
        created_at: contact.created_at,
        updated_at: contact.updated_at,
    }
}

fn actions(contact: &Contact, caller: &Caller) -> Vec<&'static str> {
    let deleted = contact.deleted_at.is_some();
    let mut actions = Vec::new();
    if !deleted && caller.holds(EditContacts::NAME) {
        actions.push("update");
    }
    if caller.holds(DeleteContacts::NAME) {
        actions.push(if deleted { "restore" } else { "delete" });
    }
    actions
}
