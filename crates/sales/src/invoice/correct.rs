//! Correcting an invoice that has been issued: by a credit note, which takes from it, or a debit note, which adds to it.
//!
//! Invariant: the notes on an invoice never credit more than it asked for, also when several are issued at once: the
//! invoice is locked while one is.

use kernel::{Error, Json, Money, Result};
use serde::Deserialize;
use store::{Tx, sql};
use utoipa::ToSchema;

use super::{Invoice, InvoiceId, InvoiceKind, InvoiceState, create};
use crate::{
    credit::allocate::allocate,
    document::{Correction, DocumentLine, Priced, parse_lines},
    entity::FiscalEntity,
};

kernel::states! {
    /// By what an invoice is corrected.
    pub enum CorrectionKind { CreditNote = "credit_note", DebitNote = "debit_note" }
}

/// A note to be drafted.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCorrection {
    pub kind: CorrectionKind,
    /// Why the invoice is corrected; it can be given later, and must be before the note is issued.
    #[serde(default)]
    #[schema(example = "Two hours were charged twice")]
    pub reason: Option<String>,
    /// What the note is about, as positive amounts. A credit note begins with all lines of the invoice unless given.
    #[serde(default)]
    pub lines: Option<Vec<DocumentLine>>,
}

/// Drafts a note on an issued invoice, to the same customer, in its currency and language.
pub async fn correct(tx: &mut Tx, id: InvoiceId, input: NewCorrection) -> Result<Invoice> {
    // A credit note begins with every price of the invoice.
    tx.caller().must_see_amounts()?;
    let original: Invoice = tx.get(id).await?;
    refuse_uncorrectable(&original)?;
    let entity: FiscalEntity = tx.get(original.fiscal_entity_id).await?;
    let kind = match input.kind {
        CorrectionKind::CreditNote => InvoiceKind::CreditNote,
        CorrectionKind::DebitNote => InvoiceKind::DebitNote,
    };
    let is_whole = input.lines.is_none() && kind == InvoiceKind::CreditNote;
    let lines = match input.lines {
        Some(lines) => parse_lines(lines, 0)?,
        None if is_whole => original.lines.0.clone(),
        None => Vec::new(),
    };
    let allowance = original.allowance.clone().filter(|_| is_whole);
    let totals = Priced {
        currency: original.currency,
        norm: entity.norm(),
        prices_include_tax: original.prices_include_tax,
        lines: &lines,
        allowance: allowance.as_ref().map(|discount| discount.0),
    }
    .totals()?;
    let note = Invoice {
        kind,
        corrects_id: Some(original.id),
        correction_reason: reason(input.reason.as_deref())?,
        company_id: original.company_id,
        contact_id: original.contact_id,
        deal_id: original.deal_id,
        language: original.language,
        prices_include_tax: original.prices_include_tax,
        allowance,
        lines: Json(lines),
        payable_minor: kind.signed(totals.payable),
        reference: original.reference.clone(),
        ..create::blank(tx, &entity, original.currency, totals)
    };
    create::write(tx, &note).await?;
    create::tell(tx, &note).await?;
    Ok(note)
}

pub(super) fn reason(given: Option<&str>) -> Result<Option<String>> {
    crm::field::line("correction_reason", given, 500)
}

fn refuse_uncorrectable(original: &Invoice) -> Result<()> {
    if original.state != InvoiceState::Issued {
        return Err(Error::conflict("invoice_not_issued", "A draft needs no note: change it."));
    }
    if original.kind == InvoiceKind::CreditNote {
        return Err(Error::conflict(
            "credit_note_not_corrected",
            "A credit note is not corrected by another note. Write an invoice for what it credited too much.",
        ));
    }
    Ok(())
}

/// What a note says it corrects.
pub(crate) async fn shown(tx: &mut Tx, note: &Invoice) -> Result<Option<Correction>> {
    match note.corrects_id {
        Some(id) => Ok(Some(correction(note, tx.get(id).await?))),
        None => Ok(None),
    }
}

fn correction(note: &Invoice, original: Invoice) -> Correction {
    Correction {
        kind: note.kind,
        number: original.number.unwrap_or_default(),
        issue_date: original.issue_date.unwrap_or_default(),
        reason: note.correction_reason.clone().unwrap_or_default(),
    }
}

/// The same once the note may be issued: its invoice is not credited by more than it asks for. The invoice stays locked
/// until the note has its number.
pub(super) async fn checked(tx: &mut Tx, note: &Invoice) -> Result<Option<Correction>> {
    let Some(id) = note.corrects_id else { return Ok(None) };
    let original: Invoice = tx.get_locked(id).await?;
    refuse_uncorrectable(&original)?;
    if note.kind == InvoiceKind::CreditNote {
        let (payable, net) = credited_by_notes(tx, id).await?;
        // Without tax as well: a note must not take more revenue back than there was, whatever its taxes.
        if note.totals.0.payable > original.payable_minor - payable || note.totals.0.net > original.totals.0.net - net {
            let message = "This is more than is left of the invoice to credit. Lower the lines of the note.";
            return Err(Error::invalid("lines", "credit_above_invoice", message));
        }
    }
    Ok(Some(correction(note, original)))
}

/// What the issued credit notes on an invoice come to, and without tax.
async fn credited_by_notes(tx: &mut Tx, original: InvoiceId) -> Result<(i64, i64)> {
    let mut tx = tx.beyond_reach("what an invoice was credited does not depend on who asks");
    let tenant = tx.tenant_id();
    let (payable, net): (Option<i64>, Option<i64>) = tx
        .one(sql!(
            "SELECT CAST(sum(-payable_minor) AS BIGINT), CAST(sum(CAST(totals ->> 'net' AS BIGINT)) AS BIGINT) FROM invoice \
             WHERE tenant_id = {} AND corrects_id = {} AND kind = 'credit_note' AND state = 'issued'",
            tenant,
            original
        ))
        .await?;
    Ok((payable.unwrap_or(0), net.unwrap_or(0)))
}

/// A credit note that has just been issued settles what is open of its invoice; the rest of it is left to be used.
pub(super) async fn settle(tx: &mut Tx, issued: Invoice) -> Result<Invoice> {
    let (InvoiceKind::CreditNote, Some(original)) = (issued.kind, issued.corrects_id) else { return Ok(issued) };
    let open = tx.get::<Invoice>(original).await?.balance().minor.max(0);
    let amount = open.min(-issued.payable_minor);
    if amount == 0 {
        return Ok(issued);
    }
    Ok(allocate(tx, issued.id, original, Money::new(amount, issued.currency)).await?.credit_note)
}
