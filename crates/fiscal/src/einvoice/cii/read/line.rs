//! Lines.

use iso_currency::Currency;

use super::money::{of_line, vat};
use super::party::identifier;
use crate::einvoice::xml::{Element, Needed};
use crate::einvoice::{Line, Price, ReadError};

const QUANTITY: &str = "SpecifiedLineTradeDelivery/BilledQuantity";
const SETTLEMENT: &str = "SpecifiedLineTradeSettlement";
const NET: &str = "SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount";

pub(super) fn line(element: &Element, currency: Currency) -> Result<Line, ReadError> {
    let settlement = element.needed(SETTLEMENT)?;
    let inside = |error: ReadError| error.within(SETTLEMENT);
    let category = settlement.needed("ApplicableTradeTax").map_err(inside)?;
    let product = element.at("SpecifiedTradeProduct");
    let text = |path: &str| product.and_then(|product| product.text(path));
    let unit = element.needed(QUANTITY)?.code_in("unitCode")?;
    let net = settlement.amount(NET, currency).and_then(|net| net.or_missing(NET));
    Ok(Line {
        id: element.words("AssociatedDocumentLineDocument/LineID"),
        note: element.text("AssociatedDocumentLineDocument/IncludedNote/Content"),
        quantity: element.decimal(QUANTITY)?.or_missing(QUANTITY)?,
        unit: unit.or_missing("SpecifiedLineTradeDelivery/BilledQuantity/@unitCode")?,
        net: net.map_err(inside)?,
        order_line: element.text("SpecifiedLineTradeAgreement/BuyerOrderReferencedDocument/LineID"),
        period: super::period(settlement).map_err(inside)?,
        adjustments: of_line(settlement, currency).map_err(inside)?,
        price: price(element)?,
        vat: vat(category).map_err(|error| error.within("ApplicableTradeTax")).map_err(inside)?,
        name: text("Name").unwrap_or_default(),
        description: text("Description"),
        seller_item: text("SellerAssignedID"),
        buyer_item: text("BuyerAssignedID"),
        standard_item: element.at("SpecifiedTradeProduct/GlobalID").map_or(Ok(None), identifier)?,
    })
}

fn price(line: &Element) -> Result<Price, ReadError> {
    let agreement = line.needed("SpecifiedLineTradeAgreement")?;
    let read = || {
        let net = agreement.decimal("NetPriceProductTradePrice/ChargeAmount")?;
        // Some write the quantity to the gross price only.
        let base = agreement.decimal("NetPriceProductTradePrice/BasisQuantity")?;
        let gross_base = agreement.decimal("GrossPriceProductTradePrice/BasisQuantity")?;
        Ok(Price {
            net: net.or_missing("NetPriceProductTradePrice/ChargeAmount")?,
            gross: agreement.decimal("GrossPriceProductTradePrice/ChargeAmount")?,
            base_quantity: base.or(gross_base),
        })
    };
    read().map_err(|error: ReadError| error.within("SpecifiedLineTradeAgreement"))
}
