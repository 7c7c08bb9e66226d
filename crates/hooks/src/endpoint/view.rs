//! An endpoint on the wire, without its secret.

use chrono::{DateTime, Utc};
use kernel::Result;
use serde::Serialize;
use store::Tx;
use utoipa::ToSchema;

use super::{DisabledReason, Endpoint, EndpointId, health};

#[derive(Debug, Serialize, ToSchema)]
pub struct EndpointView {
    pub id: EndpointId,
    pub version: i64,
    #[schema(example = "https://example.com/hooks/omb")]
    pub url: String,
    #[schema(example = "Accounting")]
    pub description: Option<String>,
    /// Null is every type.
    #[schema(example = json!(["invoice.issued", "invoice.paid"]))]
    pub event_types: Option<Vec<String>>,
    pub enabled: bool,
    pub disabled_reason: Option<DisabledReason>,
    /// Since when nothing has got through; null while it works.
    pub failing_since: Option<DateTime<Utc>>,
    /// Until when messages carry the signature of the secret before as well.
    pub old_secret_until: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub actions: Vec<&'static str>,
}

/// Endpoints as somebody may see them; `may_edit` says whether they may change them.
pub async fn views(tx: &mut Tx, endpoints: Vec<Endpoint>, may_edit: bool) -> Result<Vec<EndpointView>> {
    let ids: Vec<EndpointId> = endpoints.iter().map(|endpoint| endpoint.id).collect();
    let health = health::of(tx, &ids).await?;
    let now = tx.now();
    let view = |endpoint: Endpoint| EndpointView {
        id: endpoint.id,
        version: endpoint.version,
        url: endpoint.url,
        description: endpoint.description,
        event_types: endpoint.event_types.map(|types| types.0),
        enabled: endpoint.enabled,
        disabled_reason: endpoint.disabled_reason,
        failing_since: health.get(&endpoint.id).and_then(|health| health.failing_since),
        old_secret_until: endpoint.old_secret_until.filter(|until| *until > now),
        created_at: endpoint.created_at,
        updated_at: endpoint.updated_at,
        actions: match (may_edit, endpoint.enabled) {
            (false, _) => Vec::new(),
            (true, true) => vec!["update", "disable", "rotate_secret", "test", "replay", "delete"],
            (true, false) => vec!["update", "enable", "rotate_secret", "delete"],
        },
    };
    Ok(endpoints.into_iter().map(view).collect())
}
