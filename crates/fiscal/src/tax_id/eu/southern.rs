//! Cyprus, Greece, Italy, Malta, Portugal.

use super::super::checksum::{digits, exactly, is_day, luhn, weighted};
use super::super::written::Written;
use super::super::{Read, Reading, TaxIdKind, TaxIdReason};
use super::vat;

/// What a digit or letter is worth in an odd place of an Italian fiscal code; Cyprus uses the first ten.
const ODD_PLACES: [u32; 26] =
    [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/// Eight digits and a letter; numbers never start with 12.
pub(super) fn cyprus(written: &Written<'_>) -> Read {
    let compact = &written.compact;
    if !compact.is_ascii() || compact.len() != 9 {
        return Err(TaxIdReason::Length);
    }
    let d = exactly(8, &compact[..8])?;
    let letter = compact.as_bytes()[8];
    if !letter.is_ascii_uppercase() || compact.starts_with("12") {
        return Err(TaxIdReason::Shape);
    }
    let odd: u32 = d.iter().step_by(2).map(|d| ODD_PLACES[*d as usize]).sum();
    let even: u32 = d.iter().skip(1).step_by(2).sum();
    vat(compact, u32::from(letter - b'A') == (odd + even) % 26)
}

/// Nine digits (eight in the old spelling), powers of two modulo 11.
pub(super) fn greece(written: &Written<'_>) -> Read {
    let mut compact = written.compact.clone();
    if compact.len() == 8 {
        compact.insert(0, '0');
    }
    let d = exactly(9, &compact)?;
    let sum = weighted(&d, &[256, 128, 64, 32, 16, 8, 4, 2]);
    vat(&compact, sum % 11 % 10 == d[8])
}

/// Partita IVA: seven digits, the office that issued it, Luhn's digit. Codice fiscale: sixteen characters of a person.
pub(super) fn italy(written: &Written<'_>) -> Read {
    let compact = &written.compact;
    match (compact.is_ascii(), compact.len()) {
        (true, 11) => {
            let d = exactly(11, compact)?;
            let office = d[7] * 100 + d[8] * 10 + d[9];
            if d[..7].iter().all(|d| *d == 0) || !matches!(office, 1..=100 | 120 | 121 | 888 | 999) {
                return Err(TaxIdReason::Shape);
            }
            vat(compact, luhn(&d))
        }
        (true, 16) => codice_fiscale(compact),
        _ => Err(TaxIdReason::Length),
    }
}

/// Decreto 23 dicembre 1976: six letters of the name, year, month letter, day (plus 40 for women), place, check letter.
/// Where two people collide, digits become letters from the right (omocodia).
fn codice_fiscale(compact: &str) -> Read {
    let bytes = compact.as_bytes();
    let letters = [0, 1, 2, 3, 4, 5, 8, 11, 15];
    if letters.iter().any(|at| !bytes[*at].is_ascii_uppercase()) {
        return Err(TaxIdReason::Shape);
    }
    let number = |at: usize| omocode_digit(bytes[at]).ok_or(TaxIdReason::Shape);
    for place in 12..15 {
        number(place)?;
    }
    let year = number(6)? * 10 + number(7)?;
    let day = number(9)? * 10 + number(10)?;
    let month = "ABCDEHLMPRST".bytes().zip(1..).find_map(|(letter, month)| (letter == bytes[8]).then_some(month));
    let month = month.ok_or(TaxIdReason::Shape)?;
    let day = if day > 40 { day - 40 } else { day };
    if !is_day(2000 + year, month, day) && !is_day(1900 + year, month, day) {
        return Err(TaxIdReason::Date);
    }
    let worth = |(at, byte): (usize, &u8)| {
        let place = if byte.is_ascii_digit() { byte - b'0' } else { byte - b'A' };
        if at.is_multiple_of(2) { ODD_PLACES[usize::from(place)] } else { u32::from(place) }
    };
    let sum: u32 = bytes[..15].iter().enumerate().map(worth).sum();
    let sound = sum % 26 == u32::from(bytes[15] - b'A');
    Ok(Reading { kind: TaxIdKind::ItCodiceFiscale, value: compact.to_owned(), sound })
}

fn omocode_digit(byte: u8) -> Option<u32> {
    let letter = "LMNPQRSTUV".bytes().zip(0..).find_map(|(letter, digit)| (letter == byte).then_some(digit));
    digits(&char::from(byte).to_string()).map(|d| d[0]).or(letter)
}

/// Eight digits, the first not zero, weights modulo 37.
pub(super) fn malta(written: &Written<'_>) -> Read {
    let d = exactly(8, &written.compact)?;
    if d[0] == 0 {
        return Err(TaxIdReason::Shape);
    }
    let sum = weighted(&d, &[3, 4, 6, 7, 8, 9, 10, 1]);
    vat(&written.compact, sum.is_multiple_of(37))
}

/// Nine digits, the first not zero, weights 9 to 2 modulo 11.
pub(super) fn portugal(written: &Written<'_>) -> Read {
    let d = exactly(9, &written.compact)?;
    if d[0] == 0 {
        return Err(TaxIdReason::Shape);
    }
    let check = (11 - weighted(&d[..8], &[9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10;
    vat(&written.compact, check == d[8])
}
