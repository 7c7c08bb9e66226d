//! Spain: NIF of natural persons (DNI; K, L, M), NIE, and NIF of legal entities (formerly CIF).
//!
//! Persons: the letter is the number modulo 23 in a fixed list (Orden INT/2058/2008). Entities: Luhn's digit, or the
//! letter of that digit. Orden EHA/451/2008 does not say which kinds take which, and sources disagree, so both pass.

use super::checksum::{digits, luhn_sum, modulo};
use super::written::Written;
use super::{Read, Reading, TaxIdKind, TaxIdReason};

const PERSON_LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";
const ENTITY_LETTERS: &[u8; 10] = b"JABCDEFGHI";

pub(super) fn read(written: &Written<'_>) -> Read {
    let compact = &written.compact;
    if compact.chars().count() != 9 {
        return Err(TaxIdReason::Length);
    }
    if !compact.is_ascii() {
        return Err(TaxIdReason::Shape);
    }
    let (first, check) = (compact.as_bytes()[0], compact.as_bytes()[8]);
    let middle = digits(&compact[1..8]).ok_or(TaxIdReason::Shape)?;
    let (kind, sound) = match first {
        b'0'..=b'9' => (TaxIdKind::EsNif, check == person_letter(Some(u32::from(first - b'0')), &middle)),
        b'K' | b'L' | b'M' => (TaxIdKind::EsNif, check == person_letter(None, &middle)),
        b'X'..=b'Z' => (TaxIdKind::EsNie, check == person_letter(Some(u32::from(first - b'X')), &middle)),
        b'A'..=b'H' | b'J' | b'N' | b'P'..=b'S' | b'U' | b'V' | b'W' => {
            (TaxIdKind::EsCif, entity_check(&middle, check))
        }
        _ => return Err(TaxIdReason::Prefix),
    };
    let must_be_letter = kind != TaxIdKind::EsCif;
    if must_be_letter && !check.is_ascii_uppercase() || !check.is_ascii_alphanumeric() {
        return Err(TaxIdReason::Shape);
    }
    Ok(Reading { kind, value: compact.clone(), sound })
}

fn person_letter(leading: Option<u32>, middle: &[u32]) -> u8 {
    let number: Vec<u32> = leading.into_iter().chain(middle.iter().copied()).collect();
    PERSON_LETTERS[modulo(&number, 23) as usize]
}

fn entity_check(middle: &[u32], check: u8) -> bool {
    let padded: Vec<u32> = middle.iter().copied().chain([0]).collect();
    let digit = (10 - luhn_sum(&padded) % 10) % 10;
    u32::from(check) == u32::from(b'0') + digit || check == ENTITY_LETTERS[digit as usize]
}
