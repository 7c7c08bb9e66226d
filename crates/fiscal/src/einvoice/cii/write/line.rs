//! Lines.

use super::money::{adjustment, tax};
use super::party::identifier;
use super::period;
use crate::einvoice::xml::{Writer, amount, plain};
use crate::einvoice::{Invoice, Line, Text};

pub(super) fn line(w: &mut Writer, invoice: &Invoice, line: &Line) {
    w.node("ram:IncludedSupplyChainTradeLineItem", |w| {
        w.node("ram:AssociatedDocumentLineDocument", |w| {
            w.text("ram:LineID", line.id.as_str());
            w.node("ram:IncludedNote", |w| w.maybe("ram:Content", line.note.as_ref().map(Text::as_str)));
        });
        w.node("ram:SpecifiedTradeProduct", |w| {
            if let Some(id) = &line.standard_item {
                identifier(w, "ram:GlobalID", id);
            }
            w.maybe("ram:SellerAssignedID", line.seller_item.as_ref().map(Text::as_str));
            w.maybe("ram:BuyerAssignedID", line.buyer_item.as_ref().map(Text::as_str));
            w.text("ram:Name", line.name.as_str());
            w.maybe("ram:Description", line.description.as_ref().map(Text::as_str));
        });
        w.node("ram:SpecifiedLineTradeAgreement", |w| agreement(w, line));
        w.node("ram:SpecifiedLineTradeDelivery", |w| {
            w.with("ram:BilledQuantity", Some(("unitCode", line.unit.as_str())), plain(line.quantity));
        });
        w.node("ram:SpecifiedLineTradeSettlement", |w| {
            tax(w, "ram:ApplicableTradeTax", line.vat);
            if let Some(stretch) = &line.period {
                period(w, stretch);
            }
            for row in &line.adjustments {
                adjustment(w, invoice.currency, row, None);
            }
            w.node("ram:SpecifiedTradeSettlementLineMonetarySummation", |w| {
                w.text("ram:LineTotalAmount", amount(line.net, invoice.currency));
            });
        });
    });
}

fn agreement(w: &mut Writer, line: &Line) {
    w.node("ram:BuyerOrderReferencedDocument", |w| {
        w.maybe("ram:LineID", line.order_line.as_ref().map(Text::as_str));
    });
    let price = &line.price;
    if let Some(gross) = price.gross {
        w.node("ram:GrossPriceProductTradePrice", |w| {
            w.text("ram:ChargeAmount", plain(gross));
            w.node("ram:AppliedTradeAllowanceCharge", |w| {
                w.node("ram:ChargeIndicator", |w| w.text("udt:Indicator", "false"));
                w.text("ram:ActualAmount", plain(gross.saturating_sub(price.net)));
            });
        });
    }
    w.node("ram:NetPriceProductTradePrice", |w| {
        w.text("ram:ChargeAmount", plain(price.net));
        if let Some(base) = price.base_quantity {
            w.with("ram:BasisQuantity", Some(("unitCode", line.unit.as_str())), plain(base));
        }
    });
}
