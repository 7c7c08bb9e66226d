//! Adjustments, taxes and sums.

use iso_currency::Currency;

use crate::einvoice::xml::{Writer, amount, plain};
use crate::einvoice::{Adjustment, Code, Invoice, Side, Text, Vat, VatRow};
use crate::totals::Category;

/// What stands between the payment terms and the lines.
pub(super) fn document(w: &mut Writer, invoice: &Invoice) {
    let currency = invoice.currency;
    for row in &invoice.adjustments {
        adjustment(w, currency, &row.adjustment, Some(row.vat));
    }
    w.node("cac:TaxTotal", |w| {
        money(w, "cbc:TaxAmount", currency, invoice.sums.tax);
        for row in &invoice.vat {
            subtotal(w, currency, row);
        }
    });
    if let Some(tax) = invoice.accounting_tax {
        w.node("cac:TaxTotal", |w| money(w, "cbc:TaxAmount", tax.currency, tax.tax));
    }
    let sums = &invoice.sums;
    let has = |side: Side| invoice.adjustments.iter().any(|row| row.adjustment.side == side);
    w.node("cac:LegalMonetaryTotal", |w| {
        money(w, "cbc:LineExtensionAmount", currency, sums.lines);
        money(w, "cbc:TaxExclusiveAmount", currency, sums.net);
        money(w, "cbc:TaxInclusiveAmount", currency, sums.gross);
        for (name, minor, is_stated) in [
            ("cbc:AllowanceTotalAmount", sums.allowances, has(Side::Allowance)),
            ("cbc:ChargeTotalAmount", sums.charges, has(Side::Charge)),
            ("cbc:PrepaidAmount", sums.paid, false),
            ("cbc:PayableRoundingAmount", sums.rounding, false),
        ] {
            if minor != 0 || is_stated {
                money(w, name, currency, minor);
            }
        }
        money(w, "cbc:PayableAmount", currency, sums.payable);
    });
}

pub(super) fn money(w: &mut Writer, name: &str, currency: Currency, minor: i64) {
    w.with(name, Some(("currencyID", currency.code())), amount(minor, currency));
}

pub(super) fn adjustment(w: &mut Writer, currency: Currency, adjustment: &Adjustment, vat: Option<Vat>) {
    w.node("cac:AllowanceCharge", |w| {
        w.text("cbc:ChargeIndicator", if adjustment.side == Side::Charge { "true" } else { "false" });
        w.maybe("cbc:AllowanceChargeReasonCode", adjustment.reason_code.as_ref().map(Code::as_str));
        w.maybe("cbc:AllowanceChargeReason", adjustment.reason.as_ref().map(Text::as_str));
        w.maybe("cbc:MultiplierFactorNumeric", adjustment.percent.map(plain));
        money(w, "cbc:Amount", currency, adjustment.amount);
        if let Some(base) = adjustment.base {
            money(w, "cbc:BaseAmount", currency, base);
        }
        if let Some(vat) = vat {
            category(w, "cac:TaxCategory", vat, None);
        }
    });
}

fn subtotal(w: &mut Writer, currency: Currency, row: &VatRow) {
    w.node("cac:TaxSubtotal", |w| {
        money(w, "cbc:TaxableAmount", currency, row.base);
        money(w, "cbc:TaxAmount", currency, row.tax);
        category(w, "cac:TaxCategory", row.vat, Some(row));
    });
}

pub(super) fn category(w: &mut Writer, name: &str, vat: Vat, row: Option<&VatRow>) {
    w.node(name, |w| {
        w.text("cbc:ID", vat.category.as_str());
        if vat.category != Category::O || !vat.rate.is_zero() {
            w.text("cbc:Percent", plain(vat.rate));
        }
        if let Some(row) = row {
            w.maybe("cbc:TaxExemptionReasonCode", row.exemption_code.as_ref().map(Code::as_str));
            w.maybe("cbc:TaxExemptionReason", row.exemption.as_ref().map(Text::as_str));
        }
        w.node("cac:TaxScheme", |w| w.text("cbc:ID", "VAT"));
    });
}
