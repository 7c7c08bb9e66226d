//! Large files: written to the object store as they arrive and read back from disk, never held in memory whole.
//!
//! Invariant: nothing can be reached under its digest before all of it has been written. An upload that is dropped or
//! aborted leaves nothing behind.

use std::{
    fs::File,
    io::{Seek, SeekFrom, Write},
    path::Path,
    sync::Arc,
};

use bytes::Bytes;
use futures::TryStreamExt;
use kernel::{Error, Result, TenantId, Uuid, id::Id};
use object_store::{GetResultPayload, ObjectStore, ObjectStoreExt, WriteMultipart, path::Path as ObjectPath};
use sha2::{Digest, Sha256};
use store::Tx;

use crate::blob::{Blob, BlobId, Blobs, away, flush, object_path, safe_name, unavailable};

/// Parts under way to the object store at once; each is 5 MiB, which bounds the memory of an upload.
const PARTS: usize = 2;

/// A file that is arriving.
pub struct Upload {
    objects: Arc<dyn ObjectStore>,
    folder: Option<Arc<Path>>,
    tenant: TenantId,
    staged: ObjectPath,
    writer: WriteMultipart,
    hash: Sha256,
    size: u64,
}

impl Blobs {
    /// Begins an upload. No transaction is needed while the bytes arrive, which may take minutes.
    pub async fn upload(&self, tenant: TenantId) -> Result<Upload> {
        let staged = ObjectPath::from(format!("{}/arriving/{}", tenant.uuid().simple(), Uuid::now_v7().simple()));
        let writer = self.objects.put_multipart(&staged).await.map_err(unavailable)?;
        let writer = WriteMultipart::new(writer);
        let (objects, folder) = (self.objects.clone(), self.folder.clone());
        Ok(Upload { objects, folder, tenant, staged, writer, hash: Sha256::new(), size: 0 })
    }

    /// The particulars and a file to read, positioned at its beginning.
    pub async fn open(&self, tx: &mut Tx, id: BlobId) -> Result<(Blob, File)> {
        let blob: Blob = tx.get(id).await?;
        let found = self.objects.get(&object_path(tx.tenant_id(), &blob.sha256)).await.map_err(unavailable)?;
        let file = match found.payload {
            GetResultPayload::File(file, _) => file,
            // A store that is not a folder: its bytes are laid on this machine's disk, in a file without a name.
            GetResultPayload::Stream(mut stream) => {
                let mut file = tempfile::tempfile().map_err(away)?;
                while let Some(bytes) = stream.try_next().await.map_err(unavailable)? {
                    file.write_all(&bytes).map_err(away)?;
                }
                file.seek(SeekFrom::Start(0)).map_err(away)?;
                file
            }
        };
        Ok((blob, file))
    }
}

impl Upload {
    /// Bytes that have arrived so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Of what has arrived so far, as lower-case hexadecimal.
    pub fn sha256(&self) -> String {
        hex::encode(self.hash.clone().finalize())
    }

    /// Takes the next bytes; waits while the store is slower than the sender.
    pub async fn write(&mut self, bytes: Bytes) -> Result<()> {
        self.hash.update(&bytes);
        self.size += bytes.len() as u64;
        self.writer.wait_for_capacity(PARTS).await.map_err(unavailable)?;
        self.writer.put(bytes);
        Ok(())
    }

    /// Gives up; what has arrived is removed.
    pub async fn abort(self) -> Result<()> {
        self.writer.abort().await.map_err(unavailable)
    }

    /// Puts the file in its place and writes its row.
    ///
    /// # Errors
    /// The tenant of the transaction must be the one the upload was begun for.
    pub async fn finish(self, tx: &mut Tx, file_name: &str, media_type: &str, purpose: &str) -> Result<Blob> {
        if tx.tenant_id() != self.tenant {
            return Err(Error::internal("an upload of one tenant cannot become a file of another"));
        }
        let blob = Blob {
            id: BlobId::new(),
            file_name: safe_name(file_name),
            media_type: media_type.to_owned(),
            size: i64::try_from(self.size).unwrap_or(i64::MAX),
            sha256: hex::encode(self.hash.finalize()),
            purpose: purpose.to_owned(),
            created_at: tx.now(),
        };
        self.writer.finish().await.map_err(unavailable)?;
        let path = object_path(self.tenant, &blob.sha256);
        self.objects.rename(&self.staged, &path).await.map_err(unavailable)?;
        flush(self.folder, &path).await?;
        tx.insert(&blob).await?;
        Ok(blob)
    }
}
