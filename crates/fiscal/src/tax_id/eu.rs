//! VAT numbers of the European Union's members but Spain (whose NIF has a file of its own).
//!
//! Shapes follow the Commission's VIES list; the check digits follow each country's publication as commonly documented.
//! A number that is right here need not be registered: only VIES can say that.

mod eastern;
mod northern;
mod southern;
mod western;

use super::registry::Rule;
use super::written::Written;
use super::{Read, Reading, TaxIdKind};

/// The prefixes of the Union's VAT numbers, and the United Kingdom's two.
const PREFIXES: [&str; 29] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "GB", "HR", "HU", "IE", "IT", "LT", "LU",
    "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "XI",
];

/// The rule of a member state, by ISO code (or `EL`). The places whose numbers are those of a state come with it:
/// Monaco and the French departments overseas with France, Aland with Finland.
pub(super) fn rule(country: &str) -> Option<Rule> {
    let vat = "VAT number";
    let (label, hint, example, prefixes, read): (_, _, _, &'static [&'static str], fn(&Written<'_>) -> Read) =
        match country {
            "AT" => (vat, "U and 8 digits", "ATU13585627", &["AT"], western::austria),
            "BE" => (vat, "10 digits starting with 0 or 1", "BE0428759497", &["BE"], western::belgium),
            "BG" => (vat, "9 or 10 digits", "BG175074752", &["BG"], eastern::bulgaria),
            "CY" => (vat, "8 digits and a letter", "CY10259033P", &["CY"], southern::cyprus),
            "CZ" => (vat, "8 to 10 digits", "CZ25123891", &["CZ"], eastern::czechia),
            "DE" => ("USt-IdNr.", "DE and 9 digits (Steuernummer: 10 to 13)", "DE136695976", &["DE"], western::germany),
            "DK" => ("CVR / VAT number", "8 digits", "DK13585628", &["DK"], northern::denmark),
            "EE" => (vat, "9 digits", "EE100931558", &["EE"], northern::estonia),
            "FI" | "AX" => (vat, "8 digits", "FI20774740", &["FI"], northern::finland),
            "FR" | "MC" | "GF" | "GP" | "MF" | "MQ" | "RE" | "YT" => {
                ("TVA / SIREN", "11 characters (SIREN: 9 digits, SIRET: 14)", "FR40303265045", &["FR"], western::france)
            }
            "GR" | "EL" => ("ΑΦΜ / VAT number", "9 digits", "EL094259216", &["EL", "GR"], southern::greece),
            "HR" => ("OIB", "11 digits", "HR33392005961", &["HR"], eastern::croatia),
            "HU" => (vat, "8 digits", "HU12892312", &["HU"], eastern::hungary),
            "IE" => (vat, "7 digits and 1 or 2 letters", "IE6433435F", &["IE"], western::ireland),
            "IT" => {
                ("Partita IVA", "11 digits (codice fiscale: 16 characters)", "IT00743110157", &["IT"], southern::italy)
            }
            "LT" => (vat, "9 or 12 digits", "LT119511515", &["LT"], northern::lithuania),
            "LU" => (vat, "8 digits", "LU15027442", &["LU"], western::luxembourg),
            "LV" => (vat, "11 digits", "LV40003521600", &["LV"], northern::latvia),
            "MT" => (vat, "8 digits", "MT11679112", &["MT"], southern::malta),
            "NL" => (vat, "9 digits, B and 2 digits", "NL004495445B01", &["NL"], western::netherlands),
            "PL" => ("NIP", "10 digits", "PL8567346215", &["PL"], eastern::poland),
            "PT" => ("NIF", "9 digits", "PT501964843", &["PT"], southern::portugal),
            "RO" => ("CUI / CIF", "2 to 10 digits", "RO18547290", &["RO"], eastern::romania),
            "SE" => (vat, "12 digits ending in 01", "SE123456789701", &["SE"], northern::sweden),
            "SI" => (vat, "8 digits", "SI50223054", &["SI"], eastern::slovenia),
            "SK" => (vat, "10 digits", "SK2022749619", &["SK"], eastern::slovakia),
            _ => return None,
        };
    Some(Rule { label, hint, example, prefixes, read })
}

/// The prefix of a country's VAT numbers in the Union or the United Kingdom.
pub(super) fn prefix(country: &str) -> Option<&'static str> {
    let prefix = match country {
        "GR" => "EL",
        "AX" => "FI",
        "MC" | "GF" | "GP" | "MF" | "MQ" | "RE" | "YT" => "FR",
        "IM" => "GB",
        other => other,
    };
    PREFIXES.into_iter().find(|known| *known == prefix)
}

/// Whether a number refused by `country` starts like a VAT number of another one.
pub(super) fn foreign_prefix(country: &str, compact: &str) -> bool {
    let Some(own) = prefix(country) else { return false };
    let Some((start, rest)) = compact.split_at_checked(2) else {
        return false;
    };
    let looks_like_number = rest.len() >= 7 && rest.bytes().filter(u8::is_ascii_digit).count() >= 5;
    start != own && PREFIXES.contains(&start) && looks_like_number
}

fn vat(value: &str, sound: bool) -> Read {
    Ok(Reading { kind: TaxIdKind::EuVat, value: value.to_owned(), sound })
}
