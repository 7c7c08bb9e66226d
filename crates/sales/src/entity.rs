//! A fiscal entity: who issues. A tenant begins with one, made from what it said when it signed up.

pub mod found;
pub mod number;
pub mod routes;
mod tax_preset;
pub mod update;

use chrono::{DateTime, Utc};
use fiscal::totals::Norm;
use kernel::{Currency, Language, Result, Sealed, permissions};
use store::Tx;

pub use found::default;

use crate::document::{PartySnapshot, PostalAddress};

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
        /// Masked in the audit trail, which is read by more people (P024).
        tax_id: Option<Sealed>,
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
        let address = PostalAddress::of(&self.street, &self.postal_code, &self.city, &self.region);
        PartySnapshot {
            name: self.legal_name.clone(),
            tax_id: self.tax_id.as_ref().map(|id| id.reveal().to_owned()),
            country: Some(self.country.clone()),
            address_lines: address.as_ref().map(PostalAddress::lines).unwrap_or_default(),
            address,
            email: self.email.clone(),
            phone: self.phone.clone(),
        }
    }
}

/// The tenant's default issuer, if it has been made.
pub async fn find_default(tx: &mut Tx) -> Result<Option<FiscalEntity>> {
    let select = tx.select::<FiscalEntity>().and("fiscal_entity.is_default =", true);
    Ok(tx.optional(select).await?)
}

/// In which currency and by which rounding documents are made: the issuer's, or the country's until there is one.
pub async fn usual(tx: &mut Tx) -> Result<(Currency, Norm)> {
    if let Some(entity) = find_default(tx).await? {
        return Ok((entity.currency, entity.norm()));
    }
    let tenant = identity::tenant::current(tx).await?;
    Ok((tenant.currency, Norm::for_country(&tenant.country)))
}
