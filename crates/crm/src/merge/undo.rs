//! Undoing a merge: the loser is there again with its id, its values and what was linked to it. What somebody changed
//! after the merge is left as it is, and said.

use kernel::{Change, Error, Event, Result, Value, id::Id};
use serde::Serialize;
use serde_json::json;
use store::{EnqueueJob, OnConstraint, Tx};
use utoipa::ToSchema;

use super::{MergeId, MergeState, Mergeable, RecordMerge, custom, fields, links, run::both};
use crate::{
    affiliation,
    company::Company,
    contact::{Contact, reindex::ReindexCompanyContacts},
    duplicate::Noun,
};

/// What undoing did.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Undone {
    /// Fields of the survivor that are as they were before.
    pub restored: Vec<String>,
    /// Fields of the survivor that were changed since and stay.
    pub kept: Vec<String>,
    /// What went back to the record that is there again.
    pub returned: Vec<super::Moved>,
    /// What was moved elsewhere or removed since and stays.
    pub stayed: Vec<super::Moved>,
}

/// The merge, if the caller may know of it.
pub(crate) async fn find(tx: &mut Tx, id: MergeId) -> Result<RecordMerge> {
    let found: Option<RecordMerge> = tx.find(id).await?;
    found.filter(|merge| merge.noun.must_read(tx.caller()).is_ok()).ok_or_else(|| Error::not_found("merge"))
}

/// Undoes the merge while its time lasts.
pub async fn undo(tx: &mut Tx, id: MergeId) -> Result<(RecordMerge, Undone)> {
    find(tx, id).await?.noun.must_merge(tx.caller())?;
    let merge: RecordMerge = tx.get_locked(id).await?;
    match merge.state {
        MergeState::Done if tx.now() < merge.undo_until => {}
        MergeState::Undone => return Err(Error::conflict("merge_undone", "This merge has been undone already.")),
        MergeState::Done | MergeState::Final => {
            let sentence = "A merge can be undone for 30 days. This one is older, and what it was made of is erased.";
            return Err(Error::conflict("merge_final", sentence));
        }
    }
    match merge.noun {
        Noun::Contact => of::<Contact>(tx, merge, "contact.unmerge", "contact.unmerged").await,
        Noun::Company => {
            let done = of::<Company>(tx, merge, "company.unmerge", "company.unmerged").await?;
            for company in [done.0.survivor_id, done.0.loser_id] {
                tx.enqueue(&ReindexCompanyContacts { company_id: Id::from_uuid(company) }).await?;
            }
            Ok(done)
        }
    }
}

async fn of<R: Mergeable>(
    tx: &mut Tx,
    merge: RecordMerge,
    action: &'static str,
    event: &'static str,
) -> Result<(RecordMerge, Undone)> {
    let Some(image) = merge.image.as_ref().map(|image| &image.0) else {
        return Err(Error::internal("a merge that can be undone has no image"));
    };
    let (survivor, loser) =
        both::<R>(tx, R::Id::from_uuid(merge.survivor_id), R::Id::from_uuid(merge.loser_id)).await?;
    if survivor.merged_into().is_some() || loser.merged_into() != Some(survivor.id()) {
        let sentence = "The record that was kept has been merged into another since. Undo that merge first.";
        return Err(Error::conflict("survivor_merged_on", sentence));
    }
    let mut whole = tx.beyond_reach("what went to the survivor goes back, whoever sees it");
    let tx = &mut *whole;
    let mut undone = Undone::default();
    let mut changes: Vec<(String, Value)> = Vec::new();
    let now = R::COLUMNS.iter().zip(survivor.values()).collect::<Vec<_>>();
    for field in &image.fields {
        if custom::is_theirs(&field.field) {
            let is_now = now.iter().find(|(column, _)| custom::is_theirs(column)).map(|(_, value)| value);
            let back = is_now
                .and_then(|now| custom::give_back(now, &field.before.clone().into(), &field.after.clone().into()));
            if let Some((values, kept)) = back {
                undone.restored.push(field.field.clone());
                undone.kept.extend(kept);
                changes.push((field.field.clone(), values));
            }
            continue;
        }
        let is_as_merged =
            now.iter().any(|(column, value)| **column == field.field && *value == field.after.clone().into());
        let list = if is_as_merged { &mut undone.restored } else { &mut undone.kept };
        list.push(field.field.clone());
        if is_as_merged {
            changes.push((field.field.clone(), field.before.clone().into()));
        }
    }
    let taken = || Error::conflict("tax_id_taken", "Another company has taken this one's tax id. Change that first.");
    let mut as_before = fields::with(&survivor, &changes)?;
    let rows = custom::fit(tx, &mut as_before).await?;
    let after = tx.update(&as_before).await.on_constraint("company_tax_id_index_key", taken)?;
    custom::write(tx, &after, rows).await?;
    let back = tx.update(&loser.clone().lose_to(None)).await.on_constraint("company_tax_id_index_key", taken)?;
    for (table, went, stayed) in links::give_back(tx, R::NOUN, merge.survivor_id, merge.loser_id, &image.links).await? {
        let moved = |count| super::Moved { noun: table.to_owned(), count };
        undone.returned.extend((went > 0).then(|| moved(went)));
        undone.stayed.extend((stayed > 0).then(|| moved(stayed)));
    }
    R::consents_parted(tx, &merge).await?;
    affiliation::merge::undo(tx, &image.affiliations).await?;
    let (after, back) = R::parted(tx, after, back).await?;
    let over = RecordMerge { state: MergeState::Undone, image: None, undone_at: Some(tx.now()), ..merge.clone() };
    let over = tx.update(&over).await?;
    if !after.deleted() {
        R::index(tx, &after).await?;
    }
    R::index(tx, &back).await?;
    tx.audit(Change::new(action, after.id()).before(&survivor).after(&after)).await?;
    tx.audit(Change::new(action, back.id()).before(&loser).after(&back)).await?;
    let told = json!({ "merge_id": over.id, "survivor_id": after.id(), "loser_id": back.id() });
    tx.emit(Event::new(event, after.id()).related(back.id()).data(told)).await?;
    Ok((over, undone))
}
