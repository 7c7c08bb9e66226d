//! Nouns whose rows are taken by the verbs of the noun, one by one: deals, leads, records of custom objects.
//!
//! Invariant: a row is read into the words of the noun's own API and taken by its verbs, the half that only looks when it is
//! decided on and the half that writes afterwards, so that nothing is written that could not have been written by hand, with
//! the entry, the event and the search document of each.

mod back;
mod judge;
mod known;
mod left;
mod look;
mod preview;
mod related;
mod words;
mod writing;

use std::{collections::HashSet, marker::PhantomData};

use kernel::{Error, Result, Uuid};
use store::Tx;
use tabular::{Record, TargetField};

pub use left::Left;
pub use look::{Cell, Said};
pub use related::by_name;
pub use words::Words;

use super::{
    Import, ImportId, MatchBy,
    carried::Carried,
    contact::remove_companies,
    noun::{ImportNoun, Naming, PutBack, Rights},
    plan::{Outcome, Plan},
    preview::PreviewRow,
    reading::Reading,
    target::Own,
    undo::used::used_companies,
};
use crate::{
    bulk::noun::Changeable,
    company::CompanyId,
    field::custom::{CustomKind, CustomObject, Values, draft::Draft},
};

/// What is asked of a noun. Implemented beside each.
#[async_trait::async_trait]
pub trait Importable: Changeable {
    /// What the import notes that it made.
    const NOUN: &'static str;
    /// The condition that leaves its imports out of a list of them.
    const WITHOUT: &'static str;
    const NAMING: Naming;
    /// By what rows are recognised, in the order they are looked for.
    const MATCHED: &'static [MatchBy];
    /// By fields of the tenant's own besides?
    const MATCHED_BY_OWN: bool = false;
    const AMOUNTS: &'static [&'static str] = &[];
    /// Do rows name a company, which is made where there is none?
    const COMPANY: bool = false;
    /// The events by which it is told that one was made, and that one is gone.
    const CREATED: &'static str;
    const DELETED: &'static str;
    /// What the cells of a chunk name, found by a few questions.
    type Named: Send + Sync;

    fn fields() -> &'static [TargetField];
    async fn ready(_tx: &mut Tx, _of: &str) -> Result<()> {
        Ok(())
    }
    async fn look(tx: &mut Tx, rows: &[Said<'_>]) -> Result<Self::Named>;
    /// Takes one cell into the words.
    fn put(words: &mut Words, cell: &Cell<'_>, named: &Self::Named) -> Result<()>;
    /// Takes what only means something together.
    fn whole(_words: &mut Words, _named: &Self::Named) -> Result<()> {
        Ok(())
    }
    /// The column that holds what rows are recognised by.
    fn column(by: &MatchBy) -> &'static str;
    /// What a row is recognised by.
    fn key(by: &MatchBy, words: &Words) -> Option<String>;
    /// The same of a record.
    fn key_of(&self, by: &MatchBy) -> Option<String>;
    /// Its values of the tenant's own fields.
    fn values_of_own(&self) -> &Values;
    /// What else of a record must agree with a row that is about it.
    fn detail(&self) -> String {
        String::new()
    }
    /// Does it? `company` is the one that the row names, where there is one already.
    fn meets(_by: &MatchBy, _words: &Words, _company: Option<CompanyId>, _detail: &str) -> bool {
        true
    }
    fn belong_to(&mut self, _company: CompanyId) {}
    /// The record a row would become. Writes nothing.
    async fn draft(tx: &mut Tx, of: &str, words: &Words) -> Result<Draft<Self>>;
    async fn make(tx: &mut Tx, drafted: Draft<Self>) -> Result<Self>;
    /// What a row would make of a record that is there. Writes nothing.
    async fn redraft(tx: &mut Tx, before: &Self, words: &Words) -> Result<Draft<Self>>;
    async fn write(tx: &mut Tx, before: Self, drafted: Draft<Self>) -> Result<Self>;
    /// Those that something of the noun's own uses.
    async fn used(_tx: &mut Tx, _made: &[Uuid]) -> Result<HashSet<Uuid>> {
        Ok(HashSet::new())
    }
    /// Removes what belongs to these alone.
    async fn forget(_tx: &mut Tx, _made: &[Uuid]) -> Result<()> {
        Ok(())
    }
}

/// A noun as a value.
pub struct Of<R>(PhantomData<fn() -> R>);

impl<R> Default for Of<R> {
    fn default() -> Self {
        Of(PhantomData)
    }
}

/// Each row costs statements of its own, and others wait as long.
const MOST_ROWS: usize = 100;

#[async_trait::async_trait]
impl<R: Importable> ImportNoun for Of<R> {
    fn is(&self, noun: &str) -> bool {
        R::is(noun)
    }
    fn without(&self) -> &'static str {
        R::WITHOUT
    }
    fn rights(&self) -> Rights {
        let edit = R::rights().edit;
        Rights { make: edit, change: edit }
    }
    fn naming(&self) -> Naming {
        R::NAMING
    }
    fn fields(&self) -> &'static [TargetField] {
        R::fields()
    }
    fn amounts(&self) -> &'static [&'static str] {
        R::AMOUNTS
    }
    fn object(&self, of: &str) -> Result<CustomObject> {
        R::object(of).ok_or_else(|| Error::internal("what is imported has fields of the tenant's own"))
    }
    /// Text, numbers and addresses tell records apart; a choice or a day does not.
    fn matching(&self, own: &Own) -> Vec<MatchBy> {
        let tells =
            |kind| matches!(kind, CustomKind::Text | CustomKind::Number | CustomKind::Email | CustomKind::Phone);
        let fields = own.record.iter().filter(|field| R::MATCHED_BY_OWN && tells(field.kind));
        fields.map(|field| MatchBy::Own(field.key.clone())).chain(R::MATCHED.iter().cloned()).collect()
    }
    fn matched_first(&self) -> Vec<MatchBy> {
        R::MATCHED.to_vec()
    }
    async fn ready(&self, tx: &mut Tx, of: &str) -> Result<()> {
        R::ready(tx, of).await
    }
    fn most_rows(&self) -> usize {
        MOST_ROWS
    }
    async fn judge(
        &self,
        tx: &mut Tx,
        reading: &Reading,
        import: &mut Import,
        records: Vec<Record>,
        carried: Option<&mut Carried>,
    ) -> Result<Plan> {
        let is_trial = carried.is_some();
        let left = carried.map(|carried| &mut carried.records);
        let (decided, writing) = judge::decide::<R>(tx, reading, import, records, left).await?;
        let (mut refused, mut outcomes) = (Vec::new(), Vec::new());
        for (stood, decided) in decided {
            match (decided.outcome, is_trial) {
                (outcome, true) => outcomes.push((stood, outcome)),
                (Outcome::Refuse(refusal), false) => refused.push((stood, refusal)),
                _ => {}
            }
        }
        Ok(Plan { refused, outcomes, writes: Box::new(writing) })
    }
    async fn preview(
        &self,
        tx: &mut Tx,
        reading: &Reading,
        import: &Import,
        records: Vec<Record>,
    ) -> Result<Vec<PreviewRow>> {
        preview::preview::<R>(tx, reading, import, records).await
    }
    /// A company goes only when nothing is of it any more.
    fn makes(&self) -> &'static [&'static str] {
        const { &[R::NOUN, "company"] }
    }
    async fn put_back(&self, tx: &mut Tx, import: ImportId, of: &str, most: i64) -> Result<Option<PutBack>> {
        back::put_back::<R>(tx, import, of, most).await
    }
    async fn used(&self, tx: &mut Tx, noun: &str, made: &[Uuid]) -> Result<HashSet<Uuid>> {
        if noun == R::NOUN { back::used::<R>(tx, made).await } else { used_companies(tx, made).await }
    }
    async fn remove(&self, tx: &mut Tx, noun: &str, made: &[Uuid]) -> Result<()> {
        if noun == R::NOUN { back::remove::<R>(tx, made).await } else { remove_companies(tx, made).await }
    }
}
