//! What is paid, how and when.

use super::{DAY, date, money, party, period};
use crate::einvoice::date::compact;
use crate::einvoice::xml::Writer;
use crate::einvoice::{AccountNumber, Invoice, Mandate, Payment, Text};

pub(super) fn settlement(w: &mut Writer, invoice: &Invoice) {
    let payment = invoice.payment.as_ref();
    let mandate = payment.and_then(|payment| payment.mandate.as_ref());
    let creditor = mandate.and_then(|mandate| mandate.creditor.as_ref());
    let remittance = payment.and_then(|payment| payment.remittance.as_ref());
    w.maybe("ram:CreditorReferenceID", creditor.map(Text::as_str));
    w.maybe("ram:PaymentReference", remittance.map(Text::as_str));
    w.maybe("ram:TaxCurrencyCode", invoice.accounting_tax.map(|tax| tax.currency.code()));
    w.text("ram:InvoiceCurrencyCode", invoice.currency.code());
    if let Some(payee) = &invoice.payee {
        w.node("ram:PayeeTradeParty", |w| party::payee(w, payee));
    }
    if let Some(payment) = payment {
        means(w, payment);
    }
    for row in &invoice.vat {
        money::row(w, invoice, row);
    }
    if let Some(stretch) = &invoice.period {
        period(w, stretch);
    }
    for row in &invoice.adjustments {
        money::adjustment(w, invoice.currency, &row.adjustment, Some(row.vat));
    }
    w.node("ram:SpecifiedTradePaymentTerms", |w| {
        w.maybe("ram:Description", invoice.payment_terms.as_ref().map(Text::as_str));
        date(w, "ram:DueDateDateTime", invoice.due);
        let reference = mandate.and_then(|mandate| mandate.reference.as_ref());
        w.maybe("ram:DirectDebitMandateID", reference.map(Text::as_str));
    });
    money::sums(w, invoice);
    for preceding in &invoice.preceding {
        w.node("ram:InvoiceReferencedDocument", |w| {
            w.text("ram:IssuerAssignedID", preceding.number.as_str());
            if let Some(day) = preceding.issued {
                w.node("ram:FormattedIssueDateTime", |w| {
                    w.with("qdt:DateTimeString", Some(("format", DAY)), compact(day));
                });
            }
        });
    }
}

/// One element for each account; those without any account once.
fn means(w: &mut Writer, payment: &Payment) {
    for at in 0..payment.accounts.len().max(1) {
        let once = at == 0;
        w.node("ram:SpecifiedTradeSettlementPaymentMeans", |w| {
            w.text("ram:TypeCode", payment.means.as_str());
            w.maybe("ram:Information", payment.means_text.as_ref().filter(|_| once).map(Text::as_str));
            if let Some(card) = payment.card.as_ref().filter(|_| once) {
                w.node("ram:ApplicableTradeSettlementFinancialCard", |w| {
                    w.text("ram:ID", card.number.as_str());
                    w.maybe("ram:CardholderName", card.holder.as_ref().map(Text::as_str));
                });
            }
            let debited = payment.mandate.as_ref().filter(|_| once);
            w.node("ram:PayerPartyDebtorFinancialAccount", |w| debit(w, debited));
            if let Some(account) = payment.accounts.get(at) {
                w.node("ram:PayeePartyCreditorFinancialAccount", |w| {
                    if let AccountNumber::Iban(iban) = &account.number {
                        w.text("ram:IBANID", iban.value());
                    }
                    w.maybe("ram:AccountName", account.name.as_ref().map(Text::as_str));
                    if let AccountNumber::Other(number) = &account.number {
                        w.text("ram:ProprietaryID", number.as_str());
                    }
                });
                w.node("ram:PayeeSpecifiedCreditorFinancialInstitution", |w| {
                    w.maybe("ram:BICID", account.bic.as_ref().map(Text::as_str));
                });
            }
        });
    }
}

fn debit(w: &mut Writer, mandate: Option<&Mandate>) {
    let account = mandate.and_then(|mandate| mandate.account.as_ref());
    w.maybe("ram:IBANID", account.map(Text::as_str));
}
