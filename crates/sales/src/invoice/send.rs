//! Sending an issued invoice with its PDF, and making that PDF.

use crm::contact::Contact;
use files::Blobs;
use jobs::{Context, Verdict};
use kernel::{Can, Change, Error, Job, Permission, Result, permissions};
use mail::{Draft, Part, Purpose, Recipient, Sender};
use serde::{Deserialize, Serialize};
use store::{EnqueueJob, Store, Tx};
use utoipa::ToSchema;

use super::{Invoice, InvoiceId, InvoiceKind, InvoiceState, event, issue::RenderInvoice};
use crate::{document::print, einvoice, words::WORDS};

permissions! {
    /// Make the PDF of an issued invoice and queue its mail; held by the product's own workers.
    pub DispatchInvoices = "invoice.dispatch": [];
}

/// To whom, and what to say.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SendInvoice {
    /// The contact's address unless given.
    pub to: Vec<Recipient>,
    pub cc: Vec<Recipient>,
    /// A few words above the figures.
    pub message: Option<String>,
}

/// Mail an issued invoice.
#[derive(Debug, Serialize, Deserialize)]
pub struct DispatchInvoice {
    pub invoice_id: InvoiceId,
    pub to: Vec<Recipient>,
    pub cc: Vec<Recipient>,
    pub message: Option<String>,
}

impl Job for DispatchInvoice {
    const KIND: &'static str = "invoice.dispatch";
}

pub async fn send(tx: &mut Tx, id: InvoiceId, input: SendInvoice) -> Result<Invoice> {
    let invoice: Invoice = tx.get_locked(id).await?;
    if invoice.state != InvoiceState::Issued {
        return Err(Error::conflict("invoice_not_issued", "Issue the invoice first: a draft has no number."));
    }
    let to = if input.to.is_empty() { contact_address(tx, &invoice).await? } else { input.to };
    let message = crm::field::text("message", input.message.as_deref(), 5000)?;
    tx.enqueue(&DispatchInvoice { invoice_id: id, to, cc: input.cc, message }).await?;
    let sent = tx.update(&Invoice { sent_at: Some(tx.now()), ..invoice.clone() }).await?;
    tx.audit(Change::new("invoice.send", id).before(&invoice).after(&sent)).await?;
    tx.emit(event(sent.kind.word("invoice.sent", "credit_note.sent"), &sent)).await?;
    Ok(sent)
}

async fn contact_address(tx: &mut Tx, invoice: &Invoice) -> Result<Vec<Recipient>> {
    let contact: Option<Contact> = match invoice.contact_id {
        Some(id) => tx.beyond_fields("the mail goes to the contact's address, whoever sends it").find(id).await?,
        None => None,
    };
    let found = contact.and_then(|c| Some(Recipient { name: Some(c.display_name), address: c.email? }));
    let company = invoice
        .snapshot
        .as_ref()
        .and_then(|s| Some(Recipient { name: Some(s.0.customer.name.clone()), address: s.0.customer.email.clone()? }));
    found.or(company).map(|recipient| vec![recipient]).ok_or_else(|| {
        Error::invalid(
            "to",
            "recipient_missing",
            "The customer has no e-mail address. Name a recipient, or add one to the contact.",
        )
    })
}

