//! The table of countries: complete, without doubles, each with its market and its controller.
use std::collections::BTreeSet;

use super::*;

const EEA_STATES: [&str; 30] = [
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT",
    "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE", "IS", "LI", "NO",
];

#[test]
fn p002_mexico_and_latin_america_answer_to_the_mexican_entity() {
    for country in ["MX", "BR", "AR", "CO", "CL", "PE", "UY", "EC", "CR", "PA", "GT", "DO", "VE", "BO", "PY", "SV"] {
        assert_eq!(controller_entity(country), Some(Controller::Mexico), "{country}");
    }
}

#[test]
fn p003_united_states_and_canada_answer_to_the_us_entity() {
    for country in ["US", "CA", "PR"] {
        assert_eq!(controller_entity(country), Some(Controller::UnitedStates), "{country}");
    }
}

#[test]
fn p004_spain_and_all_thirty_eea_states_answer_to_the_spanish_entity() {
    for country in EEA_STATES {
        assert!(is_eea(country), "{country}");
        assert_eq!(controller_entity(country), Some(Controller::Spain), "{country}");
    }
    let states =
        countries().into_iter().filter(|c| is_eea(c) && !["AX", "GF", "GP", "MF", "MQ", "RE", "YT"].contains(c));
    assert_eq!(states.count(), 30);
}

#[test]
fn p005_only_the_contract_country_decides_and_unnamed_markets_are_to_be_identified() {
    for country in ["GB", "CH", "AU", "JP", "JM", "XK", "", "E", "ESP", "España", "\u{0}"] {
        assert_eq!(controller_entity(country), None, "{country:?}");
    }
    assert_eq!(controller_entity("es"), controller_entity("ES"));
}

#[test]
fn no_country_has_two_controllers() {
    for country in countries() {
        let areas = [is_latin_america(country), is_united_states(country) || country == "CA", is_eea(country)];
        assert!(areas.iter().filter(|&&inside| inside).count() <= 1, "{country}");
    }
}

#[test]
fn the_list_is_iso_3166_1() {
    let codes = countries();
    assert_eq!(codes.len(), 249);
    assert!(codes.is_sorted());
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), 249, "a code appears twice");
    assert!(codes.iter().all(|c| c.len() == 2 && c.bytes().all(|b| b.is_ascii_uppercase())));
    assert!(is_country("mx") && !is_country("XX") && !is_country("EL") && !is_country(""));
}

#[test]
fn every_country_starts_with_a_real_zone_one_of_our_languages_and_a_currency_with_minor_units() {
    for country in countries() {
        let Defaults { currency, language, time_zone } = defaults(country);
        assert!(time_zone.parse::<chrono_tz::Tz>().is_ok(), "{country}: {time_zone}");
        assert!(["en", "es", "pt", "fr"].contains(&language), "{country}: {language}");
        assert!(currency.exponent().is_some(), "{country}: {currency}");
    }
}

#[test]
fn defaults_people_will_check_first() {
    let of = |country| {
        let d = defaults(country);
        (d.currency.code(), d.language, d.time_zone)
    };
    assert_eq!(of("MX"), ("MXN", "es", "America/Mexico_City"));
    assert_eq!(of("ES"), ("EUR", "es", "Europe/Madrid"));
    assert_eq!(of("US"), ("USD", "en", "America/New_York"));
    assert_eq!(of("CA"), ("CAD", "en", "America/Toronto"));
    assert_eq!(of("BR"), ("BRL", "pt", "America/Sao_Paulo"));
    assert_eq!(of("PT"), ("EUR", "pt", "Europe/Lisbon"));
    assert_eq!(of("FR"), ("EUR", "fr", "Europe/Paris"));
    assert_eq!(of("GB"), ("GBP", "en", "Europe/London"));
    assert_eq!(of("CH"), ("CHF", "fr", "Europe/Zurich"));
    assert_eq!(of("cl"), ("CLP", "es", "America/Santiago"));
    assert_eq!(of("??"), ("USD", "en", "UTC"));
}
