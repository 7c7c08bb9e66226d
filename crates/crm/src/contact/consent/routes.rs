//! What contacts said, on the wire.

use axum::extract::State;
use chrono::{DateTime, Utc};
use edge::{App, Created, Json, May, Path};
use kernel::{MemberId, Result};
use serde::Serialize;
use store::{Store, Tx};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{ConsentChannel, ConsentId, ConsentState, ContactConsent, NewConsent, current, history, record};
use crate::{
    contact::{Contact, ContactId, EditContacts, ReadContacts},
    name::{self, Names, Ref},
};

/// What a contact said of one channel.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsentView {
    pub id: ConsentId,
    pub channel: ConsentChannel,
    pub state: ConsentState,
    /// `manual`, `api`, the id of a lead, or of a merge that made one contact of two.
    #[schema(example = "manual")]
    pub source: String,
    pub wording: Option<String>,
    pub evidence: Option<String>,
    pub recorded_by: Option<Ref<MemberId>>,
    pub said_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
}

/// What holds for a channel.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChannelConsent {
    pub channel: ConsentChannel,
    /// Null: nothing was said, which is no consent.
    pub state: Option<ConsentState>,
    pub said_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ConsentsView {
    /// Every channel.
    pub channels: Vec<ChannelConsent>,
    /// Everything that was said, the last first.
    pub history: Vec<ConsentView>,
    /// `record`, where this caller may.
    pub actions: Vec<&'static str>,
}

fn view(entry: ContactConsent, people: &Names<MemberId>) -> ConsentView {
    ConsentView {
        recorded_by: people.maybe(entry.recorded_by),
        id: entry.id,
        channel: entry.channel,
        state: entry.state,
        source: entry.source,
        wording: entry.wording,
        evidence: entry.evidence,
        said_at: entry.said_at,
        created_at: entry.created_at,
    }
}

async fn shown(tx: &mut Tx, contact: &Contact) -> Result<ConsentsView> {
    let history = history(tx, contact.id).await?;
    let now = current(&history);
    let of = |channel: &ConsentChannel| ChannelConsent {
        channel: *channel,
        state: now.get(channel).map(|entry| entry.state),
        said_at: now.get(channel).map(|entry| entry.said_at),
    };
    let people = name::members(tx, history.iter().map(|entry| entry.recorded_by)).await?;
    let may = contact.deleted_at.is_none() && tx.caller().holds(<EditContacts as kernel::Permission>::NAME);
    Ok(ConsentsView {
        channels: ConsentChannel::ALL.iter().map(of).collect(),
        history: history.into_iter().map(|entry| view(entry, &people)).collect(),
        actions: if may { vec!["record"] } else { Vec::new() },
    })
}

#[utoipa::path(get, path = "/api/v1/contacts/{id}/consents", operation_id = "consent_list", tag = "contacts", params(("id" = ContactId, Path)),
    responses((status = 200, description = "What holds for each channel, and everything that was said", body = ConsentsView)))]
async fn consent_list(
    May(can): May<ReadContacts>,
    State(store): State<Store>,
    Path(id): Path<ContactId>,
) -> edge::Result<Json<ConsentsView>> {
    let mut tx = store.read(&can).await?;
    let contact: Contact = tx.get(id).await?;
    Ok(Json(shown(&mut tx, &contact).await?))
}

#[utoipa::path(post, path = "/api/v1/contacts/{id}/consents", operation_id = "consent_record", tag = "contacts", request_body = NewConsent,
    params(("id" = ContactId, Path)), responses((status = 201, description = "What was said, written down", body = ConsentView)))]
async fn consent_record(
    May(can): May<EditContacts>,
    State(store): State<Store>,
    Path(id): Path<ContactId>,
    Json(input): Json<NewConsent>,
) -> edge::Result<Created<ConsentView>> {
    let mut tx = store.begin(&can).await?;
    let contact: Contact = tx.get_locked(id).await?;
    let source = if tx.caller().member_id().is_some() { "manual" } else { "api" };
    let entry = record(&mut tx, &contact, input, source).await?;
    let people = name::members(&mut tx, [entry.recorded_by]).await?;
    tx.commit().await?;
    let location = format!("/api/v1/contacts/{id}/consents");
    Ok(Created { location, version: 1, body: view(entry, &people) })
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(consent_list, consent_record))
}
