//! A tenant: one company's whole workspace. Its country is that of the contract and decides which of our entities
//! answers for its people's data (P002 to P005), so it does not change by an edit.

pub mod close;
pub mod controller;
pub(crate) mod facts;
pub mod found;
pub(crate) mod routes;
pub mod update;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use fiscal::tax_id::TaxId;
use kernel::{Currency, Language, Sealed, TenantId};
use store::Tx;

store::record! {
    /// A company's workspace and what its documents start from.
    pub struct Tenant in tenant {
        id: TenantId,
        version: i64,
        name: String,
        /// ISO 3166-1 alpha-2.
        country: String,
        /// Canonical spelling, without separators. Masked in the audit trail, which more people read (P024).
        tax_id: Option<Sealed>,
        tax_id_kind: Option<String>,
        /// The country of the number, which for Northern Ireland (`XI`) is not the tenant's.
        tax_id_country: Option<String>,
        currency: Currency,
        language: Language,
        /// IANA name.
        time_zone: String,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

impl Tenant {
    /// The zone in which the company's days begin; UTC should the stored name be one that this program's tables lack.
    pub fn zone(&self) -> Tz {
        self.time_zone.parse().unwrap_or(Tz::UTC)
    }

    /// The fiscal id as it was checked.
    pub fn tax_id(&self) -> Option<TaxId> {
        let kind = self.tax_id_kind.as_deref()?.parse().ok()?;
        Some(TaxId::from_stored(
            self.tax_id_country.as_deref().unwrap_or(&self.country),
            kind,
            self.tax_id.as_ref()?.reveal(),
        ))
    }

    pub(crate) fn set_tax_id(&mut self, tax_id: Option<&TaxId>) {
        self.tax_id = tax_id.map(|id| Sealed::new(id.value()));
        self.tax_id_kind = tax_id.map(|id| id.kind().to_string());
        self.tax_id_country = tax_id.map(|id| id.country().to_owned());
    }
}

/// The tenant of the transaction.
pub async fn current(tx: &mut Tx) -> kernel::Result<Tenant> {
    let id = tx.tenant_id();
    Ok(tx.get(id).await?)
}
