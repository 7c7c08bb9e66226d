//! The floor on PostgreSQL: sixteen connections that belong to the one tenant, used in turn.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering},
};

use anyhow::Result;
use tokio_postgres::{Client, NoTls, Statement};
use uuid::Uuid;

use super::{Contact, Row, named, query, with_name};

const CONNECTIONS: usize = 16;

pub struct Pool {
    clients: Vec<(Client, Statement)>,
    next: AtomicUsize,
}

impl Pool {
    pub async fn open(url: &str, tenant: Uuid) -> Result<Self> {
        let mut clients = Vec::new();
        for _ in 0..CONNECTIONS {
            let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
            tokio::spawn(connection);
            client.batch_execute(&format!("SET app.tenant_id = '{tenant}'")).await?;
            let statement = client.prepare(&query()).await?;
            clients.push((client, statement));
        }
        Ok(Self { clients, next: AtomicUsize::new(0) })
    }

    pub async fn page(&self, tenant: Uuid, key: &str, id: Uuid) -> Result<Vec<Row>> {
        let (client, statement) = &self.clients[self.next.fetch_add(1, Ordering::Relaxed) % CONNECTIONS];
        let rows = client.query(statement, &[&tenant, &key, &id]).await?;
        rows.iter().map(read).collect()
    }
}

fn read(row: &tokio_postgres::Row) -> Result<Row> {
    let id: Uuid = row.try_get(0)?;
    let (company, owner): (Option<Uuid>, Option<Uuid>) = (row.try_get(6)?, row.try_get(21)?);
    let contact = Contact {
        id: named("con", Some(id)).unwrap_or_default(),
        version: row.try_get(1)?,
        name: row.try_get(2)?,
        given_name: row.try_get(3)?,
        family_name: row.try_get(4)?,
        job_title: row.try_get(5)?,
        company_id: named("com", company),
        company: with_name("com", company, row.try_get(7)?),
        email: row.try_get(8)?,
        phone: row.try_get(9)?,
        emails: row.try_get(10)?,
        phones: row.try_get(11)?,
        street: row.try_get(12)?,
        city: row.try_get(13)?,
        region: row.try_get(14)?,
        postal_code: row.try_get(15)?,
        country: row.try_get(16)?,
        birth_date: row.try_get(17)?,
        language: row.try_get(18)?,
        tags: row.try_get(19)?,
        about: row.try_get(20)?,
        owner_id: named("mem", owner),
        owner: with_name("mem", owner, row.try_get(22)?),
        source: row.try_get(23)?,
        external_id: row.try_get(24)?,
        deleted_at: row.try_get(25)?,
        created_at: row.try_get(26)?,
        updated_at: row.try_get(27)?,
        custom: row.try_get(29)?,
        custom_names: BTreeMap::new(),
        actions: ["update", "delete"],
    };
    Ok(Row { contact, key: row.try_get(28)?, id })
}
