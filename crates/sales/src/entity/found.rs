//! The first issuer, made from what the company said when it signed up, and the name its mails are signed with.

use fiscal::totals::Norm;
use jobs::{Context, Verdict};
use kernel::{Change, Job, Result};
use serde::{Deserialize, Serialize};
use store::{Tx, sql};

use super::{FiscalEntity, FiscalEntityId, ManageFiscalEntities, find_default, number};

/// Make the issuer of a new tenant; the event `tenant.created` asks for it.
#[derive(Debug, Serialize, Deserialize)]
pub struct FoundFiscalEntity {
    /// The tenant that was made.
    pub subject: String,
}

impl Job for FoundFiscalEntity {
    const KIND: &'static str = "fiscal_entity.found";
}

pub async fn found(context: Context, _: FoundFiscalEntity) -> Result<Verdict> {
    let can = context.can::<ManageFiscalEntities>()?;
    let mut tx = context.store.begin(&can).await?;
    default(&mut tx).await?;
    tx.commit().await?;
    Ok(Verdict::Done)
}

/// The tenant's default issuer, made now if there is none. Two who come at once make one: the tenant is locked.
pub async fn default(tx: &mut Tx) -> Result<FiscalEntity> {
    if let Some(entity) = find_default(tx).await? {
        return Ok(entity);
    }
    let tenant = tx.tenant_id();
    let tenant: identity::Tenant = tx.get_locked(tenant).await?;
    if let Some(entity) = find_default(tx).await? {
        return Ok(entity);
    }
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
    number::create_series(tx, entity.id).await?;
    tx.audit(Change::new("fiscal_entity.create", entity.id).after(&entity)).await?;
    sign_mails(tx, &tenant.name).await?;
    Ok(entity)
}

/// Until somebody says otherwise, the company's mails carry its name and are answered to its owner.
async fn sign_mails(tx: &mut Tx, name: &str) -> Result<()> {
    if mail::outgoing::sending_identity(tx).await?.is_some() {
        return Ok(());
    }
    let owner: Option<(String,)> = tx
        .optional(sql!(
            "SELECT account.email FROM member JOIN account ON account.id = member.account_id \
             WHERE member.tenant_id = {} AND member.role = 'owner' AND member.state = 'active' ORDER BY member.joined_at, member.id LIMIT 1",
            tx.tenant_id()
        ))
        .await?;
    if let Some((address,)) = owner {
        mail::set_sending_identity(tx, name, &address).await?;
    }
    Ok(())
}
