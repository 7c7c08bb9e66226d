//! Money, numbers and dates by region. Expected values were read from ICU 74 (CLDR 44) and differ from it only where
//! `region.rs` says so. `_` stands for a no-break space, `~` for a narrow one, `-` for the minus sign.

use chrono::{TimeZone, Utc};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::samples::{currency, day, number};
use crate::format;
use crate::{Language, Locale};

fn typed(text: &str) -> String {
    text.replace('\u{a0}', "_").replace('\u{202f}', "~").replace('\u{2212}', "-")
}

#[test]
fn money_at_home() {
    for (tag, code, exponent, minor, expected) in [
        ("en-US", "USD", 2, -1_234_567_850, "-$12,345,678.50"),
        ("en-CA", "CAD", 2, 123_450, "$1,234.50"),
        ("en-GB", "GBP", 2, 123_450, "£1,234.50"),
        ("es-ES", "EUR", 2, -1_234_567_850, "-12.345.678,50_€"),
        ("es-ES", "EUR", 2, 123_450, "1.234,50_€"),
        ("es", "EUR", 2, 5, "0,05_€"),
        ("es-MX", "MXN", 2, -1_234_567_850, "-$12,345,678.50"),
        ("es-AR", "ARS", 2, 1_234_567_850, "$_12.345.678,50"),
        ("es-CL", "CLP", 0, 12_345_679, "$12.345.679"),
        ("es-CO", "COP", 2, 1_234_567_850, "$_12.345.678,50"),
        ("es-PE", "PEN", 2, 1_234_567_850, "S/_12,345,678.50"),
        ("es-CR", "CRC", 2, 1_234_567_850, "₡12_345_678,50"),
        ("es-UY", "UYU", 2, 1_234_567_850, "$_12.345.678,50"),
        ("es-GT", "GTQ", 2, 1_234_567_850, "Q_12,345,678.50"),
        ("es-EC", "USD", 2, 1_234_567_850, "$12.345.678,50"),
        ("es-BO", "BOB", 2, 1_234_567_850, "Bs_12.345.678,50"),
        ("es-DO", "DOP", 2, 1_234_567_850, "RD$12,345,678.50"),
        ("es-PY", "PYG", 0, 12_345_679, "Gs._12.345.679"),
        ("pt-BR", "BRL", 2, -1_234_567_850, "-R$_12.345.678,50"),
        ("pt-PT", "EUR", 2, 1_234_567_850, "12_345_678,50_€"),
        ("fr-FR", "EUR", 2, -1_234_567_850, "-12~345~678,50_€"),
        ("fr-CA", "CAD", 2, 1_234_567_850, "12_345_678,50_$"),
        ("fr-LU", "EUR", 2, 1_234_567_850, "12.345.678,50_€"),
    ] {
        assert_eq!(typed(&format::money(minor, &currency(code, exponent), &Locale::from_tag(tag))), expected, "{tag}");
    }
}

#[test]
fn a_foreign_dollar_says_whose_it_is() {
    for (tag, code, expected) in [
        ("en-US", "MXN", "MX$1,234.50"),
        ("en-CA", "USD", "US$1,234.50"),
        ("en", "USD", "US$1,234.50"),
        ("es-MX", "USD", "US$1,234.50"),
        ("es-ES", "MXN", "1.234,50_MX$"),
        ("es-MX", "ARS", "ARS_1,234.50"),
        ("es-US", "USD", "$1,234.50"),
        ("pt-BR", "USD", "US$_1.234,50"),
        ("fr-FR", "USD", "1~234,50_$US"),
        ("fr-CA", "USD", "1_234,50_$_US"),
        ("fr-FR", "BRL", "1~234,50_R$"),
        ("en-US", "XYZ", "XYZ_1,234.50"),
    ] {
        assert_eq!(
            typed(&format::money(123_450, &currency(code, 2), &Locale::from_tag(tag))),
            expected,
            "{tag} {code}"
        );
    }
}

#[test]
fn currencies_have_their_own_number_of_decimals() {
    let locale = Locale::from_tag("en-US");
    assert_eq!(format::money(1_234, &currency("JPY", 0), &locale), "JPY\u{a0}1,234");
    assert_eq!(format::money(1_234_567, &currency("KWD", 3), &locale), "KWD\u{a0}1,234.567");
    assert_eq!(format::amount(7, 3, &locale), "0.007");
    assert_eq!(typed(&format::amount(i64::MIN, 2, &locale)), "-92,233,720,368,547,758.08");
}

