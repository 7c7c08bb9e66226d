//! Making a company.

use fiscal::tax_id::TaxId;
use kernel::{BlindIndex, Change, Currency, Error, Json, Language, MemberId, Result, Sealed, error::Fields, id::Id};
use serde::Deserialize;
use store::{OnConstraint, Tx};
use utoipa::ToSchema;

use super::{Company, CompanyId, event, index, lineage};
use crate::{
    field::{
        self,
        custom::{self, CustomObject, fill},
    },
    member,
};

/// A company to be made. Only the name is needed.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCompany {
    #[schema(example = "Talleres Aurora")]
    pub name: String,
    pub legal_name: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[schema(example = "ES")]
    pub country: Option<String>,
    /// Checked by the rules of its country.
    #[schema(example = "B58378431")]
    pub tax_id: Option<String>,
    pub email: Option<String>,
    #[schema(example = "+34612345678")]
    pub phone: Option<String>,
    pub website: Option<String>,
    pub street: Option<String>,
    pub city: Option<String>,
    pub region: Option<String>,
    pub postal_code: Option<String>,
    pub language: Option<Language>,
    pub currency: Option<Currency>,
    #[serde(default)]
    pub tags: Vec<String>,
    pub about: Option<String>,
    pub owner_id: Option<MemberId>,
    /// The company it belongs to.
    pub parent_id: Option<CompanyId>,
    pub external_id: Option<String>,
    /// Values of the workspace's own fields, by the keys that `GET /api/v1/custom-fields` lists.
    #[serde(default)]
    #[schema(value_type = Option<std::collections::HashMap<String, serde_json::Value>>)]
    pub custom: custom::Values,
}

/// Makes a company; `source` says where it came from.
pub async fn create(tx: &mut Tx, input: NewCompany, source: &str) -> Result<Company> {
    let home = identity::tenant::current(tx).await?.country;
    member::must_exist(tx, "owner_id", input.owner_id).await?;
    if let Some(parent) = input.parent_id {
        lineage::check(tx, None, parent).await?;
    }
    let custom = input.custom.clone();
    let mut company = parse(tx, input, source, &home)?;
    let filled = fill::first(tx, CustomObject::Company, &custom, &home).await?;
    company.custom.0.clone_from(&filled.values);
    tx.insert(&company).await.on_constraint("company_tax_id_index_key", taken)?;
    filled.write(tx, company.id.uuid(), true);
    index(tx, &company).await?;
    tx.audit(Change::new("company.create", company.id).after(&company)).await?;
    tx.emit(event("company.created", &company)).await?;
    if company.parent_id.is_some() {
        lineage::moved(tx, &company, None).await?;
    }
    Ok(company)
}

/// The company as it would be stored. `home` is the country whose habits a phone number without one is read by.
pub fn parse(tx: &Tx, input: NewCompany, source: &str, home: &str) -> Result<Company> {
    let mut refused = Fields::default();
    let name = field::take(&mut refused, field::line("name", Some(&input.name), 200));
    if name.is_none() && refused.is_empty() {
        refused.refuse("name", "required", "Give the company a name.");
    }
    let country = field::take(&mut refused, field::country("country", input.country.as_deref()));
    let phone_country = country.clone().unwrap_or_else(|| home.to_owned());
    let website = field::take(&mut refused, field::website("website", input.website.as_deref()));
    let company = Company {
        id: CompanyId::new(),
        version: 1,
        name_folded: name.as_deref().map(field::folded).unwrap_or_default(),
        name: name.unwrap_or_default(),
        legal_name: field::take(&mut refused, field::line("legal_name", input.legal_name.as_deref(), 200)),
        tax_id: field::take(&mut refused, tax_id(country.as_deref(), input.tax_id.as_deref())),
        tax_id_index: BlindIndex,
        country,
        email: field::take(&mut refused, field::email("email", input.email.as_deref())),
        phone: field::take(&mut refused, field::phone("phone", &phone_country, input.phone.as_deref())),
        domain: website.as_deref().and_then(field::domain),
        website,
        street: field::take(&mut refused, field::line("street", input.street.as_deref(), 300)),
        city: field::take(&mut refused, field::line("city", input.city.as_deref(), 120)),
        region: field::take(&mut refused, field::line("region", input.region.as_deref(), 120)),
        postal_code: field::take(&mut refused, field::line("postal_code", input.postal_code.as_deref(), 20)),
        language: input.language,
        currency: input.currency,
        tags: Json(field::take(&mut refused, field::tags("tags", input.tags).map(Some)).unwrap_or_default()),
        about: field::take(&mut refused, field::text("about", input.about.as_deref(), 10_000)),
        owner_id: input.owner_id.or(tx.caller().owner()),
        parent_id: input.parent_id,
        primary_contact_id: None,
        billing_contact_id: None,
        source: source.to_owned(),
        external_id: field::take(&mut refused, field::line("external_id", input.external_id.as_deref(), 120)),
        custom: Json::default(),
        deleted_at: None,
        merged_into: None,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    refused.finish()?;
    Ok(company)
}

/// The canonical tax id; a number needs a country to be checked by.
pub(super) fn tax_id(country: Option<&str>, input: Option<&str>) -> Result<Option<Sealed>> {
    let Some(text) = field::line("tax_id", input, 40)? else { return Ok(None) };
    let Some(country) = country else {
        return Err(Error::invalid("country", "country_needed", "Say which country the tax id belongs to."));
    };
    match TaxId::parse(country, &text) {
        Ok(id) => Ok(Some(Sealed::new(id.value()))),
        Err(error) => Err(Error::invalid("tax_id", error.code(), error.to_string())),
    }
}

pub(super) fn taken() -> Error {
    Error::invalid("tax_id", "tax_id_taken", "Another company has this tax id already. Open that one instead.")
}
