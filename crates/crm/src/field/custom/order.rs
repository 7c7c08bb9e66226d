//! Values as texts whose order by bytes is the order of the values: what `custom_value.key` holds.

use kernel::{Currency, Money};
use rust_decimal::Decimal;

/// Digits behind the point that a number may have, and before it.
pub const FRACTION: u32 = 10;
pub const WHOLE: u32 = 18;

/// The most characters of a text that order it.
const TEXT: usize = 200;

/// A number as a sign and 28 digits; those of a negative one are turned round. None: too large or too fine.
pub fn number(number: Decimal) -> Option<String> {
    let number = number.normalize();
    if number.scale() > FRACTION {
        return None;
    }
    let scaled = number.mantissa().checked_mul(10_i128.pow(FRACTION - number.scale()))?;
    let most = 10_i128.pow(WHOLE + FRACTION);
    if scaled.abs() >= most {
        return None;
    }
    Some(if scaled < 0 { format!("0{:028}", most - 1 + scaled) } else { format!("1{scaled:028}") })
}

/// Amounts stand together by currency, then by size.
pub fn money(money: Money) -> String {
    let size = i128::from(money.minor);
    let sized = if size < 0 { format!("0{:020}", 10_i128.pow(20) - 1 + size) } else { format!("1{size:020}") };
    format!("{}{sized}", money.currency)
}

/// What a key of a number is, in units of its last digit; of an amount the key behind its currency. None: it is no such key.
pub fn read(key: &str) -> Option<i128> {
    let (sign, digits) = key.split_at_checked(1)?;
    let number: i128 = digits.parse().ok()?;
    match sign {
        "1" => Some(number),
        "0" => Some(number - (10_i128.checked_pow(u32::try_from(digits.len()).ok()?)? - 1)),
        _ => None,
    }
}

/// Below and above every amount of a currency.
pub fn currency(currency: Currency) -> (String, String) {
    (format!("{currency}0"), format!("{currency}2"))
}

/// Words without accents and capitals.
pub fn text(text: &str) -> String {
    crate::field::folded(text).chars().take(TEXT).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_are_ordered_as_their_keys(a in any::<i64>(), b in any::<i64>(), sa in 0_u32..=10, sb in 0_u32..=10) {
            let (a, b) = (Decimal::new(a / 10, sa), Decimal::new(b / 10, sb));
            if let (Some(ka), Some(kb)) = (number(a), number(b)) {
                prop_assert_eq!(a.cmp(&b), ka.cmp(&kb));
                let plain = a.normalize();
                prop_assert_eq!(read(&ka), Some(plain.mantissa() * 10_i128.pow(FRACTION - plain.scale())));
            }
        }

        #[test]
        fn amounts_of_a_currency_are_ordered_as_their_keys(a in any::<i64>(), b in any::<i64>()) {
            let euro: Currency = "EUR".parse().unwrap();
            let (ka, kb) = (money(Money::new(a, euro)), money(Money::new(b, euro)));
            prop_assert_eq!(a.cmp(&b), ka.cmp(&kb));
            let (low, high) = currency(euro);
            prop_assert!(low < ka && ka < high);
            prop_assert_eq!(read(&ka[3..]), Some(i128::from(a)));
        }
    }

    #[test]
    fn what_does_not_fit_has_no_key() {
        for (text, fits) in [
            ("999999999999999999.9999999999", true),
            ("-999999999999999999.9999999999", true),
            ("1000000000000000000", false),
            ("0.00000000001", false),
            ("1.50000000000", true),
        ] {
            assert_eq!(number(text.parse().unwrap()).is_some(), fits, "{text}");
        }
    }
}
