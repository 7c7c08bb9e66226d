//! The taxes a country starts with: readable, dated, without doubles.
use std::collections::BTreeSet;

use iso_currency::Currency;

use super::*;
use crate::country;
use crate::totals::{Category, Document, Line, Norm};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-23")
}

/// `name rate` of the presets, withheld ones with a minus.
fn written(country: &str, on: &str) -> Vec<String> {
    let one = |p: &Preset| {
        let sign = if p.tax.withheld { "-" } else { "" };
        let region = p.region.map(|r| format!(" {r}")).unwrap_or_default();
        format!("{} {sign}{} {}{region}", p.tax.name, p.tax.rate, p.tax.category)
    };
    presets(country, day(on)).iter().map(one).collect()
}

#[test]
fn every_row_can_be_read_and_put_on_a_line() {
    let mut rows_seen = 0;
    for country in country::countries() {
        for row in rows(country) {
            rows_seen += 1;
            let preset = row.preset(country).unwrap_or_else(|| panic!("{country}: {row:?}"));
            assert!(preset.valid_until.is_none_or(|last| last >= preset.valid_from), "{}", preset.key);
            assert!(NAME_KEYS.contains(&preset.name_key), "{}", preset.key);
            assert!(!preset.source.is_empty());
            let line = Line { quantity: 1.into(), unit_price: 100.into(), discount: None, taxes: vec![preset.tax] };
            let document = Document {
                currency: Currency::EUR,
                norm: Norm::for_country(country),
                prices_include_tax: false,
                lines: vec![line],
                allowance: None,
            };
            document.compute().unwrap_or_else(|error| panic!("{}: {error}", preset.key));
        }
    }
    assert!(rows_seen > 150);
}

#[test]
fn no_two_rows_hold_for_the_same_thing_on_one_day() {
    let days = ["2020-01-01", "2020-07-01", "2024-09-01", "2025-04-01", "2026-01-01", "2026-11-23"];
    for country in country::countries() {
        for on in days {
            let presets = presets(country, day(on));
            let keys: BTreeSet<&str> = presets.iter().map(|p| p.key.as_str()).collect();
            assert_eq!(keys.len(), presets.len(), "{country} {on}: a key twice");
            let kinds: BTreeSet<_> =
                presets.iter().map(|p| (&p.tax.name, p.name_key, p.region, p.tax.withheld)).collect();
            assert_eq!(kinds.len(), presets.len(), "{country} {on}: one tax with two rates");
            assert!(presets.iter().filter(|p| p.suggested).count() <= 1, "{country} {on}");
        }
    }
}

#[test]
fn every_member_state_suggests_its_standard_rate_and_has_the_four_ways_not_to_charge() {
    for country in country::countries().into_iter().filter(|c| country::is_eu(c)) {
        let presets = presets(country, today());
        assert!(presets[0].suggested && presets[0].name_key == "standard", "{country}");
        // Directive 2006/112/EC, article 97: the standard rate is at least 15 %.
        assert!(presets[0].tax.rate >= 15.into(), "{country}");
        for category in [Category::E, Category::AE, Category::K, Category::G] {
            let found: Vec<_> = presets.iter().filter(|p| p.tax.category == category).collect();
            assert_eq!(found.len(), 1, "{country} {category}");
            assert!(found[0].tax.exemption_code.is_some(), "{country} {category}");
        }
    }
}

#[test]
fn mexico() {
    assert_eq!(
        written("mx", "2026-11-23"),
        [
            "IVA 16 S",
            "IVA 8 S",
            "IVA 0 Z",
            "IVA 0 E",
            "ISR -10 S",
            "ISR -10 S",
            "ISR -1.25 S",
            "IVA -10.6667 S",
            "IVA -4 S"
        ]
    );
    assert_eq!(presets("MX", today())[0].key, "mx_iva_standard_16");
}

#[test]
fn spain() {
    let spain = written("ES", "2026-11-23");
    for wanted in ["IVA 21 S", "IVA 10 S", "IVA 4 S", "IVA 0 E", "IVA 0 AE", "IRPF -15 S", "IRPF -7 S", "IGIC 7 L CN"] {
        assert!(spain.iter().any(|p| p == wanted), "{wanted} in {spain:?}");
    }
    assert_eq!(spain[0], "IVA 21 S");
}

#[test]
fn canada_and_the_day_nova_scotia_changed() {
    let canada = written("CA", "2026-11-23");
    for wanted in
        ["GST 5 S", "HST 13 S ON", "HST 14 S NS", "HST 15 S NB", "HST 15 S NL", "HST 15 S PE", "QST 9.975 S QC"]
    {
        assert!(canada.iter().any(|p| p == wanted), "{wanted} in {canada:?}");
    }
    assert!(written("CA", "2025-03-31").contains(&"HST 15 S NS".to_owned()));
    assert!(written("CA", "2025-04-01").contains(&"HST 14 S NS".to_owned()));
}

#[test]
fn standard_rates_of_the_larger_markets() {
    for (country, rate) in [
        ("PT", "23"),
        ("FR", "20"),
        ("DE", "19"),
        ("IT", "22"),
        ("NL", "21"),
        ("PL", "23"),
        ("GB", "20"),
        ("CO", "19"),
        ("CL", "19"),
        ("AR", "21"),
        ("PE", "18"),
    ] {
        assert_eq!(presets(country, today())[0].tax.rate.to_string(), rate, "{country}");
    }
    assert_eq!(written("DE", "2020-09-01")[0], "USt 16 S");
    assert_eq!(written("RO", "2025-07-31")[0], "TVA 19 S");
    assert_eq!(written("RO", "2025-08-01")[0], "TVA 21 S");
}

#[test]
fn nothing_is_suggested_where_nothing_can_be() {
    for country in ["US", "BR", "JP", "XX", ""] {
        assert!(presets(country, today()).is_empty(), "{country}");
    }
}

#[test]
fn presets_travel_as_json() {
    let json = serde_json::to_value(&presets("MX", today())[0]).unwrap();
    assert_eq!(json["name_key"], "standard");
    assert_eq!(json["tax"]["rate"], "16");
    assert_eq!(json["valid_from"], "2010-01-01");
}
