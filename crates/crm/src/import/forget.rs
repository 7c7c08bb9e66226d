//! Forgetting a file: after a while its bytes, its refused rows and its samples go; the counts stay.

use chrono::TimeDelta;
use files::Blobs;
use jobs::{Context, Verdict};
use kernel::{Change, Job, Json, Result};
use serde::{Deserialize, Serialize};
use store::{EnqueueJob, Tx, sql};

use super::{Import, ImportId, ImportState, column::without_samples, trial};
use crate::contact::ImportContacts;

/// Days without a change after which the file of an import is removed (see the data map).
pub const FORGOTTEN_AFTER_DAYS: i64 = 90;

/// Removes the file of an import that has rested long enough, or looks again later.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ForgetImport {
    pub import_id: ImportId,
}

impl Job for ForgetImport {
    const KIND: &'static str = "import.forget";
}

pub async fn run(context: Context, blobs: Blobs, job: ForgetImport) -> Result<Verdict> {
    let can = context.can::<ImportContacts>()?;
    let mut tx = context.store.begin(&can).await?;
    let Some(import) = tx.find::<Import>(job.import_id).await? else { return Ok(Verdict::Done) };
    let due = import.updated_at + TimeDelta::days(FORGOTTEN_AFTER_DAYS);
    if due > tx.now() || matches!(import.state, ImportState::Running | ImportState::Undoing) {
        let again = due.max(tx.now() + TimeDelta::days(1));
        tx.enqueue_at(&job, again).await?;
    } else {
        forget(&mut tx, &blobs, import).await?;
    }
    tx.commit().await?;
    Ok(Verdict::Done)
}

/// Removes the file and what was shown of it.
pub async fn forget(tx: &mut Tx, blobs: &Blobs, import: Import) -> Result<Import> {
    let (id, kept) = (import.id, [import.blob_id, import.table_id]);
    tx.execute(sql!("DELETE FROM import_row WHERE tenant_id = {} AND import_id = {}", tx.tenant_id(), id)).await?;
    tx.execute(sql!("DELETE FROM import_changed WHERE tenant_id = {} AND import_id = {}", tx.tenant_id(), id)).await?;
    trial::forget(tx, blobs, id).await?;
    let columns = Json(without_samples(import.columns.0.clone()));
    let forgotten = tx.update(&Import { blob_id: None, table_id: None, columns, ..import }).await?;
    for blob in kept.into_iter().flatten() {
        blobs.delete(tx, blob).await?;
    }
    tx.audit(Change::new("import.forget", id)).await?;
    Ok(forgotten)
}
