//! Which delimiter and quote: the pair that cuts most rows into the same number of clean cells.

use super::{Evidence, is_line_end};
use crate::dialect::{Dialect, Terminator, TextEncoding};
use crate::row::{Limits, Scan, Scanner};
use crate::value::looks_like_number;

/// In order of preference when two cut equally well. The colon weighs half: it stands in times and addresses.
const CANDIDATES: [char; 5] = [',', ';', '\t', '|', ':'];

/// Rows that are looked at.
const ROWS: usize = 400;

pub(super) struct Split {
    pub(super) delimiter: char,
    pub(super) quote: Option<char>,
    pub(super) trim: bool,
    /// The commonest number of cells.
    pub(super) columns: usize,
    pub(super) rows: Vec<Vec<String>>,
    pub(super) sure: u8,
    pub(super) evidence: Vec<Evidence>,
}

struct Cut {
    rows: Vec<Vec<String>>,
    faults: usize,
    columns: usize,
    /// Rows of the commonest width, per thousand of all, broken ones included.
    even: usize,
    score: usize,
}

/// Excel's own first line, `sep=;`: lines to skip and the delimiter it announces.
pub(super) fn announced(text: &str) -> (u32, Option<char>) {
    let line = text.lines().next().unwrap_or_default().trim_matches('"');
    let mut chars = line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP=")).unwrap_or_default().chars();
    match (chars.next(), chars.next()) {
        (Some(delimiter), None) if delimiter.is_ascii_punctuation() || delimiter == '\t' => (1, Some(delimiter)),
        _ => (0, None),
    }
}

pub(super) fn after_lines(text: &str, lines: u32) -> &str {
    (0..lines).fold(text, |rest, _| match rest.find(['\n', '\r']) {
        Some(end) if rest[end..].starts_with("\r\n") => &rest[end + 2..],
        Some(end) => &rest[end + 1..],
        None => "",
    })
}

pub(super) fn terminator(text: &str) -> (Terminator, Evidence) {
    let crlf = text.matches("\r\n").count();
    let lf = text.matches('\n').count() - crlf;
    let cr = text.matches('\r').count() - crlf;
    let of = |terminator, code, detail: &str| (terminator, Evidence::new("terminator", code, detail));
    // Cells may hold the other kind of break, so a few strays do not make a mixture.
    if crlf > 0 && lf * 2 <= crlf && cr * 20 <= crlf {
        of(Terminator::Crlf, "line_ends_crlf", "Lines end as on Windows.")
    } else if lf > 0 && cr * 20 <= lf && crlf == 0 {
        of(Terminator::Lf, "line_ends_lf", "Lines end with a line feed.")
    } else if cr > 0 && lf == 0 && crlf == 0 {
        of(Terminator::Cr, "line_ends_cr", "Lines end with a carriage return.")
    } else if crlf + lf + cr == 0 {
        of(Terminator::Any, "line_ends_none", "There is a single line.")
    } else {
        of(Terminator::Any, "line_ends_mixed", "Lines end in different ways.")
    }
}

pub(super) fn guess(text: &str, announced: Option<char>, terminator: Terminator, whole: bool) -> Split {
    let dialect = |delimiter, quote, trim| Dialect {
        encoding: TextEncoding::UTF_8,
        delimiter,
        quote,
        has_header: false,
        terminator,
        trim,
        skip_lines: 0,
        columns: None,
        pad_short_rows: false,
    };
    let candidates: &[char] = announced.as_ref().map_or(&CANDIDATES, std::slice::from_ref);
    let usable = |c: &&char| dialect(**c, None, true).check().is_ok();
    let mut best: Option<(char, Cut)> = None;
    for delimiter in candidates.iter().filter(usable) {
        let cut = cut(text, &dialect(*delimiter, Some('"'), true), whole);
        if best.as_ref().is_none_or(|(_, leader)| cut.score > leader.score) {
            best = Some((*delimiter, cut));
        }
    }
    let (delimiter, mut found) = match best {
        Some((delimiter, cut)) if cut.score > 0 || announced.is_some() => (delimiter, cut),
        _ => (',', cut(text, &dialect(',', Some('"'), true), whole)),
    };
    let mut evidence = vec![delimiter_evidence(delimiter, announced, &found)];
    let mut quote = Some('"');
    if is_apostrophe_quoted(&found.rows) {
        quote = Some('\'');
        evidence.push(Evidence::new("quote", "apostrophes", "Cells are enclosed in apostrophes."));
        found = cut(text, &dialect(delimiter, quote, true), whole);
    } else if found.faults * 5 > found.rows.len() + found.faults {
        let unquoted = cut(text, &dialect(delimiter, None, true), whole);
        if unquoted.even > found.even {
            quote = None;
            evidence.push(Evidence::new(
                "quote",
                "quotes_are_text",
                "Quotes do not match in pairs: they are read as text.",
            ));
            found = unquoted;
        }
    }
    if quote == Some('"') {
        evidence.push(Evidence::new("quote", "double_quotes", "Cells that need it are enclosed in double quotes."));
    }
    let trim = is_padded(&cut(text, &dialect(delimiter, quote, false), whole).rows);
    if trim {
        evidence.push(Evidence::new("trim", "padded_cells", "Cells are padded with blanks, which are removed."));
    }
    let sure = if announced.is_some() {
        100
    } else if found.columns < 2 {
        // One column is what is left when nothing else fits.
        if is_line_end_free(&found.rows, terminator) { 70 } else { 50 }
    } else {
        (found.even / 10).min(99) as u8
    };
    Split { delimiter, quote, trim, columns: found.columns, rows: found.rows, sure, evidence }
}

