//! Reading UBL.

mod line;
mod money;
mod party;
mod payment;

use iso_currency::Currency;

use super::{CAC, CBC, CREDIT_NOTE, INVOICE};
use crate::einvoice::date::read_iso;
use crate::einvoice::xml::{Element, Needed, parse};
use crate::einvoice::{
    AccountingTax, Code, Delivery, Invoice, Kind, Note, Period, Preceding, Problem, Profile, ReadError, Text,
};

/// Reads a UBL invoice or credit note.
///
/// # Errors
/// [`ReadError`], with the place. What is merely unlawful is read; [`check`](crate::einvoice::check()) says what.
pub fn read(bytes: &[u8]) -> Result<Invoice, ReadError> {
    let root = parse(bytes, &[INVOICE, CREDIT_NOTE, CAC, CBC])?;
    let is_credit_note = match root.name() {
        "Invoice" => false,
        "CreditNote" => true,
        _ => return Err(ReadError::new("", Problem::NotAnInvoice)),
    };
    let (type_code, line) =
        if is_credit_note { ("CreditNoteTypeCode", "CreditNoteLine") } else { ("InvoiceTypeCode", "InvoiceLine") };
    let currency = currency(&root, "DocumentCurrencyCode")?.or_missing("DocumentCurrencyCode")?;
    let kind = root.read(type_code, Problem::Code, |element| Kind::parse(element.raw()))?;
    let payment = payment::payment(&root)?;
    let due = match is_credit_note {
        true => root.date("PaymentMeans/PaymentDueDate", read_iso)?,
        false => root.date("DueDate", read_iso)?,
    };
    let lines = root.all(line).zip(1..).map(|(element, number)| {
        line::line(element, currency).map_err(|error| error.within(format_args!("{line}[{number}]")))
    });
    Ok(Invoice {
        profile: Profile::of(root.words("CustomizationID"), root.text("ProfileID")),
        number: root.words("ID"),
        issued: root.date("IssueDate", read_iso)?.or_missing("IssueDate")?,
        kind: kind.or_missing(type_code)?,
        currency,
        accounting_tax: accounting_tax(&root, currency)?,
        tax_point: root.date("TaxPointDate", read_iso)?,
        due,
        buyer_reference: root.text("BuyerReference"),
        contract: root.text("ContractDocumentReference/ID"),
        order: root.text("OrderReference/ID"),
        payment_terms: root.text("PaymentTerms/Note"),
        notes: root.all("Note").filter_map(|note| subject_and_text(&Text::from(note.raw()))).collect(),
        preceding: preceding(&root)?,
        seller: party::party(&root, "AccountingSupplierParty/Party")?,
        buyer: party::party(&root, "AccountingCustomerParty/Party")?,
        payee: party::payee(&root)?,
        delivery: delivery(&root)?,
        period: period(&root)?,
        payment,
        adjustments: money::adjustments(&root, currency)?,
        sums: money::sums(&root, currency)?,
        vat: money::rows(&root, currency)?,
        lines: lines.collect::<Result<_, _>>()?,
    })
}

fn currency(root: &Element, name: &str) -> Result<Option<Currency>, ReadError> {
    root.read(name, Problem::Code, |element| Currency::from_code(element.raw().trim()))
}

fn accounting_tax(root: &Element, invoice: Currency) -> Result<Option<AccountingTax>, ReadError> {
    let Some(currency) = currency(root, "TaxCurrencyCode")?.filter(|currency| *currency != invoice) else {
        return Ok(None);
    };
    let is_in = |total: &&Element| {
        total.at("TaxAmount").and_then(|amount| amount.attribute("currencyID")) == Some(currency.code())
    };
    let total = root.all("TaxTotal").find(is_in).or_missing("TaxTotal")?;
    Ok(Some(AccountingTax { currency, tax: total.amount("TaxAmount", currency)?.or_missing("TaxTotal/TaxAmount")? }))
}

/// A subject stands before its note between two signs: `#PMD#`.
fn subject_and_text(note: &Text) -> Option<Note> {
    let marked = note.as_str().strip_prefix('#').and_then(|rest| rest.split_once('#'));
    let is_subject = |code: &str| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    let (subject, text) = match marked.filter(|(code, _)| is_subject(code)) {
        Some((code, text)) => (Code::parse(code), Text::from(text)),
        None => (None, note.clone()),
    };
    (!note.is_empty()).then_some(Note { subject, text })
}

fn preceding(root: &Element) -> Result<Vec<Preceding>, ReadError> {
    let mut found = Vec::new();
    for reference in root.all("BillingReference") {
        if let Some(document) = reference.at("InvoiceDocumentReference") {
            let issued = document.date("IssueDate", read_iso);
            let issued = issued.map_err(|error| error.within("BillingReference/InvoiceDocumentReference"))?;
            found.push(Preceding { number: document.words("ID"), issued });
        }
    }
    Ok(found)
}

fn delivery(root: &Element) -> Result<Option<Delivery>, ReadError> {
    let address = root.at("Delivery/DeliveryLocation/Address");
    let delivery = Delivery {
        name: root.text("Delivery/DeliveryParty/PartyName/Name"),
        date: root.date("Delivery/ActualDeliveryDate", read_iso)?,
        address: address.map(party::address).transpose()?,
    };
    Ok((delivery != Delivery::default()).then_some(delivery))
}

fn period(of: &Element) -> Result<Option<Period>, ReadError> {
    let period = Period {
        start: of.date("InvoicePeriod/StartDate", read_iso)?,
        end: of.date("InvoicePeriod/EndDate", read_iso)?,
    };
    Ok((period != Period::default()).then_some(period))
}
