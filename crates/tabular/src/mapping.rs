//! Which column of a file feeds which field of ours.
//!
//! The caller gives the target fields ([`contact_fields`], [`deal_fields`] or others, custom fields included); a
//! column is recognised by its header in four languages and, failing that, by what its cells look like.
//!
//! Invariants: one guess per column, in order; no two columns feed one target unless it is repeatable; a column whose
//! header or content is sensitive (national ids, payment cards, bank accounts, passwords, beliefs and health) is left
//! out with a reason and without sample values. A guess is a proposal: the person importing may overrule each.

mod field;
mod fold;
mod header;
mod pair;
mod sensitive;
mod shape;
#[cfg(test)]
mod tests;

pub(crate) use field::is_known_header;
pub use field::{FieldKind, TargetField, company_fields, contact_fields, deal_fields, lead_fields, record_fields};
pub use pair::guess;
pub use shape::Shape;
pub(crate) use shape::shape_of_cell;

/// What one column is taken for.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ColumnGuess {
    /// Index of the column, from 0.
    pub column: usize,
    /// Its name in the file.
    pub header: Option<String>,
    /// Key of the target field, or `None` when it is left out.
    pub target: Option<String>,
    /// How sure, 0 to 100.
    pub score: u8,
    /// What the guess rests on.
    pub by: GuessedBy,
    /// What most of its cells look like.
    pub shape: Shape,
    /// Up to five different cells, at most 80 characters each; none when the column is sensitive.
    pub samples: Vec<String>,
    /// Other targets it could feed, best first, at most three.
    pub alternatives: Vec<(String, u8)>,
    /// Why it has no target.
    pub left_out: Option<Remark>,
    /// What speaks against the guess.
    pub warning: Option<Remark>,
}

/// What a guess rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GuessedBy {
    /// The header is a known name.
    Header,
    /// The header contains a known name.
    Words,
    /// The header is a known name but for a letter.
    Similar,
    /// The header says nothing; the cells do.
    Content,
    /// Nothing.
    None,
}

/// A reason with a stable code.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Remark {
    /// Stable code.
    pub code: &'static str,
    /// A sentence for a person.
    pub message: &'static str,
}

/// Every remark on a column.
pub(crate) fn remarks() -> impl Iterator<Item = &'static Remark> {
    pair::REMARKS.iter().chain(&sensitive::REASONS)
}
