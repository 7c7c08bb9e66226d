//! Timelines on the wire.

use axum::extract::State;
use edge::{App, Json, May, Query};
use kernel::{MemberId, Page, PageRequest};
use serde::Deserialize;
use store::Store;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{ReadTimeline, TimelineEntry, filter, timeline};

/// Whose timeline, and which page of it.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TimelineFilter {
    /// A company, contact, deal, quote or invoice.
    #[param(example = "com_019abc0123457def8123456789abcdef")]
    pub subject: String,
    /// Of which kinds, separated by commas: notes, calls, meetings, tasks, mails, documents (quotes, invoices, payments),
    /// changes (everything else). All unless given.
    #[param(example = "notes,calls")]
    pub kinds: Option<String>,
    /// What this member did.
    pub member_id: Option<MemberId>,
    /// How many, 1 to 200; 50 unless given.
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

#[utoipa::path(get, path = "/api/v1/timeline", operation_id = "timeline_list", tag = "timeline", params(TimelineFilter),
    responses((status = 200, description = "What happened to the record, newest first", body = Page<TimelineEntry>)))]
async fn timeline_list(
    May(can): May<ReadTimeline>,
    State(store): State<Store>,
    Query(filter): Query<TimelineFilter>,
) -> edge::Result<Json<Page<TimelineEntry>>> {
    let mut tx = store.read(&can).await?;
    let page = PageRequest { limit: filter.limit, cursor: filter.cursor, ..PageRequest::default() };
    let wanted = filter::read(filter.kinds.as_deref(), filter.member_id.map(|id| id.to_string()))?;
    Ok(Json(timeline(&mut tx, &filter.subject, &wanted, &page).await?))
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(timeline_list))
}
