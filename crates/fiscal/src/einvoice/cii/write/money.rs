//! Adjustments, taxes and sums.

use iso_currency::Currency;

use super::DAY;
use crate::einvoice::date::compact;
use crate::einvoice::xml::{Writer, amount, plain};
use crate::einvoice::{Adjustment, Code, Invoice, Side, Text, Vat, VatRow};
use crate::totals::Category;

pub(super) fn row(w: &mut Writer, invoice: &Invoice, row: &VatRow) {
    w.node("ram:ApplicableTradeTax", |w| {
        w.text("ram:CalculatedAmount", amount(row.tax, invoice.currency));
        w.text("ram:TypeCode", "VAT");
        w.maybe("ram:ExemptionReason", row.exemption.as_ref().map(Text::as_str));
        w.text("ram:BasisAmount", amount(row.base, invoice.currency));
        w.text("ram:CategoryCode", row.vat.category.as_str());
        w.maybe("ram:ExemptionReasonCode", row.exemption_code.as_ref().map(Code::as_str));
        if let Some(day) = invoice.tax_point {
            w.node("ram:TaxPointDate", |w| w.with("udt:DateString", Some(("format", DAY)), compact(day)));
        }
        rate(w, row.vat);
    });
}

/// The VAT of a line or an adjustment.
pub(super) fn tax(w: &mut Writer, name: &str, vat: Vat) {
    w.node(name, |w| {
        w.text("ram:TypeCode", "VAT");
        w.text("ram:CategoryCode", vat.category.as_str());
        rate(w, vat);
    });
}

fn rate(w: &mut Writer, vat: Vat) {
    if vat.category != Category::O || !vat.rate.is_zero() {
        w.text("ram:RateApplicablePercent", plain(vat.rate));
    }
}

pub(super) fn adjustment(w: &mut Writer, currency: Currency, adjustment: &Adjustment, vat: Option<Vat>) {
    w.node("ram:SpecifiedTradeAllowanceCharge", |w| {
        let indicator = if adjustment.side == Side::Charge { "true" } else { "false" };
        w.node("ram:ChargeIndicator", |w| w.text("udt:Indicator", indicator));
        w.maybe("ram:CalculationPercent", adjustment.percent.map(plain));
        w.maybe("ram:BasisAmount", adjustment.base.map(|base| amount(base, currency)));
        w.text("ram:ActualAmount", amount(adjustment.amount, currency));
        w.maybe("ram:ReasonCode", adjustment.reason_code.as_ref().map(Code::as_str));
        w.maybe("ram:Reason", adjustment.reason.as_ref().map(Text::as_str));
        if let Some(vat) = vat {
            tax(w, "ram:CategoryTradeTax", vat);
        }
    });
}

pub(super) fn sums(w: &mut Writer, invoice: &Invoice) {
    let (sums, currency) = (&invoice.sums, invoice.currency);
    let has = |side: Side| invoice.adjustments.iter().any(|row| row.adjustment.side == side);
    let stated = |minor: i64, is_stated: bool| (minor != 0 || is_stated).then(|| amount(minor, currency));
    w.node("ram:SpecifiedTradeSettlementHeaderMonetarySummation", |w| {
        w.text("ram:LineTotalAmount", amount(sums.lines, currency));
        w.maybe("ram:ChargeTotalAmount", stated(sums.charges, has(Side::Charge)));
        w.maybe("ram:AllowanceTotalAmount", stated(sums.allowances, has(Side::Allowance)));
        w.text("ram:TaxBasisTotalAmount", amount(sums.net, currency));
        w.with("ram:TaxTotalAmount", Some(("currencyID", currency.code())), amount(sums.tax, currency));
        if let Some(tax) = invoice.accounting_tax {
            let of = Some(("currencyID", tax.currency.code()));
            w.with("ram:TaxTotalAmount", of, amount(tax.tax, tax.currency));
        }
        w.maybe("ram:RoundingAmount", stated(sums.rounding, false));
        w.text("ram:GrandTotalAmount", amount(sums.gross, currency));
        w.maybe("ram:TotalPrepaidAmount", stated(sums.paid, false));
        w.text("ram:DuePayableAmount", amount(sums.payable, currency));
    });
}
