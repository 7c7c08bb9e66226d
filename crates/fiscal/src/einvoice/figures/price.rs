//! The price without tax that gives a line back (PEPPOL-EN16931-R120).

use rust_decimal::{Decimal, RoundingStrategy};

use super::super::line::Price;
use crate::totals::{Document, Line};

/// Decimals of a derived price; beyond them a base quantity is stated instead.
const MOST_DECIMALS: u32 = 8;

/// The price as it was typed, if it is without tax and gives the gross back to half a cent. Otherwise the gross divided
/// by the quantity, with as few decimals as do that; and where eight do not, the gross for the whole quantity (BT-149).
pub(super) fn of(document: &Document, line: &Line, gross: i64, rate: Decimal, places: u32) -> Option<Price> {
    let gross = Decimal::try_from_i128_with_scale(gross.into(), places).ok()?;
    let quantity = line.quantity.normalize();
    let gives_back = |price: Decimal| {
        let difference = quantity.checked_mul(price).and_then(|amount| amount.checked_sub(gross));
        difference.is_some_and(|difference| difference.abs() <= Decimal::new(5, 3))
    };
    let plain = |net: Decimal| Some(Price { net: net.normalize(), gross: None, base_quantity: None });
    if !document.prices_include_tax && gives_back(line.unit_price) {
        return plain(line.unit_price);
    }
    if quantity.is_zero() {
        let percent =
            Decimal::ONE_HUNDRED.checked_add(if document.prices_include_tax { rate } else { Decimal::ZERO })?;
        return plain(rounded(line.unit_price.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(percent)?, MOST_DECIMALS));
    }
    let exact = gross.checked_div(quantity)?;
    let derived = (places..=MOST_DECIMALS).map(|decimals| rounded(exact, decimals)).find(|price| gives_back(*price));
    if let Some(net) = derived.filter(|net| *net >= Decimal::ZERO) {
        return plain(net);
    }
    // A cent that rounding gave to a line of the other sign: no price gives that back.
    if !gross.is_zero() && gross.is_sign_negative() != quantity.is_sign_negative() {
        return None;
    }
    Some(Price { net: gross.abs().normalize(), gross: None, base_quantity: Some(quantity.abs()) })
}

/// Whether a percentage of a base is the amount, to the two cents that validators allow; for a currency without cents,
/// half a unit would be more than they allow.
pub(super) fn is_part(amount: i64, base: i64, percent: Decimal, places: u32) -> bool {
    let major = |minor: i64| Decimal::try_from_i128_with_scale(minor.into(), places).ok();
    let part = || major(base)?.checked_mul(percent)?.checked_div(Decimal::ONE_HUNDRED)?.checked_sub(major(amount)?);
    part().is_some_and(|difference| difference.abs() <= Decimal::new(2, 2))
}

fn rounded(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}
