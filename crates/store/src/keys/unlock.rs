//! Start: the first master key is made for a database that has sealed nothing, and one that has is opened only with the
//! keys it was sealed with.

use crate::{MigrateError, Sql, Store, sql};

impl Store {
    /// After migrating. Of several nodes that start at once, one makes the first key and the others find it, or are
    /// told that it is not theirs.
    pub(crate) async fn unlock(&self) -> Result<(), MigrateError> {
        let ring = &self.keys().ring;
        if ring.is_none() {
            return Ok(());
        }
        let mut tx = self.platform().await?;
        if tx.is_postgres() {
            tx.execute(Sql::new("LOCK TABLE master_key IN SHARE ROW EXCLUSIVE MODE")).await?;
        }
        let used: Vec<(String,)> = tx
            .all(Sql::new(
                "SELECT id FROM master_key WHERE EXISTS \
                 (SELECT 1 FROM tenant_key WHERE tenant_key.master_key_id = master_key.id) ORDER BY id",
            ))
            .await?;
        let mut keys = ring.read()?;
        if keys.is_empty() && used.is_empty() {
            ring.found(tx.now())?;
            keys = ring.read()?;
        }
        if let Some((id,)) = used.iter().find(|(id,)| keys.iter().all(|key| key.info.id != *id)) {
            return Err(ring.missing(id).into());
        }
        let current = ring.current()?.info;
        tx.execute(sql!(
            "INSERT INTO master_key (id, created_at) VALUES ({}, {}) ON CONFLICT DO NOTHING",
            current.id,
            current.created_at
        ))
        .await?;
        tx.commit().await?;
        self.seal_what_stood_open().await?;
        Ok(())
    }
}
