//! What is asked about a company, read at the door.

use chrono_tz::Tz;
use fiscal::tax_id::{self, TaxId};
use kernel::{Currency, Error, Language};

use crate::text;

pub(crate) const LONGEST_NAME: usize = 200;

pub(crate) fn name(field: &str, input: &str) -> Result<String, Error> {
    text::line(field, input, LONGEST_NAME)
}

/// ISO 3166-1 alpha-2, in capitals.
pub(crate) fn country(input: &str) -> Result<String, Error> {
    let code = input.trim().to_ascii_uppercase();
    if fiscal::country::is_country(&code) {
        return Ok(code);
    }
    Err(Error::invalid("country", "country_unknown", "Choose a country, by its two letters such as MX or ES."))
}

/// The fiscal id by the rules of the country (P024). `confirmed` lets a check digit through that does not match: some
/// numbers on genuine certificates break their own rule, and whoever holds the paper may insist.
pub(crate) fn tax_id(country: &str, input: Option<&str>, confirmed: bool) -> Result<Option<TaxId>, Error> {
    let Some(input) = input.map(str::trim).filter(|text| !text.is_empty()) else {
        if is_tax_id_required(country) {
            let message =
                format!("Give the company's {}, such as {}.", tax_id::label(country), tax_id::example(country));
            return Err(Error::invalid("tax_id", "tax_id_required", message));
        }
        return Ok(None);
    };
    let parse = if confirmed { TaxId::parse_trusting_digits } else { TaxId::parse };
    parse(country, input).map(Some).map_err(|why| Error::invalid("tax_id", why.code(), why.to_string()))
}

/// Where every business has a number and we can check it, it is asked for: the European Union, Latin America and Canada.
/// In the United States a sole proprietor may have none, and elsewhere we have no rule or registration is optional.
pub fn is_tax_id_required(country: &str) -> bool {
    let area = fiscal::country::is_eu(country)
        || fiscal::country::is_latin_america(country)
        || country.eq_ignore_ascii_case("CA");
    area && tax_id::has_rule(country)
}

pub(crate) fn currency(input: &str) -> Result<Currency, Error> {
    let code = input.trim().to_ascii_uppercase();
    code.parse().map_err(|_| {
        Error::invalid("currency", "currency_unknown", "Choose a currency, by its three letters such as MXN or EUR.")
    })
}

pub(crate) fn language(input: &str) -> Result<Language, Error> {
    input.trim().parse().map_err(|_| Error::invalid("language", "language_unknown", "Choose en, es, pt or fr."))
}

/// An IANA name such as `America/Mexico_City`.
pub(crate) fn time_zone(input: &str) -> Result<Tz, Error> {
    input.trim().parse().map_err(|_| {
        Error::invalid("time_zone", "time_zone_unknown", "Choose a time zone such as America/Mexico_City.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
        match result {
            Err(Error::Invalid { fields }) => fields[0].code.clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn p024_the_fiscal_id_is_asked_for_and_checked_by_country() {
        for country in ["MX", "ES", "DE", "BR", "CA", "AR", "CL", "CO"] {
            assert!(is_tax_id_required(country), "{country}");
            assert_eq!(code(tax_id(country, Some("  "), false)), "tax_id_required");
        }
        for country in ["US", "GB", "JP", "AU"] {
            assert!(!is_tax_id_required(country), "{country}");
            assert_eq!(tax_id(country, None, false).unwrap(), None);
        }
        assert_eq!(tax_id("MX", Some("eku 9003173-c9"), false).unwrap().unwrap().value(), "EKU9003173C9");
        assert_eq!(code(tax_id("MX", Some("EKU9003173C0"), false)), "tax_id_check_digit");
        assert_eq!(tax_id("MX", Some("EKU9003173C0"), true).unwrap().unwrap().value(), "EKU9003173C0");
        assert_eq!(code(tax_id("US", Some("123-45-6789"), true)), "tax_id_ssn");
    }

    #[test]
    fn unknown_places_and_currencies_are_refused() {
        assert_eq!(country("mx").unwrap(), "MX");
        assert_eq!(code(country("Mexico")), "country_unknown");
        assert_eq!(code(currency("XXX")), "currency_unknown");
        assert_eq!(code(language("de")), "language_unknown");
        assert_eq!(code(time_zone("Mars/Olympus")), "time_zone_unknown");
    }
}
