//! Canada: Business Number of the CRA: nine digits, the last by Luhn, alone or with a program account such as `RT0001`
//! (GST/HST).

use super::checksum::{digits, exactly, luhn};
use super::written::Written;
use super::{Read, Reading, TaxIdKind, TaxIdReason};

/// Program identifiers of the CRA: corporate tax, excise duty, excise tax and others, GST/HST, imports, information
/// returns, insurance, payroll, charities, trusts.
const PROGRAMS: [&str; 10] = ["RC", "RD", "RE", "RG", "RM", "RN", "RP", "RR", "RT", "RZ"];

pub(super) fn read(written: &Written<'_>) -> Read {
    let compact = &written.compact;
    let number = match (compact.is_ascii(), compact.len()) {
        (true, 9) => compact.as_str(),
        (true, 15) => {
            let (number, account) = compact.split_at(9);
            let (program, reference) = account.split_at(2);
            if digits(reference).is_none() || !program.bytes().all(|b| b.is_ascii_uppercase()) {
                return Err(TaxIdReason::Shape);
            }
            if !PROGRAMS.contains(&program) || reference == "0000" {
                return Err(TaxIdReason::Shape);
            }
            number
        }
        _ => return Err(TaxIdReason::Length),
    };
    let sound = luhn(&exactly(9, number)?);
    Ok(Reading { kind: TaxIdKind::CaBn, value: compact.clone(), sound })
}
