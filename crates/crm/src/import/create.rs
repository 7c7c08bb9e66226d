//! Making an import of a file that has arrived: its columns guessed, nothing of it stored but the file.

use chrono::TimeDelta;
use files::Upload;
use kernel::{Can, Change, Event, Json, Result};
use store::{EnqueueJob, Store};
use tabular::{Sniffed, sniff::examine};

use super::{
    Defaults, Duplicates, Format, Import, ImportId, ImportState,
    column::guessed,
    forget::{FORGOTTEN_AFTER_DAYS, ForgetImport},
    lay::Table,
    noun::Imports,
    target::Own,
    update::settle,
};
use crate::contact::ImportContacts;

/// What is known of a file.
pub struct Known {
    pub sample: Vec<u8>,
    pub format: Format,
    pub sniffed: Sniffed,
    pub table: Option<(Table, Upload)>,
}

pub async fn make(
    store: &Store,
    imports: &Imports,
    can: &Can<ImportContacts>,
    noun: &str,
    upload: Upload,
    name: &str,
    known: Known,
) -> Result<Import> {
    let Known { sample, format, sniffed, table } = known;
    let size = upload.size();
    let mut tx = store.begin(can).await?;
    let own = Own::read(&mut tx, imports, noun).await?;
    own.noun.ready(&mut tx, noun).await?;
    let columns = guessed(&sniffed, &own.offered(tx.caller()));
    let tenant = identity::tenant::current(&mut tx).await?;
    let blob = upload.finish(&mut tx, name, format.media_type(), "import").await?;
    let (mut table_id, mut table_size, mut sheets, mut sheet) = (None, None, Vec::new(), None);
    // A file whose rows cannot be told apart by the guess says why; the person may know better.
    let mut unread = None;
    if let Some((table, upload)) = table {
        let laid = upload.finish(&mut tx, "table.csv", "text/csv", "import_table").await?;
        (table_id, table_size, sheets, sheet) = (Some(laid.id), Some(laid.size), table.sheets, table.sheet);
    } else if sniffed.columns == 0 {
        unread = examine(&sample, size, &sniffed.dialect).err();
    }
    let import = settle(
        Import {
            id: ImportId::new(),
            version: 1,
            noun: noun.to_owned(),
            state: ImportState::Uploaded,
            blob_id: Some(blob.id),
            file_name: blob.file_name,
            size: blob.size,
            format,
            table_id,
            table_size,
            sheets: Json(sheets),
            sheet,
            dialect: Json(sniffed.dialect),
            confidence: i64::from(sniffed.confidence),
            columns: Json(columns),
            duplicates: Duplicates::Skip,
            match_by: Json(own.noun.matched_first()),
            default_country: tenant.country,
            date_order: None,
            defaults: Json(Defaults::new()),
            rows_estimated: i64::try_from(sniffed.estimated_rows).unwrap_or(i64::MAX),
            rows_total: None,
            rows_done: 0,
            bytes_done: 0,
            created: 0,
            linked: 0,
            updated: 0,
            skipped: 0,
            refused: 0,
            companies_created: 0,
            undone: 0,
            kept: 0,
            error_code: None,
            error: None,
            member_id: can.caller().owner(),
            started_at: None,
            finished_at: None,
            undone_at: None,
            created_at: tx.now(),
            updated_at: tx.now(),
        },
        &own,
        unread.map(|error| (error.code().to_owned(), error.to_string())),
    );
    tx.insert(&import).await?;
    tx.audit(Change::new("import.create", import.id).after(&import)).await?;
    tx.emit(Event::new("import.created", import.id)).await?;
    let forgotten = tx.now() + TimeDelta::days(FORGOTTEN_AFTER_DAYS);
    tx.enqueue_at(&ForgetImport { import_id: import.id }, forgotten).await?;
    tx.commit().await?;
    Ok(import)
}
