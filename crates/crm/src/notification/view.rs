//! A notification as its member is shown it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kernel::{MemberId, Result};
use serde::Serialize;
use store::Tx;
use utoipa::ToSchema;

use super::{Notification, NotificationId, NotificationKind};
use crate::{
    activity::{Activity, ActivityId, link, list::visible, view},
    name::{self, Ref},
    note::{Note, NoteId},
};

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NotificationView {
    pub id: NotificationId,
    #[schema(example = "mention")]
    pub kind: NotificationKind,
    /// The activity or the note.
    #[schema(example = "not_019abc0123457def8123456789abcdef")]
    pub subject: String,
    /// The activity's title; null for a note, and for what is gone.
    pub title: Option<String>,
    /// The first record it is about, that the member may see.
    pub about: Option<Ref<String>>,
    /// Who caused it; null for the product itself.
    pub actor: Option<Ref<MemberId>>,
    pub read_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

pub(super) async fn views(tx: &mut Tx, told: Vec<Notification>) -> Result<Vec<NotificationView>> {
    let mut seen: HashMap<String, (Option<String>, Option<Ref<String>>)> = HashMap::new();
    let ids: Vec<ActivityId> = told.iter().filter_map(|told| told.subject.parse().ok()).collect();
    if !ids.is_empty() {
        let select =
            tx.select::<Activity>().push(" AND activity.deleted_at IS NULL AND activity.id IN ").bind_list(ids);
        let select = visible(tx, select);
        let found: Vec<Activity> = tx.all(select).await?;
        for activity in view::views(tx, found).await? {
            let about = activity.about.into_iter().next();
            seen.insert(activity.id.to_string(), (Some(activity.title), about));
        }
    }
    let ids: Vec<NoteId> = told.iter().filter_map(|told| told.subject.parse().ok()).collect();
    if !ids.is_empty() {
        let select = tx.select::<Note>().push(" AND note.deleted_at IS NULL AND note.id IN ").bind_list(ids);
        let found: Vec<Note> = tx.all(select).await?;
        let names = link::names(tx, found.iter().map(|note| note.subject.clone())).await?;
        for note in found {
            let about = names.get(&note.subject).map(|name| Ref { id: note.subject.clone(), name: name.clone() });
            seen.insert(note.id.to_string(), (None, about));
        }
    }
    let people = name::members(tx, told.iter().map(|told| told.actor_id)).await?;
    let view = |told: Notification| {
        let (title, about) = seen.get(&told.subject).cloned().unwrap_or_default();
        NotificationView {
            id: told.id,
            kind: told.kind,
            subject: told.subject,
            title,
            about,
            actor: people.maybe(told.actor_id),
            read_at: told.read_at,
            created_at: told.created_at,
        }
    };
    Ok(told.into_iter().map(view).collect())
}
