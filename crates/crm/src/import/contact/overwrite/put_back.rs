//! Putting back what an import overwrote.

use kernel::{Result, Value};
use store::{Record, Tx, sql};

use super::{Overwritten, tell};
use crate::{
    affiliation,
    contact::Contact,
    import::{ImportId, noun::PutBack},
    merge::{
        custom,
        fields::{changed, with},
    },
};

/// Puts back what the import overwrote of up to `most` contacts; None when there are no more.
pub async fn put_back(tx: &mut Tx, import: ImportId, most: i64) -> Result<Option<PutBack>> {
    let query = tx.select::<Overwritten>().and("import_id =", import);
    let batch: Vec<Overwritten> = tx.all(query.push(" ORDER BY record_id LIMIT ").bind(most)).await?;
    if batch.is_empty() {
        return Ok(None);
    }
    let mut done = PutBack::default();
    for one in &batch {
        if restore(tx, one).await? { done.whole += 1 } else { done.partly += 1 }
    }
    let gone = sql!(
        "DELETE FROM import_changed WHERE tenant_id = {} AND import_id = {} AND record_id IN ",
        tx.tenant_id(),
        import
    );
    tx.execute(gone.bind_list(batch.iter().map(|one| one.record_id))).await?;
    Ok(Some(done))
}

/// Puts back each field that is still as the import left it; answers whether all were.
async fn restore(tx: &mut Tx, one: &Overwritten) -> Result<bool> {
    let found: Option<Contact> = tx.find(one.record_id).await?;
    if found.is_none_or(|contact| contact.deleted_at.is_some()) {
        return Ok(false);
    }
    let now: Contact = tx.get_locked(one.record_id).await?;
    let mut whole = true;
    let mut changes = Vec::new();
    for field in &one.image.0.fields {
        let (before, after): (Value, Value) = (field.before.clone().into(), field.after.clone().into());
        let Some(value) = value_of(&now, &field.field) else { continue };
        let kept = custom::is_theirs(&field.field).then(|| custom::give_back(&value, &before, &after)).flatten();
        match kept {
            Some((values, stayed)) => {
                whole &= stayed.is_empty();
                changes.push((field.field.clone(), values));
            }
            None if value == after => changes.push((field.field.clone(), before)),
            None => whole = false,
        }
    }
    let mut back = with(&now, &changes)?.named();
    if changed(&now, &back).is_empty() {
        return Ok(whole);
    }
    let rows = custom::fit(tx, &mut back).await?;
    let back = tx.update(&back).await?;
    custom::write(tx, &back, rows).await?;
    if back.company_id != now.company_id {
        affiliation::give_way(tx, &back).await?;
        affiliation::merge::undo(tx, &one.image.0.affiliations).await?;
    }
    tell(tx, &now, &back).await?;
    Ok(whole)
}

fn value_of(contact: &Contact, column: &str) -> Option<Value> {
    let at = Contact::COLUMNS.iter().position(|known| *known == column)?;
    contact.values().into_iter().nth(at)
}
