//! Changing a contact.

use chrono::NaiveDate;
use kernel::{Change, Error, Language, MemberId, Patch, Result, error::Fields, id::Id};
use serde::Deserialize;
use store::{CONCEALED, Tx};
use utoipa::ToSchema;

use super::{Contact, create::several, display_name, event, index};
use crate::{
    affiliation,
    company::{self, CompanyId},
    field::{
        self,
        custom::{self, CustomObject, fill},
    },
    member,
};

/// What changes; an absent field stays, null clears.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeContact {
    #[serde(default)]
    #[schema(value_type = Option<CompanyId>)]
    pub company_id: Patch<CompanyId>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub given_name: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub family_name: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub job_title: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub email: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub phone: Patch<String>,
    pub emails: Option<Vec<String>>,
    pub phones: Option<Vec<String>>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub linkedin_url: Patch<String>,
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
    #[schema(value_type = Option<String>)]
    pub country: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    pub birth_date: Patch<NaiveDate>,
    #[serde(default)]
    #[schema(value_type = Option<Language>)]
    pub language: Patch<Language>,
    pub tags: Option<Vec<String>>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub about: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<MemberId>)]
    pub owner_id: Patch<MemberId>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub external_id: Patch<String>,
    /// Values of the workspace's own fields, key by key; an absent key stays, null clears.
    #[serde(default)]
    #[schema(value_type = Option<std::collections::HashMap<String, serde_json::Value>>)]
    pub custom: custom::Values,
}

/// Applies the change to the contact as it was read.
pub async fn update(tx: &mut Tx, before: Contact, change: ChangeContact) -> Result<Contact> {
    if before.deleted_at.is_some() {
        return Err(Error::conflict("contact_deleted", "This contact has been deleted. Bring it back first."));
    }
    let home = identity::tenant::current(tx).await?.country;
    let home = if tx.hides("contact", "country") {
        // A number is one of the person's country, also where that is not shown.
        tx.with_every_field(&before).await?.country.unwrap_or(home)
    } else {
        home
    };
    // What stays may be out of the caller's sight.
    if let Patch::Set(company) = &change.company_id
        && before.company_id != Some(*company)
    {
        company::must_exist(tx, "company_id", Some(*company)).await?;
    }
    if let Patch::Set(owner) = &change.owner_id {
        member::must_exist(tx, "owner_id", Some(*owner)).await?;
    }
    let filled = fill::change(tx, CustomObject::Contact, &before.custom.0, &change.custom, &home).await?;
    let mut after = apply(before.clone(), change, &home)?;
    after.custom.0.clone_from(&filled.values);
    // What one is called goes by all there is, also by what the caller is not shown.
    let after = tx.as_written(&after).await?.named();
    let after = tx.update(&after).await?;
    filled.write(tx, after.id.uuid(), false);
    if after.company_id != before.company_id {
        affiliation::give_way(tx, &after).await?;
    }
    index(tx, &after).await?;
    tx.audit(Change::new("contact.update", after.id).before(&before).after(&after)).await?;
    tx.emit(event("contact.updated", &after)).await?;
    Ok(after)
}

fn apply(mut contact: Contact, change: ChangeContact, home: &str) -> Result<Contact> {
    let mut refused = Fields::default();
    let mut text = |target: &mut Option<String>,
                    patch: Patch<String>,
                    read: &dyn Fn(&str) -> Result<Option<String>>| match patch {
        Patch::Keep => {}
        Patch::Clear => *target = None,
        Patch::Set(value) => *target = field::take(&mut refused, read(&value)),
    };
    text(&mut contact.country, change.country, &|v| field::country("country", Some(v)));
    let phone_country = contact.country.clone().unwrap_or_else(|| home.to_owned());
    text(&mut contact.given_name, change.given_name, &|v| field::line("given_name", Some(v), 120));
    text(&mut contact.family_name, change.family_name, &|v| field::line("family_name", Some(v), 120));
    text(&mut contact.job_title, change.job_title, &|v| field::line("job_title", Some(v), 120));
    text(&mut contact.email, change.email, &|v| field::email("email", Some(v)));
    text(&mut contact.phone, change.phone, &|v| field::phone("phone", &phone_country, Some(v)));
    text(&mut contact.linkedin_url, change.linkedin_url, &|v| field::linkedin::url("linkedin_url", Some(v)));
    text(&mut contact.street, change.street, &|v| field::line("street", Some(v), 300));
    text(&mut contact.city, change.city, &|v| field::line("city", Some(v), 120));
    text(&mut contact.region, change.region, &|v| field::line("region", Some(v), 120));
    text(&mut contact.postal_code, change.postal_code, &|v| field::line("postal_code", Some(v), 20));
    text(&mut contact.about, change.about, &|v| field::text("about", Some(v), 10_000));
    text(&mut contact.external_id, change.external_id, &|v| field::line("external_id", Some(v), 120));
    change.company_id.apply(&mut contact.company_id);
    change.birth_date.apply(&mut contact.birth_date);
    change.language.apply(&mut contact.language);
    change.owner_id.apply(&mut contact.owner_id);
    if let Some(emails) = change.emails {
        contact.emails.0 = several(&mut refused, "emails", emails, &|f, v| field::email(f, Some(v)));
    }
    if let Some(phones) = change.phones {
        contact.phones.0 = several(&mut refused, "phones", phones, &|f, v| field::phone(f, &phone_country, Some(v)));
    }
    if let Some(tags) = change.tags {
        contact.tags.0 = field::take(&mut refused, field::tags("tags", tags).map(Some)).unwrap_or_default();
    }
    let name = display_name(
        contact.given_name.as_deref(),
        contact.family_name.as_deref(),
        contact.email.as_deref(),
        contact.phone.as_deref(),
    );
    match name {
        Some(name) => (contact.name_folded, contact.display_name) = (field::folded(&name), name),
        // Called by what the caller is not shown: it stays.
        None if contact.display_name == CONCEALED => {}
        None if refused.is_empty() => {
            refused.refuse("given_name", "required", "Give a name, an e-mail address or a phone number.")
        }
        None => {}
    }
    refused.finish()?;
    Ok(contact)
}
