//! United States: Employer Identification Number. It has no check digit; its first two digits name the campus that
//! issued it, and only those on the IRS page "How EINs are assigned and valid EIN prefixes" exist.
//!
//! A Social Security number is never taken: it is a secret of a person, and no document of ours needs one.

use super::checksum::exactly;
use super::written::Written;
use super::{Read, Reading, TaxIdKind, TaxIdReason};

pub(super) fn read(written: &Written<'_>) -> Read {
    if is_social_security(written.raw) {
        return Err(TaxIdReason::SocialSecurity);
    }
    let digits = exactly(9, &written.compact)?;
    if !is_prefix(digits[0] * 10 + digits[1]) {
        return Err(TaxIdReason::Prefix);
    }
    Ok(Reading { kind: TaxIdKind::UsEin, value: written.compact.clone(), sound: true })
}

fn is_prefix(prefix: u32) -> bool {
    matches!(prefix,
        1..=6 | 10..=16 | 20..=27 | 30..=48 | 50..=68 | 71..=77 | 80..=88 | 90..=95 | 98 | 99)
}

/// Written in groups of three, two and four, which only Social Security numbers (and ITINs) are.
fn is_social_security(raw: &str) -> bool {
    let groups: Vec<&str> = raw.split(|c: char| !c.is_ascii_digit()).collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    lengths == [3, 2, 4]
}
