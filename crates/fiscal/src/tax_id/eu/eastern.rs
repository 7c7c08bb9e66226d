//! Bulgaria, Croatia, Czechia, Hungary, Poland, Romania, Slovakia, Slovenia.

use super::super::checksum::{digits, exactly, is_day, mod_11_10, modulo, weighted};
use super::super::written::Written;
use super::super::{Read, TaxIdReason};
use super::vat;

/// Nine digits for legal entities; ten for citizens (with birth date), foreigners and others, each with its own check.
pub(super) fn bulgaria(written: &Written<'_>) -> Read {
    let d = digits(&written.compact).ok_or(TaxIdReason::Shape)?;
    let sound = match d.len() {
        9 => {
            let first = weighted(&d, &[1, 2, 3, 4, 5, 6, 7, 8]) % 11;
            let second = weighted(&d, &[3, 4, 5, 6, 7, 8, 9, 10]) % 11;
            d[8] == if first == 10 { second % 10 } else { first }
        }
        10 => bulgarian_citizen(&d) || bulgarian_foreigner(&d) || bulgarian_other(&d),
        _ => return Err(TaxIdReason::Length),
    };
    vat(&written.compact, sound)
}

/// EGN: the month is raised by 20 for births before 1900 and by 40 for those from 2000.
fn bulgarian_citizen(d: &[u32]) -> bool {
    let (year, month, day) = (d[0] * 10 + d[1], d[2] * 10 + d[3], d[4] * 10 + d[5]);
    let (century, month) = match month {
        41.. => (2000, month - 40),
        21..=40 => (1800, month - 20),
        _ => (1900, month),
    };
    let check = weighted(d, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10;
    is_day(century + year, month, day) && check == d[9]
}

fn bulgarian_foreigner(d: &[u32]) -> bool {
    weighted(d, &[21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10 == d[9]
}

fn bulgarian_other(d: &[u32]) -> bool {
    (11 - weighted(d, &[4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11 == d[9]
}

/// OIB: eleven digits by ISO 7064 MOD 11,10.
pub(super) fn croatia(written: &Written<'_>) -> Read {
    let d = exactly(11, &written.compact)?;
    vat(&written.compact, mod_11_10(&d))
}

/// Eight digits for companies, nine starting with 6 for special cases, nine or ten for persons (birth number).
pub(super) fn czechia(written: &Written<'_>) -> Read {
    let compact = &written.compact;
    let d = digits(compact).ok_or(TaxIdReason::Shape)?;
    match (d.len(), d.first().copied()) {
        (8, Some(9)) => Err(TaxIdReason::Shape),
        (8, _) => {
            let check = (11 - weighted(&d, &[8, 7, 6, 5, 4, 3, 2]) % 11) % 11;
            vat(compact, d[7] == if check == 0 { 1 } else { check % 10 })
        }
        (9, Some(6)) => {
            let rest = weighted(&d[1..], &[8, 7, 6, 5, 4, 3, 2]) % 11;
            // 8 less (10 less the rest modulo 11), which for a rest above ten cannot happen.
            vat(compact, (8 + 10 - (10 - rest)) % 10 == d[8])
        }
        (9 | 10, _) => birth_number(&d).and_then(|sound| vat(compact, sound)),
        _ => Err(TaxIdReason::Length),
    }
}

/// The Czech and Slovak birth number: women's months are raised by 50, and by 20 more when a day's serials ran out.
/// Nine digits, without check digit, until 1953.
fn birth_number(d: &[u32]) -> Result<bool, TaxIdReason> {
    let (year, month, day) = (d[0] * 10 + d[1], (d[2] * 10 + d[3]) % 50 % 20, d[4] * 10 + d[5]);
    let year = match d.len() {
        9 if year >= 80 => 1800 + year,
        9 if year > 53 => return Err(TaxIdReason::Length),
        10 if year < 54 => 2000 + year,
        _ => 1900 + year,
    };
    if !is_day(year, month, day) {
        return Err(TaxIdReason::Date);
    }
    Ok(d.len() == 9 || modulo(&d[..9], 11) % 10 == d[9])
}

/// Eight digits, weights 9 7 3 1 modulo 10.
pub(super) fn hungary(written: &Written<'_>) -> Read {
    let d = exactly(8, &written.compact)?;
    vat(&written.compact, weighted(&d, &[9, 7, 3, 1, 9, 7, 3, 1]).is_multiple_of(10))
}

/// NIP: ten digits, weights modulo 11; a remainder of ten is never issued.
pub(super) fn poland(written: &Written<'_>) -> Read {
    let d = exactly(10, &written.compact)?;
    vat(&written.compact, weighted(&d, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == d[9])
}

/// CUI: two to ten digits, the first not zero; weights from the right, times ten modulo 11.
pub(super) fn romania(written: &Written<'_>) -> Read {
    let d = digits(&written.compact).ok_or(TaxIdReason::Shape)?;
    if !(2..=10).contains(&d.len()) {
        return Err(TaxIdReason::Length);
    }
    if d[0] == 0 {
        return Err(TaxIdReason::Shape);
    }
    let (body, check) = d.split_at(d.len() - 1);
    let weights = [7, 5, 3, 2, 1, 7, 5, 3, 2];
    let sum = weighted(body, &weights[weights.len() - body.len()..]);
    vat(&written.compact, sum * 10 % 11 % 10 == check[0])
}

/// Eight digits, the first not zero; weights 8 to 2 modulo 11.
pub(super) fn slovenia(written: &Written<'_>) -> Read {
    let d = exactly(8, &written.compact)?;
    if d[0] == 0 {
        return Err(TaxIdReason::Shape);
    }
    let check = 11 - weighted(&d, &[8, 7, 6, 5, 4, 3, 2]) % 11;
    vat(&written.compact, d[7] == if check == 10 { 0 } else { check })
}

/// Ten digits that are a multiple of eleven, with 2 to 4 or 7 to 9 in third place; or a birth number.
pub(super) fn slovakia(written: &Written<'_>) -> Read {
    let d = exactly(10, &written.compact)?;
    if birth_number(&d) == Ok(true) {
        return vat(&written.compact, true);
    }
    if d[0] == 0 || !matches!(d[2], 2..=4 | 7..=9) {
        return Err(TaxIdReason::Shape);
    }
    vat(&written.compact, modulo(&d, 11) == 0)
}
