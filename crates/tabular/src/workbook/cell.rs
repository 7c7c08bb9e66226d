//! The text of a cell: what a person typed, as far as a workbook still knows.

use calamine::{DataRef, ExcelDateTime};

/// Seconds of a day.
const DAY: f64 = 86_400.0;

/// `zeros` is how many digits the cell is shown with at least.
pub(super) fn text(value: &DataRef<'_>, zeros: usize) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => padded(number.to_string(), zeros),
        DataRef::Float(number) => padded(decimal(*number), zeros),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(true) => "true".to_owned(),
        DataRef::Bool(false) => "false".to_owned(),
        DataRef::DateTime(moment) => moment_text(*moment),
        DataRef::Error(error) => error.to_string(),
    }
}

/// The digits a format of zeros only asks for, as those of postal codes do; 0 for any other format.
pub(super) fn zeros(format: Option<&str>) -> usize {
    let code = format.unwrap_or_default();
    if code.len() > 1 && code.len() <= 20 && code.bytes().all(|b| b == b'0') { code.len() } else { 0 }
}

fn padded(number: String, zeros: usize) -> String {
    let plain = zeros > 0 && number.bytes().all(|b| b.is_ascii_digit());
    if plain { format!("{number:0>zeros$}") } else { number }
}

/// Without exponent, and with the fifteen digits a spreadsheet keeps: 0.1 + 0.2 is 0.3.
fn decimal(number: f64) -> String {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number == 0.0 {
        return "0".to_owned();
    }
    if number.fract() == 0.0 && number.abs() <= EXACT {
        return format!("{number:.0}");
    }
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    format!("{rounded}")
}

/// A day, a day with its time, a time of day, or a length of time.
fn moment_text(moment: ExcelDateTime) -> String {
    let value = moment.as_f64();
    if moment.is_duration() {
        let seconds = (value * DAY).round().abs() as u64;
        let sign = if value < 0.0 { "-" } else { "" };
        return format!("{sign}{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    if (0.0..1.0).contains(&value) {
        return format!("{hour:02}:{minute:02}:{second:02}");
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date} {hour:02}:{minute:02}:{second:02}") }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn numbers_are_written_as_they_were_typed() {
        for (number, wanted) in [
            (34_612_345_678.0, "34612345678"),
            (0.1 + 0.2, "0.3"),
            (-12.5, "-12.5"),
            (-0.0, "0"),
            (1e21, "1000000000000000000000"),
            (9_007_199_254_740_991.0, "9007199254740991"),
            (1234.56, "1234.56"),
            (1e-7, "0.0000001"),
        ] {
            assert_eq!(text(&DataRef::Float(number), 0), wanted);
        }
        assert_eq!(text(&DataRef::Float(1234.0), zeros(Some("00000"))), "01234");
        assert_eq!(text(&DataRef::Float(1234.5), zeros(Some("00000"))), "1234.5");
        assert_eq!([zeros(Some("0")), zeros(Some("0.00")), zeros(None)], [0, 0, 0]);
    }

    #[test]
    fn days_times_and_lengths_of_time_are_told_apart() {
        let moment = |value, kind, is_1904| text(&DataRef::DateTime(ExcelDateTime::new(value, kind, is_1904)), 0);
        let at = |value| moment(value, ExcelDateTimeType::DateTime, false);
        assert_eq!([at(45943.0), at(45943.5), at(0.25)], ["2025-10-13", "2025-10-13 12:00:00", "06:00:00"]);
        assert_eq!(moment(44481.0, ExcelDateTimeType::DateTime, true), "2025-10-13");
        assert_eq!(moment(1.5, ExcelDateTimeType::TimeDelta, false), "36:00:00");
    }
}
