//! Callers made here: for work that begins before anybody is signed in, such as signing up.

use std::sync::Arc;

use kernel::{AccountId, Actor, Caller, Grants, Language, Origin, Reach, TenantId};

/// Somebody who acts in a tenant by right of the verb itself and holds no further permission.
pub(crate) fn acting(
    tenant_id: TenantId,
    actor: Actor,
    account_id: Option<AccountId>,
    language: Language,
    origin: &Origin,
) -> Arc<Caller> {
    Arc::new(Caller {
        tenant_id,
        actor,
        account_id,
        on_behalf_of: None,
        language,
        grants: Grants::none(),
        reach: Reach::whole(),
        origin: unkeyed(origin),
    })
}

/// The origin without its idempotency key: a public operation is made safe to repeat by its own token, and a key is
/// owned by the caller who sent it.
pub(crate) fn unkeyed(origin: &Origin) -> Origin {
    Origin { idempotency: None, ..origin.clone() }
}
