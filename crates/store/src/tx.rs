//! A tenant's transaction: the only road to its rows. It knows who acts, for whom and when, so that the audit entry,
//! the event and the job of a change are written with it and cannot be forgotten or forged.

use std::sync::{Arc, atomic::Ordering};

use chrono::{DateTime, Utc};
use kernel::{Caller, Page, PageRequest, TenantId, Uuid, id::Id, value::Value};

use crate::{
    Sql,
    audit::trail::Trail,
    driver::Connection,
    error::{Error, Result},
    idempotency, keys,
    keyset::{self, Order, Sort},
    outbox::Committed,
    reach::Sight,
    record::Record,
    rows::{FromRow, Row, read},
    store::Store,
};

/// Dropped without [`Tx::commit`], everything is undone.
pub struct Tx {
    pub(crate) connection: Connection,
    pub(crate) caller: Arc<Caller>,
    pub(crate) store: Store,
    pub(crate) now: DateTime<Utc>,
    pub(crate) committed: Committed,
    pub(crate) writes: bool,
    pub(crate) held: keys::Held,
    pub(crate) trail: Trail,
    pub(crate) sight: Sight,
}

impl Tx {
    pub(crate) fn new(connection: Connection, caller: Arc<Caller>, store: Store, writes: bool) -> Self {
        let committed = Committed::new(caller.tenant_id);
        let now = store.clock().now();
        let (held, trail, sight) = (keys::Held::default(), Trail::default(), Sight::default());
        Self { connection, caller, store, now, committed, writes, held, trail, sight }
    }

    pub fn tenant_id(&self) -> TenantId {
        self.caller.tenant_id
    }

    pub fn caller(&self) -> &Arc<Caller> {
        &self.caller
    }

    /// The time of this transaction: one instant for everything it writes.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    /// All rows of a query.
    pub async fn all<R: FromRow>(&mut self, sql: Sql) -> Result<Vec<R>> {
        self.trail.note(&sql.text);
        let rows = self.connection.query(self.within_reach(sql)?).await?;
        let opener = self.opener::<R>().await?;
        read(rows, opener)
    }

    /// The first row, if there is one.
    pub async fn optional<R: FromRow>(&mut self, sql: Sql) -> Result<Option<R>> {
        Ok(self.all(sql).await?.into_iter().next())
    }

    /// The only row; a query that finds none is a fault.
    pub async fn one<R: FromRow>(&mut self, sql: Sql) -> Result<R> {
        self.optional(sql).await?.ok_or(Error::NotFound { table: "wanted" })
    }

    /// A statement without rows; answers how many it touched.
    pub async fn execute(&mut self, sql: Sql) -> Result<u64> {
        self.trail.note(&sql.text);
        self.connection.execute(self.within_reach(sql)?).await
    }

    /// A statement whose answer nobody needs: it travels with the next one, or with the commit, which answers its error
    /// if it fails. Not for a statement whose violated constraint the caller turns into words.
    pub fn defer(&mut self, sql: Sql) {
        self.trail.note(&sql.text);
        match self.within_reach(sql) {
            Ok(sql) => self.connection.defer(sql),
            Err(error) => self.connection.fail(error),
        }
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.connection.is_postgres()
    }

    /// `SELECT <columns> FROM <table> WHERE <table>.tenant_id = <mine>`, to be narrowed with `.and(…)`.
    pub fn select<R: Record>(&self) -> Sql {
        Sql::new("SELECT ")
            .append(R::columns())
            .push(" FROM ")
            .push(R::TABLE)
            .push(" WHERE ")
            .push(R::TABLE)
            .push(".tenant_id = ")
            .bind(self.tenant_id())
    }

    /// One record by id, if this tenant has it.
    pub async fn find<R: Record>(&mut self, id: impl Id) -> Result<Option<R>> {
        let sql = self.select::<R>().push(" AND ").push(R::TABLE).push(".id = ").bind(id.uuid());
        self.optional(sql).await
    }

    /// One record by id; its absence is [`Error::NotFound`], which the door answers with 404.
    pub async fn get<R: Record>(&mut self, id: impl Id) -> Result<R> {
        self.find(id).await?.ok_or(Error::NotFound { table: R::TABLE })
    }

