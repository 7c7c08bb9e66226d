//! Days, as people and programs write them.
//!
//! `01/02/2020` has two readings: which one holds is decided for the whole column ([`super::date_order`]) and given in; a
//! cell that contradicts it is refused, not turned around. A time of day after the date is dropped.

mod parts;

use chrono::{Datelike, NaiveDate};
use deunicode::deunicode;

use self::parts::Part;
pub(super) use self::parts::{Parts, parts};
use super::{DateOrder, EMPTY, ValueError};

const INVALID: ValueError = ValueError::new("date_invalid", "This is not a date such as 1990-12-31 or 31/12/1990.");
const NO_SUCH_DAY: ValueError = ValueError::new("date_no_such_day", "There is no such day in the calendar.");
const CONFLICT: ValueError = ValueError::new(
    "date_order",
    "Day and month are the other way round than in the rest of the column. Write it as 1990-12-31.",
);
const TWO_DIGITS: ValueError =
    ValueError::new("date_two_digit_year", "The year has two digits only. Write all four, as in 1990-12-31.");
const SERIAL: ValueError = ValueError::new(
    "date_is_serial",
    "This is a spreadsheet's day number. Format the column as a date there and export it again.",
);
const RANGE: ValueError = ValueError::new("date_out_of_range", "The year is not between 1800 and 2200.");

pub(super) const REASONS: &[ValueError] = &[INVALID, NO_SUCH_DAY, CONFLICT, TWO_DIGITS, SERIAL, RANGE];

/// How the dates of a column are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateReading {
    /// What comes first where the year does not.
    pub order: DateOrder,
    /// Years of two digits are the last such year not after this one (for birth dates: this year); `None` refuses them.
    pub two_digit_years_until: Option<i32>,
}

/// Reads `1990-12-31` (also with a time), `19901231`, `1990/12/31`, `31/12/1990`, `31.12.90`, `12/31/1990`,
/// `31 December 1990`, `Dec 31, 1990`, `31 de diciembre de 1990` and the like in four languages.
///
/// # Errors
/// `empty`, `date_invalid`, `date_no_such_day`, `date_order`, `date_two_digit_year`, `date_is_serial`,
/// `date_out_of_range`.
pub fn date(cell: &str, reading: &DateReading) -> Result<NaiveDate, ValueError> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Err(EMPTY);
    }
    if cell.len() > 60 {
        return Err(INVALID);
    }
    let folded = deunicode(cell).to_lowercase();
    if folded.bytes().all(|b| b.is_ascii_digit()) {
        return digits_only(&folded);
    }
    let parts = parts(&folded).ok_or(INVALID)?;
    let (year, month, day) = match parts {
        Parts::Named { month, numbers: [a, b] } => {
            // The year is the one of four digits, or the last.
            if a.long { (a, month, b.value) } else { (b, month, a.value) }
        }
        Parts::Numbers([year, month, day]) if year.long => (year, month.value, day.value),
        Parts::Numbers([first, second, year]) => ordered(first, second, year, reading.order)?,
    };
    let year = match (year.long, reading.two_digit_years_until) {
        (true, _) => year.value as i32,
        (false, None) => return Err(TWO_DIGITS),
        (false, Some(until)) => {
            let this = until - until.rem_euclid(100) + year.value as i32;
            if this > until { this - 100 } else { this }
        }
    };
    day_of(year, month, day)
}

fn ordered(first: Part, second: Part, third: Part, order: DateOrder) -> Result<(Part, u32, u32), ValueError> {
    let day_month = match order {
        DateOrder::Dmy => (first.value, second.value),
        DateOrder::Mdy => (second.value, first.value),
        DateOrder::Ymd if third.long => return Err(CONFLICT),
        DateOrder::Ymd => return Ok((first, second.value, third.value)),
    };
    let (day, month) = day_month;
    if month > 12 && (1..=12).contains(&day) && month <= 31 { Err(CONFLICT) } else { Ok((third, month, day)) }
}

