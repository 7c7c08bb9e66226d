//! From the frozen picture to the model that UBL, CII and Factur-X are written from.

use fiscal::{
    einvoice::{
        Delivery, Figures, FiguresError, Invoice as EInvoice, Item, Kind, Note, Preceding, Profile, Text, unit,
    },
    totals::Norm,
};
use kernel::{Decimal, Error, Result};

use super::parties;
use crate::{
    document::{Priced, Snapshot},
    invoice::{Invoice, InvoiceKind},
};

/// Why there is no electronic picture of a document: what EN 16931 cannot say.
pub type Unwritable = FiguresError;

/// The document by EN 16931, for a reader that asks for `profile`.
///
/// # Errors
/// Outside: the program's own. Inside: [`Unwritable`], which says what to change.
pub fn of(
    invoice: &Invoice,
    snapshot: &Snapshot,
    profile: Profile,
) -> Result<std::result::Result<EInvoice, Unwritable>> {
    let items: Vec<Item> = snapshot
        .lines
        .iter()
        .map(|line| Item {
            name: Text::from(line.description.as_str()),
            description: line.details.as_deref().and_then(Text::some),
            unit: unit(line.unit.as_deref()),
            note: None,
            seller_item: None,
        })
        .collect();
    let priced = Priced {
        currency: snapshot.currency,
        norm: snapshot.totals.norm,
        prices_include_tax: invoice.prices_include_tax,
        lines: &snapshot.lines,
        allowance: invoice.allowance.as_ref().map(|discount| discount.0),
    };
    let document = priced.document()?;
    let figures = match Figures::of(&document, &snapshot.totals, &items) {
        Ok(figures) => figures,
        Err(unwritable) => return Ok(Err(unwritable)),
    };
    Ok(Ok(written(invoice.kind, snapshot, figures, profile)?))
}

fn written(kind: InvoiceKind, snapshot: &Snapshot, figures: Figures, profile: Profile) -> Result<EInvoice> {
    let terms = terms(kind, snapshot, &figures);
    Ok(EInvoice {
        profile,
        number: Text::from(snapshot.number.as_str()),
        issued: snapshot.issue_date,
        kind: type_code(kind)?,
        currency: figures.currency,
        accounting_tax: None,
        tax_point: None,
        due: (kind != InvoiceKind::CreditNote).then_some(snapshot.due),
        buyer_reference: None,
        contract: None,
        order: snapshot.reference.as_deref().and_then(Text::some),
        payment_terms: terms,
        notes: notes(snapshot),
        preceding: snapshot
            .correction
            .iter()
            .map(|of| Preceding { number: Text::from(of.number.as_str()), issued: Some(of.issue_date) })
            .collect(),
        seller: parties::seller(&snapshot.issuer),
        buyer: parties::buyer(&snapshot.customer),
        payee: None,
        // A day of supply is stated where it is another than that of the document (Directive 2006/112/EC art. 226 (7)).
        delivery: Some(Delivery { date: Some(snapshot.issue_date), ..Delivery::default() }),
        period: None,
        payment: match kind {
            InvoiceKind::CreditNote => None,
            InvoiceKind::Invoice | InvoiceKind::DebitNote => parties::payment(
                snapshot.payment_instructions.as_deref(),
                snapshot.currency.code() == "EUR",
                &snapshot.number,
            ),
        },
        adjustments: figures.adjustments,
        sums: figures.sums,
        vat: figures.vat,
        lines: figures.lines,
    })
}

fn type_code(kind: InvoiceKind) -> Result<Kind> {
    let code = match kind {
        InvoiceKind::Invoice => return Ok(Kind::INVOICE),
        InvoiceKind::CreditNote => return Ok(Kind::CREDIT_NOTE),
        InvoiceKind::DebitNote => "383",
    };
    Kind::parse(code).ok_or_else(|| Error::internal("a type of document is not on the list"))
}

/// Why it corrects, and what else is printed below the lines.
fn notes(snapshot: &Snapshot) -> Vec<Note> {
    let reason = snapshot.correction.as_ref().map(|of| of.reason.as_str());
    let texts = [reason, snapshot.notes.as_deref()];
    texts.into_iter().flatten().filter_map(Text::some).map(|text| Note { subject: None, text }).collect()
}

/// How to pay as the issuer says it, and what the customer keeps back, which the standard has no field for.
fn terms(kind: InvoiceKind, snapshot: &Snapshot, figures: &Figures) -> Option<Text> {
    let amount = |minor: i64| Decimal::new(minor, snapshot.currency.exponent());
    let withheld = figures.withheld.iter().map(|tax| {
        let (name, rate, kept) = (&tax.name, tax.rate.normalize(), amount(tax.amount));
        format!("{name} {rate} %: −{kept} {}", snapshot.currency)
    });
    // Nobody pays a credit note.
    let instructions = snapshot.payment_instructions.iter().filter(|_| kind != InvoiceKind::CreditNote);
    let lines: Vec<String> = instructions.cloned().chain(withheld).collect();
    Text::some(&lines.join("\n"))
}

/// Whether electronic invoices are made of documents rounded so: those of EN 16931 are rounded by category.
pub(super) fn is_european(snapshot: &Snapshot) -> bool {
    snapshot.totals.norm == Norm::ByCategory
}
