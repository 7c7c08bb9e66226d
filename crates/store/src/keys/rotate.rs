//! Changing the master key while the product runs: a new one is put beside the old, every tenant's key is wrapped anew,
//! and the old one leaves the file when nothing is wrapped by it any more.
//!
//! Invariant: at each moment every tenant key is wrapped by a key that stands in the file, so that the work may stop at
//! any point and be taken up again, and other processes go on meanwhile: those that meet a key they do not know read
//! the file again.

use std::sync::Arc;

use kernel::{Caller, Change, TenantId, Uuid, id::Id};
use serde_json::json;

use super::{KeyFileError, MasterKeyInfo, MasterKeyState, master::MasterKey, seal::Opened};
use crate::{Sql, Store, error::Error, sql};

kernel::id!(/// A tenant's key.
    pub TenantKeyId, "tky");

/// Why the master key was not changed.
#[derive(Debug, thiserror::Error)]
pub enum RotateError {
    #[error("another process is changing the master keys. Wait for it to end, then look at `omb keys list`.")]
    Busy,
    #[error("{id} still wraps keys of this database. Run `omb keys rotate` first, which wraps them anew.")]
    StillUsed { id: String },
    #[error(transparent)]
    File(#[from] KeyFileError),
    #[error(transparent)]
    Database(#[from] Error),
}

/// What a rotation did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotation {
    /// The key everything is wrapped by now.
    pub current: String,
    /// A new key was made; otherwise an earlier rotation was finished.
    pub new_key: bool,
    pub rewrapped: u64,
}

/// How many tenants' keys a master key wraps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyUse {
    pub id: String,
    /// None: the file does not hold it.
    pub key: Option<MasterKeyInfo>,
    pub tenants: i64,
}

const BATCH: u32 = 200;

impl Store {
    /// Every master key of the file or the database, with what it wraps.
    pub async fn key_use(&self) -> Result<Vec<KeyUse>, RotateError> {
        let mut tx = self.platform_read().await?;
        let mut used: Vec<(String, i64)> = tx
            .all(Sql::new("SELECT master_key_id, count(*) FROM tenant_key GROUP BY master_key_id ORDER BY 1"))
            .await?;
        let mut uses = Vec::new();
        for key in self.keys().ring.list()? {
            let at = used.iter().position(|(id, _)| *id == key.id);
            let tenants = at.map_or(0, |at| used.remove(at).1);
            uses.push(KeyUse { id: key.id.clone(), key: Some(key), tenants });
        }
        uses.extend(used.into_iter().map(|(id, tenants)| KeyUse { id, key: None, tenants }));
        Ok(uses)
    }

    /// Makes a new master key and wraps every tenant's key by it; finishes an earlier rotation instead where one was
    /// interrupted. `progress` is told how many are done of how many. The old key stays in the file, retiring.
    pub async fn rotate_master_key(&self, mut progress: impl FnMut(u64, u64)) -> Result<Rotation, RotateError> {
        let ring = &self.keys().ring;
        let _lock = ring.lock(false)?.ok_or(RotateError::Busy)?;
        let mut current = ring.current()?;
        let new_key = self.wrapped_by_others(&current).await? == 0;
        if new_key {
            current = self.begin_rotation(ring.read()?).await?;
        }
        let total = u64::try_from(self.wrapped_by_others(&current).await?).unwrap_or_default();
        let mut rewrapped = 0;
        loop {
            let mut tx = self.platform_read().await?;
            let query =
                Sql::new("SELECT tenant_id FROM tenant_key WHERE master_key_id <> ").bind(current.info.id.as_str());
            let batch: Vec<(TenantId,)> =
                tx.all(query.push(" ORDER BY tenant_id, id LIMIT ").bind(i64::from(BATCH))).await?;
            drop(tx);
            if batch.is_empty() {
                return Ok(Rotation { current: current.info.id, new_key, rewrapped });
            }
            for (tenant,) in batch {
                rewrapped += self.rewrap(tenant, &current).await?;
                progress(rewrapped, total.max(rewrapped));
            }
        }
    }

    /// Removes every master key that is retiring and wraps nothing. What was copied from the database before its
    /// rotation can be opened only with a copy of it.
    pub async fn retire_master_keys(&self) -> Result<Vec<String>, RotateError> {
        let ring = &self.keys().ring;
        let _lock = ring.lock(false)?.ok_or(RotateError::Busy)?;
        let (current, retiring): (Vec<_>, Vec<_>) =
            ring.read()?.into_iter().partition(|key| key.info.state == MasterKeyState::Current);
        let ids: Vec<String> = retiring.into_iter().map(|key| key.info.id).collect();
        if ids.is_empty() {
            return Ok(ids);
        }
        let mut tx = self.platform().await?;
        for id in &ids {
            // Refused while a tenant key refers to it; waits for one that is just being made.
            match tx.execute(sql!("DELETE FROM master_key WHERE id = {}", id.as_str())).await {
                Err(Error::ForeignKey { .. }) => return Err(RotateError::StillUsed { id: id.clone() }),
                other => other?,
            };
        }
        tx.commit().await?;
        ring.replace(current)?;
        Ok(ids)
    }

    async fn wrapped_by_others(&self, current: &MasterKey) -> Result<i64, Error> {
        let mut tx = self.platform_read().await?;
        let others = sql!("SELECT count(*) FROM tenant_key WHERE master_key_id <> {}", current.info.id.as_str());
        tx.one::<(i64,)>(others).await.map(|(n,)| n)
    }

    /// The new key is known to the database before it stands in the file, and stands in the file before it wraps.
    async fn begin_rotation(&self, mut keys: Vec<MasterKey>) -> Result<MasterKey, RotateError> {
        let mut tx = self.platform().await?;
        let new = MasterKey::new(tx.now());
        tx.execute(sql!("INSERT INTO master_key (id, created_at) VALUES ({}, {})", new.info.id.as_str(), tx.now()))
            .await?;
        tx.commit().await?;
        for key in &mut keys {
            key.info.state = MasterKeyState::Retiring;
        }
        keys.push(new.clone());
        self.keys().ring.replace(keys)?;
        Ok(new)
    }

    /// Wraps a tenant's keys anew, with an entry in its audit trail.
    async fn rewrap(&self, tenant: TenantId, to: &MasterKey) -> Result<u64, Error> {
        let mut tx = self.open_as(Arc::new(Caller::system(tenant)), true).await?;
        let mut wrapped = sql!(
            "SELECT id, master_key_id, wrapped FROM tenant_key WHERE tenant_id = {} AND master_key_id <> {}",
            tenant,
            to.info.id.as_str()
        );
        if tx.connection.is_postgres() {
            wrapped = wrapped.push(" FOR UPDATE");
        }
        let keys: Vec<(Uuid, String, Vec<u8>)> = tx.all(wrapped).await?;
        let count = keys.len() as u64;
        for (id, from, bytes) in keys {
            let key = Opened::unwrap(tenant, id, &self.keys().ring.find(&from)?, &bytes)?;
            tx.execute(sql!(
                "UPDATE tenant_key SET master_key_id = {}, wrapped = {} WHERE tenant_id = {} AND id = {}",
                to.info.id.as_str(),
                key.wrap(tenant, to)?,
                tenant,
                id
            ))
            .await?;
            let change = Change::new("tenant_key.rewrap", TenantKeyId::from_uuid(id));
            tx.audit(change.before(&json!({ "master_key_id": from })).after(&json!({ "master_key_id": to.info.id })))
                .await?;
        }
        tx.commit().await?;
        Ok(count)
    }
}
