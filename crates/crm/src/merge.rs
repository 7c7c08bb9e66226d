//! Merging two contacts or two companies into one, and undoing it.
//!
//! The *survivor* goes on; the *loser* is marked as deleted and names the survivor in `merged_into`. Its row stays: by
//! what it was known by (names, addresses, numbers, ids) the survivor is found in searches and imports, and whoever asks
//! for its id is given the survivor.
//!
//! Invariants:
//! - Everything that names the loser names the survivor afterwards: [`links::LINKS`], which a test holds against the
//!   foreign keys of the live schema, and relations of custom fields (`relations`). What was issued keeps the customer it froze; only its link moves.
//! - A flag is not a field to choose: it is set when it was set in either of the two ([`fields::combined`]). Flags of
//!   contacts and companies are therefore named so that the set one is the stricter: an opt-out, never an opt-in.
//! - One transaction; both were as the person saw them (their versions). A record that is deleted or was merged takes no
//!   part, so there are no cycles.
//! - For [`UNDO_DAYS`] days it can be undone, from an image that is kept sealed and then erased.

pub(crate) mod custom;
pub mod fields;
pub(crate) mod image;
pub mod lapse;
pub mod links;
pub mod preview;
mod relations;
mod routes;
mod run;
#[cfg(test)]
mod tests;
mod tree;
pub mod undo;
mod view;

use chrono::{DateTime, Utc};
use kernel::{Json, MemberId, Result, SealedJson, Uuid, id::Id};
use serde::{Deserialize, Serialize};
use store::{Record, Tx};
use utoipa::ToSchema;

pub(crate) use routes::routes;
pub use run::{Merging, merge};

use crate::{
    affiliation::{self, merge::Settled},
    company::{self, Company, CompanyId, lineage},
    contact::{
        self, Contact, ContactId,
        consent::{self, Consents},
    },
    duplicate::Noun,
    field,
};
use image::Image;

kernel::id!(/// A merge of two records.
    pub MergeId, "mrg");

/// For how many days a merge can be undone.
pub const UNDO_DAYS: i64 = 30;

kernel::states! {
    pub enum MergeState {
        /// It can be undone.
        Done = "done",
        Undone = "undone",
        /// Its time is over: what it was made of has been erased.
        Final = "final",
    }
}

/// How many rows of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Moved {
    /// What they are.
    #[schema(example = "deal")]
    pub noun: String,
    #[schema(example = 3)]
    pub count: i64,
}

