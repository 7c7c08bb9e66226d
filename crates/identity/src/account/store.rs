//! The statements on accounts and on which tenants they may enter.

use chrono::{DateTime, Utc};
use kernel::{AccountId, MemberId, TenantId};
use store::{PlatformTx, Result, Sql, Tx, sql};

use super::Account;
use crate::{platform, session::sign_in::no_workspace};

pub(crate) fn by_email(folded: &str) -> Sql {
    platform::select::<Account>().push("account.email_folded = ").bind(folded)
}

pub(crate) fn by_id(id: AccountId) -> Sql {
    platform::select::<Account>().push("account.id = ").bind(id)
}

/// The account, or NotFound.
pub(crate) async fn get(tx: &mut Tx, id: AccountId) -> Result<Account> {
    tx.optional(by_id(id)).await?.ok_or(store::Error::NotFound { table: "account" })
}

/// Writes every field back where nobody else has meanwhile; answers the account one version on.
pub(crate) async fn update(tx: &mut Tx, account: &Account) -> Result<Account> {
    let now = tx.now();
    let sql = sql!(
        "UPDATE account SET version = {}, email = {}, email_confirmed_at = {}, name = {}, name_folded = {}, phone = {}, \
         language = {}, password_hash = {}, password_changed_at = {}, business_use_confirmed_at = {}, age_confirmed_at = {}, \
         updated_at = {} WHERE id = {} AND version = {} RETURNING ",
        account.version + 1,
        account.email.clone(),
        account.email_confirmed_at,
        account.name.clone(),
        account.name_folded.clone(),
        account.phone.clone(),
        account.language,
        account.password_hash.clone(),
        account.password_changed_at,
        account.business_use_confirmed_at,
        account.age_confirmed_at,
        now,
        account.id,
        account.version,
    );
    tx.optional(sql.append(<Account as store::Record>::columns())).await?.ok_or(store::Error::Stale)
}

/// The tenants an account may enter, the most recently used first. A closed one cannot be entered.
pub(crate) async fn tenants(tx: &mut PlatformTx, id: AccountId) -> Result<Vec<(TenantId, MemberId)>> {
    let open =
        " AND NOT EXISTS (SELECT 1 FROM tenant_closure WHERE tenant_closure.tenant_id = account_tenant.tenant_id)";
    tx.all(memberships(id).push(open).push(NEWEST_FIRST)).await
}

/// The same with the closed ones.
pub(crate) async fn all_tenants(tx: &mut PlatformTx, id: AccountId) -> Result<Vec<(TenantId, MemberId)>> {
    tx.all(memberships(id).push(NEWEST_FIRST)).await
}

const NEWEST_FIRST: &str = " ORDER BY last_used_at DESC, tenant_id LIMIT 200";

fn memberships(id: AccountId) -> Sql {
    sql!("SELECT tenant_id, member_id FROM account_tenant WHERE account_id = {}", id)
}

/// Why an account may enter no tenant: all of its are closed, or it has none.
pub(crate) async fn nowhere(tx: &mut PlatformTx, id: AccountId) -> kernel::Error {
    match all_tenants(tx, id).await {
        Ok(some) if !some.is_empty() => crate::tenant::close::closed(),
        Ok(_) => no_workspace(),
        Err(error) => error.into(),
    }
}

/// Notes that a person has entered a tenant.
pub(crate) fn entered(tenant: TenantId, account: AccountId, at: DateTime<Utc>) -> Sql {
    sql!("UPDATE account_tenant SET last_used_at = {} WHERE tenant_id = {} AND account_id = {}", at, tenant, account)
}
