//! Adjustments, taxes and sums.

use iso_currency::Currency;
use rust_decimal::Decimal;

use crate::einvoice::xml::{Element, Needed};
use crate::einvoice::{Adjustment, DocumentAdjustment, Problem, ReadError, Side, Sums, Vat, VatRow};

pub(super) fn adjustments(root: &Element, currency: Currency) -> Result<Vec<DocumentAdjustment>, ReadError> {
    let rows = root.all("AllowanceCharge").zip(1..).map(|(element, number)| {
        let read = || {
            let vat = vat(element.needed("TaxCategory")?).map_err(|error| error.within("TaxCategory"))?;
            Ok(DocumentAdjustment { adjustment: adjustment(element, currency)?, vat })
        };
        read().map_err(|error: ReadError| error.within(format_args!("AllowanceCharge[{number}]")))
    });
    rows.collect()
}

pub(super) fn adjustment(element: &Element, currency: Currency) -> Result<Adjustment, ReadError> {
    let side = element.read("ChargeIndicator", Problem::Code, |indicator| match indicator.raw().trim() {
        "true" | "1" => Some(Side::Charge),
        "false" | "0" => Some(Side::Allowance),
        _ => None,
    })?;
    Ok(Adjustment {
        side: side.or_missing("ChargeIndicator")?,
        amount: element.amount("Amount", currency)?.or_missing("Amount")?,
        base: element.amount("BaseAmount", currency)?,
        percent: element.decimal("MultiplierFactorNumeric")?,
        reason: element.text("AllowanceChargeReason"),
        reason_code: element.code("AllowanceChargeReasonCode")?,
    })
}

pub(super) fn vat(element: &Element) -> Result<Vat, ReadError> {
    let category = element.read("ID", Problem::Code, |id| id.raw().trim().parse().ok())?;
    Ok(Vat { category: category.or_missing("ID")?, rate: element.decimal("Percent")?.unwrap_or(Decimal::ZERO) })
}

/// The total that has the breakdown; one in the accounting currency has none.
fn tax_total(root: &Element, currency: Currency) -> Option<&Element> {
    let is_in = |total: &&Element| {
        let of = total.at("TaxAmount").and_then(|amount| amount.attribute("currencyID"));
        of.is_none_or(|code| code == currency.code())
    };
    root.all("TaxTotal").find(is_in)
}

pub(super) fn rows(root: &Element, currency: Currency) -> Result<Vec<VatRow>, ReadError> {
    let Some(total) = tax_total(root, currency) else { return Ok(Vec::new()) };
    let rows = total.all("TaxSubtotal").zip(1..).map(|(element, number)| {
        let read = || {
            let category = element.needed("TaxCategory")?;
            Ok(VatRow {
                vat: vat(category).map_err(|error| error.within("TaxCategory"))?,
                base: element.amount("TaxableAmount", currency)?.or_missing("TaxableAmount")?,
                tax: element.amount("TaxAmount", currency)?.or_missing("TaxAmount")?,
                exemption: category.text("TaxExemptionReason"),
                exemption_code: category.code("TaxExemptionReasonCode")?,
            })
        };
        read().map_err(|error: ReadError| error.within(format_args!("TaxTotal/TaxSubtotal[{number}]")))
    });
    rows.collect()
}

pub(super) fn sums(root: &Element, currency: Currency) -> Result<Sums, ReadError> {
    let total = root.needed("LegalMonetaryTotal")?;
    let read = || {
        let needed = |name: &str| total.amount(name, currency)?.or_missing(name);
        let stated = |name: &str| Ok(total.amount(name, currency)?.unwrap_or(0));
        Ok(Sums {
            lines: needed("LineExtensionAmount")?,
            allowances: stated("AllowanceTotalAmount")?,
            charges: stated("ChargeTotalAmount")?,
            net: needed("TaxExclusiveAmount")?,
            tax: 0,
            gross: needed("TaxInclusiveAmount")?,
            paid: stated("PrepaidAmount")?,
            rounding: stated("PayableRoundingAmount")?,
            payable: needed("PayableAmount")?,
        })
    };
    let mut sums = read().map_err(|error: ReadError| error.within("LegalMonetaryTotal"))?;
    if let Some(tax) = tax_total(root, currency) {
        sums.tax = tax.amount("TaxAmount", currency).map_err(|error| error.within("TaxTotal"))?.unwrap_or(0);
    }
    Ok(sums)
}
