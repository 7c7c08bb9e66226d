//! What cells look like, without knowing what they are called.

use crate::value;

/// The look of a cell or of most cells of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Nothing in it.
    Empty,
    /// An e-mail address.
    Email,
    /// A web address or domain.
    Url,
    /// A day.
    Date,
    /// A phone number, written as people write them.
    Phone,
    /// A long row of digits: a phone number or an id.
    Digits,
    /// A number.
    Number,
    /// The name or code of a country.
    Country,
    /// Words.
    Text,
}

/// The shape of one cell.
pub(crate) fn shape_of_cell(cell: &str) -> Shape {
    let cell = cell.trim();
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    if cell.is_empty() {
        Shape::Empty
    } else if cell.contains('@') && value::email(cell).is_ok() {
        Shape::Email
    } else if digits >= 4 && value::looks_like_date(cell) {
        Shape::Date
    } else if looks_like_phone(cell, digits) {
        Shape::Phone
    } else if digits == cell.len() && (9..=15).contains(&digits) {
        Shape::Digits
    } else if value::looks_like_number(cell) {
        Shape::Number
    } else if looks_like_url(cell) {
        Shape::Url
    } else if digits == 0 && cell.len() > 1 && value::country(cell).is_ok() {
        Shape::Country
    } else {
        Shape::Text
    }
}

/// The shape of at least eight in ten of the filled cells, else `Text`.
pub(super) fn shape_of_column<'a>(cells: impl Iterator<Item = &'a str>) -> Shape {
    let mut counts = std::collections::BTreeMap::new();
    let mut filled = 0usize;
    for shape in cells.map(shape_of_cell).filter(|shape| *shape != Shape::Empty) {
        filled += 1;
        *counts.entry(shape).or_insert(0usize) += 1;
    }
    if filled == 0 {
        return Shape::Empty;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.filter(|(_, count)| count * 10 >= filled * 8).map_or(Shape::Text, |(shape, _)| shape)
}

/// A plus, or groups of digits as in `(55) 1234-5678`; nothing but digits and phone punctuation.
fn looks_like_phone(cell: &str, digits: usize) -> bool {
    let body = cell.trim_start_matches("tel:");
    let allowed = body.chars().all(|c| c.is_ascii_digit() || "+()-./ \u{a0}".contains(c));
    let grouped = body.contains([' ', '-', '(', '/']) || body.matches('.').count() > 1;
    allowed && (7..=15).contains(&digits) && (body.starts_with('+') || (grouped && digits >= 8))
}

fn looks_like_url(cell: &str) -> bool {
    let lower = cell.to_ascii_lowercase();
    let announced = ["http://", "https://", "www."].iter().any(|start| lower.starts_with(start));
    let bare = !lower.contains([' ', '@']) && lower.contains('.') && lower.bytes().any(|b| b.is_ascii_alphabetic());
    (announced || bare) && value::website(cell).is_ok()
}
