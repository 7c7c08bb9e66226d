//! Tax ids: who a company or a person is to the tax authority of a country.
//!
//! Invariant: a `TaxId` made by [`TaxId::parse`] has the shape its country gives it and, where that country defines
//! check digits, they match. Its value is one canonical spelling, so that two spellings of one number are equal.
//!
//! It refuses what cannot be such a number, and United States Social Security numbers always. It does not ask any
//! registry whether the number was ever issued. For a country without a rule here the text is kept as `Unverified`.
//! Word lists that the SAT avoids in an RFC are not checked: such an RFC is never issued.

mod br;
mod ca;
mod central_america;
mod checksum;
mod efta;
mod error;
mod es;
mod eu;
mod form;
mod gb;
mod kind;
mod mx;
mod person;
mod registry;
mod south_america;
mod us;
mod written;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod vectors_test;

use serde::{Deserialize, Serialize};

pub(crate) use checksum::{digits, remainder};
pub use error::{TaxIdError, TaxIdReason};
pub use kind::TaxIdKind;

use crate::country;
use registry::Rule;
use written::Written;

/// A tax id in its canonical spelling. Deserialising trusts its source: use it for what we stored, never for input.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TaxId {
    country: String,
    kind: TaxIdKind,
    value: String,
}

/// What a country's rule found: the kind, the canonical spelling, and whether the check digits match.
struct Reading {
    kind: TaxIdKind,
    value: String,
    sound: bool,
}

type Read = Result<Reading, TaxIdReason>;

impl TaxId {
    /// Reads a tax id as people write it. `country` is an ISO 3166-1 alpha-2 code; `EL` and `XI` are understood too.
    pub fn parse(country: &str, input: &str) -> Result<TaxId, TaxIdError> {
        read(country, input, true)
    }

    /// As [`TaxId::parse`], but a check digit that does not match is let through. Some numbers on genuine certificates
    /// break their own rule (the SAT has issued such RFCs), so a person must be able to insist, after being asked.
    pub fn parse_trusting_digits(country: &str, input: &str) -> Result<TaxId, TaxIdError> {
        read(country, input, false)
    }

    /// Puts together what our own database holds. Nothing is checked: a rule may have changed since it was stored.
    pub fn from_stored(country: &str, kind: TaxIdKind, value: &str) -> TaxId {
        TaxId { country: country.to_owned(), kind, value: value.to_owned() }
    }

    /// ISO code of the country, or `XI` for a Northern Ireland VAT number.
    pub fn country(&self) -> &str {
        &self.country
    }

    /// Which register the number belongs to.
    pub fn kind(&self) -> TaxIdKind {
        self.kind
    }

    /// The canonical spelling: no separators, capitals, no country prefix. Compare and search by this.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// As it is written in its country: `12.531.909-2`, `12-3456789`, `DE129273398`.
    pub fn display(&self) -> String {
        form::display(&self.country, self.kind, &self.value)
    }

    /// For lists and logs of who may see it: all but the last three or four characters hidden.
    pub fn masked(&self) -> String {
        form::masked(&self.value)
    }

    /// The number with its VAT prefix (EL for Greece), as EN 16931 wants it in BT-31 and BT-48; `None` where the number
    /// is not one for VAT in the Union or the United Kingdom.
    pub fn vat_number(&self) -> Option<String> {
        form::vat_number(&self.country, self.kind, &self.value)
    }

    /// Whether the number itself says that it is a natural person's. `false` means that it does not say so.
    pub fn names_person(&self) -> bool {
        person::names_person(&self.country, self.kind, &self.value)
    }
}

/// What people of a country call the number: `RFC`, `NIF/CIF`, `EIN`, `CNPJ`, `VAT number`; `Tax ID` where unknown.
pub fn label(country: &str) -> &'static str {
    registry::rule(&upper(country)).map_or("Tax ID", |rule| rule.label)
}

/// Whether the numbers of a country are checked here; where not, any text of a sensible length is kept as `Unverified`.
pub fn has_rule(country: &str) -> bool {
    registry::rule(&upper(country)).is_some()
}

/// A number that [`TaxId::parse`] accepts for the country, to show beside an empty field. It may belong to someone.
pub fn example(country: &str) -> &'static str {
    registry::rule(&upper(country)).map_or("123456789", |rule| rule.example)
}

fn read(country: &str, input: &str, enforce_digits: bool) -> Result<TaxId, TaxIdError> {
    let country = upper(country);
    let rule = registry::rule(&country);
    let fault = |reason| TaxIdError::new(reason, rule.as_ref());
    if rule.is_none() && !country::is_country(&country) {
        return Err(fault(TaxIdReason::Country));
    }
    let raw = input.trim();
    if raw.is_empty() {
        return Err(fault(TaxIdReason::Empty));
    }
    let Some(rule) = &rule else {
        let value = written::free_text(raw).map_err(fault)?;
        return Ok(TaxId { country, kind: TaxIdKind::Unverified, value });
    };
    let written = Written::read(raw).map_err(fault)?;
    let reading = apply(rule, &country, written).map_err(fault)?;
    if enforce_digits && !reading.sound {
        return Err(fault(TaxIdReason::CheckDigit));
    }
    let country = home(&country, input);
    Ok(TaxId { country, kind: reading.kind, value: reading.value })
}

/// Tries the number without its country prefix, then as written (a French key may itself be `FR`).
fn apply(rule: &Rule, country: &str, written: Written<'_>) -> Read {
    let bare = rule.prefixes.iter().find_map(|prefix| written.without(prefix));
    let first = match &bare {
        Some(bare) => (rule.read)(bare),
        None => (rule.read)(&written),
    };
    let reading = match (first, bare) {
        (Ok(reading), _) if reading.sound => Ok(reading),
        (first, Some(_)) => (rule.read)(&written).ok().filter(|reading| reading.sound).map_or(first, Ok),
        (first, None) => first,
    };
    match reading {
        Ok(reading) if all_zero(&reading.value) => Err(TaxIdReason::Shape),
        Ok(reading) if reading.sound => Ok(reading),
        Ok(_) | Err(TaxIdReason::Length | TaxIdReason::Shape) if eu::foreign_prefix(country, &written.compact) => {
            Err(TaxIdReason::Prefix)
        }
        other => other,
    }
}

fn all_zero(value: &str) -> bool {
    value.bytes().all(|b| b == b'0')
}

/// The country to keep: a British number written with `XI` is a Northern Ireland one, `EL` is Greece.
fn home(country: &str, input: &str) -> String {
    match country {
        "EL" => "GR".to_owned(),
        "GB" if upper(input).starts_with("XI") => "XI".to_owned(),
        other => other.to_owned(),
    }
}

fn upper(text: &str) -> String {
    text.trim().to_ascii_uppercase()
}
