//! What stood in the open before it was sealed: sealed row by row at the first start that knows how, then blanked, also
//! where the embedded database keeps what was overwritten.
//!
//! Invariant: each row is sealed and blanked in one step, so that an interrupted start loses nothing and the next goes on.

use std::sync::Arc;

use kernel::{Caller, TenantId, Uuid, Value, value::Column};

use super::Place;
use crate::{
    FromRow, Row, Sql, Store, Tx,
    error::{Error, Result},
    sql,
};

/// A column that was readable, and the one that took its place.
struct OpenColumn {
    table: &'static str,
    open: &'static str,
    sealed: &'static str,
    /// The column of its blind index, and the prefix of the record whose search document holds the text as a word.
    index: Option<(&'static str, &'static str)>,
}

const STEP: &str = "0014_sealed";
const COLUMNS: [OpenColumn; 5] = [
    OpenColumn { table: "quote", open: "public_token_open", sealed: "public_token", index: None },
    OpenColumn { table: "tenant", open: "tax_id_open", sealed: "tax_id", index: None },
    OpenColumn { table: "fiscal_entity", open: "tax_id_open", sealed: "tax_id", index: None },
    OpenColumn { table: "company", open: "tax_id_open", sealed: "tax_id", index: Some(("tax_id_index", "com")) },
    OpenColumn { table: "outgoing_mail", open: "body_open", sealed: "body", index: None },
];
const BATCH: i64 = 500;

impl Store {
    pub(super) async fn seal_what_stood_open(&self) -> Result<()> {
        let mut tx = self.platform_read().await?;
        let done = sql!("SELECT name FROM start_step WHERE name = {}", STEP);
        if tx.optional::<(String,)>(done).await?.is_some() {
            return Ok(());
        }
        let tenants: Vec<(TenantId,)> = tx.all(Sql::new("SELECT DISTINCT tenant_id FROM account_tenant")).await?;
        drop(tx);
        let mut sealed = 0;
        for (tenant,) in tenants {
            for column in &COLUMNS {
                sealed += self.seal_column(tenant, column).await?;
            }
        }
        if sealed > 0 {
            tracing::warn!(rows = sealed, "values that stood in the open have been sealed");
            self.overwrite_what_was_deleted().await?;
        }
        let mut tx = self.platform().await?;
        let now = tx.now();
        tx.execute(sql!("INSERT INTO start_step (name, done_at) VALUES ({}, {}) ON CONFLICT DO NOTHING", STEP, now))
            .await?;
        tx.commit().await
    }

    async fn seal_column(&self, tenant: TenantId, column: &'static OpenColumn) -> Result<u64> {
        let mut sealed = 0;
        loop {
            let mut tx = self.open_as(Arc::new(Caller::system(tenant)), false).await?;
            let query = Sql::new("SELECT id, ").push(column.open).push(" FROM ").push(column.table);
            let query = query.push(" WHERE tenant_id = ").bind(tenant).push(" AND ").push(column.open);
            let rows: Vec<Open> = tx.all(query.push(" IS NOT NULL ORDER BY id LIMIT ").bind(BATCH)).await?;
            let last = (rows.len() as i64) < BATCH;
            for row in rows {
                seal_row(&mut tx, column, row).await?;
                sealed += 1;
            }
            tx.commit().await?;
            if last {
                return Ok(sealed);
            }
        }
    }
}

/// A row's id and its readable text; JSON as the text it is written as.
struct Open {
    id: Uuid,
    text: String,
}

impl FromRow for Open {
    fn from_row(row: &mut Row) -> Result<Self> {
        let id = row.take()?;
        let text = match row.take_value()? {
            Value::Json(json) => json.to_string(),
            other => String::from_value(other).map_err(|e| Error::Decode { sql: STEP.into(), wanted: e.wanted })?,
        };
        Ok(Self { id, text })
    }
}

async fn seal_row(tx: &mut Tx, column: &'static OpenColumn, row: Open) -> Result<()> {
    let place = Place { table: column.table, column: column.sealed, row: row.id };
    let sealed = tx.seal(place, row.text.as_bytes()).await?;
    let mut update = Sql::new("UPDATE ").push(column.table).push(" SET ").push(column.sealed).push(" = ").bind(sealed);
    if let Some((index, prefix)) = column.index {
        let digest = tx.blind_index(column.table, column.sealed, &row.text).await?;
        update = update.push(", ").push(index).push(" = ").bind(digest);
        tx.hide_words(&format!("{prefix}_{}", row.id.simple()), &row.text).await?;
    }
    update = update.push(", ").push(column.open).push(" = NULL WHERE tenant_id = ").bind(tx.tenant_id());
    tx.execute(update.and("id =", row.id)).await.map(|_| ())
}
