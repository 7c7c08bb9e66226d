//! Changing the company's particulars.

use edge::IfMatch;
use kernel::{Change, Event, Patch, Result, error::Fields};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{Tenant, facts};

/// What may change; absent fields stay as they are.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeTenant {
    #[schema(example = "Faro Azul S.L.")]
    pub name: Option<String>,
    /// The company's fiscal id, as its country writes it.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "B58378431")]
    pub tax_id: Patch<String>,
    /// The check digit does not match and the number is right all the same.
    #[serde(default)]
    pub tax_id_confirmed: bool,
    #[schema(example = "EUR")]
    pub currency: Option<String>,
    #[schema(example = "es")]
    pub language: Option<String>,
    #[schema(example = "Europe/Madrid")]
    pub time_zone: Option<String>,
}

pub async fn update(tx: &mut Tx, version: IfMatch, input: ChangeTenant) -> Result<Tenant> {
    let id = tx.tenant_id();
    let before: Tenant = tx.get_locked(id).await?;
    version.check(before.version)?;
    let mut after = before.clone();
    let mut fields = Fields::default();
    if let Some(name) = input.name.and_then(|text| fields.take("name", facts::name("name", &text))) {
        after.name = name;
    }
    if let Some(currency) = input.currency.and_then(|text| fields.take("currency", facts::currency(&text))) {
        after.currency = currency;
    }
    if let Some(language) = input.language.and_then(|text| fields.take("language", facts::language(&text))) {
        after.language = language;
    }
    if let Some(zone) = input.time_zone.and_then(|text| fields.take("time_zone", facts::time_zone(&text))) {
        after.time_zone = zone.name().to_owned();
    }
    let typed = match &input.tax_id {
        Patch::Keep => None,
        Patch::Clear => Some(None),
        Patch::Set(text) => Some(Some(text.as_str())),
    };
    if let Some(typed) = typed
        && let Some(tax_id) = fields.take("tax_id", facts::tax_id(&before.country, typed, input.tax_id_confirmed))
    {
        after.set_tax_id(tax_id.as_ref());
    }
    fields.finish()?;
    let after = tx.update(&after).await?;
    tx.audit(Change::new("tenant.update", id).before(&before).after(&after)).await?;
    tx.emit(Event::new("tenant.updated", id)).await?;
    Ok(after)
}
