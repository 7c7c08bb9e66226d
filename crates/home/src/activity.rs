//! What happened last, of the kinds the caller may read.

use chrono::{DateTime, Utc};
use kernel::{Caller, EventId, Result};
use serde::Serialize;
use serde_json::Value;
use store::{StoredEvent, Tx, sql};
use utoipa::ToSchema;

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecentView {
    pub id: EventId,
    /// `noun.past_tense`, such as `invoice.issued`.
    pub kind: String,
    /// The record it happened to.
    pub subject: String,
    /// How that record is called, where it is findable.
    pub title: Option<String>,
    #[schema(value_type = Object)]
    pub data: Value,
    pub at: DateTime<Utc>,
    /// `member`, `api_key`, `recipient` or `system`.
    pub actor_kind: String,
    pub actor_id: Option<String>,
    pub actor_name: Option<String>,
}

/// Kinds worth a line on the first page; a drag on the board is not.
const SHOWN: [(&str, &str); 6] = [
    ("company", "company.read"),
    ("contact", "contact.read"),
    ("deal", "deal.read"),
    ("quote", "quote.read"),
    ("invoice", "invoice.read"),
    ("payment", "payment.read"),
];

pub async fn activity(tx: &mut Tx, caller: &Caller) -> Result<Vec<RecentView>> {
    let query = sql!(
        "SELECT id, kind, subject, data, at, actor_kind, actor_id FROM event WHERE tenant_id = {} ORDER BY id DESC LIMIT 200",
        tx.tenant_id()
    );
    let events: Vec<StoredEvent> = tx.all(query).await?;
    let shown: Vec<StoredEvent> = events
        .into_iter()
        .filter(|event| {
            let (noun, verb) = event.kind.split_once('.').unwrap_or_default();
            verb != "sorted"
                && verb != "updated"
                && SHOWN.iter().any(|(shown, permission)| *shown == noun && caller.holds(permission))
        })
        .take(15)
        .collect();
    let names = actor_names(tx, &shown).await?;
    let titles = titles(tx, &shown).await?;
    Ok(shown
        .into_iter()
        .map(|event| RecentView {
            title: titles.iter().find(|(record, _)| *record == event.subject).map(|(_, title)| title.clone()),
            actor_name: event
                .actor_id
                .as_ref()
                .and_then(|id| names.iter().find(|(member, _)| member == id))
                .map(|(_, name)| name.clone()),
            id: event.id,
            kind: event.kind,
            subject: event.subject,
            data: event.data,
            at: event.at,
            actor_kind: event.actor_kind,
            actor_id: event.actor_id,
        })
        .collect())
}

async fn actor_names(tx: &mut Tx, events: &[StoredEvent]) -> Result<Vec<(String, String)>> {
    let ids = events.iter().filter_map(|e| e.actor_id.as_deref()?.parse::<kernel::MemberId>().ok());
    let query = sql!("SELECT member.id, account.name FROM member JOIN account ON account.id = member.account_id WHERE member.tenant_id = {} AND member.id IN ", tx.tenant_id()).bind_list(ids);
    let found: Vec<(kernel::MemberId, String)> = tx.all(query).await?;
    Ok(found.into_iter().map(|(id, name)| (id.to_string(), name)).collect())
}

async fn titles(tx: &mut Tx, events: &[StoredEvent]) -> Result<Vec<(String, String)>> {
    let records = events.iter().map(|e| e.subject.as_str());
    let query = sql!("SELECT record, title FROM search_document WHERE tenant_id = {} AND record IN ", tx.tenant_id())
        .bind_list(records);
    Ok(tx.all(query).await?)
}
