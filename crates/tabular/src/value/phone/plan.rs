//! Numbering plans: which country and kind of line a national number belongs to.
//!
//! The phonenumber crate (0.3.10) parses well but judges by the number without its leading zeros, and takes a national
//! prefix off twice. So its parse is one candidate, the digits as they stand and without the national prefix are others,
//! and all are judged here as Google's library does it: by the whole national number and its possible lengths.

use phonenumber::country::Id;
use phonenumber::metadata::{DATABASE, Descriptor};
use phonenumber::{Metadata, ParseError};

use super::PhoneKind;

/// One reading of a written number.
pub(super) struct Candidate {
    /// Country calling code.
    pub(super) code: u16,
    /// National number with its leading zeros.
    pub(super) national: String,
    pub(super) extension: Option<String>,
}

/// Readings of one written number, likeliest first; never none.
pub(super) fn candidates(region: Option<Id>, written: &str) -> Vec<Result<Candidate, ParseError>> {
    let parsed = phonenumber::parse(region, written).map(|number| Candidate {
        code: number.code().value(),
        national: number.national().to_string(),
        extension: number.extension().map(|extension| extension.to_string()),
    });
    let extension = parsed.as_ref().ok().and_then(|number| number.extension.clone());
    let mut found = vec![parsed];
    let plan = region.and_then(|region| DATABASE.by_id(region.as_ref()));
    if let Some(plan) = plan.filter(|_| !written.starts_with('+')) {
        let digits: String = written.chars().filter(char::is_ascii_digit).collect();
        let digits = digits.strip_suffix(extension.as_deref().unwrap_or_default()).unwrap_or(&digits);
        let bare = plan.national_prefix().and_then(|prefix| digits.strip_prefix(prefix));
        let readings = [Some(digits), bare].into_iter().flatten();
        found.extend(readings.map(|national| {
            Ok(Candidate { code: plan.country_code(), national: national.to_owned(), extension: extension.clone() })
        }));
    }
    found
}

/// Country and kind of line of a number that its plan knows.
pub(super) fn line(number: &Candidate) -> Option<(&'static str, PhoneKind)> {
    let plan = plan_of(number.code, &number.national)?;
    kind(plan, &number.national).map(|kind| (plan.id(), kind))
}

/// Shortest and longest national number of the country, or of the first country with this code.
pub(super) fn lengths(code: u16) -> Option<(usize, usize)> {
    let plan = DATABASE.by_code(&code)?.into_iter().next()?;
    let of = plan.descriptors();
    // The general description carries no lengths of its own in this data.
    let lines = [of.fixed_line(), of.mobile(), of.toll_free(), of.voip(), Some(of.general())].into_iter().flatten();
    let lengths: Vec<u16> = lines.flat_map(|line| line.possible_length().iter().copied()).collect();
    Some((usize::from(*lengths.iter().min()?), usize::from(*lengths.iter().max()?)))
}

/// The country among those that share a code: by leading digits where it has them, else by knowing the number.
fn plan_of(code: u16, national: &str) -> Option<&'static Metadata> {
    let regions = DATABASE.region(&code)?;
    if let [only] = regions.as_slice() {
        // All codes of no country share the id 001, so those are told by their code.
        return if *only == "001" { DATABASE.by_code(&code)?.into_iter().next() } else { DATABASE.by_id(*only) };
    }
    regions.into_iter().filter_map(|region| DATABASE.by_id(region)).find(|plan| match plan.leading_digits() {
        Some(digits) => digits.find(national).is_some_and(|found| found.start() == 0),
        None => kind(plan, national).is_some(),
    })
}

fn kind(plan: &Metadata, national: &str) -> Option<PhoneKind> {
    let of = plan.descriptors();
    let knows = |line: Option<&Descriptor>| {
        line.is_some_and(|line| {
            let lengths = line.possible_length();
            (lengths.is_empty() || lengths.contains(&(national.len() as u16))) && line.is_match(national)
        })
    };
    if !knows(Some(of.general())) {
        return None;
    }
    let (fixed, mobile) = (knows(of.fixed_line()), knows(of.mobile()));
    let others = [of.shared_cost(), of.personal_number(), of.pager(), of.uan(), of.voicemail()];
    if knows(of.premium_rate()) {
        Some(PhoneKind::PremiumRate)
    } else if knows(of.toll_free()) {
        Some(PhoneKind::TollFree)
    } else if knows(of.voip()) {
        Some(PhoneKind::Voip)
    } else if others.into_iter().any(knows) {
        Some(PhoneKind::Other)
    } else {
        match (fixed, mobile) {
            (true, true) => Some(PhoneKind::FixedLineOrMobile),
            (true, false) => Some(PhoneKind::FixedLine),
            (false, true) => Some(PhoneKind::Mobile),
            (false, false) => None,
        }
    }
}
