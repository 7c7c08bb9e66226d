//! Denmark, Estonia, Finland, Latvia, Lithuania, Sweden.

use super::super::checksum::{exactly, is_day, luhn, weighted};
use super::super::written::Written;
use super::super::{Read, TaxIdReason};
use super::vat;

/// CVR: eight digits, the first not zero, weights modulo 11.
pub(super) fn denmark(written: &Written<'_>) -> Read {
    let d = exactly(8, &written.compact)?;
    if d[0] == 0 {
        return Err(TaxIdReason::Shape);
    }
    vat(&written.compact, weighted(&d, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11))
}

/// Nine digits, weights 3 7 1 modulo 10.
pub(super) fn estonia(written: &Written<'_>) -> Read {
    let d = exactly(9, &written.compact)?;
    vat(&written.compact, weighted(&d, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10))
}

/// Y-tunnus: eight digits, weights modulo 11.
pub(super) fn finland(written: &Written<'_>) -> Read {
    let d = exactly(8, &written.compact)?;
    vat(&written.compact, weighted(&d, &[7, 9, 10, 5, 8, 4, 2, 1]).is_multiple_of(11))
}

/// Eleven digits: companies start with 4 to 9; persons carry their birth date, or start with 32 since July 2017.
pub(super) fn latvia(written: &Written<'_>) -> Read {
    let d = exactly(11, &written.compact)?;
    if d[0] > 3 {
        return vat(&written.compact, weighted(&d, &[9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 == 3);
    }
    let without_date = d[0] == 3 && d[1] == 2;
    let year = 1800 + d[6] * 100 + d[4] * 10 + d[5];
    if !without_date && !is_day(year, d[2] * 10 + d[3], d[0] * 10 + d[1]) {
        return Err(TaxIdReason::Date);
    }
    let sum = 1 + weighted(&d[..10], &[10, 5, 8, 4, 2, 1, 6, 3, 7, 9]);
    vat(&written.compact, sum % 11 % 10 == d[10])
}

/// Nine digits for companies, twelve for others; the digit before the last but one is 1; two passes modulo 11.
pub(super) fn lithuania(written: &Written<'_>) -> Read {
    let length = if written.compact.len() == 12 { 12 } else { 9 };
    let d = exactly(length, &written.compact)?;
    let (body, check) = (&d[..length - 1], d[length - 1]);
    if body[length - 2] != 1 {
        return Err(TaxIdReason::Shape);
    }
    let first = weighted(body, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2]) % 11;
    let second = weighted(body, &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4]) % 11;
    let expected = if first == 10 { second % 10 } else { first };
    vat(&written.compact, expected == check)
}

/// Twelve digits: the ten of the organisation number, by Luhn, and 01.
pub(super) fn sweden(written: &Written<'_>) -> Read {
    let d = exactly(12, &written.compact)?;
    if d[10..] != [0, 1] {
        return Err(TaxIdReason::Shape);
    }
    vat(&written.compact, luhn(&d[..10]))
}
