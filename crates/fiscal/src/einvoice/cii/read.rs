//! Reading CII.

mod line;
mod money;
mod party;
mod payment;

use iso_currency::Currency;

use super::{QDT, RAM, RSM, UDT};
use crate::einvoice::date::read_compact;
use crate::einvoice::xml::{Element, Needed, parse};
use crate::einvoice::{AccountingTax, Delivery, Invoice, Kind, Note, Period, Preceding, Problem, Profile, ReadError};

const TRANSACTION: &str = "SupplyChainTradeTransaction";
const LINE: &str = "IncludedSupplyChainTradeLineItem";
const SETTLEMENT: &str = "ApplicableHeaderTradeSettlement";

/// Reads a CII invoice, also one of Factur-X or ZUGFeRD 2.
///
/// # Errors
/// [`ReadError`], with the place. What is merely unlawful is read; [`check`](crate::einvoice::check()) says what. The
/// profiles MINIMUM and BASIC WL have no lines, and come without.
pub fn read(bytes: &[u8]) -> Result<Invoice, ReadError> {
    let root = parse(bytes, &[RSM, RAM, QDT, UDT])?;
    if root.name() != "CrossIndustryInvoice" {
        return Err(ReadError::new("", Problem::NotAnInvoice));
    }
    let (context, document) = (root.needed("ExchangedDocumentContext")?, root.needed("ExchangedDocument")?);
    let transaction = root.needed(TRANSACTION)?;
    let agreement = transaction.needed("ApplicableHeaderTradeAgreement")?;
    let settlement = transaction.needed(SETTLEMENT)?;
    let inside = |error: ReadError| error.within(SETTLEMENT);
    let currency = currency(settlement, "InvoiceCurrencyCode").and_then(|code| code.or_missing("InvoiceCurrencyCode"));
    let currency = currency.map_err(inside)?;
    let lines = transaction.all(LINE).zip(1..).map(|(element, number)| {
        line::line(element, currency).map_err(|error| error.within(format_args!("{LINE}[{number}]")))
    });
    let (issued, kind) = issued_and_kind(document).map_err(|error| error.within("ExchangedDocument"))?;
    Ok(Invoice {
        profile: Profile::of(
            context.words("GuidelineSpecifiedDocumentContextParameter/ID"),
            context.text("BusinessProcessSpecifiedDocumentContextParameter/ID"),
        ),
        number: document.words("ID"),
        issued,
        kind,
        currency,
        accounting_tax: accounting_tax(settlement, currency).map_err(inside)?,
        tax_point: settlement.date("ApplicableTradeTax/TaxPointDate/DateString", read_compact).map_err(inside)?,
        due: settlement
            .date("SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString", read_compact)
            .map_err(inside)?,
        buyer_reference: agreement.text("BuyerReference"),
        contract: agreement.text("ContractReferencedDocument/IssuerAssignedID"),
        order: agreement.text("BuyerOrderReferencedDocument/IssuerAssignedID"),
        payment_terms: settlement.text("SpecifiedTradePaymentTerms/Description"),
        notes: notes(document)?,
        preceding: preceding(settlement).map_err(inside)?,
        seller: party::party(agreement, "SellerTradeParty")?,
        buyer: party::party(agreement, "BuyerTradeParty")?,
        payee: party::payee(settlement).map_err(inside)?,
        delivery: delivery(transaction)?,
        period: period(settlement).map_err(inside)?,
        payment: payment::payment(settlement).map_err(inside)?,
        adjustments: money::adjustments(settlement, currency).map_err(inside)?,
        sums: money::sums(settlement, currency).map_err(inside)?,
        vat: money::rows(settlement, currency).map_err(inside)?,
        lines: lines.collect::<Result<_, _>>()?,
    })
}

fn issued_and_kind(document: &Element) -> Result<(chrono::NaiveDate, Kind), ReadError> {
    let issued = document.date("IssueDateTime/DateTimeString", read_compact)?;
    let kind = document.read("TypeCode", Problem::Code, |element| Kind::parse(element.raw()))?;
    Ok((issued.or_missing("IssueDateTime")?, kind.or_missing("TypeCode")?))
}

fn currency(settlement: &Element, name: &str) -> Result<Option<Currency>, ReadError> {
    settlement.read(name, Problem::Code, |element| Currency::from_code(element.raw().trim()))
}

fn accounting_tax(settlement: &Element, invoice: Currency) -> Result<Option<AccountingTax>, ReadError> {
    let Some(currency) = currency(settlement, "TaxCurrencyCode")?.filter(|currency| *currency != invoice) else {
        return Ok(None);
    };
    let tax = money::tax_total(settlement, |code| code == Some(currency.code()), currency)?;
    Ok(Some(AccountingTax { currency, tax: tax.or_missing("TaxTotalAmount")? }))
}

fn notes(document: &Element) -> Result<Vec<Note>, ReadError> {
    let mut notes = Vec::new();
    for note in document.all("IncludedNote") {
        let subject = note.code("SubjectCode").map_err(|error| error.within("IncludedNote"))?;
        if let Some(text) = note.text("Content") {
            notes.push(Note { subject, text });
        }
    }
    Ok(notes)
}

fn preceding(settlement: &Element) -> Result<Vec<Preceding>, ReadError> {
    let read = |document: &Element| {
        let issued = document.date("FormattedIssueDateTime/DateTimeString", read_compact);
        let issued = issued.map_err(|error| error.within("InvoiceReferencedDocument"))?;
        Ok(Preceding { number: document.words("IssuerAssignedID"), issued })
    };
    settlement.all("InvoiceReferencedDocument").map(read).collect()
}

fn delivery(transaction: &Element) -> Result<Option<Delivery>, ReadError> {
    let Some(element) = transaction.at("ApplicableHeaderTradeDelivery") else { return Ok(None) };
    let read = || {
        let address = element.at("ShipToTradeParty/PostalTradeAddress");
        Ok(Delivery {
            name: element.text("ShipToTradeParty/Name"),
            date: element.date("ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString", read_compact)?,
            address: address.map(party::address).transpose()?,
        })
    };
    let delivery = read().map_err(|error: ReadError| error.within("ApplicableHeaderTradeDelivery"))?;
    Ok((delivery != Delivery::default()).then_some(delivery))
}

fn period(of: &Element) -> Result<Option<Period>, ReadError> {
    let period = Period {
        start: of.date("BillingSpecifiedPeriod/StartDateTime/DateTimeString", read_compact)?,
        end: of.date("BillingSpecifiedPeriod/EndDateTime/DateTimeString", read_compact)?,
    };
    Ok((period != Period::default()).then_some(period))
}
