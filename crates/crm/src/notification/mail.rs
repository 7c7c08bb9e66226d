//! The mail of a notification: a service notice to a member, in their language, from the product. It names what it is
//! about as that member may see it; its subject line, which the log of mails shows, does not.

use std::sync::LazyLock;

use ::mail::{Draft, Part, Purpose, Recipient, Sender};
use identity::{Member, MemberState, tenant};
use jobs::{Context, Verdict};
use kernel::Result;
use locale::Catalog;
use serde::{Deserialize, Serialize};
use store::{Tx, sql};

use super::{MailNotifications, Notification, NotificationId, NotificationKind};
use crate::{activity::Activity, name};

static WORDS: LazyLock<Catalog> = LazyLock::new(|| {
    Catalog::load([
        include_str!("../../locales/en.ftl"),
        include_str!("../../locales/es.ftl"),
        include_str!("../../locales/pt.ftl"),
        include_str!("../../locales/fr.ftl"),
    ])
});

#[derive(Debug, Serialize, Deserialize)]
pub struct MailNotification {
    pub notification_id: NotificationId,
}

impl kernel::Job for MailNotification {
    const KIND: &'static str = "notification.mail";

    fn unique_key(&self) -> Option<String> {
        Some(self.notification_id.to_string())
    }
}

/// Queues the mail, once. Who has left, or has read the notification meanwhile, is not written to.
pub async fn run(context: Context, public_url: String, job: MailNotification) -> Result<Verdict> {
    let mut tx = context.store.begin(&context.can::<MailNotifications>()?).await?;
    let Some(told) = tx.find::<Notification>(job.notification_id).await? else { return Ok(Verdict::Done) };
    let member: Member = tx.get(told.member_id).await?;
    if member.state != MemberState::Active || told.read_at.is_some() {
        return Ok(Verdict::Done);
    }
    let query = sql!("SELECT name, email, language FROM account WHERE id = {}", member.account_id);
    let Some((name, address, language)) = tx.optional::<(String, String, kernel::Language)>(query).await? else {
        return Ok(Verdict::Done);
    };
    let actor = match told.actor_id {
        Some(id) => name::members(&mut tx, [Some(id)]).await?.name(id).unwrap_or_default(),
        None => String::new(),
    };
    let tenant = tenant::current(&mut tx).await?;
    let title = title(&mut tx, &told).await?;
    let key = told.kind.name();
    let values = [("name", name.as_str()), ("actor", actor.as_str()), ("tenant", tenant.name.as_str())];
    let text = |part: &str| WORDS.text(language, &format!("notice-{key}-{part}"), &values);
    let mut body = vec![Part::Text(text("text"))];
    body.extend(title.map(Part::Quote));
    let label = WORDS.text(language, "notice-button", &[]);
    body.push(Part::Button { label, url: format!("{public_url}/work") });
    body.push(Part::Text(WORDS.text(language, "notice-why", &values)));
    let draft = Draft {
        sender: Sender::Platform,
        to: vec![Recipient { name: Some(name.clone()), address }],
        cc: Vec::new(),
        language,
        subject: text("subject"),
        body,
        attachments: Vec::new(),
        subject_record: None,
        purpose: Purpose::Service,
    };
    ::mail::queue_once(&mut tx, &told.id.to_string(), draft).await?;
    tx.commit().await?;
    Ok(Verdict::Done)
}

/// The title of the activity. What a note says stays in the product.
async fn title(tx: &mut Tx, told: &Notification) -> Result<Option<String>> {
    if told.kind == NotificationKind::Mention {
        return Ok(None);
    }
    let Ok(id) = told.subject.parse::<crate::activity::ActivityId>() else { return Ok(None) };
    let found = tx.find::<Activity>(id).await?;
    Ok(found.filter(|activity| activity.deleted_at.is_none()).map(|activity| activity.title))
}
