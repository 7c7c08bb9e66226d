//! The log of outgoing mails, and how the tenant signs them.

use axum::extract::State;
use chrono::{DateTime, Utc};
use edge::{App, Json, May, Path, Query, Versioned};
use kernel::{Caller, Change, Error, Page, PageRequest, Patch, Permission, permissions};
use serde::{Deserialize, Serialize};
use store::{EnqueueJob, Sort, SortKind, Store, sql};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::outgoing::{
    MailId, MailState, OutgoingMail, Part, Purpose, Recipient, SendingIdentity, SendingIdentityId,
    deliver::DeliverMail, sending_identity,
};

permissions! {
    /// See which mails went out, to whom and with what result.
    pub ReadMails = "mail.read": [Administrator, Sales, Billing, Support, ReadOnly];
    /// Send a failed mail again.
    pub ResendMails = "mail.resend": [Administrator, Sales, Billing];
    /// Change the name and reply address of the company's mails.
    pub ManageSending = "mail.manage": [Administrator];
}

const SORTS: &[Sort] = &[Sort::descending("created_at", "created_at", SortKind::Time)];

/// A mail in the log.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailView {
    pub id: MailId,
    pub version: i64,
    pub state: MailState,
    pub purpose: Purpose,
    pub to: Vec<Recipient>,
    pub cc: Vec<Recipient>,
    pub subject: String,
    /// The record it is about.
    pub subject_record: Option<String>,
    /// What the mail server said, where it did not simply accept.
    pub outcome: Option<String>,
    pub message_id: Option<String>,
    pub body: Vec<Part>,
    pub attachments: usize,
    pub sent_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub actions: Vec<&'static str>,
}

fn view(mail: OutgoingMail, caller: &Caller) -> MailView {
    let again = caller.holds(ResendMails::NAME) && matches!(mail.state, MailState::Failed | MailState::Unknown);
    MailView {
        id: mail.id,
        version: mail.version,
        state: mail.state,
        purpose: mail.purpose,
        to: mail.recipients.0,
        cc: mail.cc.0,
        subject: mail.subject,
        subject_record: mail.subject_record,
        outcome: mail.outcome,
        message_id: mail.message_id,
        // A security mail carries a secret link, which is its recipient's alone; one with a document says what it comes to,
        // and may lead to its page.
        body: if mail.purpose == Purpose::Document && caller.sees_amounts() { mail.body.0 } else { Vec::new() },
        attachments: mail.attachments.0.len(),
        sent_at: mail.sent_at,
        created_at: mail.created_at,
        actions: if again { vec!["resend"] } else { Vec::new() },
    }
}

/// Which mails.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MailFilter {
    /// Only mails in this state.
    pub state: Option<MailState>,
    /// Only mails about this record.
    pub record: Option<String>,
}

#[utoipa::path(get, path = "/api/v1/mails", operation_id = "mail_list", tag = "mails", params(PageRequest, MailFilter),
    responses((status = 200, description = "Outgoing mails, newest first", body = Page<MailView>)))]
async fn mail_list(
    May(can): May<ReadMails>,
    State(store): State<Store>,
    Query(page): Query<PageRequest>,
    Query(filter): Query<MailFilter>,
) -> edge::Result<Json<Page<MailView>>> {
    let mut tx = store.read(&can).await?;
    let select = tx
        .select::<OutgoingMail>()
        .and_if("outgoing_mail.state =", filter.state)
        .and_if("outgoing_mail.subject_record =", filter.record);
    let mails = tx.page::<OutgoingMail>(select, SORTS, &page).await?;
    Ok(Json(mails.map(|mail| view(mail, can.caller()))))
}

#[utoipa::path(get, path = "/api/v1/mails/{id}", operation_id = "mail_get", tag = "mails", params(("id" = MailId, Path)),
    responses((status = 200, description = "The mail", body = MailView)))]
async fn mail_get(
    May(can): May<ReadMails>,
    State(store): State<Store>,
    Path(id): Path<MailId>,
) -> edge::Result<Versioned<MailView>> {
    let mail: OutgoingMail = store.read(&can).await?.get(id).await?;
    Ok(Versioned(mail.version, view(mail, can.caller())))
}

#[utoipa::path(post, path = "/api/v1/mails/{id}/resend", operation_id = "mail_resend", tag = "mails", params(("id" = MailId, Path)),
    responses((status = 200, description = "The mail, queued again", body = MailView)))]
