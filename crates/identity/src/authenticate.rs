//! From the secret of a request to its caller: who it is, for which tenant, with which rights.
//!
//! One query finds session or key, account and membership; a second one, inside the tenant, finds the role and its
//! tuning. What was found is believed for a second ([`crate::known`]): revoking, removing and tuning take effect with the
//! next request on the node that does it, and within a second on every other.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, Utc};
use edge::Authenticator;
use kernel::{
    AccountId, Actor, ApiKeyId, Caller, FieldRight, FieldRights, Grants, Json, Language, MemberId, Noun, Origin,
    PermissionInfo, Reach, Result, Role, SessionId, Span, TenantId,
};
use store::{PlatformTx, Sql, Store, sql};

use crate::{
    caller::acting,
    known::Known,
    member::MemberState,
    role::{RoleTable, reach::reach_of},
    secret,
    session::{ABSOLUTE, IDLE, NOTED_EVERY},
    tenant::close,
};

/// Knows who is behind a session cookie or an API key.
#[derive(Debug, Clone)]
pub struct Identity {
    store: Store,
    roles: RoleTable,
    known: Arc<Known>,
}

/// Key, tenant, maker, the maker's account and language, scopes, when it was last used, when the tenant was closed.
type KeyRow = (
    ApiKeyId,
    TenantId,
    MemberId,
    AccountId,
    Language,
    Json<Vec<String>>,
    Option<DateTime<Utc>>,
    Option<DateTime<Utc>>,
);

/// A role, and one thing it is tuned in: the name of a permission and whether it is held, of a noun and how far it is seen,
/// or of a field with its object and what is taken of it.
type Tuned = (Role, Option<String>, Option<bool>, Option<Span>, Option<String>, Option<FieldRight>);

/// Where a caller may be found: its tenant and member.
struct Place {
    tenant: TenantId,
    member: MemberId,
    account: AccountId,
    language: Language,
}

