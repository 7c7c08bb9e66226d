//! How a member wants to be told, and the zone their days are counted in. Without a setting: by mail too, in the
//! company's zone.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use kernel::{Change, Error, MemberId, Result};
use serde::{Deserialize, Serialize};
use store::Tx;
use utoipa::ToSchema;

use super::NotificationKind;

store::record! {
    /// The setting of one member, by the member's id.
    pub struct NotificationSetting in notification_setting {
        id: MemberId,
        mail_reminders: bool,
        mail_mentions: bool,
        mail_assignments: bool,
        time_zone: Option<String>,
        updated_at: DateTime<Utc>,
    }
}

impl NotificationSetting {
    pub(super) fn mails(&self, kind: NotificationKind) -> bool {
        match kind {
            NotificationKind::Reminder => self.mail_reminders,
            NotificationKind::Mention => self.mail_mentions,
            NotificationKind::Assignment => self.mail_assignments,
        }
    }
}

/// How one is told, put whole.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NotificationChoice {
    /// Reminders by mail too.
    #[schema(example = true)]
    pub mail_reminders: bool,
    /// Mentions by mail too.
    #[schema(example = true)]
    pub mail_mentions: bool,
    /// Tasks given to one, by mail too.
    #[schema(example = false)]
    pub mail_assignments: bool,
    /// The zone one's days begin in; null is the company's.
    #[schema(example = "America/Mexico_City")]
    pub time_zone: Option<String>,
}

/// The member's setting, or what holds without one.
pub async fn of(tx: &mut Tx, member: MemberId) -> Result<NotificationSetting> {
    let (mail, now) = (true, tx.now());
    Ok(tx.find(member).await?.unwrap_or(NotificationSetting {
        id: member,
        mail_reminders: mail,
        mail_mentions: mail,
        mail_assignments: mail,
        time_zone: None,
        updated_at: now,
    }))
}

/// The zone in which the member's days begin.
pub async fn zone(tx: &mut Tx, member: MemberId) -> Result<Tz> {
    let own = of(tx, member).await?.time_zone.and_then(|zone| zone.parse().ok());
    match own {
        Some(zone) => Ok(zone),
        None => Ok(identity::tenant::current(tx).await?.zone()),
    }
}

/// The zone in which the days of whoever asks begin: a member's own, for programs the company's.
pub async fn of_reader(tx: &mut Tx) -> Result<Tz> {
    match tx.caller().member_id() {
        Some(me) => zone(tx, me).await,
        None => Ok(identity::tenant::current(tx).await?.zone()),
    }
}

pub async fn set(tx: &mut Tx, member: MemberId, choice: NotificationChoice) -> Result<NotificationSetting> {
    if choice.time_zone.as_ref().is_some_and(|zone| zone.parse::<Tz>().is_err()) {
        let sentence = "Choose a time zone such as America/Mexico_City.";
        return Err(Error::invalid("time_zone", "time_zone_unknown", sentence));
    }
    let before: Option<NotificationSetting> = tx.find(member).await?;
    let after = NotificationSetting {
        id: member,
        mail_reminders: choice.mail_reminders,
        mail_mentions: choice.mail_mentions,
        mail_assignments: choice.mail_assignments,
        time_zone: choice.time_zone,
        updated_at: tx.now(),
    };
    let change = Change::new("notification_setting.set", member).after(&after);
    match &before {
        Some(before) => {
            tx.update(&after).await?;
            tx.audit(change.before(before)).await?;
        }
        None => {
            tx.insert(&after).await?;
            tx.audit(change).await?;
        }
    }
    Ok(after)
}