/// The invoice with its PDF, made now if it was not yet. Typesetting happens outside the transaction.
pub async fn with_pdf<P: Permission>(store: &Store, can: &Can<P>, blobs: &Blobs, id: InvoiceId) -> Result<Invoice> {
    let invoice: Invoice = store.read(can).await?.get(id).await?;
    if invoice.pdf_blob_id.is_some() {
        return Ok(invoice);
    }
    let snapshot = invoice.snapshot.as_ref().ok_or_else(|| {
        Error::conflict("invoice_not_issued", "A draft has no PDF of its own. Issue the invoice first.")
    })?;
    if snapshot.0.sha256() != invoice.snapshot_sha256.clone().unwrap_or_default() {
        return Err(Error::internal(format!("the frozen figures of {id} are not those that were issued")));
    }
    let electronic = einvoice::facturx(&invoice, &snapshot.0)?;
    let bytes = print::typeset(pdf::Kind::Invoice, &snapshot.0, print::Copy::Original, electronic).await?;
    let mut tx = store.begin(can).await?;
    let invoice: Invoice = tx.get_locked(id).await?;
    if invoice.pdf_blob_id.is_some() {
        return Ok(invoice);
    }
    let file_name = format!("{}.pdf", invoice.number.as_deref().unwrap_or("invoice"));
    let new =
        files::NewBlob { file_name, media_type: "application/pdf".into(), bytes: bytes.into(), purpose: "invoice_pdf" };
    let blob = blobs.put(&mut tx, new).await?;
    let invoice = tx.update(&Invoice { pdf_blob_id: Some(blob.id), pdf_sha256: Some(blob.sha256), ..invoice }).await?;
    let made = serde_json::json!({ "pdf_blob_id": invoice.pdf_blob_id, "pdf_sha256": invoice.pdf_sha256 });
    tx.audit(Change::new("invoice.render", id).after(&made)).await?;
    tx.commit().await?;
    Ok(invoice)
}

/// The job that makes the PDF soon after issuing.
pub async fn render(context: Context, blobs: Blobs, job: RenderInvoice) -> Result<Verdict> {
    let can = context.can::<DispatchInvoices>()?;
    with_pdf(&context.store, &can, &blobs, job.invoice_id).await?;
    Ok(Verdict::Done)
}

/// The job that mails it.
pub async fn dispatch(context: Context, blobs: Blobs, job: DispatchInvoice) -> Result<Verdict> {
    let can = context.can::<DispatchInvoices>()?;
    let invoice = with_pdf(&context.store, &can, &blobs, job.invoice_id).await?;
    let Some(draft) = draft(&invoice, job) else {
        return Ok(Verdict::Dead { reason: "an issued invoice has no snapshot or PDF".into() });
    };
    let mut tx = context.store.begin(&can).await?;
    mail::queue_once(&mut tx, &context.job_id.to_string(), draft).await?;
    tx.commit().await?;
    Ok(Verdict::Done)
}

fn draft(invoice: &Invoice, job: DispatchInvoice) -> Option<Draft> {
    let snapshot = &invoice.snapshot.as_ref()?.0;
    let language = invoice.language;
    let locale = print::locale(language, &snapshot.country);
    let currency = print::currency(invoice.currency);
    let text =
        |key: &str| WORDS.text(language, key, &[("number", &snapshot.number), ("issuer", &snapshot.issuer.name)]);
    let (label, subject, intro) = match invoice.kind {
        InvoiceKind::Invoice => ("label-invoice", "invoice-mail-subject", "invoice-mail-intro"),
        InvoiceKind::CreditNote => ("label-credit-note", "credit-note-mail-subject", "credit-note-mail-intro"),
        InvoiceKind::DebitNote => ("label-debit-note", "debit-note-mail-subject", "debit-note-mail-intro"),
    };
    let mut facts = vec![(text(label), snapshot.number.clone())];
    facts.extend(snapshot.correction.as_ref().map(|of| (text("label-corrects"), of.number.clone())));
    facts.push((text("label-total"), pdf::format::money(snapshot.totals.payable, &currency, &locale)));
    let mut body = vec![Part::Text(text(intro))];
    body.extend(job.message.map(Part::Text));
    if invoice.kind == InvoiceKind::CreditNote {
        body.push(Part::Facts(facts));
    } else {
        facts.push((text("label-due"), pdf::format::date(snapshot.due, &locale)));
        body.push(Part::Facts(facts));
        body.extend(snapshot.payment_instructions.clone().map(Part::Text));
    }
    Some(Draft {
        sender: Sender::Tenant,
        to: job.to,
        cc: job.cc,
        language,
        subject: text(subject),
        body,
        attachments: vec![invoice.pdf_blob_id?],
        subject_record: Some(invoice.id.to_string()),
        purpose: Purpose::Document,
    })
}
