//! The keys of a workspace that have not been revoked.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kernel::{ApiKeyId, MemberId, Page, PageRequest, Result};
use serde::Serialize;
use store::{Sort, SortKind, Sql, Tx};
use utoipa::ToSchema;

use super::ApiKey;

const SORTS: &[Sort] = &[Sort::descending("created_at", "created_at", SortKind::Time)];

/// A key, without its secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApiKeyView {
    pub id: ApiKeyId,
    #[schema(example = "Shop import")]
    pub name: String,
    /// The first characters of the secret.
    #[schema(example = "omb_k3Xa")]
    pub prefix: String,
    pub scopes: Vec<String>,
    /// Whose rights bound it.
    pub made_by: MemberId,
    pub made_by_name: String,
    pub created_at: DateTime<Utc>,
    pub expires_at: Option<DateTime<Utc>>,
    pub expired: bool,
    pub last_used_at: Option<DateTime<Utc>>,
    pub actions: Vec<&'static str>,
}

/// Newest first.
pub async fn list(tx: &mut Tx, page: &PageRequest) -> Result<Page<ApiKeyView>> {
    let select = tx.select::<ApiKey>().push(" AND api_key.revoked_at IS NULL");
    let found = tx.page::<ApiKey>(select, SORTS, page).await?;
    Ok(Page { items: views(tx, found.items).await?, next_cursor: found.next_cursor })
}

pub(crate) async fn views(tx: &mut Tx, keys: Vec<ApiKey>) -> Result<Vec<ApiKeyView>> {
    let (tenant, now) = (tx.tenant_id(), tx.now());
    let makers = Sql::new("SELECT member.id, account.name FROM member JOIN account ON account.id = member.account_id WHERE member.tenant_id = ")
        .bind(tenant)
        .push(" AND member.id IN ")
        .bind_list(keys.iter().map(|key| key.member_id));
    let names: HashMap<MemberId, String> = tx.all::<(MemberId, String)>(makers).await?.into_iter().collect();
    let view = |key: ApiKey| ApiKeyView {
        id: key.id,
        name: key.name,
        prefix: key.prefix,
        scopes: key.scopes.0,
        made_by: key.member_id,
        made_by_name: names.get(&key.member_id).cloned().unwrap_or_default(),
        created_at: key.created_at,
        expires_at: key.expires_at,
        expired: key.expires_at.is_some_and(|end| end <= now),
        last_used_at: key.last_used_at,
        actions: vec!["revoke"],
    };
    Ok(keys.into_iter().map(view).collect())
}