impl Identity {
    /// `permissions` are those of every domain of the product.
    pub fn new(store: Store, permissions: &'static [&'static [PermissionInfo]]) -> Self {
        Self { store, roles: RoleTable::new(permissions), known: Arc::default() }
    }

    /// Which role holds which permission unless tuned.
    pub fn roles(&self) -> RoleTable {
        self.roles
    }

    /// What the member holds now, and how far it sees; None when it is no longer one.
    async fn rights(&self, platform: PlatformTx, place: &Place, origin: &Origin) -> Result<Option<(Grants, Reach)>> {
        let caller = acting(place.tenant, Actor::Member(place.member), Some(place.account), place.language, origin);
        let mut tx = platform.enter(caller).await?;
        let rows: Vec<Tuned> = tx
            .all(sql!(
                "SELECT member.role, tuned.name, tuned.held, tuned.span, tuned.object, tuned.access \
                 FROM member LEFT JOIN ( \
                   SELECT role_grant.tenant_id, role_grant.role, role_grant.permission AS name, role_grant.held, \
                   CAST(NULL AS TEXT) AS span, CAST(NULL AS TEXT) AS object, CAST(NULL AS TEXT) AS access \
                   FROM role_grant \
                   UNION ALL SELECT role_reach.tenant_id, role_reach.role, role_reach.noun, \
                   CAST(NULL AS BOOLEAN), role_reach.span, NULL, NULL FROM role_reach \
                   UNION ALL SELECT role_field.tenant_id, role_field.role, role_field.field, \
                   CAST(NULL AS BOOLEAN), NULL, role_field.object, role_field.access FROM role_field \
                 ) AS tuned ON tuned.tenant_id = member.tenant_id AND tuned.role = member.role \
                 WHERE member.tenant_id = {} AND member.id = {} AND member.state = {}",
                place.tenant,
                place.member,
                MemberState::Active
            ))
            .await?;
        let Some(role) = rows.first().map(|row| row.0) else { return Ok(None) };
        let mut held = BTreeMap::new();
        let mut spans = BTreeMap::new();
        let mut fields = FieldRights::default();
        for (_, name, is_held, span, object, access) in rows {
            match (name, is_held, span, object.zip(access)) {
                (Some(name), Some(is_held), _, _) => drop(held.insert(name, is_held)),
                // A noun that this version does not know narrows nothing it could ask for.
                (Some(noun), _, Some(span), _) => spans.extend(noun.parse::<Noun>().ok().map(|noun| (noun, span))),
                (Some(field), _, _, Some((object, access))) => fields.set(&object, &field, access),
                _ => {}
            }
        }
        let reach = reach_of(&mut tx, role, place.member, spans, fields).await?;
        Ok(Some((self.roles.grants(role, &held), reach)))
    }

    /// Who an actor is now, for work that it began earlier: with the rights it holds today. None once it may do nothing
    /// here any more: it has left, or its key has ended.
    pub async fn present(&self, tenant: TenantId, actor: Actor, origin: Origin) -> Result<Option<Caller>> {
        type Found = (MemberId, AccountId, Language, Option<Json<Vec<String>>>);
        let mut platform = self.store.platform_read().await?;
        let found: Option<Found> = match actor {
            Actor::System => return Ok(Some(Caller { origin, ..Caller::system(tenant) })),
            Actor::Recipient(_) => return Ok(None),
            Actor::Member(id) => platform.optional(sql!(
                "SELECT account_tenant.member_id, account.id, account.language, NULL FROM account_tenant \
                 JOIN account ON account.id = account_tenant.account_id \
                 WHERE account_tenant.tenant_id = {} AND account_tenant.member_id = {}",
                tenant,
                id
            )),
            Actor::ApiKey(id) => platform.optional(sql!(
                "SELECT api_key.member_id, account.id, account.language, api_key.scopes FROM api_key \
                 JOIN account_tenant ON account_tenant.tenant_id = api_key.tenant_id AND account_tenant.member_id = api_key.member_id \
                 JOIN account ON account.id = account_tenant.account_id \
                 WHERE api_key.tenant_id = {} AND api_key.id = {} AND api_key.revoked_at IS NULL \
                 AND (api_key.expires_at IS NULL OR api_key.expires_at > {})",
                tenant,
                id,
                platform.now()
            )),
        }
        .await?;
        let Some((member, account, language, scopes)) = found else { return Ok(None) };
        let place = Place { tenant, member, account, language };
        let Some((held, reach)) = self.rights(platform, &place, &origin).await? else { return Ok(None) };
        let (grants, on_behalf_of) = match &scopes {
            Some(scopes) => (held.intersect(&scoped(&scopes.0)), Some(Actor::Member(member))),
            None => (held, None),
        };
        let account_id = Some(account);
        Ok(Some(Caller { tenant_id: tenant, actor, account_id, on_behalf_of, language, grants, reach, origin }))
    }

    /// Notes a use. Failing to is no reason to refuse the request.
    async fn note(&self, statement: Sql) {
        let noted = async {
            let mut tx = self.store.platform().await?;
            tx.execute(statement).await?;
            tx.commit().await
        };
        if let Err(error) = noted.await {
            tracing::warn!(%error, "the use of a session or key could not be noted");
        }
    }

    async fn find_session(&self, digest: Vec<u8>, origin: Origin) -> Result<Option<Caller>> {
        let mut platform = self.store.platform_read().await?;
        let now = platform.now();
        type Found = (SessionId, TenantId, MemberId, AccountId, Language, DateTime<Utc>, Option<DateTime<Utc>>);
        let found: Option<Found> = platform
            .optional(sql!(
                "SELECT session.id, session.tenant_id, account_tenant.member_id, account.id, account.language, session.last_seen_at, \
                 tenant_closure.closed_at FROM session JOIN account ON account.id = session.account_id \
                 JOIN account_tenant ON account_tenant.tenant_id = session.tenant_id AND account_tenant.account_id = session.account_id \
                 LEFT JOIN tenant_closure ON tenant_closure.tenant_id = session.tenant_id \
                 WHERE session.digest = {} AND session.last_seen_at > {} AND session.created_at > {} \
                 AND account.email_confirmed_at IS NOT NULL",
                digest,
                now - IDLE,
                now - ABSOLUTE
            ))
            .await?;
        let Some((id, tenant, member, account, language, last_seen_at, closed_at)) = found else { return Ok(None) };
        if closed_at.is_some() {
            return Err(close::closed());
        }
        let place = Place { tenant, member, account, language };
        let Some((grants, reach)) = self.rights(platform, &place, &origin).await? else { return Ok(None) };
        if last_seen_at + NOTED_EVERY <= now {
            let seen = sql!("UPDATE session SET last_seen_at = {} WHERE id = {} AND last_seen_at < {}", now, id, now);
            self.note(seen).await;
        }
        Ok(Some(Caller {
            tenant_id: tenant,
            actor: Actor::Member(member),
            account_id: Some(account),
            on_behalf_of: None,
            language,
            grants,
            reach,
            origin,
        }))
    }

    async fn find_api_key(&self, digest: Vec<u8>, origin: Origin) -> Result<Option<Caller>> {
        let mut platform = self.store.platform_read().await?;
        let now = platform.now();
        let found: Option<KeyRow> = platform
            .optional(sql!(
                "SELECT api_key.id, api_key.tenant_id, api_key.member_id, account.id, account.language, api_key.scopes, api_key.last_used_at, \
                 tenant_closure.closed_at FROM api_key \
                 LEFT JOIN tenant_closure ON tenant_closure.tenant_id = api_key.tenant_id \
                 JOIN account_tenant ON account_tenant.tenant_id = api_key.tenant_id AND account_tenant.member_id = api_key.member_id \
                 JOIN account ON account.id = account_tenant.account_id \
                 WHERE api_key.digest = {} AND api_key.revoked_at IS NULL AND (api_key.expires_at IS NULL OR api_key.expires_at > {})",
                digest,
                now
            ))
            .await?;
        let Some((id, tenant, member, account, language, scopes, last_used_at, closed_at)) = found else {
            return Ok(None);
        };
        if closed_at.is_some() {
            return Err(close::closed());
        }
        let place = Place { tenant, member, account, language };
        let Some((held, reach)) = self.rights(platform, &place, &origin).await? else { return Ok(None) };
        if last_used_at.is_none_or(|at| at + NOTED_EVERY <= now) {
            self.note(sql!("UPDATE api_key SET last_used_at = {} WHERE tenant_id = {} AND id = {}", now, tenant, id))
                .await;
        }
        let grants = held.intersect(&scoped(&scopes.0));
        Ok(Some(Caller {
            tenant_id: tenant,
            actor: Actor::ApiKey(id),
            account_id: Some(account),
            on_behalf_of: Some(Actor::Member(member)),
            language,
            grants,
            reach,
            origin,
        }))
    }
}

/// What a key of these scopes may hold at most.
fn scoped(scopes: &[String]) -> Grants {
    Grants::of(scopes.iter().map(String::as_str).filter(|name| RoleTable::is_for_keys(name)))
}

#[async_trait::async_trait]
impl Authenticator for Identity {
    async fn session(&self, secret: &str, origin: Origin) -> Result<Option<Caller>> {
        let (digest, version) = (secret::digest(secret), self.store.callers_version());
        if let Some(caller) = self.known.get(&self.store, &digest, &origin) {
            return Ok(Some(caller));
        }
        let found = self.find_session(digest.clone(), origin).await?;
        if let Some(caller) = &found {
            self.known.put(&self.store, digest, caller, version);
        }
        Ok(found)
    }

    async fn api_key(&self, secret: &str, origin: Origin) -> Result<Option<Caller>> {
        let (digest, version) = (secret::digest(secret), self.store.callers_version());
        if let Some(caller) = self.known.get(&self.store, &digest, &origin) {
            return Ok(Some(caller));
        }
        let found = self.find_api_key(digest.clone(), origin).await?;
        if let Some(caller) = &found {
            self.known.put(&self.store, digest, caller, version);
        }
        Ok(found)
    }
}
