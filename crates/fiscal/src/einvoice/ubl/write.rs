//! Writing UBL, in the order of its schema.

mod line;
mod money;
mod party;
mod payment;

use super::{CAC, CBC, CREDIT_NOTE, INVOICE};
use crate::einvoice::date::iso;
use crate::einvoice::xml::Writer;
use crate::einvoice::{Delivery, Invoice, Note, Period, Text};

/// The invoice as a UBL document. Never fails: whether it is lawful is what [`check`](crate::einvoice::check()) says.
pub fn write(invoice: &Invoice) -> Vec<u8> {
    let (root, namespace) =
        if invoice.kind.is_credit_note() { ("CreditNote", CREDIT_NOTE) } else { ("Invoice", INVOICE) };
    Writer::document(root, &[("", namespace), ("cac", CAC), ("cbc", CBC)], |w| {
        head(w, invoice);
        references(w, invoice);
        w.node("cac:AccountingSupplierParty", |w| party::party(w, &invoice.seller, creditor(invoice)));
        w.node("cac:AccountingCustomerParty", |w| party::party(w, &invoice.buyer, None));
        if let Some(payee) = &invoice.payee {
            w.node("cac:PayeeParty", |w| party::payee(w, payee));
        }
        if let Some(delivery) = &invoice.delivery {
            deliver(w, delivery);
        }
        payment::means(w, invoice);
        w.node("cac:PaymentTerms", |w| w.maybe("cbc:Note", invoice.payment_terms.as_ref().map(Text::as_str)));
        money::document(w, invoice);
        for line in &invoice.lines {
            line::line(w, invoice, line);
        }
    })
}

fn creditor(invoice: &Invoice) -> Option<&Text> {
    invoice.payment.as_ref()?.mandate.as_ref()?.creditor.as_ref()
}

fn head(w: &mut Writer, invoice: &Invoice) {
    let is_credit_note = invoice.kind.is_credit_note();
    let code = invoice.kind.code().to_string();
    w.text("cbc:CustomizationID", invoice.profile.specification());
    w.maybe("cbc:ProfileID", invoice.profile.process());
    w.text("cbc:ID", invoice.number.as_str());
    w.text("cbc:IssueDate", iso(invoice.issued));
    // The two documents have some of these at different places.
    if is_credit_note {
        w.maybe("cbc:TaxPointDate", invoice.tax_point.map(iso));
        w.text("cbc:CreditNoteTypeCode", code);
    } else {
        w.maybe("cbc:DueDate", invoice.due.map(iso));
        w.text("cbc:InvoiceTypeCode", code);
    }
    for Note { subject, text } in &invoice.notes {
        match subject {
            Some(subject) => w.text("cbc:Note", format!("#{subject}#{text}")),
            None => w.text("cbc:Note", text.as_str()),
        }
    }
    if !is_credit_note {
        w.maybe("cbc:TaxPointDate", invoice.tax_point.map(iso));
    }
    w.text("cbc:DocumentCurrencyCode", invoice.currency.code());
    w.maybe("cbc:TaxCurrencyCode", invoice.accounting_tax.map(|tax| tax.currency.code()));
    w.maybe("cbc:BuyerReference", invoice.buyer_reference.as_ref().map(Text::as_str));
}

fn references(w: &mut Writer, invoice: &Invoice) {
    if let Some(stretch) = &invoice.period {
        period(w, stretch);
    }
    w.node("cac:OrderReference", |w| w.maybe("cbc:ID", invoice.order.as_ref().map(Text::as_str)));
    for preceding in &invoice.preceding {
        w.node("cac:BillingReference", |w| {
            w.node("cac:InvoiceDocumentReference", |w| {
                w.text("cbc:ID", preceding.number.as_str());
                w.maybe("cbc:IssueDate", preceding.issued.map(iso));
            });
        });
    }
    w.node("cac:ContractDocumentReference", |w| w.maybe("cbc:ID", invoice.contract.as_ref().map(Text::as_str)));
}

fn period(w: &mut Writer, period: &Period) {
    w.node("cac:InvoicePeriod", |w| {
        w.maybe("cbc:StartDate", period.start.map(iso));
        w.maybe("cbc:EndDate", period.end.map(iso));
    });
}

fn deliver(w: &mut Writer, delivery: &Delivery) {
    w.node("cac:Delivery", |w| {
        w.maybe("cbc:ActualDeliveryDate", delivery.date.map(iso));
        if let Some(address) = &delivery.address {
            w.node("cac:DeliveryLocation", |w| party::address(w, "cac:Address", address));
        }
        w.node("cac:DeliveryParty", |w| {
            w.node("cac:PartyName", |w| w.maybe("cbc:Name", delivery.name.as_ref().map(Text::as_str)));
        });
    });
}
