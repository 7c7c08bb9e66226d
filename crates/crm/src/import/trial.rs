//! A trial of an import: the whole file is gone through as the import would, nothing is written, and what would become of
//! each row is told: as counts, and row by row in a table to take along.
//!
//! Invariants: it decides where the import decides ([`super::plan`]); a trial that another one replaced, or whose import has
//! been changed, ends by itself; its table goes with the file.

mod report;
mod routes;
mod run;

use std::{fs::File, io::Read};

use axum::body::Body;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use files::{BlobId, Blobs};
use futures::stream;
use kernel::{Change, Error, Result, id::Id};
use serde::Serialize;
use store::{EnqueueJob, Tx};
use utoipa::ToSchema;

pub use routes::routes;
pub use run::{TryImport, run};

use super::{Import, ImportId, column::Remark, lay::disk, noun::Imports, run::apart, update::may_take};

kernel::id!(/// A trial of an import; seen with the import.
    pub ImportTrialId, "imt");

kernel::states! {
    pub enum TrialState { Running = "running", Done = "done", Failed = "failed" }
}

store::record! {
    /// A trial as stored; an import has one at most.
    pub struct ImportTrial in import_trial {
        id: ImportTrialId,
        version: i64,
        import_id: ImportId,
        state: TrialState,
        /// The table of rows.
        blob_id: Option<BlobId>,
        rows_done: i64,
        bytes_done: i64,
        created: i64,
        linked: i64,
        updated: i64,
        skipped: i64,
        refused: i64,
        companies_created: i64,
        error_code: Option<String>,
        error: Option<String>,
        finished_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

/// A trial of the whole file: what the import would do. `created + updated + skipped + refused == rows_done`.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportTrialView {
    pub state: TrialState,
    pub rows_done: i64,
    /// Bytes gone through, of `size`: the measure of progress.
    pub bytes_done: i64,
    /// Records that would be made.
    pub created: i64,
    /// Of those, the ones who would belong to a company.
    pub linked: i64,
    /// Records that are there and would be changed.
    pub updated: i64,
    pub skipped: i64,
    pub refused: i64,
    pub companies_created: i64,
    pub error: Option<Remark>,
    pub started_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
}

impl From<ImportTrial> for ImportTrialView {
    fn from(trial: ImportTrial) -> Self {
        ImportTrialView {
            state: trial.state,
            rows_done: trial.rows_done,
            bytes_done: trial.bytes_done,
            created: trial.created,
            linked: trial.linked,
            updated: trial.updated,
            skipped: trial.skipped,
            refused: trial.refused,
            companies_created: trial.companies_created,
            error: trial.error_code.zip(trial.error).map(|(code, message)| Remark { code, message }),
            started_at: trial.created_at,
            finished_at: trial.finished_at,
        }
    }
}

/// The trial of an import.
pub async fn of(tx: &mut Tx, import: ImportId) -> Result<Option<ImportTrial>> {
    Ok(tx.optional(tx.select::<ImportTrial>().and("import_trial.import_id =", import)).await?)
}

/// The trials of these imports.
pub async fn of_all(tx: &mut Tx, imports: &[Import]) -> Result<Vec<ImportTrial>> {
    if imports.is_empty() {
        return Ok(Vec::new());
    }
    let query = tx.select::<ImportTrial>().push(" AND import_trial.import_id IN ");
    Ok(tx.all(query.bind_list(imports.iter().map(|import| import.id.uuid()))).await?)
}

/// Begins a trial in place of the one before.
pub async fn begin(tx: &mut Tx, blobs: &Blobs, imports: &Imports, id: ImportId) -> Result<Import> {
    let import = imports.locked(tx, id).await?;
    if !import.is_triable() {
        let sentence = "Only a file that is ready and has not begun can be tried. Say how it is read first.";
        return Err(Error::conflict("import_not_triable", sentence));
    }
    may_take(tx, imports, &import).await?;
    imports.of(&import.noun)?.ready(tx, &import.noun).await?;
    forget(tx, blobs, id).await?;
    let trial = ImportTrial {
        id: ImportTrialId::new(),
        version: 1,
        import_id: id,
        state: TrialState::Running,
        blob_id: None,
        rows_done: 0,
        bytes_done: 0,
        created: 0,
        linked: 0,
        updated: 0,
        skipped: 0,
        refused: 0,
        companies_created: 0,
        error_code: None,
        error: None,
        finished_at: None,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    tx.insert(&trial).await?;
    tx.enqueue(&TryImport { import_id: id, trial_id: trial.id }).await?;
    tx.audit(Change::new("import.try", id)).await?;
    Ok(import)
}

/// The bytes of its table, a piece at a time.
pub fn body(file: File) -> Body {
    let pieces = stream::try_unfold(file, |file| async move {
        let part = file.try_clone().map_err(disk)?;
        let piece = apart(move || {
            let mut piece = Vec::new();
            part.take(256 << 10).read_to_end(&mut piece).map(|_| piece)
        });
        let piece = piece.await?.map_err(disk)?;
        Ok::<_, Error>((!piece.is_empty()).then(|| (Bytes::from(piece), file)))
    });
    Body::from_stream(pieces)
}

/// Removes the trial and its table: what it says is no longer so.
pub async fn forget(tx: &mut Tx, blobs: &Blobs, import: ImportId) -> Result<()> {
    let Some(trial) = of(tx, import).await? else { return Ok(()) };
    tx.delete::<ImportTrial>(trial.id).await?;
    if let Some(blob) = trial.blob_id {
        blobs.delete(tx, blob).await?;
    }
    Ok(())
}
