//! Adjustments, taxes and sums.

use iso_currency::Currency;
use rust_decimal::Decimal;

use crate::einvoice::xml::{Element, Needed};
use crate::einvoice::{Adjustment, DocumentAdjustment, Problem, ReadError, Side, Sums, Vat, VatRow};

const ADJUSTMENT: &str = "SpecifiedTradeAllowanceCharge";
const SUMS: &str = "SpecifiedTradeSettlementHeaderMonetarySummation";

pub(super) fn adjustments(settlement: &Element, currency: Currency) -> Result<Vec<DocumentAdjustment>, ReadError> {
    let rows = settlement.all(ADJUSTMENT).zip(1..).map(|(element, number)| {
        let read = || {
            let vat = vat(element.needed("CategoryTradeTax")?).map_err(|error| error.within("CategoryTradeTax"))?;
            Ok(DocumentAdjustment { adjustment: adjustment(element, currency)?, vat })
        };
        read().map_err(|error: ReadError| error.within(format_args!("{ADJUSTMENT}[{number}]")))
    });
    rows.collect()
}

pub(super) fn of_line(settlement: &Element, currency: Currency) -> Result<Vec<Adjustment>, ReadError> {
    let rows = settlement.all(ADJUSTMENT).zip(1..).map(|(element, number)| {
        adjustment(element, currency).map_err(|error| error.within(format_args!("{ADJUSTMENT}[{number}]")))
    });
    rows.collect()
}

fn adjustment(element: &Element, currency: Currency) -> Result<Adjustment, ReadError> {
    let side = element.read("ChargeIndicator/Indicator", Problem::Code, |indicator| match indicator.raw().trim() {
        "true" | "1" => Some(Side::Charge),
        "false" | "0" => Some(Side::Allowance),
        _ => None,
    })?;
    Ok(Adjustment {
        side: side.or_missing("ChargeIndicator")?,
        amount: element.amount("ActualAmount", currency)?.or_missing("ActualAmount")?,
        base: element.amount("BasisAmount", currency)?,
        percent: element.decimal("CalculationPercent")?,
        reason: element.text("Reason"),
        reason_code: element.code("ReasonCode")?,
    })
}

pub(super) fn vat(element: &Element) -> Result<Vat, ReadError> {
    let category = element.read("CategoryCode", Problem::Code, |code| code.raw().trim().parse().ok())?;
    let rate = element.decimal("RateApplicablePercent")?.unwrap_or(Decimal::ZERO);
    Ok(Vat { category: category.or_missing("CategoryCode")?, rate })
}

pub(super) fn rows(settlement: &Element, currency: Currency) -> Result<Vec<VatRow>, ReadError> {
    let rows = settlement.all("ApplicableTradeTax").zip(1..).map(|(element, number)| {
        let read = || {
            Ok(VatRow {
                vat: vat(element)?,
                base: element.amount("BasisAmount", currency)?.or_missing("BasisAmount")?,
                tax: element.amount("CalculatedAmount", currency)?.or_missing("CalculatedAmount")?,
                exemption: element.text("ExemptionReason"),
                exemption_code: element.code("ExemptionReasonCode")?,
            })
        };
        read().map_err(|error: ReadError| error.within(format_args!("ApplicableTradeTax[{number}]")))
    });
    rows.collect()
}

/// The total of taxes in a currency, which is told by its attribute.
pub(super) fn tax_total(
    settlement: &Element,
    is_in: impl Fn(Option<&str>) -> bool,
    currency: Currency,
) -> Result<Option<i64>, ReadError> {
    let Some(sums) = settlement.at(SUMS) else { return Ok(None) };
    let Some(total) = sums.all("TaxTotalAmount").find(|total| is_in(total.attribute("currencyID"))) else {
        return Ok(None);
    };
    total.own_amount(currency).map(Some)
}

pub(super) fn sums(settlement: &Element, currency: Currency) -> Result<Sums, ReadError> {
    let element = settlement.needed(SUMS)?;
    let read = || {
        let needed = |name: &str| element.amount(name, currency)?.or_missing(name);
        let stated = |name: &str| Ok(element.amount(name, currency)?.unwrap_or(0));
        let net = needed("TaxBasisTotalAmount")?;
        Ok(Sums {
            // The profile MINIMUM leaves the sum of lines out.
            lines: element.amount("LineTotalAmount", currency)?.unwrap_or(net),
            allowances: stated("AllowanceTotalAmount")?,
            charges: stated("ChargeTotalAmount")?,
            net,
            tax: tax_total(settlement, |code| code.is_none_or(|code| code == currency.code()), currency)?.unwrap_or(0),
            gross: needed("GrandTotalAmount")?,
            paid: stated("TotalPrepaidAmount")?,
            rounding: stated("RoundingAmount")?,
            payable: needed("DuePayableAmount")?,
        })
    };
    read().map_err(|error: ReadError| error.within(SUMS))
}
