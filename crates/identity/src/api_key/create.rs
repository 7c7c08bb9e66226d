//! Making an API key.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use kernel::{ApiKeyId, Change, Error, Event, Json, Result, error::Fields};
use serde::Deserialize;
use store::{Tx, sql};
use utoipa::ToSchema;

use super::ApiKey;
use crate::{role::RoleTable, secret::Secret, text};

/// Characters of the secret that stay visible: `omb_` and four.
const SHOWN: usize = 8;
const MOST: i64 = 200;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewApiKey {
    /// What it is for.
    #[schema(example = "Shop import")]
    pub name: String,
    /// Names of permissions, each of which the maker holds.
    #[schema(example = json!(["contact.read"]))]
    pub scopes: BTreeSet<String>,
    /// When it ends; never unless given.
    #[serde(default)]
    pub expires_at: Option<DateTime<Utc>>,
}

/// Makes a key; answers it and its secret, which cannot be had again.
pub async fn create(tx: &mut Tx, roles: RoleTable, input: NewApiKey) -> Result<(ApiKey, String)> {
    let caller = tx.caller().clone();
    let Some(member_id) = caller.member_id() else {
        return Err(Error::conflict("person_required", "Keys are made by people. Sign in and make it there."));
    };
    let (now, tenant) = (tx.now(), tx.tenant_id());
    let mut fields = Fields::default();
    let name = fields.take("name", text::line("name", &input.name, 80));
    if input.scopes.is_empty() {
        fields.refuse("scopes", "required", "Choose at least one scope.");
    }
    for scope in &input.scopes {
        if roles.find(scope).is_none() {
            fields.refuse("scopes", "scope_unknown", format!("There is no permission {scope}."));
        } else if !RoleTable::is_for_keys(scope) {
            fields.refuse(
                "scopes",
                "scope_personal",
                format!("{scope} concerns a person and cannot be given to a key."),
            );
        } else if !caller.holds(scope) {
            fields.refuse("scopes", "scope_above_own", format!("You do not hold {scope} yourself."));
        }
    }
    if input.expires_at.is_some_and(|end| end <= now) {
        fields.refuse("expires_at", "in_the_past", "Choose a time that is still to come.");
    }
    fields.finish()?;
    let active = sql!("SELECT count(*) FROM api_key WHERE tenant_id = {} AND revoked_at IS NULL", tenant);
    if tx.count(active).await? >= MOST {
        return Err(Error::conflict(
            "too_many_keys",
            format!("A workspace has at most {MOST} keys. Revoke one that is no longer used."),
        ));
    }
    let secret = Secret::api_key();
    let key = ApiKey {
        id: ApiKeyId::new(),
        member_id,
        name: name.unwrap_or_default(),
        prefix: secret.text.chars().take(SHOWN).collect(),
        digest: secret.digest,
        scopes: Json(input.scopes.into_iter().collect()),
        expires_at: input.expires_at,
        revoked_at: None,
        last_used_at: None,
        created_at: now,
    };
    tx.insert(&key).await?;
    tx.audit(Change::new("api_key.create", key.id).after(&key)).await?;
    tx.emit(Event::new("api_key.created", key.id)).await?;
    Ok((key, secret.text))
}
