//! Austria, Belgium, France, Germany, Ireland, Luxembourg, the Netherlands.

use super::super::checksum::{digits, exactly, luhn, luhn_sum, mod_11_10, modulo, remainder, weighted};
use super::super::written::Written;
use super::super::{Read, Reading, TaxIdKind, TaxIdReason};
use super::vat;

/// U and eight digits; the last makes Luhn's sum of the others, plus 4, a multiple of ten (BMF, UID-Nummer).
pub(super) fn austria(written: &Written<'_>) -> Read {
    let compact = &written.compact;
    let number = compact.strip_prefix('U').ok_or(TaxIdReason::Shape)?;
    let d = exactly(8, number)?;
    vat(compact, d[7] == (96 - luhn_sum(&d[..7])) % 10)
}

/// Ten digits, the first 0 or 1; the last two are 97 less the first eight modulo 97. Nine is the old spelling.
pub(super) fn belgium(written: &Written<'_>) -> Read {
    let mut compact = written.compact.clone();
    if compact.len() == 9 {
        compact.insert(0, '0');
    }
    let d = exactly(10, &compact)?;
    if d[0] > 1 {
        return Err(TaxIdReason::Shape);
    }
    vat(&compact, (modulo(&d[..8], 97) + d[8] * 10 + d[9]).is_multiple_of(97))
}

/// USt-IdNr.: nine digits by ISO 7064 MOD 11,10. Steuernummer: ten or eleven digits of a Land, thirteen federal.
pub(super) fn germany(written: &Written<'_>) -> Read {
    let compact = &written.compact;
    let d = digits(compact).ok_or(TaxIdReason::Shape)?;
    match d.len() {
        9 if d[0] == 0 => Err(TaxIdReason::Shape),
        9 => vat(compact, mod_11_10(&d)),
        10 | 11 | 13 => Ok(Reading { kind: TaxIdKind::DeTaxNumber, value: compact.clone(), sound: true }),
        _ => Err(TaxIdReason::Length),
    }
}

/// TVA: a key of two characters and a SIREN; SIREN and SIRET by Luhn.
pub(super) fn france(written: &Written<'_>) -> Read {
    let compact = &written.compact;
    match (compact.is_ascii(), compact.len()) {
        (true, 9) => {
            let sound = luhn(&exactly(9, compact)?);
            Ok(Reading { kind: TaxIdKind::FrSiren, value: compact.clone(), sound })
        }
        (true, 14) => {
            let sound = siret(&exactly(14, compact)?, compact);
            Ok(Reading { kind: TaxIdKind::FrSiret, value: compact.clone(), sound })
        }
        (true, 11) => tva(compact),
        _ => Err(TaxIdReason::Length),
    }
}

/// La Poste's branches are the one exception to Luhn: their digits add up to a multiple of five (INSEE).
fn siret(d: &[u32], compact: &str) -> bool {
    let post_office = compact.starts_with("356000000") && compact != "35600000000048";
    let establishment = if post_office { d.iter().sum::<u32>().is_multiple_of(5) } else { luhn(d) };
    establishment && luhn(&d[..9])
}

fn tva(compact: &str) -> Read {
    let (key, siren) = compact.split_at(2);
    let d = exactly(9, siren)?;
    let alphabet = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let place = |c: char| alphabet.find(c).and_then(|at| u32::try_from(at).ok()).ok_or(TaxIdReason::Shape);
    let mut places = key.chars().map(place);
    let (Some(first), Some(second)) = (places.next(), places.next()) else {
        return Err(TaxIdReason::Shape);
    };
    let (first, second) = (first?, second?);
    let key_matches = match (first < 10, second < 10) {
        (true, true) => first * 10 + second == (modulo(&d, 97) * 100 + 12) % 97,
        (numeric_first, _) => {
            // A key with a letter counts its combinations; the quotient by eleven is added to the SIREN.
            let check = if numeric_first { first * 24 + second - 10 } else { first * 34 + second - 100 };
            (modulo(&d, 11) + 1 + check / 11) % 11 == check % 11
        }
    };
    // Companies of Monaco have 000 there, and no SIREN.
    let monaco = siren.starts_with("000");
    vat(compact, key_matches && (monaco || luhn(&d)))
}

/// Seven digits, a check letter and perhaps one more; or the old form with a letter in second place.
pub(super) fn ireland(written: &Written<'_>) -> Read {
    let compact = &written.compact;
    if !compact.is_ascii() || !matches!(compact.len(), 8 | 9) {
        return Err(TaxIdReason::Length);
    }
    let bytes = compact.as_bytes();
    let body = match digits(&compact[..7]) {
        Some(body) => body,
        None => old_irish(compact).ok_or(TaxIdReason::Shape)?,
    };
    let last = match bytes.get(8) {
        Some(byte) => irish_place(*byte).ok_or(TaxIdReason::Shape)?,
        None => 0,
    };
    let check = irish_place(bytes[7]).ok_or(TaxIdReason::Shape)?;
    vat(compact, (weighted(&body, &[8, 7, 6, 5, 4, 3, 2]) + 9 * last) % 23 == check)
}

/// `8D79739I`: the digits in the order the check letter counts them, with a zero in front.
fn old_irish(compact: &str) -> Option<Vec<u32>> {
    let second = compact.as_bytes()[1];
    let letter = second.is_ascii_uppercase() || second == b'+' || second == b'*';
    if compact.len() != 8 || !letter {
        return None;
    }
    digits(&format!("0{}{}", &compact[2..7], &compact[..1]))
}

fn irish_place(letter: u8) -> Option<u32> {
    "WABCDEFGHIJKLMNOPQRSTUV".bytes().zip(0..).find_map(|(known, place)| (known == letter).then_some(place))
}

/// Eight digits, the last two being the first six modulo 89.
pub(super) fn luxembourg(written: &Written<'_>) -> Read {
    let d = exactly(8, &written.compact)?;
    vat(&written.compact, modulo(&d[..6], 89) == d[6] * 10 + d[7])
}

/// Nine digits, B, two digits. Companies' nine pass the test of eleven; the numbers given to sole traders since 2020
/// pass MOD 97-10 with their NL instead.
pub(super) fn netherlands(written: &Written<'_>) -> Read {
    let compact = &written.compact;
    let (number, branch) = compact.split_once('B').ok_or(TaxIdReason::Shape)?;
    if !compact.is_ascii() || number.len() > 9 || number.is_empty() || branch.len() != 2 {
        return Err(TaxIdReason::Length);
    }
    let value = format!("{number:0>9}B{branch}");
    let d = exactly(9, &value[..9])?;
    let branch = digits(branch).ok_or(TaxIdReason::Shape)?;
    if d.iter().all(|d| *d == 0) || branch.iter().all(|d| *d == 0) {
        return Err(TaxIdReason::Shape);
    }
    let eleven = weighted(&d, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 == d[8];
    vat(&value, eleven || remainder(&format!("NL{value}")) == Some(1))
}