#[test]
fn rates_and_quantities_are_exact() {
    let spain = Locale::from_tag("es-ES");
    for (value, expected) in
        [("37.50", "37,5"), ("0.000001", "0,000001"), ("-12", "-12"), ("1000", "1.000"), ("0", "0")]
    {
        assert_eq!(typed(&format::decimal(number(value), &spain)), expected);
    }
    for (value, exponent, expected) in
        [("28500", 2, "28.500,00"), ("18.3745", 2, "18,3745"), ("0.5", 2, "0,50"), ("7", 0, "7")]
    {
        assert_eq!(format::unit_price(number(value), exponent, &spain), expected);
    }
    for (tag, expected) in [
        ("en-US", "9.975%"),
        ("es-ES", "9,975_%"),
        ("es-MX", "9.975%"),
        ("es-AR", "9,975%"),
        ("pt-BR", "9,975%"),
        ("fr-FR", "9,975~%"),
        ("fr-CA", "9,975~%"),
        ("fr-CH", "9,975%"),
    ] {
        assert_eq!(typed(&format::percent(number("9.9750"), &Locale::from_tag(tag))), expected, "{tag}");
    }
}

#[test]
fn dates_name_the_month() {
    let moment = Utc.with_ymd_and_hms(2026, 9, 3, 4, 5, 59).unwrap();
    for (tag, date, time) in [
        ("en-US", "Sep 3, 2026", "04:05 UTC"),
        ("en-CA", "Sep 3, 2026", "04:05 UTC"),
        ("en-GB", "3 Sep 2026", "04:05 UTC"),
        ("es-ES", "3 sept 2026", "04:05 UTC"),
        ("es-MX", "3 sep 2026", "04:05 UTC"),
        ("pt-BR", "3 de set. de 2026", "04:05 UTC"),
        ("pt-PT", "03/09/2026", "04:05 UTC"),
        ("fr-FR", "3 sept. 2026", "04:05 UTC"),
        ("fr-CA", "3 sept. 2026", "04 h 05 UTC"),
    ] {
        let locale = Locale::from_tag(tag);
        assert_eq!(format::date(moment.date_naive(), &locale), date, "{tag}");
        assert_eq!(format::timestamp(moment, &locale), format!("{date}, {time}"), "{tag}");
    }
    assert_eq!(format::date(day(2026, 7, 1), &Locale::from_tag("fr-CA")), "1 juill. 2026");
    assert_eq!(format::date(day(2026, 7, 1), &Locale::from_tag("fr-FR")), "1 juil. 2026");
}

#[test]
fn tags_are_read_leniently() {
    for (tag, language, region) in [
        ("es-MX", Language::Es, Some("MX")),
        ("pt_br", Language::Pt, Some("BR")),
        ("fr", Language::Fr, None),
        ("es-419", Language::Es, None),
        ("zh-Hant-TW", Language::En, Some("TW")),
        ("", Language::En, None),
        ("es-é", Language::Es, None),
    ] {
        let locale = Locale::from_tag(tag);
        assert_eq!((locale.language, locale.region()), (language, region), "{tag}");
    }
    assert_eq!(Locale::from_tag("es_mx").tag(), "es-MX");
}

proptest! {
    /// Without its separators a printed amount is the amount, in every region.
    #[test]
    fn amounts_lose_nothing(minor in any::<i64>(), exponent in 0u8..=4, tag in prop::sample::select(vec![
        "en-US", "es-ES", "es-MX", "es-CR", "pt-BR", "pt-PT", "fr-FR", "fr-CA",
    ])) {
        let locale = Locale::from_tag(tag);
        let printed = format::amount(minor, exponent, &locale);
        let digits: String = printed.chars().filter(char::is_ascii_digit).collect();
        prop_assert_eq!(digits.parse::<u128>().unwrap(), u128::from(minor.unsigned_abs()));
        prop_assert_eq!(printed.starts_with('\u{2212}'), minor < 0);
        let (_, point) = locale.separators();
        if exponent > 0 {
            prop_assert_eq!(printed.rsplit(point).next().unwrap().len(), usize::from(exponent));
        }
    }

    /// A printed rate reads back as the same decimal.
    #[test]
    fn decimals_lose_nothing(mantissa in any::<i64>(), scale in 0u32..=18) {
        let value = Decimal::new(mantissa, scale);
        let printed = format::decimal(value, &Locale::from_tag("en-US")).replace(',', "").replace('\u{2212}', "-");
        prop_assert_eq!(printed.parse::<Decimal>().unwrap(), value);
    }
}
