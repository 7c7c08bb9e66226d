//! Rewriting the values of a field: to another kind, or to nothing. Done by a job, a batch of records at a time.
//!
//! Invariant: no value is written before every value has been seen to convert; meanwhile the field takes no values, so
//! that what was seen stays true. Where a worker stops, the next one goes on behind the last batch.

use jobs::{Context, Verdict};
use kernel::{Can, Change, Error, Event, Result, Uuid, permissions};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::{Store, Tx, sql};

use super::{
    CustomField, CustomFieldId, CustomKind, CustomObject, Customized,
    convert::{Home, converted},
    event, fill,
    lead::LeadValues,
};
use crate::{company::Company, contact::Contact, deal::Deal, record::CustomRecord};

permissions! {
    /// Rewrite the values of custom fields; held by the product's own workers.
    pub RewriteCustomFields = "custom_field.rewrite": [];
}

/// The word for erasing where otherwise a kind stands.
pub const ERASE: &str = "erase";
/// Records per transaction.
const BATCH: i64 = 200;

#[derive(Debug, Serialize, Deserialize)]
pub struct RewriteCustomValues {
    pub field_id: CustomFieldId,
}

impl kernel::Job for RewriteCustomValues {
    const KIND: &'static str = "custom_field.rewrite";
    const LEASE_SECONDS: i64 = 600;

    fn unique_key(&self) -> Option<String> {
        Some(self.field_id.to_string())
    }
}

/// Can be run again at any time.
pub async fn run(context: Context, job: RewriteCustomValues) -> Result<Verdict> {
    let can = context.can::<RewriteCustomFields>()?;
    let mut tx = context.store.read(&can).await?;
    let field: CustomField = match tx.find(job.field_id).await? {
        Some(field) => field,
        None => return Ok(Verdict::Done),
    };
    let home = Home::read(&mut tx).await?;
    let Some(work) = field.work.clone() else { return Ok(Verdict::Done) };
    let kind: Option<CustomKind> = work.parse().ok();
    if let (Some(kind), None) = (kind, field.work_after) {
        let failing = failing(&mut tx, &field, kind, &home).await?;
        if failing > 0 {
            drop(tx);
            return stop(&context.store, &can, job.field_id, failing).await;
        }
    }
    drop(tx);
    loop {
        let more = match field.object {
            CustomObject::Company => step::<Company>(&context.store, &can, job.field_id, &home).await?,
            CustomObject::Contact => step::<Contact>(&context.store, &can, job.field_id, &home).await?,
            CustomObject::Deal => step::<Deal>(&context.store, &can, job.field_id, &home).await?,
            CustomObject::Lead => step::<LeadValues>(&context.store, &can, job.field_id, &home).await?,
            CustomObject::Own(_) => step::<CustomRecord>(&context.store, &can, job.field_id, &home).await?,
        };
        if !more {
            return Ok(Verdict::Done);
        }
    }
}

fn of_kind(field: &CustomField, kind: CustomKind) -> CustomField {
    CustomField { kind, ..field.clone() }
}

async fn failing(tx: &mut Tx, field: &CustomField, kind: CustomKind, home: &Home) -> Result<i64> {
    let (to, mut failing, mut after) = (of_kind(field, kind), 0, None);
    loop {
        let batch = batch_of(tx, field, after).await?;
        let Some((last, _)) = batch.last() else { return Ok(failing) };
        after = Some(*last);
        let values = batch.iter().filter_map(|(_, value)| value.as_ref());
        failing += values.map(|value| i64::from(converted(field, &to, value, home).is_none())).sum::<i64>();
    }
}

/// Leaves everything as it was, and says how many values stood in the way.
async fn stop(store: &Store, can: &Can<RewriteCustomFields>, id: CustomFieldId, failing: i64) -> Result<Verdict> {
    let mut tx = store.begin(can).await?;
    let before: CustomField = tx.get_locked(id).await?;
    let choices = if before.kind.has_choices() { before.choices.clone() } else { kernel::Json(Vec::new()) };
    let after = tx.update(&CustomField { work: None, work_failed: failing, choices, ..before.clone() }).await?;
    tx.audit(Change::new("custom_field.refuse_kind", id).before(&before).after(&after)).await?;
    tx.emit(event("custom_field.updated", &after)).await?;
    tx.commit().await?;
    Ok(Verdict::Done)
}