store::record! {
    /// A merge as stored.
    pub struct RecordMerge in record_merge {
        id: MergeId,
        version: i64,
        noun: Noun,
        survivor_id: Uuid,
        loser_id: Uuid,
        state: MergeState,
        #[serde(skip_serializing)]
        image: Option<SealedJson<Image>>,
        moved: Json<Vec<Moved>>,
        merged_by: Option<MemberId>,
        undo_until: DateTime<Utc>,
        undone_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

/// What contacts and companies have in common where they are merged.
#[allow(async_fn_in_trait, reason = "used within this crate only")]
pub(crate) trait Mergeable: Record + Serialize + crate::field::custom::Customized {
    type Id: Id + std::hash::Hash + Serialize;
    const NOUN: Noun;
    fn id(&self) -> Self::Id;
    fn version(&self) -> i64;
    fn deleted(&self) -> bool;
    fn merged_into(&self) -> Option<Self::Id>;
    /// As the loser of a merge, or brought back from it.
    fn lose_to(self, survivor: Option<(Self::Id, DateTime<Utc>)>) -> Self;
    /// With what follows from the chosen fields, given both as they were.
    fn settled(self, survivor: &Self, loser: &Self) -> Self;
    /// What is left once it cannot come back: what it was known by.
    fn remnant(self) -> Self;
    async fn index(tx: &mut Tx, record: &Self) -> Result<()>;
    /// Holds what the merge decides by and others may change, until it ends.
    async fn hold(_tx: &mut Tx) -> Result<()> {
        Ok(())
    }
    /// With a place in a tree that the merge leaves it, given both as they were.
    async fn placed(self, _tx: &mut Tx, _survivor: &Self, _loser: &Self) -> Result<Self> {
        Ok(self)
    }
    /// What is settled of people's further companies before anything moves; `left` is the survivor as it will be.
    async fn apart(tx: &mut Tx, survivor: &Self, loser: &Self, left: &Self) -> Result<Settled>;
    /// What follows from everything having moved to the survivor.
    async fn joined(_tx: &mut Tx, _survivor: Self::Id, _loser: Self::Id) -> Result<()> {
        Ok(())
    }
    /// What follows from both being there again; answers them as they then are.
    async fn parted(_tx: &mut Tx, survivor: Self, loser: Self) -> Result<(Self, Self)> {
        Ok((survivor, loser))
    }
    /// What each had said of how it may be reached, read before anything moves.
    async fn consents(_tx: &mut Tx, _id: Self::Id) -> Result<Consents> {
        Ok(Consents::new())
    }
    /// The stricter of both holds for the survivor from now on.
    async fn consents_joined(_tx: &mut Tx, _survivor: Self::Id, _merge: MergeId, _before: [Consents; 2]) -> Result<()> {
        Ok(())
    }
    /// What the merge said again is taken back.
    async fn consents_parted(_tx: &mut Tx, _merge: &RecordMerge) -> Result<()> {
        Ok(())
    }
}

/// Adds what a record was reached by and is not its main one any more.
fn keep_also(further: &mut Vec<String>, main: Option<&String>, also: [&Option<String>; 2]) {
    for value in also.into_iter().flatten() {
        if main != Some(value) && !further.contains(value) {
            further.push(value.clone());
        }
    }
    further.retain(|value| main != Some(value));
}

impl Mergeable for Contact {
    type Id = ContactId;
    const NOUN: Noun = Noun::Contact;

    fn id(&self) -> ContactId {
        self.id
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn deleted(&self) -> bool {
        self.deleted_at.is_some()
    }
    fn merged_into(&self) -> Option<ContactId> {
        self.merged_into
    }
    fn lose_to(self, survivor: Option<(ContactId, DateTime<Utc>)>) -> Self {
        Self { merged_into: survivor.map(|(id, _)| id), deleted_at: survivor.map(|(_, at)| at), ..self }
    }
    fn settled(mut self, survivor: &Self, loser: &Self) -> Self {
        keep_also(&mut self.emails.0, self.email.as_ref(), [&survivor.email, &loser.email]);
        keep_also(&mut self.phones.0, self.phone.as_ref(), [&survivor.phone, &loser.phone]);
        self.named()
    }
    fn remnant(self) -> Self {
        Self {
            company_id: None,
            job_title: None,
            street: None,
            city: None,
            region: None,
            postal_code: None,
            birth_date: None,
            language: None,
            tags: Json(Vec::new()),
            about: None,
            owner_id: None,
            ..self
        }
    }
    async fn apart(tx: &mut Tx, survivor: &Self, loser: &Self, left: &Self) -> Result<Settled> {
        affiliation::merge::contacts(tx, survivor, loser, left).await
    }
    async fn parted(tx: &mut Tx, survivor: Self, loser: Self) -> Result<(Self, Self)> {
        // Somebody may have written the company down again that is now their own once more.
        for contact in [&survivor, &loser] {
            affiliation::give_way(tx, contact).await?;
        }
        Ok((survivor, loser))
    }
    async fn consents(tx: &mut Tx, id: ContactId) -> Result<Consents> {
        Ok(consent::current(&consent::history(tx, id).await?))
    }
    async fn consents_joined(tx: &mut Tx, survivor: ContactId, merge: MergeId, before: [Consents; 2]) -> Result<()> {
        consent::joined(tx, survivor, &merge.to_string(), before).await
    }
    async fn consents_parted(tx: &mut Tx, merge: &RecordMerge) -> Result<()> {
        let (survivor, loser) = (ContactId::from_uuid(merge.survivor_id), ContactId::from_uuid(merge.loser_id));
        consent::parted(tx, &merge.id.to_string(), merge.created_at, survivor, loser).await
    }
    async fn index(tx: &mut Tx, record: &Self) -> Result<()> {
        contact::index(tx, record).await
    }
}

impl Mergeable for Company {
    type Id = CompanyId;
    const NOUN: Noun = Noun::Company;

    fn id(&self) -> CompanyId {
        self.id
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn deleted(&self) -> bool {
        self.deleted_at.is_some()
    }
    fn merged_into(&self) -> Option<CompanyId> {
        self.merged_into
    }
    fn lose_to(self, survivor: Option<(CompanyId, DateTime<Utc>)>) -> Self {
        Self { merged_into: survivor.map(|(id, _)| id), deleted_at: survivor.map(|(_, at)| at), ..self }
    }
    fn settled(mut self, _: &Self, _: &Self) -> Self {
        self.name_folded = field::folded(&self.name);
        self.domain = self.website.as_deref().and_then(field::domain);
        self
    }
    fn remnant(self) -> Self {
        Self {
            street: None,
            city: None,
            region: None,
            postal_code: None,
            language: None,
            currency: None,
            tags: Json(Vec::new()),
            about: None,
            owner_id: None,
            parent_id: None,
            primary_contact_id: None,
            billing_contact_id: None,
            ..self
        }
    }
    async fn hold(tx: &mut Tx) -> Result<()> {
        lineage::hold(tx).await
    }
    async fn placed(self, tx: &mut Tx, survivor: &Self, loser: &Self) -> Result<Self> {
        tree::placed(tx, self, survivor, loser).await
    }
    async fn apart(tx: &mut Tx, survivor: &Self, loser: &Self, _: &Self) -> Result<Settled> {
        affiliation::merge::companies(tx, survivor.id, loser.id).await
    }
    async fn joined(tx: &mut Tx, survivor: CompanyId, loser: CompanyId) -> Result<()> {
        tree::joined(tx, survivor, loser).await
    }
    async fn parted(tx: &mut Tx, survivor: Self, loser: Self) -> Result<(Self, Self)> {
        tree::parted(tx, survivor, loser).await
    }
    async fn index(tx: &mut Tx, record: &Self) -> Result<()> {
        company::index(tx, record).await
    }
}
