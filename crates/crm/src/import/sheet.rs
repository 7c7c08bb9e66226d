//! Choosing another sheet of a workbook: it is laid out anew, and its columns are guessed anew.

use files::{Blobs, Upload};
use kernel::{Can, Error, Json, Result};
use store::{Store, Tx};
use tabular::TargetField;

use super::{
    Import, ImportId,
    column::guessed,
    lay::{Format, Table, lay},
    update::refuse_begun,
};
use crate::contact::ImportContacts;

/// A sheet that was laid out, on its way to being the import's.
pub struct Chosen {
    table: Table,
    upload: Upload,
}

/// Lays out the sheet of that name.
pub async fn choose(
    store: &Store,
    blobs: &Blobs,
    can: &Can<ImportContacts>,
    id: ImportId,
    sheet: &str,
) -> Result<Chosen> {
    let mut tx = store.read(can).await?;
    let import: Import = tx.get(id).await?;
    refuse_begun(&import)?;
    if import.format != Format::Xlsx || !import.sheets.0.iter().any(|name| name == sheet) {
        let sentence = "This file has no sheet of that name. Choose one of those it has.";
        return Err(Error::invalid("sheet", "sheet_unknown", sentence));
    }
    let (_, file) = blobs.open(&mut tx, import.file()?).await?;
    drop(tx);
    let mut table = lay(file, Format::Xlsx, Some(sheet.to_owned())).await.map_err(|error| match error {
        // It is the sheet that was chosen, not the file.
        Error::Invalid { fields } => match fields.into_iter().next() {
            Some(field) => Error::invalid("sheet", field.code, field.message),
            None => Error::internal("a refusal names no field"),
        },
        other => other,
    })?;
    let upload = table.stored(blobs, can.tenant_id()).await?;
    Ok(Chosen { table, upload })
}

impl Chosen {
    /// The import with this sheet as its table; the one before goes.
    pub async fn put(self, tx: &mut Tx, blobs: &Blobs, import: Import, targets: &[TargetField]) -> Result<Import> {
        let blob = self.upload.finish(tx, "table.csv", "text/csv", "import_table").await?;
        let columns = guessed(&self.table.sniffed, targets);
        if let Some(before) = import.table_id {
            blobs.delete(tx, before).await?;
        }
        Ok(Import {
            table_id: Some(blob.id),
            table_size: Some(blob.size),
            sheet: self.table.sheet,
            confidence: i64::from(self.table.sniffed.confidence),
            rows_estimated: i64::try_from(self.table.sniffed.estimated_rows).unwrap_or(i64::MAX),
            columns: Json(columns),
            dialect: Json(self.table.sniffed.dialect),
            error_code: None,
            error: None,
            ..import
        })
    }
}