    /// The same, locked until the transaction ends, so that two who decide on its state decide one after the other.
    /// The embedded database has one writer and needs no lock.
    pub async fn get_locked<R: Record>(&mut self, id: impl Id) -> Result<R> {
        if self.connection.is_postgres() && self.sees_part_of(R::TABLE) {
            // A shadow cannot be locked: the row itself is, and then looked at as it has become.
            let mut whole = self.beyond_reach("a row that is not visible is locked for nothing, and not answered");
            let row = Sql::new("SELECT id FROM ").push(R::TABLE).push(" WHERE tenant_id = ").bind(whole.tenant_id());
            whole.all::<(Uuid,)>(row.and("id =", id.uuid()).push(" FOR UPDATE")).await?;
            drop(whole);
            return self.get(id).await;
        }
        let mut sql = self.select::<R>().push(" AND ").push(R::TABLE).push(".id = ").bind(id.uuid());
        if self.connection.is_postgres() {
            sql = sql.push(" FOR UPDATE");
        }
        self.optional(sql).await?.ok_or(Error::NotFound { table: R::TABLE })
    }

    /// Writes a new row.
    pub async fn insert<R: Record>(&mut self, record: &R) -> Result<()> {
        let sql = self.inserting(std::slice::from_ref(record)).await?;
        self.execute(sql).await.map(|_| ())
    }

    /// The same as [`Tx::defer`] takes it.
    pub async fn defer_insert<R: Record>(&mut self, record: &R) -> Result<()> {
        let sql = self.inserting(std::slice::from_ref(record)).await?;
        self.defer(sql);
        Ok(())
    }

    /// Writes many new rows, some in each statement.
    pub async fn insert_all<R: Record>(&mut self, records: &[R]) -> Result<()> {
        let mut rest = records;
        while !rest.is_empty() {
            let (part, later) = rest.split_at(self.bulk(rest.len()));
            rest = later;
            let sql = self.inserting(part).await?;
            if later.is_empty() {
                self.execute(sql).await?;
            } else {
                self.defer(sql);
            }
        }
        Ok(())
    }

    /// How many of `rows` go into one statement. PostgreSQL takes many, in few sizes, so that few statements are kept
    /// prepared; the embedded database is as quick with one of each, all in one hop.
    pub(crate) fn bulk(&self, rows: usize) -> usize {
        if !self.connection.is_postgres() {
            return 1;
        }
        [64, 8].into_iter().find(|size| rows >= *size).unwrap_or(1)
    }

    async fn inserting<R: Record>(&mut self, records: &[R]) -> Result<Sql> {
        self.refuse_taken(records)?;
        let mut sql = Sql::new("INSERT INTO ").push(R::TABLE).push(" (tenant_id");
        for column in R::COLUMNS {
            sql = sql.push(", ").push(column);
        }
        sql = sql.push(") VALUES ");
        for (at, record) in records.iter().enumerate() {
            sql = sql.push(if at == 0 { "(" } else { ", (" }).bind(self.tenant_id());
            let values = self.sealed_values(record).await?;
            self.wrote(&values);
            for value in values {
                sql = sql.push(", ");
                sql.bind_value(value);
            }
            sql = sql.push(")");
        }
        Ok(sql)
    }

    /// Writes every field of the record back. Where the record carries `version`, a row that somebody else has
    /// changed meanwhile is left alone and the answer is [`Error::Stale`]; the row is then one version on, and
    /// `updated_at` is this transaction's time. Answers the row as it now stands.
    pub async fn update<R: Record>(&mut self, record: &R) -> Result<R> {
        let mut sql = Sql::new("UPDATE ").push(R::TABLE).push(" SET ");
        let mut id = Value::Null;
        let mut version = None;
        let mut first = true;
        let record = &self.as_written(record).await?;
        for (column, value) in R::COLUMNS.iter().zip(self.sealed_values(record).await?) {
            match *column {
                "id" => id = value,
                "created_at" => {}
                _ => {
                    if !first {
                        sql = sql.push(", ");
                    }
                    first = false;
                    sql = sql.push(column).push(" = ");
                    match (*column, value) {
                        ("version", Value::Int(read)) => {
                            version = Some(read);
                            sql = sql.bind(read + 1);
                        }
                        ("updated_at", _) => sql = sql.bind(self.now),
                        (_, value) => sql.bind_value(value),
                    }
                }
            }
        }
        sql = sql.push(" WHERE tenant_id = ").bind(self.tenant_id()).push(" AND id = ");
        let key = id.clone();
        sql.bind_value(id);
        sql = sql.and_if("version =", version).push(" RETURNING ").append(self.shown_columns::<R>());
        let absent = if version.is_some() { Error::Stale } else { Error::NotFound { table: R::TABLE } };
        let updated = self.optional(sql).await?.ok_or(absent)?;
        self.wrote(&[key]);
        Ok(updated)
    }

