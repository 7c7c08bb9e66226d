//! Throwing an import away that has made nothing.

use files::Blobs;
use kernel::{Change, Error, Event, Result};
use store::Tx;

use super::{Import, ImportId, forget::forget, noun::Imports};

/// Removes the import and its file.
pub async fn delete(tx: &mut Tx, blobs: &Blobs, imports: &Imports, id: ImportId) -> Result<()> {
    let import = imports.locked(tx, id).await?;
    if !import.is_deletable() {
        return Err(Error::conflict("import_in_use", "This import has begun. Take it back instead."));
    }
    forget(tx, blobs, import).await?;
    tx.delete::<Import>(id).await?;
    tx.audit(Change::new("import.delete", id)).await?;
    tx.emit(Event::new("import.deleted", id)).await?;
    Ok(())
}