fn delimiter_evidence(delimiter: char, announced: Option<char>, found: &Cut) -> Evidence {
    let name = if delimiter == '\t' { "tab".to_owned() } else { format!("\"{delimiter}\"") };
    if announced.is_some() {
        Evidence::new("delimiter", "announced", format!("The first line says that {name} separates the cells."))
    } else if found.columns < 2 {
        Evidence::new("delimiter", "one_column", "Nothing cuts the lines into equal rows: it is read as one column.")
    } else {
        let share = found.even / 10;
        Evidence::new(
            "delimiter",
            "equal_rows",
            format!("{name} cuts {share} % of the rows into {} cells.", found.columns),
        )
    }
}

/// Cuts the text and scores the result; 0 when there is only one column or no common width.
fn cut(text: &str, dialect: &Dialect, whole: bool) -> Cut {
    let mut scanner = Scanner::new(text.as_bytes(), dialect, Limits::default());
    let (mut rows, mut faults, mut last_faulty) = (Vec::new(), 0usize, false);
    while rows.len() + faults < ROWS {
        let Ok(Some(Scan { cells, quoted, fault, .. })) = scanner.next_scan() else {
            // A quoted cell cut by the end of the sample is no fault of the file.
            faults -= usize::from(last_faulty && !whole);
            break;
        };
        last_faulty = fault.is_some();
        if last_faulty {
            faults += 1;
        } else if quoted || cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(cells);
        }
    }
    let columns = common_width(&rows);
    let all = rows.len() + faults;
    let even = (rows.iter().filter(|row| row.len() == columns).count() * 1000).checked_div(all).unwrap_or(0);
    let mut score = 0;
    if columns > 1 && even >= 500 {
        let head = if rows.first().is_some_and(|row| row.len() == columns) { 10 } else { 6 };
        let weight = if dialect.delimiter == ':' { 5 } else { 10 };
        // More columns are better evidence, with less and less difference; clean cells more so.
        let wide = 1000 - 1000 / (columns + 1);
        score = even * head * weight * wide / 100_000 * (50 + cleanness(&rows) / 2);
    }
    Cut { rows, faults, columns, even, score }
}

fn common_width(rows: &[Vec<String>]) -> usize {
    let mut counts = std::collections::BTreeMap::new();
    for row in rows {
        *counts.entry(row.len()).or_insert(0usize) += 1;
    }
    counts.into_iter().max_by_key(|(width, count)| (*count, *width)).map_or(0, |(width, _)| width)
}

/// Cells, in per cent, that hold no other candidate; numbers with a decimal comma are clean.
fn cleanness(rows: &[Vec<String>]) -> usize {
    let (mut clean, mut all) = (0, 0);
    for cell in rows.iter().flatten().filter(|cell| !cell.is_empty()) {
        all += 1;
        clean += usize::from(!cell.contains([',', ';', '\t', '|']) || looks_like_number(cell));
    }
    (clean * 100usize).checked_div(all).unwrap_or(100)
}

fn is_apostrophe_quoted(rows: &[Vec<String>]) -> bool {
    let filled = rows.iter().flatten().filter(|cell| !cell.is_empty()).count();
    let enclosed = rows.iter().flatten().filter(|c| c.len() > 1 && c.starts_with('\'') && c.ends_with('\'')).count();
    filled > 0 && enclosed * 10 >= filled * 3
}

fn is_padded(rows: &[Vec<String>]) -> bool {
    let later: Vec<&String> = rows.iter().flat_map(|row| row.iter().skip(1)).collect();
    let blank = |c: char| c == ' ' || c == '\t';
    let before = later.iter().filter(|cell| cell.starts_with(blank)).count();
    let after = rows.iter().flatten().filter(|cell| cell.ends_with(blank)).count();
    let cells: usize = rows.iter().map(Vec::len).sum();
    !later.is_empty() && (before * 10 >= later.len() * 8 || after * 10 >= cells * 5)
}

fn is_line_end_free(rows: &[Vec<String>], terminator: Terminator) -> bool {
    rows.iter().flatten().all(|cell| !cell.contains(|c| is_line_end(terminator, c)))
}
