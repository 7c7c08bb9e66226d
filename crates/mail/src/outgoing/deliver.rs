//! Delivering: prepare, mark as handed over, hand over, settle. The mark is committed before the mail leaves, so that a
//! worker that died in between leaves `unknown` behind and never a second mail.

use capabilities::{
    Outcome,
    mail::{Attachment, HeaderText, MailHeader, Mailbox, MessageId, OutgoingMessage},
};
use chrono::TimeDelta;
use jobs::{Context, Verdict};
use kernel::{Change, Error, Job, Result, SealedJson, permissions};
use serde::{Deserialize, Serialize};
use store::Tx;

use super::{MailId, MailState, OutgoingMail, Purpose, event, render, sending_identity, thread};
use crate::Postman;

permissions! {
    /// Hand a queued mail to the mail server; held by the product's own workers.
    pub DeliverMails = "mail.deliver": [];
}

/// Deliver one mail.
#[derive(Debug, Serialize, Deserialize)]
pub struct DeliverMail {
    pub mail_id: MailId,
}

impl Job for DeliverMail {
    const KIND: &'static str = "mail.deliver";
    const LEASE_SECONDS: i64 = 300;
    fn unique_key(&self) -> Option<String> {
        Some(self.mail_id.to_string())
    }
}

pub async fn deliver(context: Context, postman: Postman, job: DeliverMail) -> Result<Verdict> {
    let can = context.can::<DeliverMails>()?;
    let mut tx = context.store.begin(&can).await?;
    let mail: OutgoingMail = tx.get_locked(job.mail_id).await?;
    let mail = match mail.state {
        MailState::Queued => mail,
        // A first try that finds its mail failed is a dead job that somebody has replayed.
        MailState::Failed if context.attempt == 1 => {
            tx.update(&OutgoingMail { state: MailState::Queued, outcome: None, handed_over_at: None, ..mail }).await?
        }
        // The worker of the last try died between giving up and saying so.
        MailState::Failed if context.attempt > DeliverMail::MAX_ATTEMPTS => return Ok(given_up()),
        _ => return Ok(Verdict::Done),
    };
    if mail.handed_over_at.is_some() {
        settle(&mut tx, mail, MailState::Unknown, Some("an earlier try ended without an answer".into())).await?;
        tx.commit().await?;
        return Ok(Verdict::Done);
    }
    let message = match compose(&mut tx, &postman, &mail).await {
        Ok(message) => message,
        Err(Error::Invalid { fields }) => {
            let reason = fields.first().map(|f| f.message.clone());
            settle(&mut tx, mail, MailState::Failed, reason).await?;
            tx.commit().await?;
            return Ok(Verdict::Done);
        }
        Err(other) => return Err(other),
    };
    let message_id = Some(message.message_id.as_str().to_owned());
    let mail = tx.update(&OutgoingMail { message_id, handed_over_at: Some(tx.now()), ..mail }).await?;
    tx.commit().await?;

    let outcome = postman.transport.send(&message).await;
    let mut tx = context.store.begin(&can).await?;
    let verdict = conclude(&mut tx, mail, outcome, context.attempt).await?;
    tx.commit().await?;
    Ok(verdict)
}

async fn conclude(
    tx: &mut Tx,
    mail: OutgoingMail,
    outcome: Outcome<capabilities::mail::Accepted>,
    attempt: i64,
) -> Result<Verdict> {
    let (state, reason, verdict) = match outcome {
        Outcome::Done(accepted) if accepted.refused.is_empty() => (MailState::Sent, None, Verdict::Done),
        Outcome::Done(accepted) => {
            let refused: Vec<&str> = accepted.refused.iter().map(|r| r.reason.as_str()).collect();
            (MailState::Sent, Some(format!("refused for some recipients: {}", refused.join("; "))), Verdict::Done)
        }
        Outcome::Refused { code, reason } => (MailState::Failed, Some(format!("{code} {reason}")), Verdict::Done),
        Outcome::Unknown { reason } => (MailState::Unknown, Some(reason), Verdict::Done),
        Outcome::RetryAfter { after, reason } if attempt < DeliverMail::MAX_ATTEMPTS => {
            let after = TimeDelta::from_std(after).unwrap_or(TimeDelta::minutes(5));
            (
                MailState::Queued,
                Some(reason),
                Verdict::RetryAfter { after, reason: "the mail server asked to try later".into() },
            )
        }
        Outcome::Reconnect { reason } if attempt < DeliverMail::MAX_ATTEMPTS => {
            let verdict = Verdict::RetryAfter {
                after: TimeDelta::minutes(10),
                reason: "the mail server refused the sign-in".into(),
            };
            (MailState::Queued, Some(reason), verdict)
        }
        Outcome::RetryAfter { reason, .. } | Outcome::Reconnect { reason } => {
            (MailState::Failed, Some(format!("given up after {attempt} tries: {reason}")), given_up())
        }
    };
    settle(tx, mail, state, reason).await?;
    Ok(verdict)
}

