//! Taking back what was taken by verbs: what was made goes as if it had never been, what was overwritten is put back by the
//! noun's own change.

use std::collections::HashSet;

use kernel::{Error, Event, Result, Uuid, id::Id};
use serde_json::from_value;
use store::{Sql, Tx, sql};

use super::{
    Importable,
    writing::{Overwritten, STAGE},
};
use crate::{
    bulk::{image::FieldImage, noun, of::fields_back},
    field::custom::fill,
    import::{
        ImportId,
        noun::PutBack,
        undo::used::{changed, in_timelines_but, pointed_at},
    },
};

/// Puts back what the import overwrote of up to `most` records; None when there are no more.
pub async fn put_back<R: Importable>(tx: &mut Tx, import: ImportId, of: &str, most: i64) -> Result<Option<PutBack>> {
    let query = tx.select::<Overwritten>().and("import_id =", import);
    let batch: Vec<Overwritten> = tx.all(query.push(" ORDER BY record_id LIMIT ").bind(most)).await?;
    if batch.is_empty() {
        return Ok(None);
    }
    let mut done = PutBack::default();
    for one in batch {
        match restore::<R>(tx, of, one.record_id, one.image.0).await? {
            noun::PutBack::Whole => done.whole += 1,
            noun::PutBack::Partly => done.partly += 1,
        }
        tx.delete::<Overwritten>(one.id).await?;
    }
    Ok(Some(done))
}

/// Puts back each field that is still as the import left it. What the verb refuses by now stays as it is.
async fn restore<R: Importable>(tx: &mut Tx, of: &str, id: Uuid, images: Vec<FieldImage>) -> Result<noun::PutBack> {
    let record = match R::locked(tx, of, id).await {
        Ok(record) if record.deleted_at().is_none() => record,
        Ok(_) | Err(Error::NotFound { .. }) => return Ok(noun::PutBack::Partly),
        Err(error) => return Err(error),
    };
    let (stage, fields): (Vec<_>, Vec<_>) = images.into_iter().partition(|image| image.field == STAGE);
    let held = record.held();
    let mut whole = match fields_back(tx, record, &fields).await {
        Ok(done) => done,
        Err(Error::Invalid { .. } | Error::Conflict { .. }) => return Ok(noun::PutBack::Partly),
        Err(error) => return Err(error),
    };
    for image in stage {
        let Ok(from) = from_value(image.before) else { continue };
        let moved = if held.get(STAGE) == Some(&image.after) {
            R::locked(tx, of, id).await?.move_to(tx, from).await.map(|_| ())
        } else {
            whole = noun::PutBack::Partly;
            Ok(())
        };
        match moved {
            Ok(()) => {}
            Err(Error::Invalid { .. } | Error::Conflict { .. }) => whole = noun::PutBack::Partly,
            Err(error) => return Err(error),
        }
    }
    Ok(whole)
}

/// Those that have been changed or used since.
pub async fn used<R: Importable>(tx: &mut Tx, made: &[Uuid]) -> Result<HashSet<Uuid>> {
    let mut used = changed::<R>(tx, made).await?;
    used.extend(in_timelines_but::<R::Id>(tx, made, R::CREATED).await?);
    used.extend(pointed_at::<R::Id>(tx, made).await?);
    used.extend(R::used(tx, made).await?);
    Ok(used)
}

/// Removes them; whoever was told that they were made is told that they are gone.
pub async fn remove<R: Importable>(tx: &mut Tx, made: &[Uuid]) -> Result<()> {
    if made.is_empty() {
        return Ok(());
    }
    let tenant = tx.tenant_id();
    let names: Vec<String> = made.iter().map(|id| R::Id::from_uuid(*id).to_string()).collect();
    for name in &names {
        tx.unindex(name).await?;
    }
    fill::forget(tx, made).await?;
    R::forget(tx, made).await?;
    let untold = sql!(
        "DELETE FROM event_link WHERE tenant_id = {} AND event_id IN (SELECT event_id FROM event_link WHERE tenant_id = {} \
         AND record IN ",
        tenant,
        tenant
    );
    tx.execute(untold.bind_list(names).push(")")).await?;
    let gone = Sql::new("DELETE FROM ").push(R::TABLE).push(" WHERE tenant_id = ").bind(tenant).push(" AND id IN ");
    tx.execute(gone.bind_list(made.iter().copied())).await?;
    for id in made {
        tx.emit(Event::new(R::DELETED, R::Id::from_uuid(*id))).await?;
    }
    Ok(())
}
