//! The noun: a blob.

use std::{path::Path, sync::Arc};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use kernel::{Error, Result, TenantId, id::Id};
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, local::LocalFileSystem, path::Path as ObjectPath};
use sha2::{Digest, Sha256};
use store::Tx;

kernel::id!(/// A stored file.
    pub BlobId, "blo");

store::record! {
    /// A stored file's particulars. `sha256` is lower-case hexadecimal over its bytes.
    pub struct Blob in blob {
        id: BlobId,
        file_name: String,
        media_type: String,
        size: i64,
        sha256: String,
        /// What it was stored for, such as `invoice_pdf`: decides how long it lives.
        purpose: String,
        created_at: DateTime<Utc>,
    }
}

/// A file to store.
#[derive(Debug, Clone)]
pub struct NewBlob {
    pub file_name: String,
    pub media_type: String,
    pub bytes: Bytes,
    pub purpose: &'static str,
}

/// The object store. Cheap to clone.
///
/// What is named by a committed row is on the disk: a folder is flushed before the row is written. Other stores say so by
/// their answer.
#[derive(Clone)]
pub struct Blobs {
    pub(crate) objects: Arc<dyn ObjectStore>,
    pub(crate) folder: Option<Arc<Path>>,
}

impl Blobs {
    /// A local folder, made if it is not there.
    pub fn local(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(Error::internal)?;
        let objects = LocalFileSystem::new_with_prefix(folder).map_err(Error::internal)?;
        Ok(Self { objects: Arc::new(objects), folder: Some(folder.into()) })
    }

    /// Stores the bytes, then the row. Bytes whose transaction is not committed stay behind unnamed and harmless.
    pub async fn put(&self, tx: &mut Tx, new: NewBlob) -> Result<Blob> {
        let sha256 = hex::encode(Sha256::digest(&new.bytes));
        let blob = Blob {
            id: BlobId::new(),
            file_name: safe_name(&new.file_name),
            media_type: new.media_type,
            size: i64::try_from(new.bytes.len()).unwrap_or(i64::MAX),
            sha256,
            purpose: new.purpose.to_owned(),
            created_at: tx.now(),
        };
        let path = object_path(tx.tenant_id(), &blob.sha256);
        self.objects.put(&path, PutPayload::from(new.bytes)).await.map_err(unavailable)?;
        flush(self.folder.clone(), &path).await?;
        tx.insert(&blob).await?;
        Ok(blob)
    }

    /// The particulars and the bytes.
    pub async fn get(&self, tx: &mut Tx, id: BlobId) -> Result<(Blob, Bytes)> {
        let blob: Blob = tx.get(id).await?;
        let found = self.objects.get(&object_path(tx.tenant_id(), &blob.sha256)).await.map_err(unavailable)?;
        let bytes = found.bytes().await.map_err(unavailable)?;
        if hex::encode(Sha256::digest(&bytes)) != blob.sha256 {
            return Err(Error::internal(format!("the bytes of {id} are not those that were stored")));
        }
        Ok((blob, bytes))
    }

    /// Removes the row, and the bytes when nothing else of the tenant has the same.
    pub async fn delete(&self, tx: &mut Tx, id: BlobId) -> Result<()> {
        let blob: Blob = tx.get(id).await?;
        tx.delete::<Blob>(id).await?;
        let others = store::sql!(
            "SELECT count(*) FROM blob WHERE tenant_id = {} AND sha256 = {}",
            tx.tenant_id(),
            blob.sha256.clone()
        );
        if tx.count(others).await? == 0 {
            match self.objects.delete(&object_path(tx.tenant_id(), &blob.sha256)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(unavailable(error)),
            }
        }
        Ok(())
    }
}

pub(crate) fn object_path(tenant: TenantId, sha256: &str) -> ObjectPath {
    ObjectPath::from(format!("{}/{}/{sha256}", tenant.uuid().simple(), sha256.get(..2).unwrap_or("00")))
}

/// Waits until a file of a local folder, and the names that lead to it, are on the disk.
pub(crate) async fn flush(folder: Option<Arc<Path>>, object: &ObjectPath) -> Result<()> {
    let Some(folder) = folder else { return Ok(()) };
    let file = folder.join(object.as_ref());
    let flushed = tokio::task::spawn_blocking(move || {
        let mut at = file.as_path();
        loop {
            std::fs::File::open(at)?.sync_all()?;
            match at.parent() {
                Some(parent) if at != &*folder => at = parent,
                _ => return Ok(()),
            }
        }
    });
    flushed.await.map_err(Error::internal)?.map_err(away)
}

pub(crate) fn away(error: std::io::Error) -> Error {
    let code = if error.kind() == std::io::ErrorKind::StorageFull { "storage_full" } else { "files_unavailable" };
    Error::Unavailable { code, retry_after_seconds: 5, operator: error.to_string() }
}

/// A file name that is one on every system: no folders, no control characters, at most 120 characters.
pub(crate) fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !c.is_control() && !r#"<>:"|?*"#.contains(*c)).take(120).collect();
    let kept = kept.trim_matches(['.', ' ']);
    if kept.is_empty() { "file".to_owned() } else { kept.to_owned() }
}

pub(crate) fn unavailable(error: object_store::Error) -> Error {
    match error {
        object_store::Error::NotFound { .. } => Error::internal("a stored file is missing from the object store"),
        other => {
            let operator = other.to_string();
            let code = if operator.contains("No space left") { "storage_full" } else { "files_unavailable" };
            Error::Unavailable { code, retry_after_seconds: 5, operator }
        }
    }
}
