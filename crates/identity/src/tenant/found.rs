//! Founding a tenant: the workspace, its controller and its first member, who owns it.

use fiscal::tax_id::TaxId;
use kernel::{Change, Currency, Event, Language, MemberId, Result, Role};
use store::Tx;

use super::{Tenant, controller};
use crate::{
    account::Account,
    member::{self, Member},
};

/// A company, checked.
#[derive(Debug, Clone)]
pub struct Company {
    pub name: String,
    pub country: String,
    pub tax_id: Option<TaxId>,
    pub currency: Currency,
    pub language: Language,
    /// IANA name.
    pub time_zone: String,
}

/// Makes the tenant of the transaction, with `account` as its owner under the id the caller acts by.
pub(crate) async fn found(tx: &mut Tx, company: &Company, account: &Account, owner: MemberId) -> Result<Tenant> {
    let (id, now) = (tx.tenant_id(), tx.now());
    let mut tenant = Tenant {
        id,
        version: 1,
        name: company.name.clone(),
        country: company.country.clone(),
        tax_id: None,
        tax_id_kind: None,
        tax_id_country: None,
        currency: company.currency,
        language: company.language,
        time_zone: company.time_zone.clone(),
        created_at: now,
        updated_at: now,
    };
    tenant.set_tax_id(company.tax_id.as_ref());
    tx.insert(&tenant).await?;
    controller::bind(tx, &company.country).await?;
    let member: Member = member::join::new_member(tx, owner, account.id, Role::Owner).await?;
    tx.audit(Change::new("tenant.create", id).after(&tenant)).await?;
    tx.emit(Event::new("tenant.created", id).related(member.id)).await?;
    Ok(tenant)
}

/// Writes a second sign-up over a first one that was never confirmed.
pub(crate) async fn refound(tx: &mut Tx, company: &Company) -> Result<Tenant> {
    let id = tx.tenant_id();
    let before: Tenant = tx.get_locked(id).await?;
    let mut after = Tenant {
        name: company.name.clone(),
        country: company.country.clone(),
        currency: company.currency,
        language: company.language,
        time_zone: company.time_zone.clone(),
        ..before.clone()
    };
    after.set_tax_id(company.tax_id.as_ref());
    let after = tx.update(&after).await?;
    controller::rebind(tx, &company.country).await?;
    tx.audit(Change::new("tenant.create", id).before(&before).after(&after)).await?;
    Ok(after)
}
