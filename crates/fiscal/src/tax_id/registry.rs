//! One entry per country with a rule: what the number is called, what it looks like, how it is read.

use super::written::Written;
use super::{Read, br, ca, central_america, efta, es, eu, gb, mx, south_america, us};

/// A country's rule.
pub(super) struct Rule {
    /// What people of the country call the number.
    pub label: &'static str,
    /// What it has, to complete "it has ...".
    pub hint: &'static str,
    /// A number that is accepted.
    pub example: &'static str,
    /// Country prefixes that may stand before it and are not part of it.
    pub prefixes: &'static [&'static str],
    pub read: fn(&Written<'_>) -> Read,
}

/// The rule of a country by ISO code in capitals (also `EL`, `XI`); `None` where the id is free text.
pub(super) fn rule(country: &str) -> Option<Rule> {
    let (label, hint, example, prefixes, read): (_, _, _, &'static [&'static str], fn(&Written<'_>) -> Read) =
        match country {
            "MX" => ("RFC", "12 characters for a company, 13 for a person", "EKU9003173C9", &[], mx::read),
            "US" | "AS" | "GU" | "MP" | "PR" | "UM" | "VI" => ("EIN", "9 digits", "12-3456789", &[], us::read),
            "CA" => ("BN", "9 digits, perhaps with an account like RT0001", "123456782RT0001", &[], ca::read),
            "BR" => ("CNPJ", "14 characters (CPF: 11 digits)", "16.727.230/0001-97", &[], br::read),
            "ES" => ("NIF/CIF", "9 characters", "B58378431", &["ES"], es::read),
            "GB" | "XI" | "IM" => ("VAT number", "9 or 12 digits", "GB980780684", &["GB", "XI"], gb::read),
            "CH" => ("UID", "CHE and 9 digits", "CHE-107.787.577", &[], efta::switzerland),
            "NO" => ("Org.nr.", "9 digits, perhaps with MVA", "988 077 917", &["NO"], efta::norway),
            "IS" => ("Kennitala", "10 digits (VSK: 5 or 6)", "450401-3150", &["IS"], efta::iceland),
            "AR" => ("CUIT", "11 digits", "20-05536168-2", &[], south_america::argentina),
            "CL" => ("RUT", "7 or 8 digits and a check digit or K", "12.531.909-2", &["CL"], south_america::chile),
            "CO" => ("NIT", "8 to 16 digits with the check digit", "213.123.432-1", &[], south_america::colombia),
            "EC" => ("RUC", "13 digits (cédula: 10)", "1792060346001", &[], south_america::ecuador),
            "PE" => ("RUC", "11 digits", "20512333797", &[], south_america::peru),
            "PY" => ("RUC", "5 to 9 digits with the check digit", "80028061-0", &[], south_america::paraguay),
            "UY" => ("RUT", "12 digits", "211003420017", &["UY"], south_america::uruguay),
            "VE" => ("RIF", "a letter and 9 digits", "V-11470283-4", &[], south_america::venezuela),
            "CR" => ("Cédula", "9 to 12 digits", "3-101-999999", &[], central_america::costa_rica),
            "DO" => ("RNC", "9 digits (cédula: 11)", "1-01-85004-3", &[], central_america::dominican_republic),
            "GT" => ("NIT", "up to 11 digits and a check digit or K", "576937-K", &[], central_america::guatemala),
            "SV" => ("NIT", "14 digits", "0614-050707-104-8", &["SV"], central_america::el_salvador),
            _ => return eu::rule(country),
        };
    Some(Rule { label, hint, example, prefixes, read })
}