    /// Removes a row; answers whether there was one.
    pub async fn delete<R: Record>(&mut self, id: impl Id) -> Result<bool> {
        let sql = Sql::new("DELETE FROM ").push(R::TABLE).push(" WHERE tenant_id = ").bind(self.tenant_id());
        Ok(self.execute(sql.and("id =", id.uuid())).await? > 0)
    }

    /// ` AND <column> holds <item>` for a column that keeps a JSON list of texts.
    pub fn and_holds(&self, sql: Sql, column: &'static str, item: &str) -> Sql {
        self.holds(sql.push(" AND "), column, item)
    }

    /// ` AND <column> IN <values>` for a text column and many values: one parameter, however many they are.
    pub fn and_among(&self, sql: Sql, column: &'static str, values: impl IntoIterator<Item = String>) -> Sql {
        let list = serde_json::Value::from_iter(values);
        if self.connection.is_postgres() {
            let sql = sql.push(" AND ").push(column).push(" = ANY(ARRAY(SELECT jsonb_array_elements_text(");
            return sql.bind(list).push("::jsonb)))");
        }
        sql.push(" AND ").push(column).push(" IN (SELECT value FROM json_each(").bind(list).push("))")
    }

    /// One page of records. `select` comes from [`Tx::select`] with its conditions; the order is one of `sorts`, the
    /// first unless the request names another.
    pub async fn page<R: Record>(
        &mut self,
        select: Sql,
        sorts: &'static [Sort],
        request: &PageRequest,
    ) -> kernel::Result<Page<R>> {
        self.page_of(R::TABLE, select, sorts, request).await
    }

    /// The same of whatever a row can be read as: `select` begins with `SELECT`, and its rows are those of `table`, with
    /// what is joined to each.
    pub async fn page_of<R: FromRow>(
        &mut self,
        table: &'static str,
        select: Sql,
        sorts: &'static [Sort],
        request: &PageRequest,
    ) -> kernel::Result<Page<R>> {
        self.planned(keyset::plan(table, sorts, request)?, select).await
    }

    /// The same in an order that another table gives: see [`Order`].
    pub async fn page_ordered<R: FromRow>(
        &mut self,
        select: Sql,
        order: Order,
        request: &PageRequest,
    ) -> kernel::Result<Page<R>> {
        self.planned(keyset::ordered(order, request)?, select).await
    }

    async fn planned<R: FromRow>(&mut self, plan: keyset::Plan, select: Sql) -> kernel::Result<Page<R>> {
        let by_hand = select.gathered && !self.connection.is_postgres();
        if plan.by_amount() {
            self.caller.must_see_amounts()?;
        }
        let rows: Vec<KeyedRow<R>> = self.all(plan.apply(select, by_hand)).await?;
        Ok(plan.finish(rows.into_iter().map(|r| (r.record, r.key, r.id)).collect()))
    }

    /// The rows of a select, held as they are until the transaction ends; others may hold them too. The embedded database
    /// has one writer and needs no lock, and one that only reads decides nothing.
    pub fn shared(&self, select: Sql) -> Sql {
        if self.writes && self.connection.is_postgres() { select.push(" FOR SHARE") } else { select }
    }

    /// How many rows a query (a `SELECT count(*) …`) counts.
    pub async fn count(&mut self, sql: Sql) -> Result<i64> {
        self.one::<(i64,)>(sql).await.map(|(n,)| n)
    }

    /// Makes it so, then tells whoever listens.
    pub async fn commit(mut self) -> Result<()> {
        if self.writes {
            self.remember_idempotency_key();
        }
        self.trail.settle(&self.caller);
        let Tx { connection, caller, store, committed, writes, held, trail, .. } = self;
        store.commit(connection).await.map_err(idempotency::told_apart)?;
        Tx::settle_keys(held, &store, caller.tenant_id);
        if trail.has_entry() {
            store.unsealed_tenants().add(caller.tenant_id);
        }
        if writes {
            if let Some(idempotency) = &caller.origin.idempotency {
                idempotency.written.store(true, Ordering::Release);
            }
            store.announce(committed);
        }
        Ok(())
    }
}

/// A record, and behind it the value it was sorted by and its id.
struct KeyedRow<R> {
    record: R,
    key: Value,
    id: Uuid,
}

impl<R: FromRow> FromRow for KeyedRow<R> {
    const SEALED: bool = R::SEALED;

    fn from_row(row: &mut Row) -> Result<Self> {
        Ok(Self { record: R::from_row(row)?, key: row.take_value()?, id: row.take()? })
    }
}
