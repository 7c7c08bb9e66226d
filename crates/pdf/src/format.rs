//! Money, numbers and dates as a person of the region writes them. Exact: digits are placed, never computed with
//! floats. Sources: Unicode CLDR 48; see [`crate::region`] for the one difference.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use kernel::Language;
use rust_decimal::Decimal;

use crate::document::Currency;
use crate::region::Locale;

pub(crate) const MINUS: char = '\u{2212}';
const NO_BREAK: char = '\u{a0}';

/// Minor units with the currency's symbol: `$1,234.50`, `1.234,50 €`, `R$ 1.234,50`.
///
/// A bare `$` is used only where it is the region's own currency; elsewhere the dollar and peso say whose they are.
pub fn money(minor: i64, currency: &Currency, locale: &Locale) -> String {
    let digits = digits(&minor.unsigned_abs().to_string(), usize::from(currency.exponent), locale);
    let sign = if minor < 0 { MINUS.to_string() } else { String::new() };
    let symbol = symbol(&currency.code, locale);
    if !locale.symbol_leads() {
        return format!("{sign}{digits}{NO_BREAK}{symbol}");
    }
    let spaced = locale.symbol_is_spaced() || symbol.ends_with(|c: char| c.is_alphanumeric() || c == '.' || c == '/');
    let gap = if spaced { NO_BREAK.to_string() } else { String::new() };
    format!("{sign}{symbol}{gap}{digits}")
}

/// Minor units without a symbol, for columns.
pub fn amount(minor: i64, exponent: u8, locale: &Locale) -> String {
    signed(minor < 0, digits(&minor.unsigned_abs().to_string(), usize::from(exponent), locale))
}

/// A quantity or a rate: all its decimals, no trailing zeros.
pub fn decimal(value: Decimal, locale: &Locale) -> String {
    exact(value.normalize(), 0, locale)
}

/// A price of one unit: at least the currency's decimals, more where the price has them.
pub fn unit_price(value: Decimal, exponent: u8, locale: &Locale) -> String {
    exact(value.normalize(), usize::from(exponent), locale)
}

/// `16` gives `16%` or `16 %`.
pub fn percent(value: Decimal, locale: &Locale) -> String {
    format!("{}{}%", decimal(value, locale), locale.percent_gap())
}

/// The date with its month in letters, so that no reader takes the day for the month; European Portuguese writes
/// day/month/year.
pub fn date(value: NaiveDate, locale: &Locale) -> String {
    let (year, day) = (value.year(), value.day());
    let month = month(value, locale);
    match (locale.language, locale.region()) {
        (Language::En, None | Some("US" | "CA" | "PR")) => format!("{month} {day}, {year}"),
        (Language::Pt, None | Some("BR")) => format!("{day} de {month} de {year}"),
        (Language::Pt, _) => format!("{day:02}/{:02}/{year}", value.month()),
        _ => format!("{day} {month} {year}"),
    }
}

/// A moment in UTC and saying so: documents are read in any time zone.
pub fn timestamp(value: DateTime<Utc>, locale: &Locale) -> String {
    let between = if locale.language == Language::Fr && locale.region() == Some("CA") { " h " } else { ":" };
    format!("{}, {:02}{between}{:02} UTC", date(value.date_naive(), locale), value.hour(), value.minute())
}

/// Groups of four, as IBANs are written on paper (ISO 13616).
pub(crate) fn grouped_by_four(value: &str) -> String {
    let bare: Vec<char> = value.chars().filter(|c| !c.is_whitespace()).collect();
    bare.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn month(value: NaiveDate, locale: &Locale) -> &'static str {
    const EN: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    const ES: [&str; 12] = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"];
    const PT: [&str; 12] =
        ["jan.", "fev.", "mar.", "abr.", "mai.", "jun.", "jul.", "ago.", "set.", "out.", "nov.", "dez."];
    const FR: [&str; 12] =
        ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];
    let index = value.month0() as usize;
    match (locale.language, index) {
        (Language::En, _) => EN[index],
        (Language::Es, 8) if !locale.is_spanish_america() => "sept",
        (Language::Es, _) => ES[index],
        (Language::Pt, _) => PT[index],
        (Language::Fr, 6) if locale.region() == Some("CA") => "juill.",
        (Language::Fr, _) => FR[index],
    }
}

/// A decimal of any scale with at least `least` digits after the separator.
fn exact(value: Decimal, least: usize, locale: &Locale) -> String {
    let scale = value.scale() as usize;
    let missing = least.saturating_sub(scale);
    let mantissa = format!("{}{}", value.mantissa().unsigned_abs(), "0".repeat(missing));
    signed(value.is_sign_negative() && !value.is_zero(), digits(&mantissa, scale + missing, locale))
}

fn signed(negative: bool, digits: String) -> String {
    if negative { format!("{MINUS}{digits}") } else { digits }
}

/// Places the separators in a row of ASCII digits whose last `scale` are decimals.
fn digits(mantissa: &str, scale: usize, locale: &Locale) -> String {
    let (group, point) = locale.separators();
    let padded = format!("{mantissa:0>width$}", width = scale + 1);
    let (whole, fraction) = padded.split_at(padded.len() - scale);
    let mut out = String::with_capacity(padded.len() * 2);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push(group);
        }
        out.push(digit);
    }
    if scale > 0 {
        out.push(point);
        out.push_str(fraction);
    }
    out
}

/// The symbol a reader of this region expects, or the code where it has none or would be ambiguous.
fn symbol(code: &str, locale: &Locale) -> String {
    let home: &[&str] = match code {
        "USD" => &["US", "EC", "SV", "PR"],
        "CAD" => &["CA"],
        "MXN" => &["MX"],
        "AUD" => &["AU"],
        "NZD" => &["NZ"],
        "ARS" => &["AR"],
        "CLP" => &["CL"],
        "COP" => &["CO"],
        "UYU" => &["UY"],
        "CUP" => &["CU"],
        _ => &[],
    };
    let at_home = locale.region().is_some_and(|region| home.contains(&region));
    let plain = match code {
        _ if at_home => "$",
        "USD" => "US$",
        "CAD" => "CA$",
        "MXN" => "MX$",
        "AUD" => "A$",
        "NZD" => "NZ$",
        "EUR" => "€",
        "GBP" => "£",
        "BRL" => "R$",
        "DOP" => "RD$",
        "NIO" => "C$",
        "PEN" => "S/",
        "CRC" => "₡",
        "GTQ" => "Q",
        "HNL" => "L",
        "BOB" => "Bs",
        "PYG" => "Gs.",
        other => other,
    };
    match (locale.language, plain.strip_suffix('$')) {
        (Language::Fr, Some(country @ ("US" | "CA" | "MX" | "A" | "NZ"))) if locale.region() == Some("CA") => {
            format!("${NO_BREAK}{country}")
        }
        (Language::Fr, Some(country @ ("US" | "CA" | "MX" | "A" | "NZ"))) => format!("${country}"),
        _ => plain.to_owned(),
    }
}
