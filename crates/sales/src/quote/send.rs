//! Sending a quote: freeze what will be shown, number it, make its page, and queue the mail. And taking it back.

use crm::contact::Contact;
use jobs::{Context, Verdict};
use kernel::{Can, Change, Error, Job, Json, Permission, Result, Sealed, permissions};
use mail::{Draft, Part, Purpose, Recipient, Sender};
use serde::{Deserialize, Serialize};
use store::{EnqueueJob, OnConstraint, Store, Tx};
use utoipa::ToSchema;

use super::{AnswerQuote, Quote, QuoteId, QuoteState, create::today, event, index};
use crate::{
    customer::customer,
    document::{PartySnapshot, parse_lines, print},
    entity::{FiscalEntity, number, number::SeriesKind},
    words::WORDS,
};

permissions! {
    /// Make the PDF of a sent quote and queue its mail; held by the product's own workers.
    pub DispatchQuotes = "quote.dispatch": [];
}

/// To whom, and what to say. The page and PDF are the same for everybody.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SendQuote {
    /// The contact's address unless given.
    pub to: Vec<Recipient>,
    pub cc: Vec<Recipient>,
    /// A few words above the offer.
    pub message: Option<String>,
    /// Make the page without sending a mail: the link is passed on by hand.
    pub link_only: bool,
}

/// Typeset the PDF of a revision and mail it.
#[derive(Debug, Serialize, Deserialize)]
pub struct DispatchQuote {
    pub quote_id: QuoteId,
    pub revision: i64,
    pub to: Vec<Recipient>,
    pub cc: Vec<Recipient>,
    pub message: Option<String>,
}

impl Job for DispatchQuote {
    const KIND: &'static str = "quote.dispatch";
}

/// Freezes and sends. A quote that is already sent is sent again as it stands, with the same link.
pub async fn send(tx: &mut Tx, id: QuoteId, input: SendQuote) -> Result<Quote> {
    let before: Quote = tx.get_locked(id).await?;
    let entity: FiscalEntity = tx.get(before.fiscal_entity_id).await?;
    let today = today(tx).await?;
    refuse_unsendable(&before, today)?;
    let (customer, contact) = customer(tx, before.company_id, before.contact_id).await?;
    let to = recipients(&input, contact.as_ref())?;
    let message = crm::field::text("message", input.message.as_deref(), 5000)?;
    let sent = if before.state == QuoteState::Sent {
        before.clone()
    } else {
        freeze(tx, before.clone(), &entity, customer, today).await?
    };
    if !input.link_only {
        let job = DispatchQuote { quote_id: id, revision: sent.revision, to, cc: input.cc, message };
        tx.enqueue(&job).await?;
    }
    tx.audit(Change::new("quote.send", id).before(&before).after(&sent)).await?;
    tx.emit(event("quote.sent", &sent)).await?;
    Ok(sent)
}

fn refuse_unsendable(quote: &Quote, today: chrono::NaiveDate) -> Result<()> {
    match quote.state {
        QuoteState::Accepted => {
            return Err(Error::conflict("quote_accepted", "The customer has accepted this quote already."));
        }
        QuoteState::Draft | QuoteState::Sent => {}
        QuoteState::Declined | QuoteState::Revoked => {
            return Err(Error::conflict(
                "quote_closed",
                "This quote was declined or taken back. Change it first; then it can be sent again.",
            ));
        }
    }
    if quote.company_id.is_none() && quote.contact_id.is_none() {
        return Err(Error::invalid(
            "company_id",
            "customer_missing",
            "Say who the quote is for: a company or a contact.",
        ));
    }
    if quote.valid_until < today {
        return Err(Error::invalid(
            "valid_until",
            "date_in_past",
            "The last day of validity lies in the past. Choose a later one.",
        ));
    }
    parse_lines(quote.lines.0.clone(), 1).map(|_| ())
}

fn recipients(input: &SendQuote, contact: Option<&Contact>) -> Result<Vec<Recipient>> {
    if !input.to.is_empty() || input.link_only {
        return Ok(input.to.clone());
    }
    let contact =
        contact.and_then(|c| Some(Recipient { name: Some(c.display_name.clone()), address: c.email.clone()? }));
    contact.map(|c| vec![c]).ok_or_else(|| {
        Error::invalid(
            "to",
            "recipient_missing",
            "The quote has no contact with an e-mail address. Name a recipient, or choose a contact.",
        )
    })
}

async fn freeze(
    tx: &mut Tx,
    quote: Quote,
    entity: &FiscalEntity,
    customer: PartySnapshot,
    today: chrono::NaiveDate,
) -> Result<Quote> {
    let number = match &quote.number {
        Some(number) => number.clone(),
        None => number::take(tx, entity.id, SeriesKind::Quote, today).await?,
    };
    let snapshot = quote.snapshot(entity, customer, number.clone(), today)?;
    let totals = snapshot.totals.clone();
    let link = identity::link::NewLink {
        purpose: "quote",
        subject: quote.id.to_string(),
        grants: &[AnswerQuote::NAME],
        expires_at: None,
    };
    let (link_id, token) = identity::link::create(tx, link).await?;
    let sent = Quote {
        state: QuoteState::Sent,
        number: Some(number),
        revision: quote.revision + 1,
        issue_date: today,
        payable_minor: totals.payable,
        totals: Json(totals),
        snapshot_sha256: Some(snapshot.sha256()),
        snapshot: Some(Json(snapshot)),
        pdf_blob_id: None,
        pdf_sha256: None,
        link_id: Some(link_id),
        public_token: Some(Sealed::new(token)),
        sent_at: Some(tx.now()),
        viewed_at: None,
        answered_at: None,
        ..quote
    };
    let sent = tx.update(&sent).await.on_constraint("quote_fiscal_entity_id_number_key", number::taken)?;
    index(tx, &sent).await?;
    Ok(sent)
}

