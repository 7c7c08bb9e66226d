//! Brazil: CNPJ and CPF.
//!
//! CNPJ: twelve characters and two check digits modulo 11. From July 2026 the twelve may be letters too (Instrução
//! Normativa RFB 2.229/2024): each counts as its ASCII code less 48, so that the old numbers keep their check digits.

use super::checksum::{digits, weighted};
use super::written::Written;
use super::{Read, Reading, TaxIdKind, TaxIdReason};

pub(super) fn read(written: &Written<'_>) -> Read {
    let compact = &written.compact;
    match (compact.is_ascii(), compact.len()) {
        (true, 11) => cpf(compact),
        (true, 14) => cnpj(compact),
        _ => Err(TaxIdReason::Length),
    }
}

fn cnpj(compact: &str) -> Read {
    let (body, check) = compact.split_at(12);
    if !body.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(TaxIdReason::Shape);
    }
    let check = digits(check).ok_or(TaxIdReason::Shape)?;
    if one_character(compact) || body.bytes().all(|b| b == b'0') {
        return Err(TaxIdReason::Shape);
    }
    let mut values: Vec<u32> = body.bytes().map(|b| u32::from(b) - 48).collect();
    let first = check_digit(weighted(&values, &[5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]));
    values.push(first);
    let second = check_digit(weighted(&values, &[6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]));
    Ok(Reading { kind: TaxIdKind::BrCnpj, value: compact.to_owned(), sound: check == [first, second] })
}

fn cpf(compact: &str) -> Read {
    let mut values = digits(compact).ok_or(TaxIdReason::Shape)?;
    // 111.111.111-11 and its kin satisfy the arithmetic and are never issued.
    if one_character(compact) {
        return Err(TaxIdReason::Shape);
    }
    let check = values.split_off(9);
    let first = check_digit(weighted(&values, &[10, 9, 8, 7, 6, 5, 4, 3, 2]));
    values.push(first);
    let second = check_digit(weighted(&values, &[11, 10, 9, 8, 7, 6, 5, 4, 3, 2]));
    Ok(Reading { kind: TaxIdKind::BrCpf, value: compact.to_owned(), sound: check == [first, second] })
}

fn check_digit(sum: u32) -> u32 {
    match sum % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    }
}

fn one_character(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|first| bytes.all(|b| b == first))
}
