//! The floor on the embedded database: connections in a list, the query where it is asked.

use std::{collections::BTreeMap, sync::Mutex};

use anyhow::{Result, anyhow};
use rusqlite::{Connection, OpenFlags};
use uuid::Uuid;

use super::{Contact, Row, named, query, with_name};

pub struct Pool {
    idle: Mutex<Vec<Connection>>,
    path: String,
    query: String,
}

impl Pool {
    pub fn open(path: &str) -> Result<Self> {
        Ok(Self { idle: Mutex::new(Vec::new()), path: path.to_owned(), query: query() })
    }

    fn connection(&self) -> Result<Connection> {
        if let Some(connection) = self.idle.lock().map_err(|_| anyhow!("poisoned"))?.pop() {
            return Ok(connection);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Ok(Connection::open_with_flags(&self.path, flags)?)
    }

    pub fn page(&self, tenant: Uuid, key: &str, id: Uuid) -> Result<Vec<Row>> {
        let connection = self.connection()?;
        let rows = page(&connection, &self.query, tenant, key, id)?;
        self.idle.lock().map_err(|_| anyhow!("poisoned"))?.push(connection);
        Ok(rows)
    }
}

fn page(connection: &Connection, query: &str, tenant: Uuid, key: &str, id: Uuid) -> rusqlite::Result<Vec<Row>> {
    let mut statement = connection.prepare_cached(query)?;
    let parameters = rusqlite::params![tenant.as_bytes().as_slice(), key, id.as_bytes().as_slice()];
    statement.query_map(parameters, read)?.collect()
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    let uuid = |i: usize| -> rusqlite::Result<Option<Uuid>> {
        Ok(row.get_ref(i)?.as_blob_or_null()?.and_then(|bytes| Uuid::from_slice(bytes).ok()))
    };
    let json = |i: usize| -> rusqlite::Result<serde_json::Value> {
        Ok(serde_json::from_str(row.get_ref(i)?.as_str()?).unwrap_or_default())
    };
    let time = |i: usize| -> rusqlite::Result<Option<chrono::DateTime<chrono::Utc>>> {
        Ok(row.get_ref(i)?.as_str_or_null()?.and_then(|text| text.parse().ok()))
    };
    let date = row.get_ref(17)?.as_str_or_null()?.and_then(|text| text.parse().ok());
    let (id, company, owner) = (uuid(0)?, uuid(6)?, uuid(21)?);
    let contact = Contact {
        id: named("con", id).unwrap_or_default(),
        version: row.get(1)?,
        name: row.get(2)?,
        given_name: row.get(3)?,
        family_name: row.get(4)?,
        job_title: row.get(5)?,
        company_id: named("com", company),
        company: with_name("com", company, row.get(7)?),
        email: row.get(8)?,
        phone: row.get(9)?,
        emails: json(10)?,
        phones: json(11)?,
        street: row.get(12)?,
        city: row.get(13)?,
        region: row.get(14)?,
        postal_code: row.get(15)?,
        country: row.get(16)?,
        birth_date: date,
        language: row.get(18)?,
        tags: json(19)?,
        about: row.get(20)?,
        owner_id: named("mem", owner),
        owner: with_name("mem", owner, row.get(22)?),
        source: row.get(23)?,
        external_id: row.get(24)?,
        deleted_at: time(25)?,
        created_at: time(26)?.unwrap_or_default(),
        updated_at: time(27)?.unwrap_or_default(),
        custom: json(29)?,
        custom_names: BTreeMap::new(),
        actions: ["update", "delete"],
    };
    Ok(Row { contact, key: row.get(28)?, id: id.unwrap_or_default() })
}
