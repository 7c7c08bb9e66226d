//! South America but Brazil: Argentina, Chile, Colombia, Ecuador, Paraguay, Peru, Uruguay, Venezuela.
//! All check digits are modulo 11 but Ecuador's for persons.

use super::checksum::{digits, exactly, luhn, rising, weighted};
use super::written::Written;
use super::{Read, Reading, TaxIdKind, TaxIdReason};

fn reading(kind: TaxIdKind, value: &str, sound: bool) -> Read {
    Ok(Reading { kind, value: value.to_owned(), sound })
}

/// CUIT or CUIL: the kind of holder (two digits), eight digits, a check digit.
pub(super) fn argentina(written: &Written<'_>) -> Read {
    let d = exactly(11, &written.compact)?;
    if !matches!(d[0] * 10 + d[1], 20 | 23 | 24 | 27 | 30 | 33 | 34 | 50 | 51 | 55) {
        return Err(TaxIdReason::Prefix);
    }
    let check = match weighted(&d[..10], &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11 {
        0 => 0,
        1 => 9,
        rest => 11 - rest,
    };
    reading(TaxIdKind::ArCuit, &written.compact, check == d[10])
}

/// RUT: seven or eight digits and a check digit or K.
pub(super) fn chile(written: &Written<'_>) -> Read {
    let compact = &written.compact;
    if !compact.is_ascii() || !matches!(compact.len(), 8 | 9) {
        return Err(TaxIdReason::Length);
    }
    let (body, check) = compact.split_at(compact.len() - 1);
    let d = digits(body).ok_or(TaxIdReason::Shape)?;
    let expected = match (11 - rising(&d, 7) % 11) % 11 {
        10 => "K".to_owned(),
        digit => digit.to_string(),
    };
    if check != "K" && digits(check).is_none() {
        return Err(TaxIdReason::Shape);
    }
    reading(TaxIdKind::ClRut, compact, check == expected)
}

/// NIT of the DIAN: up to fifteen digits weighted by primes, and a check digit.
pub(super) fn colombia(written: &Written<'_>) -> Read {
    let d = digits(&written.compact).ok_or(TaxIdReason::Shape)?;
    if !(8..=16).contains(&d.len()) {
        return Err(TaxIdReason::Length);
    }
    let (body, check) = d.split_at(d.len() - 1);
    let from_right: Vec<u32> = body.iter().rev().copied().collect();
    let rest = weighted(&from_right, &[3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71]) % 11;
    let expected = if rest < 2 { rest } else { 11 - rest };
    reading(TaxIdKind::CoNit, &written.compact, expected == check[0])
}

/// RUC: thirteen digits; the third tells persons (0 to 5), public bodies (6) and companies (9) apart. Or a cédula of ten.
pub(super) fn ecuador(written: &Written<'_>) -> Read {
    let d = digits(&written.compact).ok_or(TaxIdReason::Shape)?;
    if !matches!(d.len(), 10 | 13) {
        return Err(TaxIdReason::Length);
    }
    let province = d[0] * 10 + d[1];
    if !matches!(province, 1..=24 | 30 | 50) {
        return Err(TaxIdReason::Prefix);
    }
    if d.len() == 10 {
        let sound = d[2] <= 6 && luhn(&d);
        return reading(TaxIdKind::EcCedula, &written.compact, sound);
    }
    let has_branch = |from: usize| d[from..].iter().any(|d| *d != 0);
    let person = has_branch(10) && luhn(&d[..10]);
    let public = has_branch(9) && weighted(&d, &[3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11);
    let company = has_branch(10) && weighted(&d, &[4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11);
    let sound = match d[2] {
        0..=5 => person,
        6 => public || person,
        9 => public || company,
        _ => return Err(TaxIdReason::Shape),
    };
    reading(TaxIdKind::EcRuc, &written.compact, sound)
}

/// RUC: up to eight digits and a check digit.
pub(super) fn paraguay(written: &Written<'_>) -> Read {
    let d = digits(&written.compact).ok_or(TaxIdReason::Shape)?;
    if !(5..=9).contains(&d.len()) {
        return Err(TaxIdReason::Length);
    }
    let (body, check) = d.split_at(d.len() - 1);
    let expected = (11 - rising(body, 11) % 11) % 11 % 10;
    reading(TaxIdKind::PyRuc, &written.compact, expected == check[0])
}

/// RUC of the SUNAT: the kind of holder (10 and 15 to 17 persons, 20 companies), eight digits, a check digit.
pub(super) fn peru(written: &Written<'_>) -> Read {
    let d = exactly(11, &written.compact)?;
    if !matches!(d[0] * 10 + d[1], 10 | 15 | 17 | 20) {
        return Err(TaxIdReason::Prefix);
    }
    let check = (11 - weighted(&d[..10], &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 10;
    reading(TaxIdKind::PeRuc, &written.compact, check == d[10])
}

/// RUT of the DGI: 01 to 22, six digits, 001, a check digit.
pub(super) fn uruguay(written: &Written<'_>) -> Read {
    let d = exactly(12, &written.compact)?;
    if !matches!(d[0] * 10 + d[1], 1..=22) {
        return Err(TaxIdReason::Prefix);
    }
    if d[2..8].iter().all(|d| *d == 0) || d[8..11] != [0, 0, 1] {
        return Err(TaxIdReason::Shape);
    }
    let rest = weighted(&d[..11], &[4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    reading(TaxIdKind::UyRut, &written.compact, (11 - rest) % 11 == d[11])
}

/// RIF of the SENIAT: the kind of holder as a letter, eight digits, a check digit.
pub(super) fn venezuela(written: &Written<'_>) -> Read {
    let compact = &written.compact;
    if !compact.is_ascii() || compact.len() != 10 {
        return Err(TaxIdReason::Length);
    }
    let d = exactly(9, &compact[1..])?;
    let holder = match compact.as_bytes()[0] {
        b'V' => 4,
        b'E' => 8,
        b'J' => 12,
        b'P' => 16,
        b'G' => 20,
        _ => return Err(TaxIdReason::Prefix),
    };
    let rest = (holder + weighted(&d[..8], &[3, 2, 7, 6, 5, 4, 3, 2])) % 11;
    let expected = if rest < 2 { 0 } else { 11 - rest };
    reading(TaxIdKind::VeRif, compact, expected == d[8])
}