fn digits_only(digits: &str) -> Result<NaiveDate, ValueError> {
    let number = |text: &str| text.parse::<u32>().map_err(|_| INVALID);
    match digits.len() {
        8 => day_of(number(&digits[..4])? as i32, number(&digits[4..6])?, number(&digits[6..])?),
        5 => Err(SERIAL),
        _ => Err(INVALID),
    }
}

fn day_of(year: i32, month: u32, day: u32) -> Result<NaiveDate, ValueError> {
    let date = NaiveDate::from_ymd_opt(year, month, day).ok_or(NO_SUCH_DAY)?;
    if (1800..=2200).contains(&date.year()) { Ok(date) } else { Err(RANGE) }
}

/// Whether some column could hold this as a date.
pub(crate) fn looks_like_date(cell: &str) -> bool {
    [DateOrder::Dmy, DateOrder::Mdy]
        .into_iter()
        .any(|order| date(cell, &DateReading { order, two_digit_years_until: Some(2099) }).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str, order: DateOrder) -> Result<String, &'static str> {
        let reading = DateReading { order, two_digit_years_until: None };
        date(cell, &reading).map(|date| date.to_string()).map_err(|error| error.code)
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for cell in [
            "1990-12-31",
            "19901231",
            "1990/12/31",
            "1990.12.31",
            "31/12/1990",
            "31.12.1990",
            "31-12-1990",
            "1990-12-31T23:59:59Z",
            "1990-12-31 00:00:00",
            "31/12/1990 10:00",
            "31/12/1990, 10:00 PM",
            "31 December 1990",
            "Dec 31, 1990",
            "December 31st, 1990",
            "31-Dec-1990",
            "31 de diciembre de 1990",
            "31 dic. 1990",
            "31 de dezembro de 1990",
            "31 décembre 1990",
            "Monday, 31 December 1990",
            "1990 Dec 31",
        ] {
            assert_eq!(read(cell, DateOrder::Dmy).as_deref(), Ok("1990-12-31"), "{cell}");
        }
        assert_eq!(read("1er août 2001", DateOrder::Dmy).as_deref(), Ok("2001-08-01"));
        assert_eq!(read("12/31/1990", DateOrder::Mdy).as_deref(), Ok("1990-12-31"));
        assert_eq!(read("1/2/2020", DateOrder::Mdy).as_deref(), Ok("2020-01-02"));
        assert_eq!(read("1/2/2020", DateOrder::Dmy).as_deref(), Ok("2020-02-01"));
    }

    #[test]
    fn each_wrong_date_has_its_reason() {
        for (cell, code) in [
            ("", "empty"),
            ("yesterday", "date_invalid"),
            ("12/1990", "date_invalid"),
            ("1/2/3/4", "date_invalid"),
            ("1990-1990-12", "date_invalid"),
            ("31 jui 1990", "date_invalid"),
            ("1990", "date_invalid"),
            ("44197", "date_is_serial"),
            ("31/02/1990", "date_no_such_day"),
            ("0000-00-00", "date_no_such_day"),
            ("19901332", "date_no_such_day"),
            ("12/31/1990", "date_order"),
            ("31/12/90", "date_two_digit_year"),
            ("0190-01-01", "date_out_of_range"),
            ("32/13/1990", "date_no_such_day"),
        ] {
            assert_eq!(read(cell, DateOrder::Dmy), Err(code), "{cell}");
        }
        assert_eq!(read("31/12/1990", DateOrder::Ymd), Err("date_order"));
    }

    #[test]
    fn two_digit_years_fall_in_the_hundred_years_before_the_limit() {
        let reading = DateReading { order: DateOrder::Dmy, two_digit_years_until: Some(2026) };
        for (cell, year) in [("1/1/26", 2026), ("1/1/27", 1927), ("1/1/00", 2000), ("1-Jan-99", 1999)] {
            assert_eq!(date(cell, &reading).unwrap().year(), year, "{cell}");
        }
        let reading = DateReading { order: DateOrder::Ymd, ..reading };
        assert_eq!(date("90-12-31", &reading).unwrap().to_string(), "1990-12-31");
    }
}
