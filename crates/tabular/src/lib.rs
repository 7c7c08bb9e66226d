//! Tables of text: what every import and every CSV export stand on.
//!
//! Five nouns, in the order an import meets them:
//! - [`sniff`](mod@sniff): look at the first bytes of an unknown file and guess how to read it, or refuse it with a reason.
//! - [`row`]: read any size of file row by row in bounded memory; a row that cannot be read is refused, never swallowed.
//! - [`mapping`]: guess which column feeds which field of ours, and leave sensitive columns out unless a person decides.
//! - [`value`]: turn one cell into one value, or into one reason.
//! - [`export`]: write CSV that a spreadsheet cannot be tricked into executing, and that reads back as it was.
//!
//! Invariants: no input makes it panic; memory does not grow with the file; every refusal has a code of [`CODES`] that
//! never changes meaning, and an English sentence that says what to do.
//!
//! What it does not do: open files, ask the clock, know our records or who may see them. The caller hands it readers,
//! writers and the list of target fields.

pub mod card;
mod code;
pub mod dialect;
pub mod export;
pub mod laid;
pub mod mapping;
pub mod row;
pub mod sniff;
pub mod value;
pub mod workbook;

pub use code::CODES;
pub use dialect::{Dialect, DialectError, Terminator, TextEncoding};
pub use export::{CsvWriter, ExportOptions};
pub use laid::{FileKind, Laid, LayError, kind};
pub use mapping::{
    ColumnGuess, FieldKind, TargetField, company_fields, contact_fields, deal_fields, guess, lead_fields, record_fields,
};
pub use row::{Limits, ReadError, Record, RefusedRow, Row, Rows};
pub use sniff::{FileRefusal, SAMPLE_BYTES, Sniffed, examine, sniff};
pub use value::ValueError;
