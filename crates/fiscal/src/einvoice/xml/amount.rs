//! Amounts and decimals as texts.

use iso_currency::Currency;
use rust_decimal::Decimal;

/// Decimals of a currency's minor unit. A currency that has none (gold, test codes) is written as if it had two, and
/// [`check`](super::super::check()) refuses it.
pub(in crate::einvoice) fn places(currency: Currency) -> u32 {
    currency.exponent().map_or(2, u32::from)
}

/// Minor units in major ones: `1234.50`. More than two decimals only where they are not zero, since the standard allows
/// two (BR-DEC).
pub(in crate::einvoice) fn amount(minor: i64, currency: Currency) -> String {
    let mut places = places(currency);
    let mut minor = i128::from(minor);
    while places > 2 && minor % 10 == 0 {
        (places, minor) = (places - 1, minor / 10);
    }
    Decimal::try_from_i128_with_scale(minor, places).unwrap_or_default().to_string()
}

/// A quantity, price or percentage without zeros at its end.
pub(in crate::einvoice) fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

/// Minor units of an amount that was written. `None` if it is no number, or has more decimals than the currency.
pub(super) fn read_amount(text: &str, currency: Currency) -> Option<i64> {
    let value = read_decimal(text)?;
    let missing = places(currency).checked_sub(value.scale())?;
    value.mantissa().checked_mul(10_i128.checked_pow(missing)?)?.try_into().ok()
}

/// A number as XML Schema writes decimals: a sign, digits, a point; no exponent.
pub(super) fn read_decimal(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(part) || (whole.is_empty() && part.is_empty()) {
        return None;
    }
    let part = part.trim_end_matches('0');
    let sign = if text.starts_with('-') { "-" } else { "" };
    let whole = if whole.is_empty() { "0" } else { whole };
    let canonical = if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") };
    Decimal::from_str_exact(&canonical).ok().map(|value| value.normalize())
}
