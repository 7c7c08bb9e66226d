//! Writing CII, in the order of its schema.

mod line;
mod money;
mod party;
mod settlement;

use chrono::NaiveDate;

use super::{DAY, QDT, RAM, RSM, UDT};
use crate::einvoice::date::compact;
use crate::einvoice::xml::Writer;
use crate::einvoice::{Code, Delivery, Invoice, Note, Period, Text};

/// The invoice as a CII document. Never fails: whether it is lawful is what [`check`](crate::einvoice::check()) says.
pub fn write(invoice: &Invoice) -> Vec<u8> {
    let namespaces = [("rsm", RSM), ("ram", RAM), ("qdt", QDT), ("udt", UDT)];
    Writer::document("rsm:CrossIndustryInvoice", &namespaces, |w| {
        w.node("rsm:ExchangedDocumentContext", |w| context(w, invoice));
        w.node("rsm:ExchangedDocument", |w| document(w, invoice));
        w.node("rsm:SupplyChainTradeTransaction", |w| {
            for line in &invoice.lines {
                line::line(w, invoice, line);
            }
            w.demanded("ram:ApplicableHeaderTradeAgreement", |w| agreement(w, invoice));
            w.demanded("ram:ApplicableHeaderTradeDelivery", |w| {
                if let Some(delivery) = &invoice.delivery {
                    deliver(w, delivery);
                }
            });
            w.demanded("ram:ApplicableHeaderTradeSettlement", |w| settlement::settlement(w, invoice));
        });
    })
}

fn context(w: &mut Writer, invoice: &Invoice) {
    w.node("ram:BusinessProcessSpecifiedDocumentContextParameter", |w| w.maybe("ram:ID", invoice.profile.process()));
    w.node("ram:GuidelineSpecifiedDocumentContextParameter", |w| w.text("ram:ID", invoice.profile.specification()));
}

fn document(w: &mut Writer, invoice: &Invoice) {
    w.text("ram:ID", invoice.number.as_str());
    w.text("ram:TypeCode", invoice.kind.code().to_string());
    date(w, "ram:IssueDateTime", Some(invoice.issued));
    for Note { subject, text } in &invoice.notes {
        w.node("ram:IncludedNote", |w| {
            w.text("ram:Content", text.as_str());
            w.maybe("ram:SubjectCode", subject.as_ref().map(Code::as_str));
        });
    }
}

fn agreement(w: &mut Writer, invoice: &Invoice) {
    w.maybe("ram:BuyerReference", invoice.buyer_reference.as_ref().map(Text::as_str));
    w.node("ram:SellerTradeParty", |w| party::party(w, &invoice.seller));
    w.node("ram:BuyerTradeParty", |w| party::party(w, &invoice.buyer));
    w.node("ram:BuyerOrderReferencedDocument", |w| {
        w.maybe("ram:IssuerAssignedID", invoice.order.as_ref().map(Text::as_str));
    });
    w.node("ram:ContractReferencedDocument", |w| {
        w.maybe("ram:IssuerAssignedID", invoice.contract.as_ref().map(Text::as_str));
    });
}

fn deliver(w: &mut Writer, delivery: &Delivery) {
    w.node("ram:ShipToTradeParty", |w| {
        w.maybe("ram:Name", delivery.name.as_ref().map(Text::as_str));
        if let Some(address) = &delivery.address {
            party::address(w, address);
        }
    });
    w.node("ram:ActualDeliverySupplyChainEvent", |w| date(w, "ram:OccurrenceDateTime", delivery.date));
}

fn date(w: &mut Writer, name: &str, day: Option<NaiveDate>) {
    if let Some(day) = day {
        w.node(name, |w| w.with("udt:DateTimeString", Some(("format", DAY)), compact(day)));
    }
}

fn period(w: &mut Writer, period: &Period) {
    w.node("ram:BillingSpecifiedPeriod", |w| {
        date(w, "ram:StartDateTime", period.start);
        date(w, "ram:EndDateTime", period.end);
    });
}
