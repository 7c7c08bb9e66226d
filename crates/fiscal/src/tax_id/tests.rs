//! Tax ids of every country against published vectors.
mod national;

use super::*;

fn parse(country: &str, input: &str) -> TaxId {
    TaxId::parse(country, input).unwrap_or_else(|error| panic!("{country} {input}: {error}"))
}

fn code(country: &str, input: &str) -> &'static str {
    TaxId::parse(country, input).map(|id| id.value).expect_err(input).code()
}

#[test]
fn every_example_is_accepted_and_every_country_has_a_label() {
    for country in country::countries().into_iter().chain(["EL", "XI"]) {
        let id = parse(country, example(country));
        assert!(!label(country).is_empty());
        assert_eq!(id.kind() == TaxIdKind::Unverified, registry::rule(country).is_none(), "{country}");
    }
    for country in country::countries().into_iter().filter(|c| country::is_eu(c)) {
        assert!(registry::rule(country).is_some(), "{country} has no rule");
        let id = parse(country, example(country));
        assert!(id.vat_number().is_some(), "{country}");
    }
}

#[test]
fn canonical_value_parses_to_itself_and_so_does_the_displayed_form() {
    for country in country::countries() {
        let id = parse(country, example(country));
        assert_eq!(parse(country, id.value()), id, "{country} value");
        assert_eq!(parse(country, &id.display()), id, "{country} display {}", id.display());
        assert_eq!(
            parse(country, &format!("  {} ", example(country).to_lowercase())),
            parse(country, example(country))
        );
    }
}

#[test]
fn a_changed_digit_is_refused_where_there_is_a_check_digit() {
    let without = [TaxIdKind::UsEin, TaxIdKind::CrCedula, TaxIdKind::Unverified];
    for country in country::countries() {
        let id = parse(country, example(country));
        if without.contains(&id.kind()) {
            continue;
        }
        let mut refused = 0;
        let mut tried = 0;
        for (at, old) in id.value().char_indices().filter(|(_, c)| c.is_ascii_digit()) {
            let digit = char::from_digit((old.to_digit(10).unwrap() + 1) % 10, 10).unwrap();
            let mut changed = id.value().to_owned();
            changed.replace_range(at..at + 1, &digit.to_string());
            tried += 1;
            refused += usize::from(TaxId::parse(country, &changed).is_err());
        }
        // A program account, a branch or a date is not covered by the check digit; most of the number is.
        assert!(refused * 10 >= tried * 6, "{country}: {refused} of {tried} refused");
    }
}

#[test]
fn a_wrong_check_digit_can_be_insisted_on_but_a_wrong_shape_cannot() {
    assert_eq!(TaxId::parse_trusting_digits("MX", "CACU7605101F8").unwrap().value(), "CACU7605101F8");
    assert_eq!(TaxId::parse_trusting_digits("ES", "B58378432").unwrap().kind(), TaxIdKind::EsCif);
    assert_eq!(TaxId::parse_trusting_digits("MX", "CACU7613101F8").unwrap_err().code(), "tax_id_date");
}

#[test]
fn countries_without_a_rule_take_printable_text() {
    let id = parse("JP", "  T7000012050002 ");
    assert_eq!(
        (id.kind(), id.value(), id.display().as_str()),
        (TaxIdKind::Unverified, "T7000012050002", "T7000012050002")
    );
    assert_eq!(parse("IN", "27AAPFU0939F 1ZV").value(), "27AAPFU0939F 1ZV");
    assert_eq!(code("JP", "1"), "tax_id_length");
    assert_eq!(code("JP", &"1".repeat(33)), "tax_id_length");
    assert_eq!(code("JP", "12\u{7}34"), "tax_id_characters");
    assert_eq!(code("JP", "12\u{202e}34"), "tax_id_characters");
    assert_eq!(code("JP", "   "), "tax_id_empty");
    assert_eq!(code("QQ", "1234"), "tax_id_country");
    assert_eq!(code("", "1234"), "tax_id_country");
}

#[test]
fn separators_from_copied_text_do_not_matter() {
    assert_eq!(parse("ES", "B\u{2011}58\u{a0}378\u{200b}431"), parse("ES", "B58378431"));
    assert_eq!(code("ES", "---"), "tax_id_empty");
    assert_eq!(code("ES", &"B".repeat(5000)), "tax_id_length");
}

#[test]
fn masking_leaves_only_the_end() {
    assert_eq!(parse("ES", "B58378431").masked(), "••••••431");
    assert_eq!(parse("BR", "16727230000197").masked(), "••••••••••0197");
    assert_eq!(parse("JP", "12").masked(), "•2");
}

#[test]
fn kinds_have_stable_names_and_ids_travel_as_json() {
    for kind in TaxIdKind::ALL {
        assert_eq!(kind.as_str().parse::<TaxIdKind>(), Ok(*kind));
        assert_eq!(serde_json::to_string(kind).unwrap(), format!("\"{kind}\""));
    }
    let id = parse("MX", "EKU9003173C9");
    let json = serde_json::to_string(&id).unwrap();
    assert_eq!(json, r#"{"country":"MX","kind":"mx_rfc","value":"EKU9003173C9"}"#);
    assert_eq!(serde_json::from_str::<TaxId>(&json).unwrap(), id);
    assert_eq!(TaxId::from_stored("MX", TaxIdKind::MxRfc, "EKU9003173C9"), id);
}

#[test]
fn every_refusal_says_what_to_do_and_repeats_no_number() {
    for (country, input) in
        [("MX", "EKU9003173C8"), ("ES", "A0700195"), ("DE", "FR40303265045"), ("JP", "1"), ("QQ", "12345678")]
    {
        let sentence = TaxId::parse(country, input).unwrap_err().to_string();
        assert!(
            sentence.starts_with("Check") || sentence.starts_with("Choose") || sentence.starts_with("Enter"),
            "{sentence}"
        );
        assert!(sentence.ends_with('.') && (input.len() < 3 || !sentence.contains(input)), "{sentence}");
    }
}

mod any_input {
    use proptest::prelude::*;

    use super::super::*;

    proptest! {
        #[test]
        fn never_panics_and_accepted_values_are_stable(at in 0usize..249, input in "\\PC{0,40}") {
            let country = country::countries()[at];
            if let Ok(id) = TaxId::parse(country, &input) {
                let again = TaxId::parse(id.country(), id.value());
                prop_assert_eq!(again.as_ref(), Ok(&id));
                let _ = (id.display(), id.masked(), id.vat_number(), id.names_person());
            }
        }

        #[test]
        fn near_numbers_never_panic(at in 0usize..249, input in "[A-ZÑ&]{0,4}[0-9ÑKB]{0,16}[A-ZÑ]{0,4}") {
            let country = country::countries()[at];
            if let Ok(id) = TaxId::parse_trusting_digits(country, &input) {
                let again = TaxId::parse_trusting_digits(id.country(), &id.display());
                prop_assert_eq!(again.map(|id| id.value), Ok(id.value));
            }
        }
    }
}
