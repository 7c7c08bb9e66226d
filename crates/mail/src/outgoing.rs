//! The noun: an outgoing mail, its draft, and queueing it.

pub mod deliver;
pub mod render;

use chrono::{DateTime, Utc};
use files::BlobId;
use kernel::{Error, Event, Json, Language, Result, SealedJson, id::Id};
use serde::{Deserialize, Serialize};
use store::{EnqueueJob, Tx, sql};

kernel::id!(/// An outgoing mail.
    pub MailId, "mai");

kernel::states! {
    /// Where a mail is on its way.
    pub enum MailState {
        Queued = "queued",
        /// A mail server has accepted it.
        Sent = "sent",
        /// Refused for good, or given up.
        Failed = "failed",
        /// Handed over, and the answer was lost: it may have arrived. A person decides whether to send again.
        Unknown = "unknown",
    }
}

kernel::states! {
    /// Why a mail is sent: decides what notice it needs and whether it can be opted out of.
    pub enum Purpose {
        /// About the account: confirmations, invitations.
        Service = "service",
        /// About its security; always sent.
        Security = "security",
        /// A quote, invoice or receipt the tenant sends to its customer.
        Document = "document",
    }
}

/// In whose name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// The product.
    Platform,
    /// The tenant, by its sending identity.
    Tenant,
}

/// Somebody to write to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Recipient {
    pub name: Option<String>,
    #[schema(example = "ana@example.com")]
    pub address: String,
}

/// A piece of a mail's body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A paragraph; line breaks are kept.
    Text(String),
    Button {
        label: String,
        url: String,
    },
    /// Rows of a name and a value.
    Facts(Vec<(String, String)>),
    /// Somebody's own words, set apart.
    Quote(String),
}

/// A mail to be queued.
#[derive(Debug, Clone)]
pub struct Draft {
    pub sender: Sender,
    pub to: Vec<Recipient>,
    pub cc: Vec<Recipient>,
    pub language: Language,
    pub subject: String,
    pub body: Vec<Part>,
    pub attachments: Vec<BlobId>,
    /// The record the mail is about, such as `inv_…`: mails about one record are one thread.
    pub subject_record: Option<String>,
    pub purpose: Purpose,
}

store::record! {
    /// A queued or sent mail as stored.
    pub struct OutgoingMail in outgoing_mail {
        id: MailId,
        version: i64,
        state: MailState,
        purpose: Purpose,
        by_tenant: bool,
        language: Language,
        recipients: Json<Vec<Recipient>>,
        cc: Json<Vec<Recipient>>,
        subject: String,
        /// Sealed: it may hold a secret link.
        body: SealedJson<Vec<Part>>,
        attachments: Json<Vec<BlobId>>,
        subject_record: Option<String>,
        /// What queued it, where that may be asked to do so twice.
        draft_key: Option<String>,
        /// Of the tries; set when the state is final.
        outcome: Option<String>,
        message_id: Option<String>,
        /// Set while a try is under way: a worker that finds it set knows that an earlier try ended without an answer.
        handed_over_at: Option<DateTime<Utc>>,
        sent_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

store::record! {
    /// How the tenant signs its mails: the name and the address replies go to. The envelope stays the platform's, whose
    /// domain is authenticated, until the tenant has proven a domain of its own (promise P064).
    pub struct SendingIdentity in sending_identity {
        id: SendingIdentityId,
        version: i64,
        from_name: String,
        reply_to: String,
        signature: Option<String>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

kernel::id!(/// A tenant's sending identity.
    pub SendingIdentityId, "sid");

/// The tenant's sending identity, if it has one.
pub async fn sending_identity(tx: &mut Tx) -> Result<Option<SendingIdentity>> {
    let select = tx.select::<SendingIdentity>();
    Ok(tx.optional(select).await?)
}

/// Writes the mail and the job that delivers it.
pub async fn queue(tx: &mut Tx, draft: Draft) -> Result<MailId> {
    write(tx, draft, None).await
}

/// The same, once for a key: a job that is run again, because its worker died, finds the mail it queued.
pub async fn queue_once(tx: &mut Tx, key: &str, draft: Draft) -> Result<MailId> {
    let queued = tx.select::<OutgoingMail>().and("outgoing_mail.draft_key =", key);
    match tx.optional::<OutgoingMail>(queued).await? {
        Some(mail) => Ok(mail.id),
        None => write(tx, draft, Some(key.to_owned())).await,
    }
}

async fn write(tx: &mut Tx, draft: Draft, draft_key: Option<String>) -> Result<MailId> {
    if draft.to.is_empty() {
        return Err(Error::invalid("to", "recipient_missing", "Name at least one recipient."));
    }
    for (i, recipient) in draft.to.iter().chain(&draft.cc).enumerate() {
        capabilities::mail::Mailbox::new(recipient.name.as_deref(), &recipient.address)
            .map_err(|e| Error::invalid(format!("to.{i}"), "recipient_invalid", e.to_string()))?;
    }
    let mail = OutgoingMail {
        id: MailId::new(),
        version: 1,
        state: MailState::Queued,
        purpose: draft.purpose,
        by_tenant: draft.sender == Sender::Tenant,
        language: draft.language,
        recipients: Json(draft.to),
        cc: Json(draft.cc),
        subject: draft.subject,
        body: SealedJson(draft.body),
        attachments: Json(draft.attachments),
        subject_record: draft.subject_record,
        draft_key,
        outcome: None,
        message_id: None,
        handed_over_at: None,
        sent_at: None,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    tx.insert(&mail).await?;
    tx.emit(event("mail.queued", &mail)).await?;
    tx.enqueue(&deliver::DeliverMail { mail_id: mail.id }).await?;
    Ok(mail.id)
}

/// An event of a mail, shown on the timeline of the record it is about.
fn event(kind: &'static str, mail: &OutgoingMail) -> Event {
    let mut event = Event::new(kind, mail.id).data(serde_json::json!({ "record": mail.subject_record }));
    event.related.extend(mail.subject_record.clone());
    event
}

/// The Message-IDs of the earlier mails of the same thread, oldest first.
async fn thread(tx: &mut Tx, mail: &OutgoingMail) -> Result<Vec<String>> {
    let Some(record) = &mail.subject_record else { return Ok(Vec::new()) };
    let query = sql!(
        "SELECT message_id FROM outgoing_mail WHERE tenant_id = {} AND subject_record = {} AND message_id IS NOT NULL \
         AND id < {} AND state IN ('sent', 'unknown') ORDER BY id LIMIT 20",
        tx.tenant_id(),
        record.clone(),
        mail.id.uuid(),
    );
    Ok(tx.all::<(String,)>(query).await?.into_iter().map(|(id,)| id).collect())
}
