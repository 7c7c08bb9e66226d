//! Costa Rica, the Dominican Republic, El Salvador, Guatemala.

use super::checksum::{digits, exactly, luhn, rising, weighted};
use super::written::Written;
use super::{Read, Reading, TaxIdKind, TaxIdReason};

fn reading(kind: TaxIdKind, value: &str, sound: bool) -> Read {
    Ok(Reading { kind, value: value.to_owned(), sound })
}

/// Cédula jurídica (ten digits, 2 to 5 first), física (nine, or ten with a zero first) or DIMEX (eleven or twelve, 1
/// first). None has a check digit.
pub(super) fn costa_rica(written: &Written<'_>) -> Read {
    let mut compact = written.compact.clone();
    let length = compact.len();
    if length == 9 {
        compact.insert(0, '0');
    }
    let d = digits(&compact).ok_or(TaxIdReason::Shape)?;
    let class = |from: usize| d[from] * 100 + d[from + 1] * 10 + d[from + 2];
    match (d.len(), d.first().copied()) {
        (10, Some(0)) => {}
        (10, Some(2)) if matches!(class(1), 100 | 200 | 300 | 400) => {}
        (10, Some(3)) if matches!(class(1), 2..=14 | 101..=110) => {}
        (10, Some(4)) if class(1) == 0 => {}
        (10, Some(5)) if class(1) == 1 => {}
        (10, _) => return Err(TaxIdReason::Prefix),
        (11 | 12, Some(1)) => {}
        (11 | 12, _) => return Err(TaxIdReason::Prefix),
        _ => return Err(TaxIdReason::Length),
    }
    reading(TaxIdKind::CrCedula, &compact, true)
}

/// RNC of the DGII: nine digits; or a cédula of eleven by Luhn. Some old ones break the rule.
pub(super) fn dominican_republic(written: &Written<'_>) -> Read {
    let d = digits(&written.compact).ok_or(TaxIdReason::Shape)?;
    match d.len() {
        9 => {
            let rest = weighted(&d[..8], &[7, 9, 8, 6, 5, 4, 3, 2]) % 11;
            let expected = match rest {
                0 => 2,
                1 => 1,
                rest => 11 - rest,
            };
            reading(TaxIdKind::DoRnc, &written.compact, expected == d[8])
        }
        11 => reading(TaxIdKind::DoCedula, &written.compact, luhn(&d)),
        _ => Err(TaxIdReason::Length),
    }
}

/// NIT: fourteen digits. The check digit's rule changed with the three-digit serial 100.
pub(super) fn el_salvador(written: &Written<'_>) -> Read {
    let d = exactly(14, &written.compact)?;
    if !matches!(d[0], 0 | 1 | 9) {
        return Err(TaxIdReason::Prefix);
    }
    let serial = d[10] * 100 + d[11] * 10 + d[12];
    let expected = if serial <= 100 {
        weighted(&d[..13], &[14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11 % 10
    } else {
        (11 - weighted(&d[..13], &[2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10
    };
    reading(TaxIdKind::SvNit, &written.compact, expected == d[13])
}

/// NIT of the SAT: up to eleven digits and a check digit or K; zeros in front do not count.
pub(super) fn guatemala(written: &Written<'_>) -> Read {
    let compact = written.compact.trim_start_matches('0');
    if !compact.is_ascii() || !(2..=12).contains(&compact.len()) {
        return Err(TaxIdReason::Length);
    }
    let (body, check) = compact.split_at(compact.len() - 1);
    let d = digits(body).ok_or(TaxIdReason::Shape)?;
    if check != "K" && digits(check).is_none() {
        return Err(TaxIdReason::Shape);
    }
    let expected = match (11 - rising(&d, 12) % 11) % 11 {
        10 => "K".to_owned(),
        digit => digit.to_string(),
    };
    reading(TaxIdKind::GtNit, compact, check == expected)
}
