//! The timeline of a record: what happened to it and to what hangs on it, newest first, with the notes people wrote.
//!
//! Invariant: nobody reads here of a record they may not read. What is hidden does not fill a page, so a page may be
//! shorter than asked for although there is another one.

pub mod filter;
pub(crate) mod routes;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kernel::{Actor, Cursor, Error, EventId, Page, PageRequest, Result, Uuid, id::Id, permissions};
use serde::Serialize;
use store::{Sql, StoredEvent, Tx, WantedEvents, sql};
use utoipa::ToSchema;

use crate::{
    activity::{
        Activity, ActivityId,
        list::visible,
        view::{ActivityView, views},
    },
    duplicate::{Noun, settle::shown},
    name,
    note::{
        Note, NoteId, mention,
        view::{NoteView, build},
    },
    subject::{LeadId, Subject, may_read},
};

permissions! {
    /// See the timelines of the records one may read.
    pub ReadTimeline = "timeline.read": [Administrator, Sales, Billing, Marketing, Support, ReadOnly];
}

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimelineEntry {
    pub id: EventId,
    /// What happened, such as `deal.won`.
    #[schema(example = "deal.won")]
    pub kind: String,
    pub at: DateTime<Utc>,
    pub actor: TimelineActor,
    /// The record it happened to, which need not be the one whose timeline this is.
    pub subject: String,
    /// The name of the company, contact, deal, lead or own record it happened to, as it is now.
    pub subject_name: Option<String>,
    /// Facts of this kind of event, or null.
    #[schema(value_type = Option<Object>)]
    pub data: serde_json::Value,
    /// The note, where one was written.
    pub note: Option<NoteView>,
    /// The call, meeting or task, as it is now.
    pub activity: Option<ActivityView>,
}

/// Who did it.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimelineActor {
    /// `member`, `api_key`, `recipient` (somebody with a secret link) or `system`.
    #[schema(example = "member")]
    pub kind: String,
    pub id: Option<String>,
    /// The person's or the key's name.
    pub name: Option<String>,
}

/// One page of the timeline of `record`, of what is wanted.
pub async fn timeline(
    tx: &mut Tx,
    record: &str,
    wanted: &WantedEvents,
    page: &PageRequest,
) -> Result<Page<TimelineEntry>> {
    match Subject::parse(record) {
        Some(subject) => drop(subject.name(tx).await?),
        None if may_read(tx.caller(), record) => {}
        None => return Err(Error::not_found("record")),
    }
    let before = match page.cursor()? {
        Some(cursor) if cursor.sort == "timeline" && cursor.key == record => Some(EventId::from_uuid(cursor.id)),
        Some(_) => {
            return Err(Error::invalid(
                "cursor",
                "cursor_unknown",
                "This cursor was not given by this list. Start again without one.",
            ));
        }
        None => None,
    };
    let records = with_merged(tx, record).await?;
    let mut events = tx.timeline(records, wanted, before, page.limit() + 1).await?;
    let more = events.len() > page.limit() as usize;
    events.truncate(page.limit() as usize);
    let next_cursor = events
        .last()
        .filter(|_| more)
        .map(|last| Cursor { sort: "timeline".into(), key: record.to_owned(), id: last.id.uuid() }.encode());
    events.retain(|event| may_read(tx.caller(), &event.subject));
    Ok(Page { items: entries(tx, events).await?, next_cursor })
}

/// The record and those whose story is its own now: merged into it, or the leads it was made of.
async fn with_merged(tx: &mut Tx, record: &str) -> Result<Vec<String>> {
    let leads = leads_of(tx, record).await?;
    let query = match Subject::parse(record) {
        Some(Subject::Contact(id)) => {
            sql!("SELECT id FROM contact WHERE tenant_id = {} AND merged_into = {} LIMIT 200", tx.tenant_id(), id)
        }
        Some(Subject::Company(id)) => {
            sql!("SELECT id FROM company WHERE tenant_id = {} AND merged_into = {} LIMIT 200", tx.tenant_id(), id)
        }
        _ => return Ok(std::iter::once(record.to_owned()).chain(leads).collect()),
    };
    let noun = if record.starts_with("con_") { Noun::Contact } else { Noun::Company };
    let merged: Vec<(Uuid,)> = tx.all(query).await?;
    let merged = merged.into_iter().map(|(id,)| shown(noun, id));
    Ok(std::iter::once(record.to_owned()).chain(merged).chain(leads).collect())
}

/// The leads that became the contact, the company or the deal.
async fn leads_of(tx: &mut Tx, record: &str) -> Result<Vec<String>> {
    let (column, id) = match Subject::parse(record) {
        Some(Subject::Contact(id)) => ("contact_id", id.uuid()),
        Some(Subject::Company(id)) => ("company_id", id.uuid()),
        Some(Subject::Deal(id)) => ("deal_id", id.uuid()),
        _ => return Ok(Vec::new()),
    };
    let query = Sql::new("SELECT id FROM lead WHERE tenant_id = ").bind(tx.tenant_id()).push(" AND ").push(column);
    let found: Vec<(LeadId,)> = tx.all(query.push(" = ").bind(id).push(" ORDER BY id LIMIT 200")).await?;
    Ok(found.into_iter().map(|(id,)| id.to_string()).collect())
}