/// Takes a sent quote back: its page says so and takes no answer.
pub async fn revoke(tx: &mut Tx, id: QuoteId) -> Result<Quote> {
    let before: Quote = tx.get_locked(id).await?;
    if before.state == QuoteState::Revoked {
        return Ok(before);
    }
    if before.state != QuoteState::Sent {
        return Err(Error::conflict("quote_not_sent", "Only a quote that waits for an answer can be taken back."));
    }
    if let Some(link) = before.link_id {
        identity::link::revoke(tx, link).await?;
    }
    let after =
        tx.update(&Quote { state: QuoteState::Revoked, link_id: None, public_token: None, ..before.clone() }).await?;
    tx.audit(Change::new("quote.revoke", id).before(&before).after(&after)).await?;
    tx.emit(event("quote.revoked", &after)).await?;
    Ok(after)
}

/// The quote with the PDF of its revision, made now if it was not yet. Typesetting happens outside the transaction.
pub async fn with_pdf<P: Permission>(store: &Store, can: &Can<P>, blobs: &files::Blobs, id: QuoteId) -> Result<Quote> {
    let quote: Quote = store.read(can).await?.get(id).await?;
    if quote.pdf_blob_id.is_some() {
        return Ok(quote);
    }
    let snapshot = quote
        .snapshot
        .as_ref()
        .ok_or_else(|| Error::conflict("quote_not_sent", "This quote has not been sent yet."))?;
    if Some(snapshot.0.sha256()) != quote.snapshot_sha256 {
        return Err(Error::internal(format!("the frozen figures of {id} are not those that were sent")));
    }
    let bytes = print::typeset(pdf::Kind::Quote, &snapshot.0, print::Copy::Original, None).await?;
    let mut tx = store.begin(can).await?;
    let now: Quote = tx.get_locked(id).await?;
    if now.revision != quote.revision || now.pdf_blob_id.is_some() {
        return Ok(now);
    }
    let file_name = format!("{}.pdf", now.number.as_deref().unwrap_or("quote"));
    let new =
        files::NewBlob { file_name, media_type: "application/pdf".into(), bytes: bytes.into(), purpose: "quote_pdf" };
    let blob = blobs.put(&mut tx, new).await?;
    let kept = tx.update(&Quote { pdf_blob_id: Some(blob.id), pdf_sha256: Some(blob.sha256), ..now }).await?;
    let made = serde_json::json!({ "pdf_blob_id": kept.pdf_blob_id, "pdf_sha256": kept.pdf_sha256 });
    tx.audit(Change::new("quote.render", id).after(&made)).await?;
    tx.commit().await?;
    Ok(kept)
}

/// The job: PDF, then mail. A quote that was taken back, changed or answered before its mail left is not sent.
pub async fn dispatch(
    context: Context,
    blobs: files::Blobs,
    public_url: String,
    job: DispatchQuote,
) -> Result<Verdict> {
    let can = context.can::<DispatchQuotes>()?;
    let current = |quote: &Quote| quote.revision == job.revision && quote.state == QuoteState::Sent;
    let quote: Quote = context.store.read(&can).await?.get(job.quote_id).await?;
    if !current(&quote) {
        return Ok(Verdict::Done);
    }
    with_pdf(&context.store, &can, &blobs, job.quote_id).await?;
    let mut tx = context.store.begin(&can).await?;
    let quote: Quote = tx.get_locked(job.quote_id).await?;
    if !current(&quote) {
        return Ok(Verdict::Done);
    }
    let (Some(token), Some(blob)) = (&quote.public_token, quote.pdf_blob_id) else {
        return Ok(Verdict::Dead { reason: "a sent quote has no link or no PDF".into() });
    };
    let page = format!("{public_url}/q/{}", token.reveal());
    mail::queue_once(&mut tx, &context.job_id.to_string(), draft(&quote, &page, &job, blob)).await?;
    tx.commit().await?;
    Ok(Verdict::Done)
}

fn draft(quote: &Quote, page: &str, job: &DispatchQuote, blob: files::BlobId) -> Draft {
    let language = quote.language;
    let snapshot = quote.snapshot.clone().map(|s| s.0);
    let country = snapshot.as_ref().map_or("", |s| s.country.as_str());
    let issuer = snapshot.as_ref().map_or("", |s| s.issuer.name.as_str());
    let locale = print::locale(language, country);
    let currency = print::currency(quote.currency);
    let number = quote.number.clone().unwrap_or_default();
    let text =
        |key: &str| WORDS.text(language, key, &[("number", &number), ("issuer", issuer), ("title", &quote.title)]);
    let mut body = vec![Part::Text(text("quote-mail-intro"))];
    body.extend(job.message.clone().map(Part::Text));
    body.push(Part::Facts(vec![
        (text("label-quote"), number.clone()),
        (text("label-total"), pdf::format::money(quote.payable_minor, &currency, &locale)),
        (text("label-valid-until"), pdf::format::date(quote.valid_until, &locale)),
    ]));
    body.push(Part::Button { label: text("quote-mail-open"), url: page.to_owned() });
    Draft {
        sender: Sender::Tenant,
        to: job.to.clone(),
        cc: job.cc.clone(),
        language,
        subject: text("quote-mail-subject"),
        body,
        attachments: vec![blob],
        subject_record: Some(quote.id.to_string()),
        purpose: Purpose::Document,
    }
}
