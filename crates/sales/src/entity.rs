//! A fiscal entity: who issues. A tenant begins with one, made from what it said when it signed up.

pub mod number;

use chrono::{DateTime, Utc};
use fiscal::totals::Norm;
use kernel::{Change, Currency, Language, Result, permissions};
use store::Tx;

use crate::document::PartySnapshot;

kernel::id!(/// An issuer of documents.
    pub FiscalEntityId, "fis");

permissions! {
    /// See the issuer's data and number series.
    pub ReadFiscalEntities = "fiscal_entity.read": [Administrator, Sales, Billing, ReadOnly];
    /// Change the issuer's data and number series.
    pub ManageFiscalEntities = "fiscal_entity.manage": [Administrator, Billing];
}

store::record! {
    /// An issuer as stored.
    pub struct FiscalEntity in fiscal_entity {
        id: FiscalEntityId,
        version: i64,
        legal_name: String,
        country: String,
        tax_id: Option<String>,
        street: Option<String>,
        city: Option<String>,
        region: Option<String>,
        postal_code: Option<String>,
        email: Option<String>,
        phone: Option<String>,
        currency: Currency,
        language: Language,
        /// `by_category` or `by_line`: the rounding norm, see `fiscal::totals`.
        norm: String,
        payment_instructions: Option<String>,
        /// Days until an invoice is due.
        payment_days: i64,
        /// Days a quote is valid.
        quote_days: i64,
        is_default: bool,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

impl FiscalEntity {
    pub fn norm(&self) -> Norm {
        if self.norm == "by_line" { Norm::ByLine } else { Norm::ByCategory }
    }

    /// The issuer as documents show it.
    pub fn party(&self) -> PartySnapshot {
        let place = [self.postal_code.as_deref(), self.city.as_deref(), self.region.as_deref()];
        let place = place.into_iter().flatten().collect::<Vec<_>>().join(" ");
        PartySnapshot {
            name: self.legal_name.clone(),
            tax_id: self.tax_id.clone(),
            country: Some(self.country.clone()),
            address_lines: self.street.iter().cloned().chain((!place.is_empty()).then_some(place)).collect(),
            email: self.email.clone(),
            phone: self.phone.clone(),
        }
    }
}

/// The tenant's default issuer, made now if there is none.
pub async fn default(tx: &mut Tx) -> Result<FiscalEntity> {
    let select = tx.select::<FiscalEntity>().and("fiscal_entity.is_default =", true);
    if let Some(entity) = tx.optional(select).await? {
        return Ok(entity);
    }
    let tenant = identity::tenant::current(tx).await?;
    let entity = FiscalEntity {
        id: FiscalEntityId::new(),
        version: 1,
        legal_name: tenant.name.clone(),
        norm: if Norm::for_country(&tenant.country) == Norm::ByLine { "by_line" } else { "by_category" }.to_owned(),
        country: tenant.country,
        tax_id: tenant.tax_id,
        street: None,
        city: None,
        region: None,
        postal_code: None,
        email: None,
        phone: None,
        currency: tenant.currency,
        language: tenant.language,
        payment_instructions: None,
        payment_days: 30,
        quote_days: 30,
        is_default: true,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    tx.insert(&entity).await?;
    number::create_series(tx, &entity).await?;
    tx.audit(Change::new("fiscal_entity.create", entity.id).after(&entity)).await?;
    Ok(entity)
}
