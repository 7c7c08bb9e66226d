//! Quotes, invoices, credit notes and receipts typeset to PDF, inside this process.
//!
//! What it is: typst as a library with a world of its own (embedded fonts, five fixed file names), words in four
//! languages, numbers and dates by region. Output is PDF/A-3b; with a structured invoice in it, it is a Factur-X
//! ([`facturx`]), which is also where one is taken out of a file that came in.
//!
//! Invariants: the same [`Document`] gives the same bytes (their SHA-256 is kept as evidence); no network, no disk and
//! no clock is touched; every amount is printed as given, none is computed here; what people typed reaches the
//! template as data and is never read as markup.
//!
//! What it refuses: documents beyond the limits in [`limits`], logos it cannot decode. A character that no embedded
//! font holds does not fail the document: it shows as a box, and [`uncovered`] names its script beforehand.
//!
//! Typesetting is plain computation of some ten milliseconds (far more in a debug build): call it in `spawn_blocking`.

pub mod document;
pub mod error;
pub mod facturx;
mod fonts;
pub mod format;
pub mod limits;
mod place;
pub mod region;
mod sheet;
mod text;
mod typeset;
mod words;
mod world;

pub use document::{
    Acceptance, Corrects, Currency, Discount, Document, Kind, Line, Logo, LogoKind, Party, PaymentField,
    PaymentFieldKind, Rounding, TaxRow,
};
pub use error::{LogoFault, PdfError};
pub use kernel::Language;
pub use region::Locale;
pub use text::Uncovered;

/// The PDF of `document`. The same document gives the same bytes within one release of the program; a later release
/// may typeset differently, so what is evidence must be kept as bytes.
///
/// # Errors
/// [`PdfError`]: a limit exceeded, a logo that cannot be used, a date outside the calendar, or a failure of the
/// typesetter itself. No message holds text of the document.
pub fn render(document: &Document) -> Result<Vec<u8>, PdfError> {
    limits::check(document)?;
    typeset::pdf(document, None)
}

/// Which text of `document` no embedded font can draw, by script; empty when everything can be read. Meant for a
/// warning before a document is sent.
pub fn uncovered(document: &Document) -> Vec<Uncovered> {
    text::uncovered(limits::texts(document).into_iter().map(|text| text.value))
}

#[cfg(test)]
mod tests;
