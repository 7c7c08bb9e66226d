//! Workbooks (Office Open XML, ISO/IEC 29500): one of their sheets laid out as a table.
//!
//! Invariants: nothing is unpacked before it has been measured, so that memory and time are bounded by [`Bounds`] whatever
//! the file says of itself; cells become the text a person typed (days as ISO 8601, numbers without exponents, the values
//! of formulas and never the formulas); a row keeps the number it has in the sheet.
//!
//! Refused: workbooks of other formats, encrypted ones, those that unpack to more than the bounds, sheets wider than 512
//! columns.

mod cell;
mod lay;
mod measure;
mod merge;
mod stretch;
#[cfg(test)]
mod tests;

use std::io::{Read, Seek};

use calamine::{Reader, SheetType, SheetVisible, Xlsx};

use crate::{laid::LayError, sniff::FileRefusal};

pub use measure::Bounds;

const UNREADABLE: FileRefusal = refusal(
    "workbook_unreadable",
    "This workbook cannot be read. Open it in a spreadsheet, save it as .xlsx anew, or as CSV, and bring that file.",
);
const OTHER_FORMAT: FileRefusal = refusal(
    "workbook_of_other_format",
    "This is not an .xlsx workbook. Open it in a spreadsheet, choose Save as, take .xlsx or CSV, and bring that file.",
);
const NO_SHEET: FileRefusal = refusal(
    "workbook_is_empty",
    "No sheet of this workbook has rows. Check that it is the right file and bring it again.",
);
const BOMB: FileRefusal = refusal(
    "workbook_unpacks_to_too_much",
    "Unpacked, this workbook is larger than what can be read. Save the sheet as CSV and bring that file.",
);

pub(crate) const REFUSALS: &[FileRefusal] = &[UNREADABLE, OTHER_FORMAT, NO_SHEET, BOMB];

/// Bytes of the longest name of a sheet; spreadsheets take 31 characters.
const LONGEST_NAME: usize = 255;

const fn refusal(code: &'static str, message: &'static str) -> FileRefusal {
    FileRefusal { code, message }
}

/// A workbook whose parts have been measured.
pub struct Workbook<R> {
    book: Xlsx<R>,
    merges: bool,
}

impl<R: Read + Seek> Workbook<R> {
    /// Measures and opens a workbook.
    ///
    /// # Errors
    /// `workbook_unreadable`, `workbook_of_other_format`, `workbook_unpacks_to_too_much`, `Io`.
    pub fn open(mut reader: R, bounds: &Bounds) -> Result<Workbook<R>, LayError> {
        let measured = measure::measure(&mut reader, bounds)?;
        reader.rewind()?;
        let book = Xlsx::new(reader).map_err(|_| UNREADABLE)?;
        Ok(Workbook { book, merges: measured.merges })
    }

    /// The names of its sheets, those in sight first.
    pub fn sheets(&self) -> Vec<String> {
        let of = |visible: bool| {
            let sheets = self.book.sheets_metadata().iter();
            let kept =
                sheets.filter(move |sheet| sheet.typ == SheetType::WorkSheet && sheet.name.len() <= LONGEST_NAME);
            kept.filter(move |sheet| (sheet.visible == SheetVisible::Visible) == visible)
                .map(|sheet| sheet.name.clone())
        };
        of(true).chain(of(false)).collect()
    }
}

fn unreadable(error: calamine::XlsxError) -> LayError {
    match error {
        // What cannot be unpacked is told as an error of reading as well.
        calamine::XlsxError::Io(error) if error.raw_os_error().is_some() => LayError::Io(error),
        _ => UNREADABLE.into(),
    }
}
