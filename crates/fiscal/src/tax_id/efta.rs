//! Switzerland, Norway and Iceland. (Liechtenstein has no published check rule and is taken as free text.)

use super::checksum::{digits, exactly, is_day, weighted};
use super::written::Written;
use super::{Read, Reading, TaxIdKind, TaxIdReason};

/// UID register, Federal Statistical Office: CHE and nine digits, the last modulo 11. The word after it says that the
/// company is registered for VAT, in its language; it is kept, because an invoice must show it.
pub(super) fn switzerland(written: &Written<'_>) -> Read {
    let compact = &written.compact;
    let body = compact.strip_prefix("CHE").unwrap_or(compact);
    let at = body.find(|c: char| !c.is_ascii_digit()).unwrap_or(body.len());
    let (number, suffix) = body.split_at(at);
    if !matches!(suffix, "" | "MWST" | "TVA" | "IVA" | "TPV" | "VAT" | "HR") {
        return Err(TaxIdReason::Shape);
    }
    let digits = exactly(9, number)?;
    let sum = weighted(&digits, &[5, 4, 3, 2, 7, 6, 5, 4, 1]);
    let kept = if matches!(suffix, "VAT" | "HR") { "" } else { suffix };
    Ok(Reading { kind: TaxIdKind::ChUid, value: format!("CHE{number}{kept}"), sound: sum.is_multiple_of(11) })
}

/// Brønnøysund register: nine digits, weights 3 2 7 6 5 4 3 2 1 modulo 11; MVA after it for VAT.
pub(super) fn norway(written: &Written<'_>) -> Read {
    let compact = &written.compact;
    let digits = exactly(9, compact.strip_suffix("MVA").unwrap_or(compact))?;
    let sound = weighted(&digits, &[3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11);
    Ok(Reading { kind: TaxIdKind::NoOrg, value: compact.clone(), sound })
}

/// Kennitala: day (plus 40 for organisations), month, year, two of serial, check digit, century. Or a VSK number, which
/// has five or six digits and no check digit.
pub(super) fn iceland(written: &Written<'_>) -> Read {
    let compact = &written.compact;
    let d = digits(compact).ok_or(TaxIdReason::Shape)?;
    match d.len() {
        5 | 6 => Ok(Reading { kind: TaxIdKind::IsVsk, value: compact.clone(), sound: true }),
        10 => {
            let century = match d[9] {
                9 => 1900,
                0 => 2000,
                _ => return Err(TaxIdReason::Shape),
            };
            let day = d[0] * 10 + d[1];
            let day = if day > 40 { day - 40 } else { day };
            if !is_day(century + d[4] * 10 + d[5], d[2] * 10 + d[3], day) {
                return Err(TaxIdReason::Date);
            }
            let sound = weighted(&d, &[3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11);
            Ok(Reading { kind: TaxIdKind::IsKennitala, value: compact.clone(), sound })
        }
        _ => Err(TaxIdReason::Length),
    }
}
