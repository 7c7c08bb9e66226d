//! The tenant's key in its transactions: read once per process and cached, made where there is none yet, destroyed with
//! the tenant.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use kernel::{TenantId, Uuid, value::Value};
use zeroize::Zeroizing;

use super::{
    KeyRing, Place,
    seal::{Opened, Opener, TenantKeys},
};
use crate::{
    Record, Sql, Tx,
    error::{Error, Result},
    rows::read,
    sql,
};

/// How long a process goes on with a key it has read: so long may a key outlive its destruction by another process.
const FRESH: Duration = Duration::from_secs(300);
/// Tenants whose keys are held at once; more than that and the cache starts anew.
const HELD: usize = 20_000;

/// The opened keys of a database's tenants, and the ring that opens them.
#[derive(Debug, Default)]
pub(crate) struct TenantKeyCache {
    pub ring: KeyRing,
    keys: RwLock<HashMap<TenantId, Arc<TenantKeys>>>,
}

impl TenantKeyCache {
    pub(crate) fn new(ring: KeyRing) -> Self {
        Self { ring, keys: RwLock::default() }
    }

    fn get(&self, tenant: TenantId) -> Option<Arc<TenantKeys>> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        keys.get(&tenant).filter(|keys| keys.read_at.elapsed() < FRESH).cloned()
    }

    fn put(&self, tenant: TenantId, opened: Arc<TenantKeys>) {
        let mut keys = self.keys.write().unwrap_or_else(PoisonError::into_inner);
        if keys.len() >= HELD {
            keys.clear();
        }
        keys.insert(tenant, opened);
    }

    fn forget(&self, tenant: TenantId) {
        self.keys.write().unwrap_or_else(PoisonError::into_inner).remove(&tenant);
    }
}

/// What a transaction knows of its tenant's keys.
#[derive(Default)]
pub(crate) struct Held {
    keys: Option<Arc<TenantKeys>>,
    destroyed: bool,
    /// Read by a transaction that writes: what it saw is on the disk only when it is itself.
    unsure: bool,
}

type Stored = (Uuid, String, Vec<u8>);

impl Tx {
    /// Seals bytes for one place. What comes out opens only there, with [`Tx::open`]. Records with
    /// [`kernel::Sealed`] fields do both by themselves.
    pub async fn seal(&mut self, place: Place, plain: &[u8]) -> Result<Vec<u8>> {
        self.keys().await?.seal(place, plain)
    }

    /// Opens what was sealed for this place; anything else is [`Error::Sealed`].
    pub async fn open(&mut self, place: Place, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        self.keys().await?.open(place, sealed)
    }

    /// Sixteen bytes that stand for a text in an index: equal texts of one column are equal, and nothing else can be
    /// told from them without the tenant's key. Normalise the text first.
    pub async fn blind_index(&mut self, table: &'static str, column: &'static str, text: &str) -> Result<Vec<u8>> {
        match self.find_keys().await? {
            // Nothing was sealed yet, so nothing is to be found: any key will do.
            None if self.connection.is_read_only() => {
                TenantKeys::new(self.tenant_id(), Opened::new(), Vec::new()).blind_index(table, column, text)
            }
            _ => self.keys().await?.blind_index(table, column, text),
        }
    }

    /// A key of the tenant's own for a purpose, the same as long as the tenant lives.
    pub async fn derive_key(&mut self, purpose: &'static str) -> Result<Zeroizing<[u8; 32]>> {
        self.keys().await?.derive(&[purpose])
    }

    /// The same where nothing may be written; None while the tenant has no key.
    pub(crate) async fn present_key(&mut self, purpose: &'static str) -> Result<Option<Zeroizing<[u8; 32]>>> {
        self.find_keys().await?.map(|keys| keys.derive(&[purpose])).transpose()
    }

    /// Destroys the tenant's keys: what is sealed with them can be read by nobody any more, in no copy of the database
    /// either that is younger than its newest copy of the keys.
    pub async fn destroy_keys(&mut self) -> Result<u64> {
        let gone = self.execute(sql!("DELETE FROM tenant_key WHERE tenant_id = {}", self.tenant_id())).await?;
        self.held = Held { destroyed: true, ..Held::default() };
        self.store.keys().forget(self.tenant_id());
        Ok(gone)
    }

    /// After the commit: keys that were destroyed go, and those that are now known to be on the disk are kept.
    pub(crate) fn settle_keys(held: Held, store: &crate::Store, tenant: TenantId) {
        if held.destroyed {
            store.keys().forget(tenant);
        } else if let Some(keys) = held.keys.filter(|_| held.unsure) {
            store.keys().put(tenant, keys);
        }
    }

    /// What opens the sealed fields of a query's records; None where the tenant has sealed nothing yet.
    pub(crate) async fn opener<R: crate::FromRow>(&mut self) -> Result<Option<Opener>> {
        if !R::SEALED {
            return Ok(None);
        }
        Ok(self.find_keys().await?.map(Opener))
    }

