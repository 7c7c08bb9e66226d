//! Changing the issuer. Documents that were sent or issued keep the issuer they were made with.

use fiscal::tax_id::{TaxId, TaxIdReason};
use kernel::{Change, Currency, Error, Event, Language, Patch, Result, Sealed, error::Fields};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::FiscalEntity;

/// What changes; an absent field stays, null clears. The country is that of the contract and stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeFiscalEntity {
    #[schema(example = "Talleres Aurora S.L.")]
    pub legal_name: Option<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "B58378431")]
    pub tax_id: Patch<String>,
    /// The check digit does not match and the number is right all the same.
    #[serde(default)]
    pub tax_id_confirmed: bool,
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
    pub email: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub phone: Patch<String>,
    pub currency: Option<Currency>,
    pub language: Option<Language>,
    /// Printed on invoices: bank account, what to write in the transfer.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub payment_instructions: Patch<String>,
    /// Days until an invoice is due, 0 to 365.
    pub payment_days: Option<i64>,
    /// Days a quote is valid, 1 to 365.
    pub quote_days: Option<i64>,
}

pub async fn update(tx: &mut Tx, before: FiscalEntity, change: ChangeFiscalEntity) -> Result<FiscalEntity> {
    let after = tx.update(&apply(before.clone(), change)?).await?;
    tx.audit(Change::new("fiscal_entity.update", after.id).before(&before).after(&after)).await?;
    tx.emit(Event::new("fiscal_entity.updated", after.id)).await?;
    Ok(after)
}

fn apply(mut entity: FiscalEntity, change: ChangeFiscalEntity) -> Result<FiscalEntity> {
    let mut refused = Fields::default();
    if let Some(name) = &change.legal_name {
        match crm::field::take(&mut refused, crm::field::line("legal_name", Some(name), 200)) {
            Some(name) => entity.legal_name = name,
            None => refused.refuse("legal_name", "required", "Say the company's legal name: documents carry it."),
        }
    }
    if let Patch::Set(text) = &change.tax_id
        && !text.trim().is_empty()
    {
        entity.tax_id =
            refused.take("tax_id", tax_id(&entity.country, text, change.tax_id_confirmed)).or(entity.tax_id);
    } else if change.tax_id != Patch::Keep {
        entity.tax_id = None;
    }
    let country = entity.country.clone();
    for (target, patch, name, most) in [
        (&mut entity.street, change.street, "street", 200),
        (&mut entity.city, change.city, "city", 100),
        (&mut entity.region, change.region, "region", 100),
        (&mut entity.postal_code, change.postal_code, "postal_code", 20),
    ] {
        set(&mut refused, target, patch, |text| crm::field::line(name, Some(text), most));
    }
    set(&mut refused, &mut entity.email, change.email, |text| crm::field::email("email", Some(text)));
    set(&mut refused, &mut entity.phone, change.phone, |text| crm::field::phone("phone", &country, Some(text)));
    set(&mut refused, &mut entity.payment_instructions, change.payment_instructions, |text| {
        crm::field::text("payment_instructions", Some(text), 2000)
    });
    entity.currency = change.currency.unwrap_or(entity.currency);
    entity.language = change.language.unwrap_or(entity.language);
    entity.payment_days = change.payment_days.unwrap_or(entity.payment_days);
    if !(0..=365).contains(&entity.payment_days) {
        refused.refuse("payment_days", "payment_days_range", "An invoice is due in 0 to 365 days.");
    }
    entity.quote_days = change.quote_days.unwrap_or(entity.quote_days);
    if !(1..=365).contains(&entity.quote_days) {
        refused.refuse("quote_days", "quote_days_range", "A quote is valid for 1 to 365 days.");
    }
    refused.finish()?;
    Ok(entity)
}

fn set(
    refused: &mut Fields,
    target: &mut Option<String>,
    patch: Patch<String>,
    parse: impl FnOnce(&str) -> Result<Option<String>>,
) {
    match patch {
        Patch::Keep => {}
        Patch::Clear => *target = None,
        Patch::Set(text) => *target = crm::field::take(refused, parse(&text)),
    }
}

/// The canonical spelling; a wrong check digit passes where its owner insists.
fn tax_id(country: &str, text: &str, insisted: bool) -> Result<Sealed> {
    match TaxId::parse(country, text) {
        Ok(id) => Ok(Sealed::new(id.value())),
        Err(e) if e.reason == TaxIdReason::CheckDigit && insisted => TaxId::parse_trusting_digits(country, text)
            .map(|id| Sealed::new(id.value()))
            .map_err(|e| Error::invalid("tax_id", e.code(), e.to_string())),
        Err(e) => Err(Error::invalid("tax_id", e.code(), e.to_string())),
    }
}
