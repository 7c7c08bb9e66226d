//! One chunk of rows, taken in one transaction with the count of how far the import is.

use kernel::{Can, Change, Event, Json, Result};
use serde_json::json;
use store::{Sql, Store, Tx};
use tabular::Record;

use super::{
    Import, ImportId, ImportState,
    plan::{Made, Plan},
    reading::Reading,
    refused::{ImportRow, ImportRowId},
};
use crate::contact::ImportContacts;

/// Rows read from the file, and where that left the reader.
pub struct Batch {
    pub records: Vec<Record>,
    pub bytes: u64,
    /// Was the end of the file reached?
    pub end: bool,
}

/// Takes the rows, if the import still runs and stands where the reader thinks it does. None: another worker has it, or
/// it was stopped.
pub async fn take(
    store: &Store,
    can: &Can<ImportContacts>,
    reading: &Reading,
    at: &Import,
    batch: Batch,
    tell: bool,
) -> Result<Option<Import>> {
    let mut tx = store.begin(can).await?;
    let mut import: Import = tx.get_locked(at.id).await?;
    if import.state != ImportState::Running || import.rows_done != at.rows_done {
        return Ok(None);
    }
    reading.hold(&mut tx).await?;
    let before = counts(&import);
    let rows = batch.records.len();
    let plan = reading.noun.judge(&mut tx, reading, &mut import, batch.records, None).await?;
    write(&mut tx, &import, plan).await?;
    import.rows_done += i64::try_from(rows).unwrap_or_default();
    import.bytes_done = import.progress(batch.bytes);
    if batch.end {
        import.rows_total = Some(import.rows_done);
        import.bytes_done = import.size;
        import.state = ImportState::Done;
        import.finished_at = Some(tx.now());
    }
    let import = tx.update(&import).await?;
    if batch.end {
        tx.audit(Change::new("import.finish", import.id).before(&before).after(&counts(&import))).await?;
        tx.emit(Event::new("import.finished", import.id).data(counts(&import))).await?;
    } else {
        tx.audit(Change::new("import.take", import.id).before(&before).after(&counts(&import))).await?;
    }
    if tell && !batch.end {
        tx.emit(Event::new("import.progress", import.id).data(json!({ "rows_done": import.rows_done }))).await?;
    }
    tx.commit().await?;
    Ok(Some(import))
}

/// How many of what: for the audit trail and listeners.
pub fn counts(import: &Import) -> serde_json::Value {
    json!({
        "rows": import.rows_done, "created": import.created, "updated": import.updated, "linked": import.linked, "skipped": import.skipped,
        "refused": import.refused, "companies_created": import.companies_created,
    })
}

/// Writes what was decided.
async fn write(tx: &mut Tx, import: &Import, plan: Plan) -> Result<()> {
    for (stood, refusal) in plan.refused {
        let row = ImportRow {
            id: ImportRowId::new(),
            import_id: import.id,
            number: i64::try_from(stood.number).unwrap_or(i64::MAX),
            line: i64::try_from(stood.line).unwrap_or(i64::MAX),
            field: refusal.field,
            code: refusal.code,
            reason: refusal.reason,
            // PostgreSQL stores no NUL.
            cells: Json(stood.cells.into_iter().map(|cell| cell.replace('\0', "\u{FFFD}")).collect()),
        };
        tx.insert(&row).await?;
    }
    let made = plan.writes.write(tx, import).await?;
    note_made(tx, import.id, &made);
    Ok(())
}

/// Remembers what was made, for taking it back: 64 at a time, so that few statements are kept prepared.
fn note_made(tx: &mut Tx, import: ImportId, made: &[Made]) {
    for part in made.chunks(64) {
        let mut insert = Sql::new("INSERT INTO import_made (tenant_id, import_id, noun, record_id, kept) VALUES ");
        for (at, (noun, record)) in part.iter().enumerate() {
            insert = insert.push(if at == 0 { "(" } else { ", (" }).bind(tx.tenant_id()).push(", ").bind(import);
            insert = insert.push(", ").bind(*noun).push(", ").bind(*record).push(", ").bind(false).push(")");
        }
        tx.defer(insert);
    }
}
