//! Document numbers: patterns, periods, and what a pattern is refused for.
use std::collections::BTreeSet;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn numbering(pattern: &str, reset: Reset) -> Numbering {
    Numbering::parse(pattern, reset).unwrap()
}

fn code(pattern: &str, reset: Reset) -> &'static str {
    Numbering::parse(pattern, reset).unwrap_err().code()
}

#[test]
fn patterns_write_series_date_and_counter() {
    let date = day("2026-03-09");
    for (pattern, number) in [
        ("{series}-{yyyy}-{n:5}", "FAC-2026-00042"),
        ("{series}{n}", "FAC42"),
        ("{yy}{mm}/{n:3}", "2603/042"),
        ("INV #{n:4}", "INV #0042"),
        ("{n}", "42"),
        ("{n:9}", "000000042"),
        ("{series}.{n:1}_{yyyy}", "FAC.42_2026"),
    ] {
        assert_eq!(numbering(pattern, Reset::Never).format("FAC", date, 42).as_deref(), Ok(number), "{pattern}");
    }
    let grown = numbering("{n:2}", Reset::Never).format("", date, u64::MAX).unwrap();
    assert_eq!(grown, u64::MAX.to_string());
}

#[test]
fn periods_are_the_key_of_a_counter() {
    let date = day("2026-11-23");
    assert_eq!(numbering("{n}", Reset::Never).period_key(date), "");
    assert_eq!(numbering("{yy}-{n}", Reset::Year).period_key(date), "2026");
    assert_eq!(numbering("{yyyy}{mm}-{n}", Reset::Month).period_key(date), "2026-11");
}

#[test]
fn a_counter_that_starts_anew_needs_its_period_in_the_number() {
    assert_eq!(code("{series}-{n}", Reset::Year), "number_pattern_period");
    assert_eq!(code("{mm}-{n}", Reset::Year), "number_pattern_period");
    assert_eq!(code("{yyyy}-{n}", Reset::Month), "number_pattern_period");
    assert_eq!(code("{mm}-{n}", Reset::Month), "number_pattern_period");
    assert!(Numbering::parse("{yy}-{n}", Reset::Year).is_ok());
}

#[test]
fn patterns_are_refused_with_a_reason() {
    assert_eq!(code("  ", Reset::Never), "number_pattern_empty");
    assert_eq!(code("{series}-{yyyy}", Reset::Never), "number_pattern_counter");
    assert_eq!(code("{n}-{n:4}", Reset::Never), "number_pattern_counter");
    for pattern in ["{n:0}", "{n:10}", "{N}", "{year}-{n}", "{n", "{}{n}", "{n:+}", "{{n}}"] {
        assert_eq!(code(pattern, Reset::Never), "number_pattern_token", "{pattern}");
    }
    for pattern in ["F|{n}", "Ñ{n}", "{n}}", "a\u{0}{n}", "<b>{n}"] {
        assert_eq!(code(pattern, Reset::Never), "number_pattern_character", "{pattern}");
    }
    assert_eq!(code(&format!("{}{{n}}", "A".repeat(28)), Reset::Never), "number_pattern_too_long");
    assert!(Pattern::parse(&format!("{}{{n}}", "A".repeat(27))).is_ok());
}

#[test]
fn series_are_short_and_cannot_run_into_the_counter() {
    let joined = numbering("{series}{n}", Reset::Never);
    for series in ["", "A1", "ABCDEFGHIJK", "A B", "A|B", "É"] {
        assert_eq!(joined.check_series(series), Err(PatternError::Series), "{series:?}");
    }
    assert_eq!(joined.check_series("A"), Ok(()));
    assert_eq!(numbering("{series}-{n}", Reset::Never).check_series("A1"), Ok(()));
    assert_eq!(numbering("{series}7-{n}", Reset::Never).check_series("A1"), Err(PatternError::Series));
    assert_eq!(numbering("{n}{series}", Reset::Never).check_series("1A"), Err(PatternError::Series));
    assert_eq!(numbering("{n}{series}", Reset::Never).check_series("A1"), Ok(()));
    assert_eq!(numbering("{n}", Reset::Never).check_series(""), Ok(()));
}

#[test]
fn numbers_start_at_one_and_keep_to_thirty_characters() {
    let date = day("2026-01-01");
    assert_eq!(numbering("{n}", Reset::Never).format("", date, 0).unwrap_err().code(), "number_zero");
    let long = numbering("INVOICE-{yyyy}-{series}-{n:9}", Reset::Never);
    assert_eq!(long.format("ABCDEFGHIJ", date, 1).unwrap_err().code(), "number_too_long");
    assert_eq!(numbering("{n}", Reset::Never).format("", NaiveDate::MAX, 1).unwrap_err().code(), "number_date");
}

#[test]
fn patterns_travel_as_text() {
    let pattern = Pattern::parse("{series}-{n:5}").unwrap();
    assert_eq!(serde_json::to_string(&pattern).unwrap(), "\"{series}-{n:5}\"");
    assert_eq!(serde_json::from_str::<Pattern>("\"{series}-{n:5}\"").unwrap(), pattern);
    assert!(serde_json::from_str::<Pattern>("\"{series}\"").is_err());
}

mod any_input {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn never_panics(pattern in "\\PC{0,32}", near in "([A-Z0-9-]|\\{series\\}|\\{yyyy\\}|\\{mm\\}|\\{n:?[0-9]?\\}){0,5}", series in "\\PC{0,12}", n in any::<u64>()) {
            for text in [pattern, near] {
                let written = Numbering::parse(&text, Reset::Never).and_then(|n1| n1.format(&series, day("2026-02-03"), n));
                prop_assert!(written.is_err() || written.is_ok_and(|number| number.len() <= 30 && number.is_ascii()));
            }
        }

        #[test]
        fn no_two_documents_read_alike(
            form in prop_oneof![
                Just(("{series}-{yyyy}-{n:2}", Reset::Year)), Just(("{series}{n}", Reset::Never)),
                Just(("{series}{yy}{n}", Reset::Year)), Just(("{series}{n}{mm}{yy}", Reset::Month)),
                Just(("{yyyy}{mm}{series}{n:3}", Reset::Month)), Just(("{n}{series}", Reset::Never)),
            ],
            documents in proptest::collection::btree_set(("[0-9]?[A-C]{1,2}[0-9]?", 2024i32..2030, 1u32..13, 1u64..1500), 2..60),
        ) {
            let (pattern, reset) = form;
            let numbering = numbering(pattern, reset);
            let mut keys = BTreeSet::new();
            let mut numbers = BTreeSet::new();
            for (series, year, month, n) in documents {
                let date = NaiveDate::from_ymd_opt(year, month, 1).unwrap();
                if let Ok(number) = numbering.format(&series, date, n) {
                    // A counter is used once per series and period.
                    if keys.insert((series, numbering.period_key(date), n)) {
                        prop_assert!(numbers.insert(number.clone()), "{number} twice");
                    }
                }
            }
        }
    }
}
