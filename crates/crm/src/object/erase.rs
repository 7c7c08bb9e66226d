//! Erasing the records of a deleted object, a batch at a time, with their values, notes, links and what the trail says of
//! them in its erasable part; then the views of its list, and its fields. Can be run again at any time.

use jobs::{Context, Verdict};
use kernel::{Change, Result, Uuid, id::Id, permissions};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Sql, Tx, sql};

use super::{Object, ObjectId};
use crate::{
    field::custom::{CustomField, CustomObject, fill},
    filter::catalogue::Noun,
    note::NoteId,
    record::CustomRecordId,
    view::ViewId,
};

permissions! {
    /// Erase the records of deleted custom objects; held by the product's own workers.
    pub EraseObjects = "custom_object.erase": [];
}

const BATCH: i64 = 200;

#[derive(Debug, Serialize, Deserialize)]
pub struct EraseCustomObject {
    pub object_id: ObjectId,
}

impl kernel::Job for EraseCustomObject {
    const KIND: &'static str = "custom_object.erase";
    const LEASE_SECONDS: i64 = 600;

    fn unique_key(&self) -> Option<String> {
        Some(self.object_id.to_string())
    }
}

pub async fn run(context: Context, job: EraseCustomObject) -> Result<Verdict> {
    let can = context.can::<EraseObjects>()?;
    loop {
        let mut tx = context.store.begin(&can).await?;
        let Some(object) = tx.find::<Object>(job.object_id).await?.filter(|object| object.deleted_at.is_some()) else {
            return Ok(Verdict::Done);
        };
        let erased = batch(&mut tx, object.id).await?;
        if erased == 0 {
            views(&mut tx, object.id).await?;
            fields(&mut tx, object.id).await?;
        }
        tx.audit(Change::new("custom_object.erase_records", object.id).after(&json!({ "records": erased }))).await?;
        tx.commit().await?;
        if erased == 0 {
            return Ok(Verdict::Done);
        }
    }
}

/// Erases some of its records; answers how many.
async fn batch(tx: &mut Tx, object: ObjectId) -> Result<usize> {
    let query = sql!(
        "SELECT id FROM custom_record WHERE tenant_id = {} AND object_id = {} ORDER BY id LIMIT {}",
        tx.tenant_id(),
        object,
        BATCH
    );
    let ids: Vec<Uuid> = tx.all::<(Uuid,)>(query).await?.into_iter().map(|(id,)| id).collect();
    if ids.is_empty() {
        return Ok(0);
    }
    let names: Vec<String> = ids.iter().map(|id| CustomRecordId::from_uuid(*id).to_string()).collect();
    fill::forget(tx, &ids).await?;
    for name in &names {
        tx.unindex(name).await?;
    }
    tx.erase_audit_details_about(&names).await?;
    let notes = notes(tx, &names).await?;
    tx.erase_audit_details_about(&notes).await?;
    for head in ["DELETE FROM note WHERE subject IN ", "DELETE FROM activity_link WHERE record IN "] {
        let gone = Sql::new(head).bind_list(names.iter().cloned()).push(" AND tenant_id = ").bind(tx.tenant_id());
        tx.execute(gone).await?;
    }
    // What bulk changes kept of them to be undone says what they held.
    for head in ["DELETE FROM bulk_image WHERE record_id IN ", "DELETE FROM bulk_refusal WHERE record_id IN "] {
        let gone = Sql::new(head).bind_list(ids.iter().copied()).push(" AND tenant_id = ").bind(tx.tenant_id());
        tx.execute(gone).await?;
    }
    let gone = sql!("DELETE FROM custom_record WHERE tenant_id = {} AND id IN ", tx.tenant_id());
    tx.execute(gone.bind_list(ids.iter().copied())).await?;
    Ok(ids.len())
}

/// The notes about records: what the trail says of them holds their text.
async fn notes(tx: &mut Tx, records: &[String]) -> Result<Vec<String>> {
    let query = sql!("SELECT id FROM note WHERE tenant_id = {} AND subject IN ", tx.tenant_id());
    let notes: Vec<(NoteId,)> = tx.all(query.bind_list(records.iter().cloned())).await?;
    Ok(notes.into_iter().map(|(id,)| id.to_string()).collect())
}

/// The views of its list, which may name what they look for, and what members made of them.
async fn views(tx: &mut Tx, object: ObjectId) -> Result<()> {
    let (tenant, noun) = (tx.tenant_id(), Noun::Own(object));
    let query = sql!("SELECT id FROM saved_view WHERE tenant_id = {} AND noun = {}", tenant, noun);
    let views: Vec<ViewId> = tx.all::<(ViewId,)>(query).await?.into_iter().map(|(id,)| id).collect();
    for head in ["DELETE FROM view_choice WHERE view_id IN ", "DELETE FROM saved_view WHERE id IN "] {
        for part in views.chunks(200) {
            let gone = Sql::new(head).bind_list(part.iter().copied()).push(" AND tenant_id = ").bind(tenant);
            tx.execute(gone).await?;
        }
    }
    let views: Vec<String> = views.iter().map(ToString::to_string).collect();
    tx.erase_audit_details_about(&views).await?;
    Ok(())
}

/// Its fields go with it; their keys stay taken.
async fn fields(tx: &mut Tx, object: ObjectId) -> Result<()> {
    let select = tx.select::<CustomField>().push(" AND custom_field.deleted_at IS NULL");
    let fields: Vec<CustomField> = tx.all(select.and("custom_field.object =", CustomObject::Own(object))).await?;
    for before in fields {
        let gone = CustomField { deleted_at: Some(tx.now()), work: None, ..before.clone() };
        let gone = tx.update(&gone).await?;
        tx.audit(Change::new("custom_field.delete", gone.id).before(&before).after(&gone)).await?;
    }
    Ok(())
}
