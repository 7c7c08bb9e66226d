//! Making a contact.

use chrono::NaiveDate;
use kernel::{Change, Json, Language, MemberId, Result, error::Fields, id::Id};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{Contact, ContactId, company_name, display_name, document, event};
use crate::{
    company::{self, CompanyId},
    field::{
        self,
        custom::{self, CustomObject, fill},
    },
    member,
};

/// A contact to be made: at least a name, an address or a number.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContact {
    pub company_id: Option<CompanyId>,
    #[schema(example = "Lucía")]
    pub given_name: Option<String>,
    #[schema(example = "Prieto")]
    pub family_name: Option<String>,
    pub job_title: Option<String>,
    #[schema(example = "lucia@example.com")]
    pub email: Option<String>,
    #[schema(example = "+34612345678")]
    pub phone: Option<String>,
    /// Further addresses.
    #[serde(default)]
    pub emails: Vec<String>,
    /// Further numbers.
    #[serde(default)]
    pub phones: Vec<String>,
    /// The page of the person on LinkedIn, in any of the usual spellings.
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
    #[serde(default)]
    pub tags: Vec<String>,
    pub about: Option<String>,
    pub owner_id: Option<MemberId>,
    pub external_id: Option<String>,
    /// Values of the workspace's own fields, by the keys that `GET /api/v1/custom-fields` lists.
    #[serde(default)]
    #[schema(value_type = Option<std::collections::HashMap<String, serde_json::Value>>)]
    pub custom: custom::Values,
}

/// Makes a contact; `source` says where it came from.
pub async fn create(tx: &mut Tx, input: NewContact, source: &str) -> Result<Contact> {
    let home = identity::tenant::current(tx).await?.country;
    company::must_exist(tx, "company_id", input.company_id).await?;
    member::must_exist(tx, "owner_id", input.owner_id).await?;
    let custom = input.custom.clone();
    let mut contact = parse(tx, input, source, &home)?;
    let filled = fill::first(tx, CustomObject::Contact, &custom, &home).await?;
    contact.custom.0.clone_from(&filled.values);
    write(tx, &contact, &filled).await?;
    Ok(contact)
}

/// Writes a parsed contact with all that goes with it.
pub async fn write(tx: &mut Tx, contact: &Contact, filled: &fill::Filled) -> Result<()> {
    tx.defer_insert(contact).await?;
    filled.write(tx, contact.id.uuid(), true);
    let mut document = document(contact, company_name(tx, contact.company_id).await?.as_deref());
    document.text.extend(filled.words.iter().cloned());
    tx.index_new(document).await?;
    tx.audit(Change::new("contact.create", contact.id).after(contact)).await?;
    tx.emit(event("contact.created", contact)).await?;
    Ok(())
}

/// The contact as it would be stored. `home` is the country whose habits a phone number is read by.
pub fn parse(tx: &Tx, input: NewContact, source: &str, home: &str) -> Result<Contact> {
    let mut refused = Fields::default();
    let country = field::take(&mut refused, field::country("country", input.country.as_deref()));
    let phone_country = country.clone().unwrap_or_else(|| home.to_owned());
    let given_name = field::take(&mut refused, field::line("given_name", input.given_name.as_deref(), 120));
    let family_name = field::take(&mut refused, field::line("family_name", input.family_name.as_deref(), 120));
    let email = field::take(&mut refused, field::email("email", input.email.as_deref()));
    let phone = field::take(&mut refused, field::phone("phone", &phone_country, input.phone.as_deref()));
    let name = display_name(given_name.as_deref(), family_name.as_deref(), email.as_deref(), phone.as_deref());
    if name.is_none() && refused.is_empty() {
        refused.refuse("given_name", "required", "Give a name, an e-mail address or a phone number.");
    }
    let contact = Contact {
        id: ContactId::new(),
        version: 1,
        company_id: input.company_id,
        given_name,
        family_name,
        name_folded: name.as_deref().map(field::folded).unwrap_or_default(),
        display_name: name.unwrap_or_default(),
        job_title: field::take(&mut refused, field::line("job_title", input.job_title.as_deref(), 120)),
        email,
        phone,
        emails: Json(several(&mut refused, "emails", input.emails, &|f, v| field::email(f, Some(v)))),
        phones: Json(several(&mut refused, "phones", input.phones, &|f, v| field::phone(f, &phone_country, Some(v)))),
        linkedin_url: field::take(&mut refused, field::linkedin::url("linkedin_url", input.linkedin_url.as_deref())),
        street: field::take(&mut refused, field::line("street", input.street.as_deref(), 300)),
        city: field::take(&mut refused, field::line("city", input.city.as_deref(), 120)),
        region: field::take(&mut refused, field::line("region", input.region.as_deref(), 120)),
        postal_code: field::take(&mut refused, field::line("postal_code", input.postal_code.as_deref(), 20)),
        country,
        birth_date: input.birth_date,
        language: input.language,
        tags: Json(field::take(&mut refused, field::tags("tags", input.tags).map(Some)).unwrap_or_default()),
        about: field::take(&mut refused, field::text("about", input.about.as_deref(), 10_000)),
        owner_id: input.owner_id.or(tx.caller().owner()),
        source: source.to_owned(),
        external_id: field::take(&mut refused, field::line("external_id", input.external_id.as_deref(), 120)),
        custom: Json::default(),
        deleted_at: None,
        merged_into: None,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    if contact.birth_date.is_some_and(|day| day > tx.now().date_naive()) {
        refused.refuse("birth_date", "date_in_future", "A birth date lies in the past.");
    }
    refused.finish()?;
    Ok(contact)
}

/// Reads one value of the named field.
type Read<'a> = &'a dyn Fn(&str, &str) -> Result<Option<String>>;

/// Reads each of a list, naming the one that is wrong by its place.
pub(super) fn several(refused: &mut Fields, name: &str, values: Vec<String>, read: Read<'_>) -> Vec<String> {
    if values.len() > 20 {
        refused.refuse(name, "too_many", "Give at most 20.");
    }
    values
        .iter()
        .take(20)
        .enumerate()
        .filter_map(|(i, v)| field::take(refused, read(&format!("{name}.{i}"), v)))
        .collect()
}
