//! Columns and targets paired: best score first, one column to one target.

use super::fold::words;
use super::header::{Folded, turns};
use super::sensitive;
use super::shape::shape_of_column;
use super::{ColumnGuess, FieldKind, GuessedBy, Remark, Shape, TargetField};

/// Below this a guess is not made.
const ENOUGH: u8 = 55;
/// Rows looked at.
const ROWS: usize = 200;
const SAMPLES: usize = 5;
const SAMPLE_CHARS: usize = 80;

/// Why a column that is not sensitive has no target, or what speaks against its target.
pub(super) static REMARKS: [Remark; 4] = [
    Remark { code: "column_empty", message: "The column is empty." },
    Remark { code: "target_taken", message: "Another column feeds the same field better. Choose which one to keep." },
    Remark { code: "no_match", message: "No field goes by this name. Choose one, or leave the column out." },
    Remark { code: "content_disagrees", message: "The name fits, but most cells do not look like it. Please check." },
];

struct Column {
    words: Vec<String>,
    shape: Shape,
    sensitive: Option<Remark>,
}

#[derive(Clone, Copy)]
struct Candidate {
    score: u8,
    column: usize,
    target: usize,
    by: GuessedBy,
    disagrees: bool,
}

/// One guess per column, for as many columns as the header or the widest row has.
pub fn guess(header: Option<&[String]>, rows: &[Vec<String>], targets: &[TargetField]) -> Vec<ColumnGuess> {
    let rows = &rows[..rows.len().min(ROWS)];
    let width = rows.iter().map(Vec::len).chain(header.map(<[String]>::len)).max().unwrap_or(0);
    let columns: Vec<Column> = (0..width).map(|at| column(header, rows, at)).collect();
    let folded: Vec<Folded> = targets.iter().map(|target| Folded::of(target, targets)).collect();
    let mut candidates: Vec<Candidate> = Vec::new();
    for (at, column) in columns.iter().enumerate().filter(|(_, column)| column.sensitive.is_none()) {
        candidates.extend((0..targets.len()).filter_map(|target| candidate(at, target, column, &folded[target])));
    }
    read_lone_names(&columns, &folded, &mut candidates);
    candidates.sort_by_key(|c| (std::cmp::Reverse(c.score), c.column, c.target));

    let mut chosen: Vec<Option<Candidate>> = vec![None; width];
    let mut taken = vec![false; targets.len()];
    for candidate in candidates.iter().filter(|candidate| candidate.score >= ENOUGH) {
        let free = targets[candidate.target].repeatable || !taken[candidate.target];
        if free && chosen[candidate.column].is_none() {
            taken[candidate.target] = true;
            chosen[candidate.column] = Some(*candidate);
        }
    }
    columns
        .into_iter()
        .enumerate()
        .map(|(at, column)| {
            let own: Vec<Candidate> = candidates.iter().filter(|c| c.column == at).copied().collect();
            answer(at, header, rows, targets, column, chosen[at], &own)
        })
        .collect()
}

fn column(header: Option<&[String]>, rows: &[Vec<String>], at: usize) -> Column {
    let words = header.and_then(|names| names.get(at)).map(|name| words(name)).unwrap_or_default();
    let sensitive = sensitive::by_header(&words).or_else(|| sensitive::by_content(cells(rows, at)));
    Column { shape: shape_of_column(cells(rows, at)), words, sensitive }
}

fn cells(rows: &[Vec<String>], at: usize) -> impl Iterator<Item = &str> {
    rows.iter().filter_map(move |row| row.get(at)).map(String::as_str)
}

fn candidate(column: usize, target: usize, data: &Column, folded: &Folded) -> Option<Candidate> {
    let (named, by) = folded.score(&data.words);
    if named > 0 {
        let disagrees = disagrees(folded.kind, data.shape);
        let score = if disagrees { named.saturating_sub(25) } else { named };
        return Some(Candidate { score, column, target, by, disagrees });
    }
    let score = by_content(folded.kind, data.shape, data.words.is_empty());
    let silent = data.words.is_empty() || !turns(&data.words);
    (score > 0 && silent).then_some(Candidate { score, column, target, by: GuessedBy::Content, disagrees: false })
}

/// Content alone: without a header anything distinctive; under an unknown header only what cannot be mistaken, since
/// a date under an unknown name is any date.
fn by_content(kind: FieldKind, shape: Shape, nameless: bool) -> u8 {
    match (kind, shape, nameless) {
        (FieldKind::Email, Shape::Email, true) => 90,
        (FieldKind::Email, Shape::Email, false) => 70,
        (FieldKind::Url, Shape::Url, true) => 75,
        (FieldKind::Phone, Shape::Phone, true) => 75,
        (FieldKind::Phone, Shape::Phone, false) => 58,
        (FieldKind::Phone, Shape::Digits, true) => 56,
        (FieldKind::Country, Shape::Country, true) => 65,
        (FieldKind::Date, Shape::Date, true) => 60,
        _ => 0,
    }
}

