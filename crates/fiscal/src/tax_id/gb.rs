//! United Kingdom and Northern Ireland: VAT numbers of HMRC. Nine digits, or twelve for a branch, checked modulo 97
//! (older numbers) or 97 less 55 (from 100 on); GD and HA codes of departments and health authorities.

use super::checksum::{digits, exactly, weighted};
use super::written::Written;
use super::{Read, Reading, TaxIdKind, TaxIdReason};

pub(super) fn read(written: &Written<'_>) -> Read {
    let compact = &written.compact;
    let sound = match (compact.is_ascii(), compact.len()) {
        (true, 5) => public_body(compact)?,
        (true, 9 | 12) => standard(&exactly(compact.len(), compact)?),
        _ => return Err(TaxIdReason::Length),
    };
    Ok(Reading { kind: TaxIdKind::GbVat, value: compact.clone(), sound })
}

fn standard(digits: &[u32]) -> bool {
    let sum = weighted(&digits[..9], &[8, 7, 6, 5, 4, 3, 2, 10, 1]) % 97;
    let restarted = digits[0] > 0;
    sum == 0 || restarted && (sum == 42 || sum == 55)
}

/// GD000 to GD499 are government departments, HA500 to HA999 health authorities; neither has a check digit.
fn public_body(compact: &str) -> Result<bool, TaxIdReason> {
    let upper_half = digits(&compact[2..]).ok_or(TaxIdReason::Shape)?[0] >= 5;
    match &compact[..2] {
        "GD" if !upper_half => Ok(true),
        "HA" if upper_half => Ok(true),
        _ => Err(TaxIdReason::Shape),
    }
}