/// The mail server never took it and never refused it for good: that is no matter of one recipient, so its owner is told.
fn given_up() -> Verdict {
    Verdict::Dead { reason: "mail_given_up".into() }
}

/// Writes how a try ended. Back to `queued` clears the mark: nothing was handed over.
async fn settle(tx: &mut Tx, mail: OutgoingMail, state: MailState, outcome: Option<String>) -> Result<()> {
    let sent_at = (state == MailState::Sent).then(|| tx.now());
    let handed_over_at = mail.handed_over_at.filter(|_| state != MailState::Queued);
    // What a service mail said is spent once it has left: its secret link is not kept in the open.
    let spent = state == MailState::Sent && mail.purpose != Purpose::Document;
    let body = if spent { SealedJson(Vec::new()) } else { mail.body.clone() };
    let settled = tx.update(&OutgoingMail { state, outcome, sent_at, handed_over_at, body, ..mail.clone() }).await?;
    let kind = match state {
        MailState::Queued => return Ok(()),
        MailState::Sent => "mail.sent",
        MailState::Failed => "mail.failed",
        MailState::Unknown => "mail.unknown",
    };
    tx.audit(Change::new(kind, mail.id).before(&state_of(&mail)).after(&state_of(&settled))).await?;
    tx.emit(event(kind, &settled)).await?;
    Ok(())
}

/// What the audit trail needs of a mail; its text and addresses stay in the mail, where erasure finds them.
fn state_of(mail: &OutgoingMail) -> serde_json::Value {
    serde_json::json!({ "state": mail.state, "message_id": mail.message_id })
}

async fn compose(tx: &mut Tx, postman: &Postman, mail: &OutgoingMail) -> Result<OutgoingMessage> {
    let refuse = |e: capabilities::mail::MailInputError| Error::invalid("mail", "mail_malformed", e.to_string());
    let boxes = |list: &[super::Recipient]| -> Result<Vec<Mailbox>> {
        list.iter().map(|r| Mailbox::new(r.name.as_deref(), &r.address).map_err(refuse)).collect()
    };
    let identity = if mail.by_tenant { sending_identity(tx).await? } else { None };
    let domain = postman.platform_address.rsplit('@').next().unwrap_or("localhost");
    // One id for all tries of one mail: a server that got it twice can tell.
    let local = format!("{}.{}", mail.id, tx.tenant_id());
    let message_id = MessageId::for_mail(&local, domain).map_err(refuse)?;
    let from_name = identity.as_ref().map_or("OMB Cloud", |i| i.from_name.as_str());
    let from = Mailbox::new(Some(from_name), &postman.platform_address).map_err(refuse)?;
    let mut to = boxes(&mail.recipients.0)?;
    if to.is_empty() {
        return Err(Error::invalid("to", "recipient_missing", "The mail has no recipient."));
    }
    let first = to.remove(0);
    let subject = HeaderText::parse(&mail.subject).map_err(refuse)?;
    let signature = identity.as_ref().and_then(|i| i.signature.as_deref());
    let text = render::text(&mail.body.0, signature);
    let mut message = OutgoingMessage::new(message_id, from, first, subject, text, tx.now());
    message.html = Some(render::html(&mail.body.0, signature, mail.language, from_name));
    message.to.extend(to);
    message.cc = boxes(&mail.cc.0)?;
    if let Some(identity) = &identity {
        message.reply_to = Some(Mailbox::new(Some(&identity.from_name), &identity.reply_to).map_err(refuse)?);
    } else {
        message.headers.push(MailHeader::auto_generated());
    }
    for id in thread(tx, mail).await? {
        message.references.push(MessageId::parse(&id).map_err(refuse)?);
    }
    message.in_reply_to = message.references.last().cloned();
    for id in &mail.attachments.0 {
        let (blob, bytes) = postman.blobs.get(tx, *id).await?;
        message.attachments.push(Attachment::new(&blob.file_name, &blob.media_type, bytes).map_err(refuse)?);
    }
    Ok(message)
}