    /// A record's values as they are stored: the sealed ones sealed for their row.
    pub(crate) async fn sealed_values<R: Record>(&mut self, record: &R) -> Result<Vec<Value>> {
        let mut values = record.values();
        if !R::SEALED {
            return Ok(values);
        }
        let row = match values.first() {
            Some(Value::Uuid(id)) => *id,
            _ => return Err(Error::Key { detail: format!("{} does not begin with its id", R::TABLE) }),
        };
        if !values.iter().any(|value| matches!(value, Value::Sealed(_))) {
            return Ok(without_indexes(values));
        }
        let keys = self.keys().await?;
        for i in 0..values.len() {
            if values[i] == Value::Blind {
                values[i] = blind_index(&keys, R::TABLE, R::COLUMNS, R::COLUMNS[i], &values)?;
            }
        }
        for (column, value) in R::COLUMNS.iter().zip(&mut values) {
            if let Value::Sealed(text) = value {
                let place = Place { table: R::TABLE, column, row };
                *value = Value::Bytes(keys.seal(place, text.as_bytes())?);
            }
        }
        Ok(values)
    }

    /// The tenant's keys, made now if it has none.
    async fn keys(&mut self) -> Result<Arc<TenantKeys>> {
        if let Some(keys) = self.find_keys().await? {
            return Ok(keys);
        }
        self.make_keys().await?;
        // Another transaction may have made them first; what stands there now is what counts.
        let keys = self.read_keys().await?;
        let keys = keys.ok_or_else(|| Error::Key { detail: format!("tenant {} has no key", self.tenant_id()) })?;
        self.held.keys = Some(keys.clone());
        self.held.unsure = true;
        Ok(keys)
    }

    async fn find_keys(&mut self) -> Result<Option<Arc<TenantKeys>>> {
        if self.held.destroyed {
            return Err(Error::Key { detail: format!("the keys of tenant {} are destroyed", self.tenant_id()) });
        }
        if let Some(keys) = &self.held.keys {
            return Ok(Some(keys.clone()));
        }
        let tenant = self.tenant_id();
        if let Some(keys) = self.store.keys().get(tenant) {
            self.held.keys = Some(keys.clone());
            return Ok(Some(keys));
        }
        let Some(keys) = self.read_keys().await? else { return Ok(None) };
        if self.connection.is_read_only() {
            self.store.keys().put(tenant, keys.clone());
        }
        self.held.unsure = !self.connection.is_read_only();
        self.held.keys = Some(keys.clone());
        Ok(Some(keys))
    }

    async fn read_keys(&mut self) -> Result<Option<Arc<TenantKeys>>> {
        let tenant = self.tenant_id();
        let query =
            sql!("SELECT id, master_key_id, wrapped FROM tenant_key WHERE tenant_id = {} ORDER BY state, id", tenant);
        let stored: Vec<Stored> = read(self.connection.query(query).await?, None)?;
        let mut opened = Vec::with_capacity(stored.len());
        for (id, master, wrapped) in stored {
            let master = self.store.keys().ring.find(&master)?;
            opened.push(Opened::unwrap(tenant, id, &master, &wrapped)?);
        }
        let mut opened = opened.into_iter();
        Ok(opened.next().map(|first| Arc::new(TenantKeys::new(tenant, first, opened.collect()))))
    }

    async fn make_keys(&mut self) -> Result<()> {
        let tenant = self.tenant_id();
        let mut master = self.store.keys().ring.current()?;
        // Its row is held until the commit, so that it is not retired before this key is there to be seen.
        let mut held = Sql::new("SELECT id FROM master_key WHERE id = ").bind(master.info.id.as_str());
        if self.connection.is_postgres() {
            held = held.push(" FOR KEY SHARE");
        }
        if self.optional::<(String,)>(held).await?.is_none() {
            master = self.store.keys().ring.current()?;
        }
        let key = Opened::new();
        self.execute(sql!(
            "INSERT INTO tenant_key (tenant_id, id, master_key_id, wrapped, state, created_at) \
             VALUES ({}, {}, {}, {}, 'current', {}) ON CONFLICT DO NOTHING",
            tenant,
            key.id,
            master.info.id.as_str(),
            key.wrap(tenant, &master)?,
            self.now
        ))
        .await
        .map(|_| ())
    }
}

/// Of a record with nothing to seal.
fn without_indexes(mut values: Vec<Value>) -> Vec<Value> {
    for value in values.iter_mut().filter(|value| **value == Value::Blind) {
        *value = Value::Null;
    }
    values
}

/// The index of the field that `column` is named after, while that still is in the open.
fn blind_index(
    keys: &TenantKeys,
    table: &'static str,
    columns: &[&'static str],
    column: &'static str,
    values: &[Value],
) -> Result<Value> {
    let Some(field) = column.strip_suffix("_index").filter(|field| columns.contains(field)) else {
        return Err(Error::Key { detail: format!("{table}.{column} is the index of no field") });
    };
    let sealed = columns.iter().position(|name| *name == field).map(|at| &values[at]);
    Ok(match sealed {
        Some(Value::Sealed(text)) => Value::Bytes(keys.blind_index(table, field, text)?),
        _ => Value::Null,
    })
}
