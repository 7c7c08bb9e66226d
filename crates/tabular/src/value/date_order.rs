//! Day first or month first: decided once for a column, by the cells that leave no choice.

use super::date::{Parts, parts};

/// What comes first in dates whose year does not have four digits in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateOrder {
    /// Year, month, day.
    Ymd,
    /// Day, month, year: most of the world.
    Dmy,
    /// Month, day, year: United States.
    Mdy,
}

/// The order of a column and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct DateEvidence {
    /// The order to read the column with.
    pub order: DateOrder,
    /// Whether the cells leave no other reading; if not, a person should look.
    pub certain: bool,
    /// Cells whose first number can only be a day.
    pub day_first: usize,
    /// Cells whose second number can only be a day.
    pub month_first: usize,
    /// Cells that begin with the year.
    pub year_first: usize,
    /// Cells that can be read both ways.
    pub ambiguous: usize,
}

/// Reads the order off a column; `fallback` (the habit of the tenant's country) where nothing tells.
pub fn date_order<'a>(cells: impl Iterator<Item = &'a str>, fallback: DateOrder) -> DateEvidence {
    let mut found =
        DateEvidence { order: fallback, certain: false, day_first: 0, month_first: 0, year_first: 0, ambiguous: 0 };
    let mut dotted = 0usize;
    for cell in cells.map(str::trim).filter(|cell| cell.len() <= 60) {
        if cell.len() == 8 && cell.bytes().all(|b| b.is_ascii_digit()) {
            found.year_first += 1;
            continue;
        }
        let Some(Parts::Numbers([first, second, third])) = parts(&cell.to_lowercase()) else { continue };
        let (first_is_month, second_is_month) = ((1..=12).contains(&first.value), (1..=12).contains(&second.value));
        if first.long || (!third.long && first.value > 31) {
            found.year_first += 1;
        } else if !first_is_month && second_is_month {
            found.day_first += 1;
        } else if first_is_month && !second_is_month {
            found.month_first += 1;
        } else if first_is_month && second_is_month && first.value != second.value {
            found.ambiguous += 1;
            dotted += usize::from(cell.contains('.'));
        }
    }
    let DateEvidence { day_first, month_first, year_first, ambiguous, .. } = found;
    (found.order, found.certain) = match (day_first, month_first) {
        (0, 0) if ambiguous == 0 && year_first > 0 => (DateOrder::Ymd, true),
        // Dots are written where the day comes first.
        (0, 0) if dotted > 0 && dotted == ambiguous => (DateOrder::Dmy, true),
        (0, 0) => (fallback, false),
        (days, months) if days >= months => (DateOrder::Dmy, months == 0),
        (days, _) => (DateOrder::Mdy, days == 0),
    };
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cells: &[&str]) -> (DateOrder, bool) {
        let found = date_order(cells.iter().copied(), DateOrder::Mdy);
        (found.order, found.certain)
    }

    #[test]
    fn the_column_decides() {
        assert_eq!(of(&["01/02/2020", "25/12/2019", ""]), (DateOrder::Dmy, true));
        assert_eq!(of(&["01/02/2020", "12/25/2019"]), (DateOrder::Mdy, true));
        assert_eq!(of(&["01/02/2020", "03/04/2020"]), (DateOrder::Mdy, false));
        assert_eq!(of(&["25/12/2019", "26/12/2019", "12/25/2019"]), (DateOrder::Dmy, false));
        assert_eq!(of(&["2019-12-25", "19151231"]), (DateOrder::Ymd, true));
        assert_eq!(of(&["01.02.2020"]), (DateOrder::Dmy, true));
        assert_eq!(of(&["99-12-25"]), (DateOrder::Ymd, true));
        assert_eq!(of(&["nonsense", ""]), (DateOrder::Mdy, false));
        assert_eq!(of(&["05/05/2020"]), (DateOrder::Mdy, false));
    }
}
