//! Secret links for people outside the tenant, such as a customer reading a quote. Whoever holds the link acts as its
//! recipient, with exactly the rights the link gives, in the one tenant that gave it.
//!
//! Invariant: only the digest of the secret is stored; a link that has ended gives nothing, and says that it has ended.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use kernel::{Actor, Caller, Grants, Json, Language, LinkId, Origin, Result, TenantId};
use store::{Store, Tx, sql};

use crate::{account::token::gone, caller::unkeyed, secret};

/// What a link opens.
#[derive(Debug, Clone)]
pub struct NewLink {
    /// What the link is for: a link of one purpose does not work where another is wanted.
    pub purpose: &'static str,
    /// The record it opens, such as `quo_…`.
    pub subject: String,
    /// Names of the permissions its holder has.
    pub grants: &'static [&'static str],
    pub expires_at: Option<DateTime<Utc>>,
}

/// Makes a link; answers its id and the secret, which cannot be had again.
pub async fn create(tx: &mut Tx, link: NewLink) -> Result<(LinkId, String)> {
    let secret = secret::Secret::new();
    Ok((keep(tx, link, secret.digest).await?, secret.text))
}

/// Makes a link whose text is no secret, such as the address of a page for everybody.
pub async fn publish(tx: &mut Tx, link: NewLink, text: &str) -> Result<LinkId> {
    keep(tx, link, secret::digest(text)).await
}

async fn keep(tx: &mut Tx, link: NewLink, digest: Vec<u8>) -> Result<LinkId> {
    let (id, tenant, now) = (LinkId::new(), tx.tenant_id(), tx.now());
    let grants: Vec<String> = link.grants.iter().map(|name| (*name).to_owned()).collect();
    tx.execute(sql!(
        "INSERT INTO link (tenant_id, id, purpose, subject, grants, digest, expires_at, created_at) \
         VALUES ({}, {}, {}, {}, {}, {}, {}, {})",
        tenant,
        id,
        link.purpose,
        link.subject,
        Json(grants),
        digest,
        link.expires_at,
        now
    ))
    .await?;
    Ok(id)
}

type Found =
    (TenantId, LinkId, String, Json<Vec<String>>, Option<DateTime<Utc>>, Option<DateTime<Utc>>, Option<DateTime<Utc>>);

/// The recipient behind a secret and the record it opens. 404 for a secret nobody gave out, 410 `link_expired` for one
/// that is over or was revoked, or whose workspace is closed: those outside are not told which.
pub async fn resolve(
    store: &Store,
    purpose: &'static str,
    token: &str,
    origin: Origin,
) -> Result<(Arc<Caller>, String)> {
    let mut tx = store.platform_read().await?;
    let query = sql!(
        "SELECT link.tenant_id, link.id, link.subject, link.grants, link.expires_at, link.revoked_at, tenant_closure.closed_at \
         FROM link LEFT JOIN tenant_closure ON tenant_closure.tenant_id = link.tenant_id \
         WHERE link.digest = {} AND link.purpose = {}",
        secret::digest(token),
        purpose
    );
    let found: Option<Found> = tx.optional(query).await?;
    let Some((tenant_id, id, subject, grants, expires_at, revoked_at, closed_at)) = found else {
        return Err(kernel::Error::not_found("link"));
    };
    if closed_at.is_some() || revoked_at.is_some() || expires_at.is_some_and(|end| end <= tx.now()) {
        return Err(gone("link_expired", "This link is no longer valid. Ask whoever sent it for a new one."));
    }
    let caller = Caller {
        tenant_id,
        actor: Actor::Recipient(id),
        account_id: None,
        on_behalf_of: None,
        language: Language::default(),
        grants: Grants::of(grants.0.iter().map(String::as_str)),
        // What a link opens is the one record it was made for.
        reach: kernel::Reach::whole(),
        origin: unkeyed(&origin),
    };
    Ok((Arc::new(caller), subject))
}

/// Ends a link. One that has ended already is left as it is.
pub async fn revoke(tx: &mut Tx, id: LinkId) -> Result<()> {
    let (tenant, now) = (tx.tenant_id(), tx.now());
    tx.execute(sql!(
        "UPDATE link SET revoked_at = {} WHERE tenant_id = {} AND id = {} AND revoked_at IS NULL",
        now,
        tenant,
        id
    ))
    .await?;
    Ok(())
}
