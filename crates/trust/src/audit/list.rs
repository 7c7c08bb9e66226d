//! `GET /api/v1/audit`: the trail, newest first.

use std::collections::HashMap;

use axum::extract::State;
use chrono::{DateTime, Utc};
use edge::{Json, May, Query};
use identity::permissions::ReadAudit;
use kernel::{AuditId, Page, PageRequest};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{Sort, SortKind, Sql, Store, Tx};
use utoipa::ToSchema;

store::record! {
    /// The part of an entry that stays.
    pub struct AuditEntry in audit_entry {
        id: AuditId,
        at: DateTime<Utc>,
        actor_kind: String,
        actor_id: Option<String>,
        on_behalf_of: Option<String>,
        action: String,
        subject: String,
        fields: kernel::Json<Vec<String>>,
        request_id: Option<String>,
        seq: Option<i64>,
    }
}

/// Who did what to which record, from where, and what it was before and after.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEntryView {
    pub id: AuditId,
    pub at: DateTime<Utc>,
    /// `member`, `api_key`, `recipient` (of a link) or `system`.
    #[schema(example = "member")]
    pub actor_kind: String,
    #[schema(example = "mem_019abc0123457def8123456789abcdef")]
    pub actor_id: Option<String>,
    /// For whom the actor acted: the maker of a key, or whoever caused the work of a job.
    #[schema(example = "mem_019abc0123457def8123456789abcdef")]
    pub on_behalf_of: Option<String>,
    #[schema(example = "invoice.issue")]
    pub action: String,
    #[schema(example = "inv_019abc0123457def8123456789abcdef")]
    pub subject: String,
    /// Names of the fields that changed.
    #[schema(example = json!(["state", "number"]))]
    pub fields: Vec<String>,
    /// `{"field": [before, after]}`; empty when erased.
    #[schema(value_type = Object, example = json!({ "state": ["draft", "issued"] }))]
    pub changes: Value,
    #[schema(example = "192.0.2.7")]
    pub ip: Option<String>,
    pub user_agent: Option<String>,
    pub request_id: Option<String>,
    /// Its place in the chain; null until it is sealed, a second or so after the change.
    #[schema(example = 1204)]
    pub seq: Option<i64>,
    pub sealed: bool,
    /// The values before and after, address and agent have been erased with the person they were about.
    pub erased: bool,
}

/// Which entries.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditFilter {
    /// Only entries about this record.
    pub subject: Option<String>,
    /// Only this action, such as `session.start`, or every action on a noun, such as `session`.
    pub action: Option<String>,
    /// Only what this member, key or link did, or what was done on behalf of it; `system` for the product itself.
    pub actor: Option<String>,
    /// Not before this time.
    pub from: Option<DateTime<Utc>>,
    /// Before this time.
    pub to: Option<DateTime<Utc>>,
}

const SORTS: &[Sort] = &[Sort::descending("at", "at", SortKind::Time)];

#[utoipa::path(get, path = "/api/v1/audit", operation_id = "audit_list", tag = "trust", params(PageRequest, AuditFilter),
    responses((status = 200, description = "The trail, newest first", body = Page<AuditEntryView>)))]
pub(super) async fn audit_list(
    May(can): May<ReadAudit>,
    State(store): State<Store>,
    Query(page): Query<PageRequest>,
    Query(filter): Query<AuditFilter>,
) -> edge::Result<Json<Page<AuditEntryView>>> {
    let mut tx = store.read(&can).await?;
    let select = narrow(tx.select::<AuditEntry>(), filter);
    let entries = tx.page::<AuditEntry>(select, SORTS, &page).await?;
    let mut details = details(&mut tx, &entries.items).await?;
    let shown = |entry: AuditEntry| {
        let mut detail = details.remove(&entry.id);
        if let Some((_, changes, ..)) = &mut detail {
            tx.conceal_changes(&entry.subject, changes);
        }
        view(detail, entry)
    };
    Ok(Json(entries.map(shown)))
}

fn narrow(select: Sql, filter: AuditFilter) -> Sql {
    let mut select = select
        .and_if("audit_entry.subject =", filter.subject)
        .and_if("audit_entry.at >=", filter.from)
        .and_if("audit_entry.at <", filter.to);
    if let Some(action) = filter.action.filter(|action| !action.is_empty()) {
        select = if action.contains('.') {
            select.and("audit_entry.action =", action)
        } else {
            let noun = format!("{action}.");
            let length = noun.chars().count() as i64;
            select.push(" AND substr(audit_entry.action, 1, ").bind(length).push(") = ").bind(noun)
        };
    }
    match filter.actor.filter(|actor| !actor.is_empty()) {
        None => select,
        Some(actor) if actor == "system" => select.and("audit_entry.actor_kind =", actor),
        Some(actor) => select
            .push(" AND (audit_entry.actor_id = ")
            .bind(actor.as_str())
            .push(" OR audit_entry.on_behalf_of = ")
            .bind(actor)
            .push(")"),
    }
}

type Detail = (AuditId, Value, Option<String>, Option<String>);

async fn details(tx: &mut Tx, entries: &[AuditEntry]) -> store::Result<HashMap<AuditId, Detail>> {
    if entries.is_empty() {
        return Ok(HashMap::new());
    }
    let query = store::sql!(
        "SELECT entry_id, changes, ip, user_agent FROM audit_detail WHERE tenant_id = {} AND entry_id IN ",
        tx.tenant_id()
    );
    let rows: Vec<Detail> = tx.all(query.bind_list(entries.iter().map(|entry| entry.id))).await?;
    Ok(rows.into_iter().map(|row| (row.0, row)).collect())
}

fn view(detail: Option<Detail>, entry: AuditEntry) -> AuditEntryView {
    let erased = detail.is_none();
    let (changes, ip, user_agent) = detail
        .map_or((Value::Object(serde_json::Map::new()), None, None), |(_, changes, ip, agent)| (changes, ip, agent));
    AuditEntryView {
        id: entry.id,
        at: entry.at,
        actor_kind: entry.actor_kind,
        actor_id: entry.actor_id,
        on_behalf_of: entry.on_behalf_of,
        action: entry.action,
        subject: entry.subject,
        fields: entry.fields.0,
        changes,
        ip,
        user_agent,
        request_id: entry.request_id,
        seq: entry.seq,
        sealed: entry.seq.is_some(),
        erased,
    }
}
