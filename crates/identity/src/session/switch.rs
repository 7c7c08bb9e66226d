//! Opening another workspace of the same person. The session gets a new secret, because its rights change.

use kernel::{Actor, Caller, Change, Error, Result, Role, TenantId};
use serde::Serialize;
use store::Store;
use utoipa::ToSchema;

use super::{SignedIn, list::of_cookie, start::rotate};
use crate::{
    account::store::{entered, tenants},
    caller::acting,
    member::Member,
    tenant,
};

/// A workspace one may open.
#[derive(Debug, Serialize, ToSchema)]
pub struct TenantChoice {
    pub id: TenantId,
    #[schema(example = "Faro Azul S.L.")]
    pub name: String,
    pub role: Role,
    /// Is it the one this session has open?
    pub current: bool,
}

/// The workspaces of the caller's account, the most recently used first. Each is read in a transaction of its own,
/// because no transaction sees two tenants.
pub async fn choices(store: &Store, caller: &Caller) -> Result<Vec<TenantChoice>> {
    let account = account_of(caller)?;
    let mine = tenants(&mut store.platform_read().await?, account).await?;
    let mut choices = Vec::with_capacity(mine.len());
    for (id, member) in mine {
        let there = acting(id, Actor::Member(member), Some(account), caller.language, &caller.origin);
        let mut tx = store.platform_read().await?.enter(there).await?;
        let tenant = tenant::current(&mut tx).await?;
        let member: Member = tx.get(member).await?;
        choices.push(TenantChoice { id, name: tenant.name, role: member.role, current: id == caller.tenant_id });
    }
    Ok(choices)
}

/// Opens a workspace; one that is not the caller's is not found.
pub async fn switch(store: &Store, caller: &Caller, to: TenantId, cookie: Option<&str>) -> Result<SignedIn> {
    let account = account_of(caller)?;
    let mut platform = store.platform().await?;
    let found = tenants(&mut platform, account).await?.into_iter().find(|(id, _)| *id == to);
    let Some((_, member)) = found else { return Err(Error::not_found("tenant")) };
    let there = acting(to, Actor::Member(member), Some(account), caller.language, &caller.origin);
    let mut tx = platform.enter(there).await?;
    let session = of_cookie(&mut tx, account, cookie).await?.ok_or_else(|| Error::not_found("session"))?;
    let signed_in = rotate(&mut tx, &session).await?;
    let now = tx.now();
    tx.execute(entered(to, account, now)).await?;
    tx.audit(Change::new("session.switch", member)).await?;
    tx.commit().await?;
    Ok(signed_in)
}

/// The person behind a session.
pub(crate) fn account_of(caller: &Caller) -> Result<kernel::AccountId> {
    match (caller.actor, caller.account_id) {
        (Actor::Member(_), Some(account)) => Ok(account),
        _ => Err(Error::Door {
            status: 403,
            code: "session_required",
            detail: "This concerns a person, so it needs a person's sign-in and not an API key.".into(),
            retry_after_seconds: None,
        }),
    }
}