async fn entries(tx: &mut Tx, events: Vec<StoredEvent>) -> Result<Vec<TimelineEntry>> {
    let mut notes = notes(tx, &events).await?;
    let activities = activities(tx, &events).await?;
    let mut actors = actors(tx, &events).await?;
    let names = subject_names(tx, &events).await?;
    let entry = |event: StoredEvent| {
        let note = notes.remove(&event.subject);
        if note.is_none() && event.kind == "note.created" {
            // The note has been deleted since.
            return None;
        }
        let activity = activities.get(&event.subject).cloned();
        if activity.is_none() && event.subject.starts_with("act_") {
            // Deleted since, or not for this caller's eyes.
            return None;
        }
        Some(TimelineEntry {
            id: event.id,
            kind: event.kind,
            at: event.at,
            actor: actors.remove(&event.id)?,
            subject_name: names.get(&event.subject).cloned(),
            subject: event.subject,
            data: event.data,
            note,
            activity,
        })
    };
    Ok(events.into_iter().filter_map(entry).collect())
}

/// The notes of a page by id.
async fn notes(tx: &mut Tx, events: &[StoredEvent]) -> Result<HashMap<String, NoteView>> {
    let ids: Vec<NoteId> = events.iter().filter_map(|event| event.subject.parse().ok()).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let select = tx.select::<Note>().push(" AND note.deleted_at IS NULL AND note.id IN ").bind_list(ids);
    let notes: Vec<Note> = tx.all(select).await?;
    let authors = name::members(tx, notes.iter().flat_map(|note| [note.author_id, note.edited_by])).await?;
    let named = mention::names(tx, notes.iter().map(|note| note.body.as_str())).await?;
    Ok(notes.into_iter().map(|note| (note.id.to_string(), build(note, &authors, &named, tx.caller()))).collect())
}

/// The calls, meetings and tasks of a page by id, those the caller may see.
async fn activities(tx: &mut Tx, events: &[StoredEvent]) -> Result<HashMap<String, ActivityView>> {
    let ids: Vec<ActivityId> = events.iter().filter_map(|event| event.subject.parse().ok()).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let select = tx.select::<Activity>().push(" AND activity.deleted_at IS NULL AND activity.id IN ").bind_list(ids);
    let select = visible(tx, select);
    let found: Vec<Activity> = tx.all(select).await?;
    Ok(views(tx, found).await?.into_iter().map(|view| (view.id.to_string(), view)).collect())
}

async fn actors(tx: &mut Tx, events: &[StoredEvent]) -> Result<HashMap<EventId, TimelineActor>> {
    let read = |event: &StoredEvent| Actor::read(&event.actor_kind, event.actor_id.as_deref());
    let member = |event: &StoredEvent| match read(event) {
        Some(Actor::Member(id)) => Some(id),
        _ => None,
    };
    let key = |event: &StoredEvent| match read(event) {
        Some(Actor::ApiKey(id)) => Some(id),
        _ => None,
    };
    let members = name::members(tx, events.iter().map(member)).await?;
    let keys = name::api_keys(tx, events.iter().map(key)).await?;
    let actor = |event: &StoredEvent| {
        let name = member(event).and_then(|id| members.name(id)).or_else(|| key(event).and_then(|id| keys.name(id)));
        (event.id, TimelineActor { kind: event.actor_kind.clone(), id: event.actor_id.clone(), name })
    };
    Ok(events.iter().map(actor).collect())
}

async fn subject_names(tx: &mut Tx, events: &[StoredEvent]) -> Result<HashMap<String, String>> {
    let subjects = || events.iter().map(|event| Subject::parse(&event.subject));
    let company = |subject| if let Some(Subject::Company(id)) = subject { Some(id) } else { None };
    let contact = |subject| if let Some(Subject::Contact(id)) = subject { Some(id) } else { None };
    let deal = |subject| if let Some(Subject::Deal(id)) = subject { Some(id) } else { None };
    let lead = |subject| if let Some(Subject::Lead(id)) = subject { Some(id) } else { None };
    let record = |subject| if let Some(Subject::Record(id)) = subject { Some(id) } else { None };
    let leads = name::leads(tx, subjects().map(lead)).await?;
    let records = name::records(tx, subjects().map(record)).await?;
    let companies = name::companies(tx, subjects().map(company)).await?;
    let contacts = name::contacts(tx, subjects().map(contact)).await?;
    let deals = name::deals(tx, subjects().map(deal)).await?;
    let named = subjects().flatten().filter_map(|subject| {
        let name = match subject {
            Subject::Company(id) => companies.name(id),
            Subject::Contact(id) => contacts.name(id),
            Subject::Deal(id) => deals.name(id),
            Subject::Lead(id) => leads.name(id),
            Subject::Record(id) => records.name(id),
            // What is told of these names them by number.
            Subject::Quote(_) | Subject::Invoice(_) => None,
        };
        Some((subject.to_string(), name?))
    });
    Ok(named.collect())
}
