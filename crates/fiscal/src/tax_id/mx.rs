//! Mexico: RFC (SAT) and CURP (RENAPO).
//!
//! RFC: CFDI 4.0 schema pattern, and the check digit of the SAT's "Estructura del RFC": weights 13 to 2 over a
//! 38-character alphabet, a company's three letters being preceded by a space. CURP: DOF instructivo normativo, weights
//! 18 to 2 over 37 characters, modulo 10.

use super::checksum::is_day;
use super::written::Written;
use super::{Read, Reading, TaxIdKind, TaxIdReason};

/// "Público en general": any buyer who gave no RFC.
const GENERIC_PUBLIC: &str = "XAXX010101000";
/// A buyer resident abroad.
const GENERIC_FOREIGN: &str = "XEXX010101000";

const RFC_ALPHABET: &str = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ";
const CURP_ALPHABET: &str = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ";

/// The 32 federal entities as the CURP names them, and NE for people born abroad.
const STATES: [&str; 33] = [
    "AS", "BC", "BS", "CC", "CH", "CL", "CM", "CS", "DF", "DG", "GR", "GT", "HG", "JC", "MC", "MN", "MS", "NE", "NL",
    "NT", "OC", "PL", "QR", "QT", "SL", "SP", "SR", "TC", "TL", "TS", "VZ", "YN", "ZS",
];

/// Whether this RFC stands for "anybody" instead of one taxpayer.
pub(super) fn is_generic(value: &str) -> bool {
    value == GENERIC_PUBLIC || value == GENERIC_FOREIGN
}

pub(super) fn read(written: &Written<'_>) -> Read {
    let chars: Vec<char> = written.compact.chars().collect();
    match chars.len() {
        12 => rfc(&chars, 3),
        13 => rfc(&chars, 4),
        18 => curp(&chars),
        _ => Err(TaxIdReason::Length),
    }
}

fn rfc(chars: &[char], letters: usize) -> Read {
    let (name, rest) = chars.split_at(letters);
    let (date, homoclave) = rest.split_at(6);
    let name_ok = name.iter().all(|c| c.is_ascii_uppercase() || matches!(c, '&' | 'Ñ'));
    if !name_ok || !homoclave.iter().all(char::is_ascii_alphanumeric) {
        return Err(TaxIdReason::Shape);
    }
    let (year, month, day) = date_of(date).ok_or(TaxIdReason::Shape)?;
    // The century is not in the RFC; every year that is a leap year in one is one in the other, but for 1900 itself.
    if !is_day(2000 + year, month, day) {
        return Err(TaxIdReason::Date);
    }
    let value: String = chars.iter().collect();
    let sound = is_generic(&value) || (homoclave_ok(homoclave) && rfc_check(chars) == chars.last().copied());
    Ok(Reading { kind: TaxIdKind::MxRfc, value, sound })
}

/// `[1-9A-V][1-9A-Z][0-9A]`: the SAT skips zero in the first two places and letters late in the alphabet in the first.
fn homoclave_ok(homoclave: &[char]) -> bool {
    matches!(homoclave, ['1'..='9' | 'A'..='V', '1'..='9' | 'A'..='Z', '0'..='9' | 'A'])
}

fn rfc_check(chars: &[char]) -> Option<char> {
    let body = &chars[..chars.len() - 1];
    let padding = std::iter::repeat_n(&' ', 12 - body.len());
    let places = padding.chain(body).map(|c| RFC_ALPHABET.chars().position(|a| a == *c));
    let sum = places.zip((2..=13).rev()).try_fold(0, |sum, (place, weight)| Some(sum + place? * weight))?;
    match sum % 11 {
        0 => Some('0'),
        1 => Some('A'),
        rest => char::from_digit(11 - rest as u32, 10),
    }
}

fn curp(chars: &[char]) -> Read {
    let letters = |range: std::ops::Range<usize>| chars[range].iter().all(char::is_ascii_uppercase);
    let century = chars[16];
    if !letters(0..4) || !letters(10..16) || !century.is_ascii_alphanumeric() {
        return Err(TaxIdReason::Shape);
    }
    let check = chars[17].to_digit(10).ok_or(TaxIdReason::Shape)?;
    let (year, month, day) = date_of(&chars[4..10]).ok_or(TaxIdReason::Shape)?;
    let base = if century.is_ascii_digit() { 1900 } else { 2000 };
    if !is_day(base + year, month, day) {
        return Err(TaxIdReason::Date);
    }
    let state: String = chars[11..13].iter().collect();
    // X is the sex on the records of non-binary people.
    if !matches!(chars[10], 'H' | 'M' | 'X') || !STATES.contains(&state.as_str()) {
        return Err(TaxIdReason::Shape);
    }
    let sound = curp_check(&chars[..17]) == Some(check);
    Ok(Reading { kind: TaxIdKind::MxCurp, value: chars.iter().collect(), sound })
}

fn curp_check(body: &[char]) -> Option<u32> {
    let places = body.iter().map(|c| CURP_ALPHABET.chars().position(|a| a == *c));
    let sum = places.zip((2..=18).rev()).try_fold(0, |sum, (place, weight)| Some(sum + place? as u32 * weight))?;
    Some((10 - sum % 10) % 10)
}

/// Six digits as year of the century, month, day.
fn date_of(chars: &[char]) -> Option<(u32, u32, u32)> {
    let mut pairs = chars.chunks(2).map(|pair| Some(pair[0].to_digit(10)? * 10 + pair[1].to_digit(10)?));
    Some((pairs.next()??, pairs.next()??, pairs.next()??))
}