/// Cells that contradict the name: addresses without a sign of one, dates that are words.
fn disagrees(kind: FieldKind, shape: Shape) -> bool {
    match kind {
        FieldKind::Email => !matches!(shape, Shape::Email | Shape::Empty),
        FieldKind::Date => matches!(shape, Shape::Email | Shape::Url | Shape::Phone | Shape::Country),
        FieldKind::Phone => matches!(shape, Shape::Email | Shape::Url | Shape::Date | Shape::Country),
        FieldKind::GivenName | FieldKind::FamilyName | FieldKind::FullName => {
            matches!(shape, Shape::Email | Shape::Url | Shape::Phone | Shape::Date | Shape::Number | Shape::Digits)
        }
        FieldKind::Country => matches!(shape, Shape::Email | Shape::Url | Shape::Phone | Shape::Date | Shape::Number),
        _ => false,
    }
}

/// "Name", "Nombre", "Nome", "Nom" alone are the whole name; beside a column of family names they are the given name
/// and beside one of given names ("Prénom, Nom") the family name.
fn read_lone_names(columns: &[Column], folded: &[Folded], candidates: &mut Vec<Candidate>) {
    let lone: Vec<usize> = (0..columns.len())
        .filter(|at| matches!(columns[*at].words.concat().as_str(), "name" | "nombre" | "nome" | "nom"))
        .filter(|at| columns[*at].sensitive.is_none())
        .collect();
    let target_of = |kind| folded.iter().position(|target| target.kind == kind);
    let named = |kind, candidates: &[Candidate]| {
        let own = |c: &&Candidate| folded[c.target].kind == kind && !lone.contains(&c.column);
        candidates.iter().filter(own).any(|c| c.score >= ENOUGH && c.by != GuessedBy::Content)
    };
    let has_given = named(FieldKind::GivenName, candidates);
    let has_family = named(FieldKind::FamilyName, candidates);
    let meant = match (has_given, has_family) {
        (false, true) => FieldKind::GivenName,
        (true, false) => FieldKind::FamilyName,
        _ => return,
    };
    let Some(target) = target_of(meant) else { return };
    for column in lone.iter().copied() {
        candidates.push(Candidate { score: 95, column, target, by: GuessedBy::Header, disagrees: false });
        for other in
            candidates.iter_mut().filter(|c| c.column == column && folded[c.target].kind == FieldKind::FullName)
        {
            other.score = other.score.min(60);
        }
    }
}

fn answer(
    at: usize,
    header: Option<&[String]>,
    rows: &[Vec<String>],
    targets: &[TargetField],
    column: Column,
    chosen: Option<Candidate>,
    own: &[Candidate],
) -> ColumnGuess {
    let [empty, taken, no_match, disagrees] = REMARKS.clone();
    let left_out = match (&column.sensitive, chosen) {
        (Some(reason), _) => Some(reason.clone()),
        (None, Some(_)) => None,
        (None, None) if own.iter().any(|c| c.score >= ENOUGH) => Some(taken),
        (None, None) if column.shape == Shape::Empty => Some(empty),
        (None, None) => Some(no_match),
    };
    let others = own.iter().filter(|c| chosen.is_none_or(|chosen| chosen.target != c.target)).take(3);
    ColumnGuess {
        column: at,
        header: header.and_then(|names| names.get(at)).cloned(),
        target: chosen.map(|c| targets[c.target].key.to_string()),
        score: chosen.map_or(0, |c| c.score),
        by: chosen.map_or(GuessedBy::None, |c| c.by),
        shape: column.shape,
        samples: if column.sensitive.is_some() { Vec::new() } else { samples(rows, at) },
        alternatives: others.map(|c| (targets[c.target].key.to_string(), c.score)).collect(),
        left_out,
        warning: chosen.filter(|c| c.disagrees).map(|_| disagrees),
    }
}

fn samples(rows: &[Vec<String>], at: usize) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for cell in cells(rows, at).map(str::trim).filter(|cell| !cell.is_empty()) {
        let short: String = cell.chars().take(SAMPLE_CHARS).collect();
        if !found.contains(&short) {
            found.push(short);
        }
        if found.len() == SAMPLES {
            break;
        }
    }
    found
}
