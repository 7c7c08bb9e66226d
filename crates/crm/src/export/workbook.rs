//! A list as a workbook of one sheet (Office Open XML, ISO/IEC 29500): a row of names that stays in sight, then a row per
//! record, all of it text. A text cell is never computed, whatever it begins with.

use axum::{body::Body, response::Response};
use kernel::{Can, Error, Result, Uuid};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use store::Store;

use super::{Exported, attachment, begin, names, rows};

/// Rows of a sheet without the one of names (Excel specifications and limits: 1,048,576 rows).
const MOST: i64 = 1_048_575;
/// Characters of a cell, counted as Excel does, in UTF-16.
const LONGEST: usize = 32_767;
const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The list as a workbook, told to the trail; refused where a sheet has no room for it.
pub async fn as_workbook<E: Exported>(list: E, store: Store, can: Can<E::May>) -> Result<Response> {
    let begun = begin(&list, &store, &can, "xlsx").await?;
    if begun.records > MOST {
        return Err(Error::conflict(
            "workbook_full",
            format!(
                "A workbook holds {MOST} records in a sheet, and there are {}. Take them along as CSV.",
                begun.records
            ),
        ));
    }
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory().map_err(Error::internal)?;
    sheet.set_freeze_panes(1, 0).map_err(Error::internal)?;
    let bold = Format::new().set_bold();
    for (column, name) in (0..).zip(names::<E>(&begun.fields)) {
        sheet.write_string_with_format(0, column, name, &bold).map_err(Error::internal)?;
    }
    let (mut at, mut after) = (1, Some(Uuid::nil()));
    while let Some(last) = after {
        let (rows, last) = rows(&list, &store, &can, last, &begun.fields).await?;
        for row in rows {
            // Who was made while this runs may come on top.
            if i64::from(at) > MOST {
                break;
            }
            write(book.worksheet_from_index(0).map_err(Error::internal)?, at, &row).map_err(Error::internal)?;
            at += 1;
        }
        after = last;
    }
    let packed = tokio::task::spawn_blocking(move || book.save_to_buffer()).await.map_err(Error::internal)?;
    let body = Body::from(packed.map_err(Error::internal)?);
    Ok(attachment(MEDIA_TYPE, &format!("{}.xlsx", list.file()), body))
}

fn write(sheet: &mut Worksheet, at: u32, row: &[String]) -> std::result::Result<(), XlsxError> {
    for (column, cell) in (0..).zip(row).filter(|(_, cell)| !cell.is_empty()) {
        sheet.write_string(at, column, fitting(cell))?;
    }
    Ok(())
}

/// As much of a text as a cell holds.
pub(super) fn fitting(text: &str) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > LONGEST
    });
    end.map_or(text, |(at, _)| &text[..at])
}
