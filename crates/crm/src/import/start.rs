//! Starting an import, or going on where it failed.

use kernel::{Change, Error, Event, Result};
use store::{EnqueueJob, Tx};

use super::{Import, ImportId, ImportState, chunk::counts, noun::Imports, run::RunImport, update::may_take};

/// Queues the work. An import that runs already is left alone, so that a second click is harmless.
pub async fn start(tx: &mut Tx, imports: &Imports, id: ImportId) -> Result<Import> {
    let import = imports.locked(tx, id).await?;
    if import.state == ImportState::Running {
        return Ok(import);
    }
    if !import.is_startable() {
        return Err(match import.state {
            ImportState::Uploaded => {
                let sentence =
                    import.error.unwrap_or_else(|| "The file cannot be read yet. Say how it is written.".into());
                Error::conflict("import_not_ready", sentence)
            }
            _ => Error::conflict("import_over", "This import cannot be started again. Upload the file again."),
        });
    }
    may_take(tx, imports, &import).await?;
    imports.of(&import.noun)?.ready(tx, &import.noun).await?;
    let started = Import {
        state: ImportState::Running,
        error_code: None,
        error: None,
        started_at: import.started_at.or(Some(tx.now())),
        finished_at: None,
        ..import
    };
    let started = tx.update(&started).await?;
    tx.enqueue(&RunImport { import_id: id }).await?;
    tx.audit(Change::new("import.start", id).after(&counts(&started))).await?;
    tx.emit(Event::new("import.started", id)).await?;
    Ok(started)
}
