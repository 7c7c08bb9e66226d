//! Changing a company.

use kernel::{Change, Currency, Error, Language, MemberId, Patch, Result, error::Fields, id::Id};
use serde::Deserialize;
use store::{EnqueueJob, OnConstraint, Tx};
use utoipa::ToSchema;

use super::{Company, CompanyId, addressee, create, event, index, lineage};
use crate::{
    contact::{ContactId, reindex::ReindexCompanyContacts},
    field::{
        self,
        custom::{self, CustomObject, fill},
    },
    member,
};

/// What changes; an absent field stays, null clears.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeCompany {
    pub name: Option<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub legal_name: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub country: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub tax_id: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub email: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub phone: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub website: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub street: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub city: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub region: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub postal_code: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<Language>)]
    pub language: Patch<Language>,
    #[serde(default)]
    #[schema(value_type = Option<Currency>)]
    pub currency: Patch<Currency>,
    pub tags: Option<Vec<String>>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub about: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<MemberId>)]
    pub owner_id: Patch<MemberId>,
    /// The company it belongs to.
    #[serde(default)]
    #[schema(value_type = Option<CompanyId>)]
    pub parent_id: Patch<CompanyId>,
    /// Whom one writes to: one of its people.
    #[serde(default)]
    #[schema(value_type = Option<ContactId>)]
    pub primary_contact_id: Patch<ContactId>,
    /// Who gets its bills: one of its people.
    #[serde(default)]
    #[schema(value_type = Option<ContactId>)]
    pub billing_contact_id: Patch<ContactId>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub external_id: Patch<String>,
    /// Values of the workspace's own fields, key by key; an absent key stays, null clears.
    #[serde(default)]
    #[schema(value_type = Option<std::collections::HashMap<String, serde_json::Value>>)]
    pub custom: custom::Values,
}

/// Applies the change to the company as it was read.
pub async fn update(tx: &mut Tx, before: Company, change: ChangeCompany) -> Result<Company> {
    if before.deleted_at.is_some() {
        return Err(Error::conflict("company_deleted", "This company has been deleted. Bring it back first."));
    }
    let home = identity::tenant::current(tx).await?.country;
    if let Patch::Set(owner) = &change.owner_id {
        member::must_exist(tx, "owner_id", Some(*owner)).await?;
    }
    if let Patch::Set(parent) = change.parent_id
        && before.parent_id != Some(parent)
    {
        lineage::check(tx, Some(before.id), parent).await?;
    }
    for (field, chosen) in
        [("primary_contact_id", &change.primary_contact_id), ("billing_contact_id", &change.billing_contact_id)]
    {
        if let Patch::Set(contact) = chosen {
            addressee::check(tx, field, before.id, *contact).await?;
        }
    }
    let filled = fill::change(tx, CustomObject::Company, &before.custom.0, &change.custom, &home).await?;
    let mut read = before.clone();
    if tx.hides("company", "country") {
        // Numbers and tax ids are those of its country, also where that is not shown.
        read.country = tx.with_every_field(&before).await?.country;
    }
    let mut after = apply(read, change, &home)?;
    after.custom.0.clone_from(&filled.values);
    let after = tx.update(&after).await.on_constraint("company_tax_id_index_key", create::taken)?;
    filled.write(tx, after.id.uuid(), false);
    index(tx, &after).await?;
    if after.name != before.name {
        tx.enqueue(&ReindexCompanyContacts { company_id: after.id }).await?;
    }
    tx.audit(Change::new("company.update", after.id).before(&before).after(&after)).await?;
    tx.emit(event("company.updated", &after)).await?;
    if after.parent_id != before.parent_id {
        lineage::moved(tx, &after, before.parent_id).await?;
    }
    Ok(after)
}

fn apply(mut company: Company, change: ChangeCompany, home: &str) -> Result<Company> {
    let mut refused = Fields::default();
    if let Some(name) = change.name {
        match field::take(&mut refused, field::line("name", Some(&name), 200)) {
            Some(name) => (company.name_folded, company.name) = (field::folded(&name), name),
            None => refused.refuse("name", "required", "Give the company a name."),
        }
    }
    let mut text = |target: &mut Option<String>,
                    patch: Patch<String>,
                    read: &dyn Fn(&str) -> Result<Option<String>>| match patch {
        Patch::Keep => {}
        Patch::Clear => *target = None,
        Patch::Set(value) => *target = field::take(&mut refused, read(&value)),
    };
    let tax_id_given = change.tax_id != Patch::Keep;
    let country_given = change.country != Patch::Keep;
    text(&mut company.country, change.country, &|v| field::country("country", Some(v)));
    let country = company.country.clone();
    let phone_country = country.clone().unwrap_or_else(|| home.to_owned());
    text(&mut company.legal_name, change.legal_name, &|v| field::line("legal_name", Some(v), 200));
    text(&mut company.email, change.email, &|v| field::email("email", Some(v)));
    text(&mut company.phone, change.phone, &|v| field::phone("phone", &phone_country, Some(v)));
    text(&mut company.website, change.website, &|v| field::website("website", Some(v)));
    text(&mut company.street, change.street, &|v| field::line("street", Some(v), 300));
    text(&mut company.city, change.city, &|v| field::line("city", Some(v), 120));
    text(&mut company.region, change.region, &|v| field::line("region", Some(v), 120));
    text(&mut company.postal_code, change.postal_code, &|v| field::line("postal_code", Some(v), 20));
    text(&mut company.about, change.about, &|v| field::text("about", Some(v), 10_000));
    text(&mut company.external_id, change.external_id, &|v| field::line("external_id", Some(v), 120));
    match change.tax_id {
        Patch::Keep => {}
        Patch::Clear => company.tax_id = None,
        Patch::Set(number) => {
            company.tax_id = field::take(&mut refused, create::tax_id(country.as_deref(), Some(&number)));
        }
    }
    // A number checked by one country's rules is not a number of another.
    if country_given
        && !tax_id_given
        && let Some(number) = company.tax_id.take()
    {
        company.tax_id = field::take(&mut refused, create::tax_id(company.country.as_deref(), Some(number.reveal())));
    }
    change.language.apply(&mut company.language);
    change.currency.apply(&mut company.currency);
    change.owner_id.apply(&mut company.owner_id);
    change.parent_id.apply(&mut company.parent_id);
    change.primary_contact_id.apply(&mut company.primary_contact_id);
    change.billing_contact_id.apply(&mut company.billing_contact_id);
    if let Some(tags) = change.tags {
        company.tags.0 = field::take(&mut refused, field::tags("tags", tags).map(Some)).unwrap_or_default();
    }
    company.domain = company.website.as_deref().and_then(field::domain);
    refused.finish()?;
    Ok(company)
}
