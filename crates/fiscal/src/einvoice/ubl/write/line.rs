//! Lines.

use super::money::{adjustment, category, money};
use super::party::identifier;
use crate::einvoice::xml::{Writer, plain};
use crate::einvoice::{Invoice, Line, Price, Text};

pub(super) fn line(w: &mut Writer, invoice: &Invoice, line: &Line) {
    let (name, quantity) = match invoice.kind.is_credit_note() {
        true => ("cac:CreditNoteLine", "cbc:CreditedQuantity"),
        false => ("cac:InvoiceLine", "cbc:InvoicedQuantity"),
    };
    w.node(name, |w| {
        w.text("cbc:ID", line.id.as_str());
        w.maybe("cbc:Note", line.note.as_ref().map(Text::as_str));
        w.with(quantity, Some(("unitCode", line.unit.as_str())), plain(line.quantity));
        money(w, "cbc:LineExtensionAmount", invoice.currency, line.net);
        if let Some(period) = &line.period {
            super::period(w, period);
        }
        w.node("cac:OrderLineReference", |w| w.maybe("cbc:LineID", line.order_line.as_ref().map(Text::as_str)));
        for row in &line.adjustments {
            adjustment(w, invoice.currency, row, None);
        }
        item(w, line);
        price(w, invoice, line, &line.price);
    });
}

fn item(w: &mut Writer, line: &Line) {
    w.node("cac:Item", |w| {
        w.maybe("cbc:Description", line.description.as_ref().map(Text::as_str));
        w.text("cbc:Name", line.name.as_str());
        w.node("cac:BuyersItemIdentification", |w| w.maybe("cbc:ID", line.buyer_item.as_ref().map(Text::as_str)));
        w.node("cac:SellersItemIdentification", |w| w.maybe("cbc:ID", line.seller_item.as_ref().map(Text::as_str)));
        w.node("cac:StandardItemIdentification", |w| {
            if let Some(id) = &line.standard_item {
                identifier(w, "cbc:ID", id);
            }
        });
        category(w, "cac:ClassifiedTaxCategory", line.vat, None);
    });
}

fn price(w: &mut Writer, invoice: &Invoice, line: &Line, price: &Price) {
    let currency = Some(("currencyID", invoice.currency.code()));
    w.node("cac:Price", |w| {
        w.with("cbc:PriceAmount", currency, plain(price.net));
        if let Some(base) = price.base_quantity {
            w.with("cbc:BaseQuantity", Some(("unitCode", line.unit.as_str())), plain(base));
        }
        if let Some(gross) = price.gross {
            w.node("cac:AllowanceCharge", |w| {
                w.text("cbc:ChargeIndicator", "false");
                w.with("cbc:Amount", currency, plain(gross.saturating_sub(price.net)));
                w.with("cbc:BaseAmount", currency, plain(gross));
            });
        }
    });
}