async fn mail_resend(
    May(can): May<ResendMails>,
    State(store): State<Store>,
    Path(id): Path<MailId>,
) -> edge::Result<Versioned<MailView>> {
    let mut tx = store.begin(&can).await?;
    let mail: OutgoingMail = tx.get_locked(id).await?;
    if !matches!(mail.state, MailState::Failed | MailState::Unknown) {
        return Err(Error::conflict(
            "mail_not_failed",
            "Only a mail that failed, or whose fate is unknown, can be sent again.",
        )
        .into());
    }
    let again =
        tx.update(&OutgoingMail { state: MailState::Queued, outcome: None, handed_over_at: None, ..mail }).await?;
    tx.audit(Change::new("mail.resend", id)).await?;
    tx.enqueue(&DeliverMail { mail_id: id }).await?;
    // What was given up before is wanted anew by this.
    let dead = sql!(
        "DELETE FROM job WHERE tenant_id = {} AND kind = {} AND unique_key = {} AND state = 'dead'",
        tx.tenant_id(),
        <DeliverMail as kernel::Job>::KIND,
        id.to_string()
    );
    tx.execute(dead).await?;
    tx.commit().await?;
    Ok(Versioned(again.version, view(again, can.caller())))
}

/// How the company's mails are signed.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct SendingIdentityView {
    #[schema(example = "Talleres Aurora")]
    pub from_name: String,
    #[schema(example = "hola@aurora.example")]
    pub reply_to: String,
    pub signature: Option<String>,
}

/// A change of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeSendingIdentity {
    pub from_name: String,
    pub reply_to: String,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub signature: Patch<String>,
}

#[utoipa::path(get, path = "/api/v1/sending-identity", operation_id = "sending_identity_get", tag = "mails",
    responses((status = 200, description = "How the company's mails are signed", body = SendingIdentityView)))]
async fn sending_identity_get(
    May(can): May<ReadMails>,
    State(store): State<Store>,
) -> edge::Result<Json<SendingIdentityView>> {
    let mut tx = store.read(&can).await?;
    let found = sending_identity(&mut tx).await?;
    Ok(Json(found.map(identity_view).unwrap_or_default()))
}

#[utoipa::path(put, path = "/api/v1/sending-identity", operation_id = "sending_identity_set", tag = "mails", request_body = ChangeSendingIdentity,
    responses((status = 200, description = "As it now is", body = SendingIdentityView)))]
async fn sending_identity_set(
    May(can): May<ManageSending>,
    State(store): State<Store>,
    Json(input): Json<ChangeSendingIdentity>,
) -> edge::Result<Json<SendingIdentityView>> {
    let mailbox = capabilities::mail::Mailbox::new(Some(&input.from_name), &input.reply_to)
        .map_err(|e| Error::invalid("reply_to", "sender_invalid", e.to_string()))?;
    let mut tx = store.begin(&can).await?;
    let before = sending_identity(&mut tx).await?;
    let mut identity = set_sending_identity(&mut tx, &input.from_name, mailbox.address.as_str()).await?;
    if input.signature != Patch::Keep {
        input.signature.apply(&mut identity.signature);
        identity = tx.update(&identity).await?;
    }
    let change = Change::new("sending_identity.update", identity.id).after(&identity);
    tx.audit(match &before {
        Some(before) => change.before(before),
        None => change,
    })
    .await?;
    tx.commit().await?;
    Ok(Json(identity_view(identity)))
}

/// Makes or changes the tenant's sending identity.
pub async fn set_sending_identity(
    tx: &mut store::Tx,
    from_name: &str,
    reply_to: &str,
) -> kernel::Result<SendingIdentity> {
    let (from_name, reply_to) = (from_name.trim().to_owned(), reply_to.to_owned());
    if let Some(identity) = sending_identity(tx).await? {
        return Ok(tx.update(&SendingIdentity { from_name, reply_to, ..identity }).await?);
    }
    let (created_at, updated_at) = (tx.now(), tx.now());
    let identity = SendingIdentity {
        id: SendingIdentityId::new(),
        version: 1,
        from_name,
        reply_to,
        signature: None,
        created_at,
        updated_at,
    };
    tx.insert(&identity).await?;
    Ok(identity)
}

fn identity_view(identity: SendingIdentity) -> SendingIdentityView {
    SendingIdentityView { from_name: identity.from_name, reply_to: identity.reply_to, signature: identity.signature }
}

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(mail_list))
        .routes(routes!(mail_get))
        .routes(routes!(mail_resend))
        .routes(routes!(sending_identity_get, sending_identity_set))
}