/// The next records that have a value of the field, with it.
pub async fn batch_of(tx: &mut Tx, field: &CustomField, after: Option<Uuid>) -> Result<Vec<(Uuid, Option<Value>)>> {
    let ids = next(tx, field.id, after, 1_000).await?;
    let select = match field.object {
        CustomObject::Company => "SELECT id, custom FROM company WHERE tenant_id = ",
        CustomObject::Contact => "SELECT id, custom FROM contact WHERE tenant_id = ",
        CustomObject::Deal => "SELECT id, custom FROM deal WHERE tenant_id = ",
        CustomObject::Lead => "SELECT id, custom FROM lead WHERE tenant_id = ",
        CustomObject::Own(_) => "SELECT id, custom FROM custom_record WHERE tenant_id = ",
    };
    let query = store::Sql::new(select).bind(tx.tenant_id()).push(" AND id IN ").bind_list(ids.iter().copied());
    let rows: Vec<(Uuid, Value)> = tx.all(query).await?;
    let mut found: std::collections::HashMap<Uuid, Value> = rows.into_iter().collect();
    let mut value = |id: &Uuid| found.get_mut(id).and_then(|custom| custom.get_mut(&field.key)).map(Value::take);
    Ok(ids.into_iter().map(|id| (id, value(&id))).collect())
}

async fn next(tx: &mut Tx, field: CustomFieldId, after: Option<Uuid>, most: i64) -> Result<Vec<Uuid>> {
    let query = sql!(
        "SELECT DISTINCT record_id FROM custom_value WHERE tenant_id = {} AND field_id = {}",
        tx.tenant_id(),
        field
    );
    let query = query.and_if("record_id >", after).push(" ORDER BY record_id LIMIT ").bind(most);
    Ok(tx.all::<(Uuid,)>(query).await?.into_iter().map(|(id,)| id).collect())
}

/// One batch; answers whether there may be more. Somebody who saves a record meanwhile goes first.
async fn step<R: Customized>(
    store: &Store,
    can: &Can<RewriteCustomFields>,
    id: CustomFieldId,
    home: &Home,
) -> Result<bool> {
    for _ in 0..5 {
        match batch::<R>(store, can, id, home).await {
            Err(Error::Stale) => {}
            done => return done,
        }
    }
    batch::<R>(store, can, id, home).await
}

async fn batch<R: Customized>(
    store: &Store,
    can: &Can<RewriteCustomFields>,
    id: CustomFieldId,
    home: &Home,
) -> Result<bool> {
    let mut tx = store.begin(can).await?;
    let field: CustomField = tx.get_locked(id).await?;
    let Some(work) = field.work.clone() else { return Ok(false) };
    let to = work.parse().ok().map(|kind| of_kind(&field, kind));
    let ids = next(&mut tx, id, field.work_after, BATCH).await?;
    let Some(last) = ids.last().copied() else { return finish(tx, field, to).await.map(|()| false) };
    let select = tx.select::<R>().push(" AND id IN ").bind_list(ids.iter().copied());
    let records: Vec<R> = tx.all(select).await?;
    // Rows of what is gone go too: nothing may be left of an erased field.
    let gone =
        sql!("DELETE FROM custom_value WHERE tenant_id = {} AND field_id = {} AND record_id IN ", tx.tenant_id(), id);
    tx.execute(gone.bind_list(ids.iter().copied())).await?;
    let mut rows = Vec::new();
    for mut record in records {
        let value = record.custom_mut().remove(&field.key);
        if let (Some(to), Some(value)) = (&to, &value) {
            let kept =
                converted(&field, to, value, home).ok_or_else(|| Error::internal("a value has changed meanwhile"))?;
            rows.extend(kept.keys.iter().map(|key| (id, record.record_id(), key.clone())));
            record.custom_mut().insert(field.key.clone(), kept.value);
        }
        let record = tx.update(&record).await?;
        record.reindex(&mut tx).await?;
    }
    fill::put(&mut tx, rows);
    let done = field.work_done + i64::try_from(ids.len()).unwrap_or_default();
    let far = |field: &CustomField| json!({ "done": field.work_done, "total": field.work_total });
    let after = tx.update(&CustomField { work_done: done, work_after: Some(last), ..field.clone() }).await?;
    tx.audit(Change::new("custom_field.rewrite", id).before(&far(&field)).after(&far(&after))).await?;
    tx.emit(Event::new("custom_field.progress", id).data(far(&after))).await?;
    tx.commit().await?;
    Ok(true)
}

async fn finish(mut tx: Tx, before: CustomField, to: Option<CustomField>) -> Result<()> {
    let kind = to.map_or(before.kind, |to| to.kind);
    let choices = if kind.has_choices() { before.choices.clone() } else { kernel::Json(Vec::new()) };
    let after = CustomField { kind, choices, work: None, work_after: None, ..before.clone() };
    let after = tx.update(&after).await?;
    tx.audit(Change::new("custom_field.finish_rewrite", after.id).before(&before).after(&after)).await?;
    tx.emit(event("custom_field.updated", &after)).await?;
    Ok(tx.commit().await?)
}
