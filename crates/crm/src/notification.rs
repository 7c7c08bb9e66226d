//! What a member is told of: a reminder they asked for, a mention, a task given to them. It stands in the product's list
//! of notifications and, where the member wants it, goes out as a mail.
//!
//! Invariant: one occasion is told to one member once, however often it is come upon. A member sees their own alone.
//! What it is about is read with their rights of now; a notification holds ids and no words.

mod mail;
pub(crate) mod routes;
pub mod setting;
mod view;

use chrono::{DateTime, Utc};
use kernel::{Event, MemberId, Result, id::Id, permissions};
use store::{EnqueueJob, Tx, sql};

use mail::MailNotification;

use crate::{activity::Activity, note::Note};

kernel::id!(/// Something a member was told of.
    pub NotificationId, "ntf");

kernel::states! {
    pub enum NotificationKind {
        /// A reminder that was asked for.
        Reminder = "reminder",
        /// Somebody named the member in a note.
        Mention = "mention",
        /// Somebody gave the member a task, a call or a meeting.
        Assignment = "assignment",
    }
}

permissions! {
    /// Read one's own notifications and say how one wants to be told.
    pub OwnNotifications = "notification.own": [Administrator, Sales, Billing, Marketing, Support, ReadOnly];
    /// Mail members what they are told of; held by the product's own workers.
    pub MailNotifications = "notification.mail": [];
}

store::record! {
    pub struct Notification in notification {
        id: NotificationId,
        member_id: MemberId,
        kind: NotificationKind,
        /// `act_…` or `not_…`.
        subject: String,
        occasion: String,
        actor_id: Option<MemberId>,
        read_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
    }
}

/// Registers the mails. `public_url` is where members find what a mail tells them of.
pub fn jobs(runner: jobs::Runner, public_url: String) -> jobs::Runner {
    runner.on::<MailNotification, _, _>(move |context, job| mail::run(context, public_url.clone(), job))
}

/// The reminder of an activity at a time, to whose it is.
pub(crate) async fn reminded(tx: &mut Tx, activity: &Activity, at: DateTime<Utc>) -> Result<()> {
    let Some(member) = activity.holder() else { return Ok(()) };
    let occasion = format!("{}/remind/{}", activity.id, at.timestamp());
    tell(tx, member, NotificationKind::Reminder, activity.id, occasion).await
}

/// That an activity was given to somebody, unless they took it themselves.
pub(crate) async fn assigned(tx: &mut Tx, activity: &Activity) -> Result<()> {
    let Some(member) = activity.assignee_id.filter(|member| tx.caller().member_id() != Some(*member)) else {
        return Ok(());
    };
    let occasion = format!("{}/assign/{}", activity.id, activity.version);
    tell(tx, member, NotificationKind::Assignment, activity.id, occasion).await
}

/// That a note names a member: once for a note, however often it is edited.
pub(crate) async fn mentioned(tx: &mut Tx, note: &Note, member: MemberId) -> Result<()> {
    if tx.caller().member_id() == Some(member) {
        return Ok(());
    }
    tell(tx, member, NotificationKind::Mention, note.id, format!("{}/mention", note.id)).await
}

async fn tell(tx: &mut Tx, member: MemberId, kind: NotificationKind, subject: impl Id, occasion: String) -> Result<()> {
    let id = NotificationId::new();
    let insert = sql!(
        "INSERT INTO notification (tenant_id, id, member_id, kind, subject, occasion, actor_id, created_at) \
         VALUES ({}, {}, {}, {}, {}, {}, {}, {}) ON CONFLICT (tenant_id, member_id, occasion) DO NOTHING",
        tx.tenant_id(),
        id,
        member,
        kind,
        subject.to_string(),
        occasion,
        tx.caller().member_id(),
        tx.now()
    );
    if tx.execute(insert).await? == 0 {
        return Ok(());
    }
    tx.emit(Event::new("notification.created", id)).await?;
    if setting::of(tx, member).await?.mails(kind) {
        tx.enqueue(&MailNotification { notification_id: id }).await?;
    }
    Ok(())
}
