//! What a document asks that EN 16931 cannot say.

/// A document that has no lawful picture in EN 16931.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FiguresError {
    /// Document, totals and items are not of the same document: a fault of the program.
    #[error("The totals are not those of the document. Compute them again.")]
    Mismatch,
    /// A line, counted from zero, on which two taxes are charged.
    #[error("Line {}: an electronic invoice has one VAT category per line. Split the line or leave one tax.", line + 1)]
    TwoTaxes {
        /// Counted from zero.
        line: usize,
    },
    /// The cents of the document are not those of EN 16931: it was rounded by line, or has one rate under two names.
    #[error(
        "The tax of a rate is not its base times the rate. Use the rounding by category, and one name for each tax."
    )]
    Cents,
    /// A figure does not fit.
    #[error("Lower quantities or prices: a figure is larger than an electronic invoice can hold.")]
    Overflow,
}

impl FiguresError {
    /// Stable code for the wire.
    pub fn code(self) -> &'static str {
        match self {
            FiguresError::Mismatch => "einvoice_totals_mismatch",
            FiguresError::TwoTaxes { .. } => "einvoice_two_taxes",
            FiguresError::Cents => "einvoice_cents",
            FiguresError::Overflow => "einvoice_overflow",
        }
    }

    /// The line it is about, counted from zero.
    pub fn line(self) -> Option<usize> {
        match self {
            FiguresError::TwoTaxes { line } => Some(line),
            _ => None,
        }
    }
}
