//! Which records a bulk change is about, in parts of a list that was fixed when it began.

use std::collections::HashSet;

use kernel::{Error, Json, Result, Uuid, error::Fields, id};
use store::{Sql, Tx};
use utoipa::IntoParams;

use super::{
    BulkChange, BulkChangeId, MOST_FOUND, MOST_NAMED,
    noun::{BulkNoun, Changeable},
};

/// Records of a part.
pub const SIZE: usize = 100;

kernel::id!(/// Some of the records of a bulk change.
    pub BulkPartId, "blp");

store::record! {
    /// A part as stored.
    pub struct BulkPart in bulk_part {
        id: BulkPartId,
        bulk_change_id: BulkChangeId,
        /// From 0.
        number: i64,
        records: Json<Vec<Uuid>>,
    }
}

/// The records that were named, each once. Those that are not there are refused when their turn comes; refuses a list of
/// which none is there.
pub async fn named(tx: &mut Tx, noun: &dyn BulkNoun, of: &str, ids: &[String]) -> Result<Vec<Uuid>> {
    if ids.len() > MOST_NAMED {
        let sentence = format!("Name at most {MOST_NAMED} records, or say what finds them.");
        return Err(Error::invalid("ids", "too_many", sentence));
    }
    let unknown = || Error::invalid("ids", "records_unknown", "There are no such records. Read the list again.");
    let mut seen = HashSet::new();
    let mut records = Vec::with_capacity(ids.len());
    for text in ids {
        let record = id::parse(noun.prefix(), text).map_err(|_| unknown())?;
        if seen.insert(record) {
            records.push(record);
        }
    }
    for part in records.chunks(SIZE) {
        if noun.any(tx, of, part).await? {
            return Ok(records);
        }
    }
    Err(unknown())
}

/// Refuses conditions that the list does not know. There a misspelt one shows too much; here it would change all of it.
pub fn must_be_known<R: Changeable>(of: &str, query: &str) -> Result<()> {
    let asked: Vec<(String, String)> = edge::query(query)?;
    let known: Vec<String> =
        <R::Filter as IntoParams>::into_params(|| None).into_iter().map(|parameter| parameter.name).collect();
    let is_known = |name: &str| {
        known.iter().any(|known| known == name)
            || ["sort", "limit", "cursor"].contains(&name)
            || (R::SEARCHED && ["q", "filter"].contains(&name))
            || (R::object(of).is_some() && name.starts_with("custom."))
    };
    let mut refused = Fields::default();
    for (name, _) in asked.iter().filter(|(name, _)| !is_known(name)) {
        let sentence = format!("The list of these records has no condition \u{201c}{name}\u{201d}. Leave it out.");
        refused.refuse("find", "condition_unknown", sentence);
    }
    refused.finish()
}

/// All records that the list finds.
pub async fn found(tx: &mut Tx, select: Sql, id: &'static str) -> Result<Vec<Uuid>> {
    let limit = i64::try_from(MOST_FOUND).unwrap_or(i64::MAX).saturating_add(1);
    let select = select.only(id).push(" ORDER BY ").push(id).push(" LIMIT ").bind(limit);
    let records: Vec<Uuid> = tx.all::<(Uuid,)>(select).await?.into_iter().map(|(id,)| id).collect();
    if records.len() > MOST_FOUND {
        let sentence = format!("More than {MOST_FOUND} records fit. Narrow the list and do it in turns.");
        return Err(Error::invalid("find", "too_many", sentence));
    }
    if records.is_empty() {
        return Err(Error::invalid("find", "nothing_found", "Nothing fits any more. Read the list again."));
    }
    Ok(records)
}

/// Writes the list down.
pub async fn keep(tx: &mut Tx, id: BulkChangeId, records: &[Uuid]) -> Result<()> {
    let parts = records.chunks(SIZE).enumerate().map(|(number, part)| BulkPart {
        id: BulkPartId::new(),
        bulk_change_id: id,
        number: i64::try_from(number).unwrap_or(i64::MAX),
        records: Json(part.to_vec()),
    });
    Ok(tx.insert_all(&parts.collect::<Vec<_>>()).await?)
}

/// The next records, up to the end of their part.
pub async fn next(tx: &mut Tx, change: &BulkChange, most: usize) -> Result<Vec<Uuid>> {
    let done = usize::try_from(change.done).unwrap_or(usize::MAX);
    let number = i64::try_from(done / SIZE).unwrap_or(i64::MAX);
    let query = tx.select::<BulkPart>().and("bulk_part.bulk_change_id =", change.id).and("bulk_part.number =", number);
    let part: Option<BulkPart> = tx.optional(query).await?;
    let records = part.map(|part| part.records.0).unwrap_or_default();
    Ok(records.into_iter().skip(done % SIZE).take(most).collect())
}
