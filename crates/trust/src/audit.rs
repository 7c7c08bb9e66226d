//! `GET /api/v1/audit`: the tenant's audit trail, newest first.

use axum::extract::State;
use chrono::{DateTime, Utc};
use edge::{App, Json, May, Query};
use identity::permissions::ReadAudit;
use kernel::{AuditId, Page, PageRequest};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{Sort, SortKind, Store};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

store::record! {
    /// An entry as stored.
    pub struct AuditEntry in audit_entry {
        id: AuditId,
        at: DateTime<Utc>,
        actor_kind: String,
        actor_id: Option<String>,
        action: String,
        subject: String,
        changes: Value,
        ip: Option<String>,
        user_agent: Option<String>,
        request_id: Option<String>,
    }
}

/// Who did what to which record, from where, and what it was before and after.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEntryView {
    pub id: AuditId,
    pub at: DateTime<Utc>,
    pub actor_kind: String,
    pub actor_id: Option<String>,
    #[schema(example = "invoice.issue")]
    pub action: String,
    pub subject: String,
    /// `{"field": [before, after]}`.
    #[schema(value_type = Object)]
    pub changes: Value,
    pub ip: Option<String>,
    pub user_agent: Option<String>,
    pub request_id: Option<String>,
}

/// Which entries.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditFilter {
    /// Only entries about this record.
    pub subject: Option<String>,
    /// Only this action, such as `session.start`.
    pub action: Option<String>,
}

const SORTS: &[Sort] = &[Sort::descending("at", "at", SortKind::Time)];

#[utoipa::path(get, path = "/api/v1/audit", operation_id = "audit_list", tag = "trust", params(PageRequest, AuditFilter),
    responses((status = 200, description = "The trail, newest first", body = Page<AuditEntryView>)))]
async fn audit_list(
    May(can): May<ReadAudit>,
    State(store): State<Store>,
    Query(page): Query<PageRequest>,
    Query(filter): Query<AuditFilter>,
) -> edge::Result<Json<Page<AuditEntryView>>> {
    let mut tx = store.read(&can).await?;
    let select = tx
        .select::<AuditEntry>()
        .and_if("audit_entry.subject =", filter.subject)
        .and_if("audit_entry.action =", filter.action);
    let entries = tx.page::<AuditEntry>(select, SORTS, &page).await?;
    Ok(Json(entries.map(|e| AuditEntryView {
        id: e.id,
        at: e.at,
        actor_kind: e.actor_kind,
        actor_id: e.actor_id,
        action: e.action,
        subject: e.subject,
        changes: e.changes,
        ip: e.ip,
        user_agent: e.user_agent,
        request_id: e.request_id,
    })))
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(audit_list))
}
