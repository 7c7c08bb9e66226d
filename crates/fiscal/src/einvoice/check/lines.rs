//! Lines, but for their money and VAT.

use rust_decimal::Decimal;

use super::super::xml::places;
use super::super::{Invoice, Line};
use super::fault::{self, Faults};
use super::lists::is_scheme;
use super::units::is_unit;

pub(super) fn check(invoice: &Invoice, faults: &mut Faults) {
    for (at, line) in invoice.lines.iter().enumerate() {
        if line.id.is_empty() {
            faults.on_line(at, "BR-21", "BT-126", fault::LINE_ID);
        }
        if line.name.is_empty() {
            faults.on_line(at, "BR-25", "BT-153", fault::ITEM_NAME);
        }
        if !is_unit(line.unit.as_str()) {
            faults.on_line(at, "BR-CL-23", "BT-130", fault::UNIT);
        }
        if let Some((rule, fix)) =
            line.period.as_ref().and_then(|period| super::head::stretch(period, "BR-CO-20", "BR-30"))
        {
            faults.on_line(at, rule, "BG-26", fix);
        }
        if line.price.net < Decimal::ZERO {
            faults.on_line(at, "BR-27", "BT-146", fault::PRICE);
        }
        if line.price.gross.is_some_and(|gross| gross < Decimal::ZERO) {
            faults.on_line(at, "BR-28", "BT-148", fault::PRICE);
        }
        match line.standard_item.as_ref() {
            Some(id) if id.scheme.is_none() => faults.on_line(at, "BR-64", "BT-157", fault::ID_SCHEME),
            Some(id) if !is_scheme(id) => faults.on_line(at, "BR-CL-21", "BT-157", fault::ID_SCHEME),
            _ => {}
        }
    }
}

/// Whether quantity times price and the adjustments give the net amount, to the two cents that Peppol allows (R120).
pub(super) fn gives_net(invoice: &Invoice, line: &Line) -> bool {
    let scale = places(invoice.currency);
    let major = |minor: i128| Decimal::try_from_i128_with_scale(minor, scale).ok();
    let base = line.price.base_quantity.unwrap_or(Decimal::ONE);
    let difference = || {
        let price = line.price.net.checked_div(base)?;
        let adjustments: Option<Vec<i64>> = line.adjustments.iter().map(|row| row.signed()).collect();
        let adjustments = major(super::sums::total(adjustments?.into_iter()))?;
        line.quantity.checked_mul(price)?.checked_add(adjustments)?.checked_sub(major(line.net.into())?)
    };
    difference().is_some_and(|difference| difference.abs() <= Decimal::new(2, 2))
}
