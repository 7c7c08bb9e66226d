//! A company as the API shows it.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use kernel::{Caller, Currency, Language, MemberId, Permission, Result};
use serde::Serialize;
use store::Tx;
use utoipa::ToSchema;

use super::{
    Company, CompanyId, DeleteCompanies, EditCompanies,
    addressee::{self, Chosen},
    group,
};
use crate::{
    contact::ContactId,
    field::custom::{self, fill, view::named},
    name::{self, Names, Ref},
};

#[derive(Debug, Serialize, ToSchema)]
pub struct CompanyView {
    pub id: CompanyId,
    pub version: i64,
    #[schema(example = "Talleres Aurora")]
    pub name: String,
    pub legal_name: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[schema(example = "ES")]
    pub country: Option<String>,
    /// Without separators.
    #[schema(example = "B58378431")]
    pub tax_id: Option<String>,
    pub email: Option<String>,
    /// E.164.
    pub phone: Option<String>,
    pub website: Option<String>,
    pub street: Option<String>,
    pub city: Option<String>,
    pub region: Option<String>,
    pub postal_code: Option<String>,
    pub language: Option<Language>,
    pub currency: Option<Currency>,
    pub tags: Vec<String>,
    pub about: Option<String>,
    pub owner_id: Option<MemberId>,
    pub owner: Option<Ref<MemberId>>,
    /// The company it belongs to, while that one is there.
    pub parent_id: Option<CompanyId>,
    pub parent: Option<Ref<CompanyId>>,
    /// Whom one writes to, while they are there and work for it.
    pub primary_contact_id: Option<ContactId>,
    pub primary_contact: Option<Ref<ContactId>>,
    /// Who gets its bills, while they are there and work for it.
    pub billing_contact_id: Option<ContactId>,
    pub billing_contact: Option<Ref<ContactId>>,
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

pub async fn view(tx: &mut Tx, company: Company) -> Result<CompanyView> {
    let owners = name::members(tx, [company.owner_id]).await?;
    let parents = group::parents(tx, [company.parent_id]).await?;
    let chosen = addressee::chosen(tx, std::iter::once(&company)).await?;
    let names = fill::names(tx, [&company.custom.0].into_iter()).await?;
    Ok(build(company, &owners, &parents, &chosen, &names, tx.caller()))
}

pub async fn views(tx: &mut Tx, companies: Vec<Company>) -> Result<Vec<CompanyView>> {
    let owners = name::members(tx, companies.iter().map(|c| c.owner_id)).await?;
    let parents = group::parents(tx, companies.iter().map(|company| company.parent_id)).await?;
    let chosen = addressee::chosen(tx, companies.iter()).await?;
    let names = fill::names(tx, companies.iter().map(|company| &company.custom.0)).await?;
    let whole = |company| build(company, &owners, &parents, &chosen, &names, tx.caller());
    Ok(companies.into_iter().map(whole).collect())
}

fn build(
    company: Company,
    owners: &Names<MemberId>,
    parents: &HashMap<CompanyId, String>,
    chosen: &Chosen,
    names: &BTreeMap<String, String>,
    caller: &Caller,
) -> CompanyView {
    let parent = company.parent_id.and_then(|id| Some(Ref { id, name: parents.get(&id)?.clone() }));
    let who = |contact| chosen.name(company.id, contact).map(|(id, name)| Ref { id, name });
    let (primary, billing) = (who(company.primary_contact_id), who(company.billing_contact_id));
    CompanyView {
        actions: actions(&company, caller),
        id: company.id,
        version: company.version,
        name: company.name,
        legal_name: company.legal_name,
        country: company.country,
        tax_id: company.tax_id.map(|id| id.reveal().to_owned()),
        email: company.email,
        phone: company.phone,
        website: company.website,
        street: company.street,
        city: company.city,
        region: company.region,
        postal_code: company.postal_code,
        language: company.language,
        currency: company.currency,
        tags: company.tags.0,
        about: company.about,
        owner: owners.maybe(company.owner_id),
        owner_id: company.owner_id,
        parent_id: parent.as_ref().map(|parent| parent.id),
        parent,
        primary_contact_id: primary.as_ref().map(|contact| contact.id),
        primary_contact: primary,
        billing_contact_id: billing.as_ref().map(|contact| contact.id),
        billing_contact: billing,
        source: company.source,
        external_id: company.external_id,
        custom_names: named(&company.custom.0, names),
        custom: company.custom.0,
        deleted_at: company.deleted_at,
        created_at: company.created_at,
        updated_at: company.updated_at,
    }
}

fn actions(company: &Company, caller: &Caller) -> Vec<&'static str> {
    let deleted = company.deleted_at.is_some();
    let mut actions = Vec::new();
    if !deleted && caller.holds(EditCompanies::NAME) {
        actions.push("update");
    }
    if caller.holds(DeleteCompanies::NAME) {
        actions.push(if deleted { "restore" } else { "delete" });
    }
    actions
}
