//! The rows that were not taken, as a file to mend and bring again: the columns as they stood, the line, the reason.

use axum::body::Body;
use bytes::Bytes;
use futures::stream;
use kernel::{Can, Error, FieldError, Json, Result};
use store::{Store, Tx};
use tabular::{CsvWriter, ExportOptions};

use super::{Import, ImportId};
use crate::contact::ImportContacts;

kernel::id!(/// A refused row.
    pub ImportRowId, "imr");

/// Why a row is not taken. Names the field, never its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub field: String,
    pub code: String,
    pub reason: String,
}

impl Refusal {
    /// The first of the refused fields, or the error itself where it is no fault of the row.
    pub fn from_error(error: Error, prefix: &str) -> Result<Refusal> {
        match error {
            Error::Invalid { fields } => match fields.into_iter().next() {
                Some(FieldError { field, code, message }) => {
                    Ok(Refusal { field: format!("{prefix}{field}"), code, reason: message })
                }
                None => Err(Error::internal("a refusal names no field")),
            },
            // What stands in the way of this one record is no fault of the others.
            Error::Conflict { code, detail } => {
                Ok(Refusal { field: String::new(), code: code.to_owned(), reason: detail })
            }
            other => Err(other),
        }
    }
}

/// Rows read from the database at a time.
const PAGE: i64 = 500;

store::record! {
    /// A row that was not taken. `reason` never quotes the value; `cells` hold the row itself.
    pub struct ImportRow in import_row {
        id: ImportRowId,
        import_id: ImportId,
        /// Its place among the rows of the file, from 1.
        number: i64,
        /// The line it begins on.
        line: i64,
        field: String,
        code: String,
        reason: String,
        cells: Json<Vec<String>>,
    }
}

/// The next refused rows behind a row number.
async fn page(tx: &mut Tx, import: ImportId, after: i64) -> Result<Vec<ImportRow>> {
    let query = tx.select::<ImportRow>().and("import_row.import_id =", import).and("import_row.number >", after);
    Ok(tx.all(query.push(" ORDER BY import_row.number LIMIT ").bind(PAGE)).await?)
}

/// Streams the file, a page of rows at a time.
pub fn stream(store: Store, can: Can<ImportContacts>, import: Import) -> Body {
    let width = import.columns.0.len();
    let header: Vec<String> = import
        .columns
        .0
        .iter()
        .map(|column| column.header.clone().unwrap_or_else(|| format!("column {}", column.column + 1)))
        .chain(["line".to_owned(), "reason".to_owned()])
        .collect();
    let pages = stream::try_unfold(Some((0_i64, Some(header))), move |at| {
        let (store, can, id) = (store.clone(), can.clone(), import.id);
        async move {
            let Some((after, header)) = at else { return Ok::<_, Error>(None) };
            let rows = page(&mut store.read(&can).await?, id, after).await?;
            let next = rows.last().map(|row| (row.number, None));
            Ok(Some((written(header, rows, width)?, next)))
        }
    });
    Body::from_stream(pages)
}

/// The rows as CSV; the header goes before the first.
fn written(header: Option<Vec<String>>, rows: Vec<ImportRow>, width: usize) -> Result<Bytes> {
    let options = ExportOptions { bom: header.is_some(), ..ExportOptions::default() };
    let mut csv = CsvWriter::new(Vec::new(), options).map_err(Error::internal)?;
    if let Some(header) = header {
        csv.write(header).map_err(Error::internal)?;
    }
    for row in rows {
        let reason = if row.field.is_empty() { row.reason } else { format!("{}: {}", row.field, row.reason) };
        let mut cells = row.cells.0;
        cells.resize(width.max(cells.len()), String::new());
        cells.extend([row.line.to_string(), reason]);
        csv.write(cells).map_err(Error::internal)?;
    }
    csv.finish().map(Bytes::from).map_err(Error::internal)
}
