//! Lines.

use iso_currency::Currency;

use super::money::{adjustment, vat};
use super::party::identifier;
use crate::einvoice::xml::{Element, Needed};
use crate::einvoice::{Line, Price, ReadError};

pub(super) fn line(element: &Element, currency: Currency) -> Result<Line, ReadError> {
    let quantity = ["InvoicedQuantity", "CreditedQuantity"].into_iter().find(|name| element.at(name).is_some());
    let quantity = quantity.or_missing("InvoicedQuantity")?;
    let adjustments = element.all("AllowanceCharge").zip(1..).map(|(of, number)| {
        adjustment(of, currency).map_err(|error| error.within(format_args!("AllowanceCharge[{number}]")))
    });
    let category = element.needed("Item/ClassifiedTaxCategory")?;
    Ok(Line {
        id: element.words("ID"),
        note: element.text("Note"),
        quantity: element.decimal(quantity)?.or_missing(quantity)?,
        unit: element.needed(quantity)?.code_in("unitCode")?.or_missing("InvoicedQuantity/@unitCode")?,
        net: element.amount("LineExtensionAmount", currency)?.or_missing("LineExtensionAmount")?,
        order_line: element.text("OrderLineReference/LineID"),
        period: super::period(element)?,
        adjustments: adjustments.collect::<Result<_, _>>()?,
        price: price(element)?,
        vat: vat(category).map_err(|error| error.within("Item/ClassifiedTaxCategory"))?,
        name: element.words("Item/Name"),
        description: element.text("Item/Description"),
        seller_item: element.text("Item/SellersItemIdentification/ID"),
        buyer_item: element.text("Item/BuyersItemIdentification/ID"),
        standard_item: element.at("Item/StandardItemIdentification/ID").map_or(Ok(None), identifier)?,
    })
}

fn price(line: &Element) -> Result<Price, ReadError> {
    let net = line.decimal("Price/PriceAmount")?.or_missing("Price/PriceAmount")?;
    let gross = line.decimal("Price/AllowanceCharge/BaseAmount")?;
    let discount = line.decimal("Price/AllowanceCharge/Amount")?;
    Ok(Price {
        net,
        gross: gross.or_else(|| discount.and_then(|discount| net.checked_add(discount))),
        base_quantity: line.decimal("Price/BaseQuantity")?,
    })
}
