//! Merging.

use std::str::FromStr;

use chrono::TimeDelta;
use kernel::{Change, Error, Event, Json, Result, SealedJson, id::Id};
use serde_json::json;
use store::{EnqueueJob, OnConstraint, Tx};

use super::{
    MergeId, MergeState, Mergeable, Moved, RecordMerge, UNDO_DAYS, custom, fields,
    image::{FieldImage, Image},
    lapse::LapseMerge,
    links,
};
use crate::{
    company::{Company, CompanyId},
    contact::{Contact, ContactId, reindex::ReindexCompanyContacts},
    duplicate::Noun,
};

/// Which two, as they were seen, and of which fields the loser's value is taken.
#[derive(Debug, Clone)]
pub struct Merging {
    pub survivor: String,
    pub survivor_version: i64,
    pub loser: String,
    pub loser_version: i64,
    pub take: Vec<String>,
}

/// The noun and the ids of two records, `con_…` or `com_…`.
pub(crate) enum Pair {
    Contacts(ContactId, ContactId),
    Companies(CompanyId, CompanyId),
}

impl Pair {
    pub fn parse(survivor: &str, loser: &str) -> Result<Pair> {
        fn both<I: FromStr>(one: &str, other: &str) -> Option<(I, I)> {
            Some((one.parse().ok()?, other.parse().ok()?))
        }
        if survivor == loser {
            return Err(Error::invalid("loser", "same_record", "Choose two different records."));
        }
        let contacts = both(survivor, loser).map(|(one, other)| Pair::Contacts(one, other));
        contacts
            .or_else(|| both(survivor, loser).map(|(one, other)| Pair::Companies(one, other)))
            .ok_or_else(|| Error::invalid("loser", "nouns_differ", "Choose two contacts, or two companies."))
    }

    pub const fn noun(&self) -> Noun {
        match self {
            Pair::Contacts(..) => Noun::Contact,
            Pair::Companies(..) => Noun::Company,
        }
    }
}

/// Merges the loser into the survivor.
pub async fn merge(tx: &mut Tx, wanted: &Merging) -> Result<RecordMerge> {
    let pair = Pair::parse(&wanted.survivor, &wanted.loser)?;
    pair.noun().must_merge(tx.caller())?;
    match pair {
        Pair::Contacts(survivor, loser) => {
            let (done, ..) = of::<Contact>(tx, survivor, loser, wanted, "contact.merge", "contact.merged").await?;
            Ok(done)
        }
        Pair::Companies(survivor, loser) => {
            let (done, ..) = of::<Company>(tx, survivor, loser, wanted, "company.merge", "company.merged").await?;
            tx.enqueue(&ReindexCompanyContacts { company_id: survivor }).await?;
            Ok(done)
        }
    }
}

/// Both, locked in the order of their ids, so that two who merge the same two do so one after the other.
pub(crate) async fn both<R: Mergeable>(tx: &mut Tx, survivor: R::Id, loser: R::Id) -> Result<(R, R)> {
    if survivor.uuid() < loser.uuid() {
        let survivor = tx.get_locked(survivor).await?;
        return Ok((survivor, tx.get_locked(loser).await?));
    }
    let loser = tx.get_locked(loser).await?;
    Ok((tx.get_locked(survivor).await?, loser))
}

/// Refuses what is no longer there to be merged.
pub(crate) fn must_be_live<R: Mergeable>(field: &str, record: &R) -> Result<()> {
    if record.merged_into().is_some() {
        let sentence = "One of the two has been merged into another record already. Load the page again.";
        return Err(Error::conflict("already_merged", sentence));
    }
    if record.deleted() {
        let sentence = "This record has been deleted. Bring it back first, or choose another.";
        return Err(Error::invalid(field, "record_deleted", sentence));
    }
    Ok(())
}

async fn of<R: Mergeable>(
    tx: &mut Tx,
    survivor: R::Id,
    loser: R::Id,
    wanted: &Merging,
    action: &'static str,
    event: &'static str,
) -> Result<(RecordMerge, R, R)> {
    // Before the rows, as whoever moves a company does: where it will stand is read from a tree that nobody else changes.
    R::hold(tx).await?;
    let (survivor, loser) = both::<R>(tx, survivor, loser).await?;
    must_be_live("survivor", &survivor)?;
    must_be_live("loser", &loser)?;
    if survivor.version() != wanted.survivor_version || loser.version() != wanted.loser_version {
        return Err(Error::Stale);
    }
    let mut whole = tx.beyond_reach("what names the loser moves with it, whoever sees it");
    let tx = &mut *whole;
    let consents = [R::consents(tx, survivor.id()).await?, R::consents(tx, loser.id()).await?];
    let chosen = fields::chosen(&survivor, &loser, &wanted.take)?;
    let mut chosen = chosen.placed(tx, &survivor, &loser).await?;
    let rows = custom::fit(tx, &mut chosen).await?;
    // The loser first: what is unique among the living must be free.
    let gone = tx.update(&loser.clone().lose_to(Some((survivor.id(), tx.now())))).await?;
    let after = tx.update(&chosen).await.on_constraint("company_tax_id_index_key", || {
        Error::conflict("tax_id_taken", "A third company has the tax id you chose. Merge that one first.")
    })?;
    custom::write(tx, &after, rows).await?;
    let affiliations = R::apart(tx, &survivor, &loser, &after).await?;
    let links = links::move_all(tx, R::NOUN, loser.id().uuid(), survivor.id().uuid()).await?;
    R::joined(tx, survivor.id(), loser.id()).await?;
    let count = |ids: usize| i64::try_from(ids).unwrap_or(i64::MAX);
    let moved: Vec<Moved> =
        links.iter().map(|link| Moved { noun: link.table.clone(), count: count(link.ids.len()) }).collect();
    let changed = fields::changed(&survivor, &after);
    let changed = changed.into_iter().map(|(field, before, after)| FieldImage {
        field: field.to_owned(),
        before: before.into(),
        after: after.into(),
    });
    let image = Image { fields: changed.collect(), links, affiliations };
    let done = RecordMerge {
        id: MergeId::new(),
        version: 1,
        noun: R::NOUN,
        survivor_id: survivor.id().uuid(),
        loser_id: loser.id().uuid(),
        state: MergeState::Done,
        image: Some(SealedJson(image)),
        moved: Json(moved),
        merged_by: tx.caller().member_id(),
        undo_until: tx.now() + TimeDelta::days(UNDO_DAYS),
        undone_at: None,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    tx.insert(&done).await?;
    R::consents_joined(tx, survivor.id(), done.id, consents).await?;
    tx.enqueue_at(&LapseMerge { merge_id: done.id }, done.undo_until).await?;
    tx.unindex(&loser.id().to_string()).await?;
    R::index(tx, &after).await?;
    tx.audit(Change::new(action, survivor.id()).before(&survivor).after(&after)).await?;
    tx.audit(Change::new(action, loser.id()).before(&loser).after(&gone)).await?;
    let told = json!({ "merge_id": done.id, "survivor_id": survivor.id(), "loser_id": loser.id() });
    tx.emit(Event::new(event, survivor.id()).related(loser.id()).data(told)).await?;
    Ok((done, after, gone))
}
