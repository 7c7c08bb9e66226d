//! Whether the first row names the columns or is data.

use super::Evidence;
use crate::mapping::{Shape, is_known_header, shape_of_cell};

/// Rows compared with the first.
const ROWS: usize = 50;

pub(super) struct Head {
    pub(super) has_header: bool,
    pub(super) sure: u8,
    pub(super) evidence: Evidence,
}

pub(super) fn guess(rows: &[Vec<String>]) -> Head {
    let of = |has_header, sure, code, detail: String| Head {
        has_header,
        sure,
        evidence: Evidence::new("has_header", code, detail),
    };
    let Some((first, rest)) = rows.split_first() else {
        return of(true, 30, "no_rows", "There are no rows to compare.".into());
    };
    let names: Vec<&str> = first.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    let data_like = names.iter().filter(|name| is_data(shape_of_cell(name))).count();
    let known = names.iter().filter(|name| is_known_header(name)).count();
    if known > 0 && known * 3 >= names.len() && data_like == 0 {
        let detail = format!("{known} of {} names in the first row are known.", names.len());
        return of(true, if known > 1 { 99 } else { 90 }, "known_names", detail);
    }
    if data_like > 0 {
        let detail = format!("{data_like} cells of the first row are data, such as a number or an address.");
        return of(false, if data_like > 1 { 95 } else { 80 }, "first_row_is_data", detail);
    }
    let differing = (0..first.len()).filter(|column| differs(first, rest, *column)).count();
    if differing > 0 {
        let detail = format!("The first row differs from those below it in {differing} columns.");
        return of(true, 85, "first_row_differs", detail);
    }
    let mut distinct: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    distinct.sort();
    distinct.dedup();
    if known == 0 && (distinct.len() < names.len() || names.len() < first.len()) {
        return of(false, 60, "names_repeat", "The first row repeats itself or has gaps, which names do not.".into());
    }
    of(true, 50, "undecided", "The first row looks like the others: please check.".into())
}

fn is_data(shape: Shape) -> bool {
    !matches!(shape, Shape::Empty | Shape::Text | Shape::Country)
}

/// A column of data under a word.
fn differs(first: &[String], rest: &[Vec<String>], column: usize) -> bool {
    let filled = |row: &&Vec<String>| row.get(column).is_some_and(|cell| !cell.trim().is_empty());
    let (mut data, mut all) = (0usize, 0usize);
    for row in rest.iter().take(ROWS).filter(filled) {
        all += 1;
        data += usize::from(is_data(shape_of_cell(&row[column])));
    }
    !first[column].trim().is_empty() && all > 0 && data * 10 >= all * 8
}
