//! One sheet, laid out row by row.

use std::io::{Read, Seek, Write};

use calamine::Style;

use super::{BOMB, NO_SHEET, UNREADABLE, Workbook, cell, merge::Merges, unreadable};
use crate::laid::{Laid, LayError, MOST_COLUMNS, TABLE_TOO_WIDE, TableWriter};

/// Bytes of the longest cell: 32,767 characters is what spreadsheets take. A text that cells share may be as long as all of
/// them together, and a row of such cells would not fit anywhere.
const MOST_CELL: usize = 128 << 10;

/// The cells of the row under way.
#[derive(Default)]
struct Current {
    row: u32,
    cells: Vec<String>,
}

impl<R: Read + Seek> Workbook<R> {
    /// Lays out the sheet of that name.
    ///
    /// # Errors
    /// `workbook_is_empty` when it has no rows or is not there, `workbook_unreadable`, those of [`TableWriter::row`].
    pub fn lay(&mut self, sheet: &str, out: impl Write) -> Result<Laid, LayError> {
        if !self.sheets().iter().any(|name| name == sheet) {
            return Err(NO_SHEET.into());
        }
        let mut merges = Merges::default();
        if self.merges {
            merges = Merges::new(self.book.merge_cells_by_sheet_name(sheet).map_err(unreadable)?);
        }
        let mut table = TableWriter::new(out);
        let mut cells = self.book.worksheet_cells_reader(sheet).map_err(unreadable)?;
        let zeros: Vec<usize> = cells.styles().iter().map(digits).collect();
        let mut current = Current::default();
        while let Some((found, style)) = cells.next_cell_with_style_id().map_err(unreadable)? {
            let (row, column) = found.get_position();
            if row < current.row {
                return Err(UNREADABLE.into());
            }
            if row > current.row {
                end(&mut table, &mut merges, &mut current)?;
                current.row = row;
            }
            let text = cell::text(found.get_value(), zeros.get(style).copied().unwrap_or_default());
            put(&mut current.cells, column as usize, text)?;
        }
        end(&mut table, &mut merges, &mut current)?;
        let laid = table.finish()?;
        if laid.rows == 0 { Err(NO_SHEET.into()) } else { Ok(laid) }
    }
}

fn digits(style: &Style) -> usize {
    cell::zeros(style.number_format.as_ref().map(|format| format.format_code.as_str()))
}

fn put(cells: &mut Vec<String>, column: usize, text: String) -> Result<(), LayError> {
    if text.is_empty() {
        return Ok(());
    }
    if column >= MOST_COLUMNS {
        return Err(TABLE_TOO_WIDE.into());
    }
    if text.len() > MOST_CELL {
        return Err(BOMB.into());
    }
    if cells.len() <= column {
        cells.resize(column + 1, String::new());
    }
    cells[column] = text;
    Ok(())
}

/// Writes the row under way and begins another.
fn end<W: Write>(table: &mut TableWriter<W>, merges: &mut Merges, current: &mut Current) -> Result<(), LayError> {
    if current.cells.iter().any(|cell| !cell.trim().is_empty()) {
        merges.fill(current.row, &mut current.cells);
        table.row(u64::from(current.row), &current.cells)?;
    }
    current.cells.clear();
    Ok(())
}
