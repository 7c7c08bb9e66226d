//! Arithmetic on whole numbers of a chosen scale: exact products, one rounding, half away from zero.
//!
//! `None` everywhere means that a number did not fit in 128 bits.

use std::cmp::Reverse;

use rust_decimal::Decimal;

/// A rate of 100 % in the units of [`rate_units`].
pub(super) const WHOLE: i128 = 100_000_000;

/// A percentage in millionths of a percent; the caller has checked that it has no more than six decimals.
pub(super) fn rate_units(percent: Decimal) -> Option<i128> {
    units(percent, 6)
}

/// The value as a whole number of 10^-scale; `None` if it has more decimals.
pub(super) fn units(value: Decimal, scale: u32) -> Option<i128> {
    let value = value.normalize();
    let missing = scale.checked_sub(value.scale())?;
    value.mantissa().checked_mul(10_i128.checked_pow(missing)?)
}

/// The product of two decimals, rounded to the scale.
pub(super) fn product(a: Decimal, b: Decimal, scale: u32) -> Option<i128> {
    let (a, b) = (a.normalize(), b.normalize());
    let mantissa = a.mantissa().checked_mul(b.mantissa())?;
    rescale(mantissa, a.scale() + b.scale(), scale)
}

/// The same amount at another scale.
pub(super) fn rescale(amount: i128, from: u32, to: u32) -> Option<i128> {
    if from <= to {
        amount.checked_mul(10_i128.checked_pow(to - from)?)
    } else {
        divide(amount, 10_i128.checked_pow(from - to)?)
    }
}

/// Amount times rate over the whole, rounded.
pub(super) fn part(amount: i128, rate: i128, whole: i128) -> Option<i128> {
    divide(amount.checked_mul(rate)?, whole)
}

/// Division rounded half away from zero. The divisor is above zero.
pub(super) fn divide(number: i128, divisor: i128) -> Option<i128> {
    let quotient = number.checked_div(divisor)?;
    let rest = number.checked_rem(divisor)?.unsigned_abs();
    let up = rest >= divisor.unsigned_abs() - rest;
    if up && rest > 0 { quotient.checked_add(number.signum()) } else { Some(quotient) }
}

/// Whole numbers that add up to `total`, each its exact part `numerator / divisor` rounded. Where the rounded parts miss
/// the total, those whose rounding went furthest the other way give or take one; among equals the largest, then the first.
pub(super) fn apportion(total: i128, numerators: &[i128], divisor: i128) -> Option<Vec<i128>> {
    let mut parts = Vec::with_capacity(numerators.len());
    let mut lost = Vec::with_capacity(numerators.len());
    let mut left = total;
    for numerator in numerators {
        let part = divide(*numerator, divisor)?;
        lost.push(numerator.checked_sub(part.checked_mul(divisor)?)?);
        left = left.checked_sub(part)?;
        parts.push(part);
    }
    if left == 0 || parts.is_empty() {
        return (left == 0).then_some(parts);
    }
    let direction = left.signum();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&at| (Reverse(lost[at] * direction), Reverse(numerators[at].unsigned_abs()), at));
    // More units than parts only come up when a header figure was corrected; they go round.
    for at in order.into_iter().cycle().take(usize::try_from(left.unsigned_abs()).ok()?) {
        parts[at] = parts[at].checked_add(direction)?;
    }
    Some(parts)
}

/// `total` shared in proportion to weights; nothing where the weights cancel out.
pub(super) fn share(total: i128, weights: &[i128]) -> Option<Vec<i128>> {
    let sum = weights.iter().try_fold(0_i128, |sum, weight| sum.checked_add(*weight))?;
    if total == 0 || sum == 0 {
        return Some(vec![0; weights.len()]);
    }
    // The divisor of `apportion` is above zero.
    let (total_signed, sum) = (total.checked_mul(sum.signum())?, sum.checked_abs()?);
    let numerators: Option<Vec<i128>> = weights.iter().map(|weight| weight.checked_mul(total_signed)).collect();
    apportion(total, &numerators?, sum)
}

/// Checked sum.
pub(super) fn sum(amounts: impl IntoIterator<Item = i128>) -> Option<i128> {
    amounts.into_iter().try_fold(0_i128, i128::checked_add)
}

/// A decimal in major units; `None` beyond 96 bits.
pub(super) fn decimal(amount: i128, scale: u32) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(amount, scale).ok()
}
