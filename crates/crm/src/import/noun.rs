//! What a noun brings for imports: the fields its rows may feed, what becomes of a row, and what takes it back.
//!
//! Invariant: the engine (files, columns, chunks, progress, refused rows) knows no noun; each is added to [`Imports`], also
//! those of domains above.

use std::{collections::HashSet, sync::Arc};

use kernel::{Caller, Error, Result, Uuid};
use store::{Sql, Tx};
use tabular::{Record, TargetField};

use super::{
    Import, ImportId, MatchBy,
    carried::Carried,
    contact::People,
    of::{Importable, Of},
    plan::Plan,
    preview::PreviewRow,
    reading::Reading,
    target::Own,
};
use crate::field::custom::CustomObject;

/// What one must hold to bring records of a noun in, and to change by a file those that are there.
#[derive(Debug, Clone, Copy)]
pub struct Rights {
    pub make: &'static str,
    pub change: &'static str,
}

/// By which fields a row says whom or what it is about.
#[derive(Debug, Clone, Copy)]
pub struct Naming {
    pub targets: &'static [&'static str],
    /// What is said where no column feeds one of them.
    pub code: &'static str,
    pub sentence: &'static str,
}

/// How many records are as they were before the import, and how many kept something that was changed since.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct PutBack {
    pub whole: i64,
    pub partly: i64,
}

/// A noun behind one type. `of` is the noun as the import has it: for custom objects, which one.
#[async_trait::async_trait]
pub trait ImportNoun: Send + Sync + 'static {
    fn is(&self, noun: &str) -> bool;
    /// The condition that leaves its imports out of a list of them.
    fn without(&self) -> &'static str;
    fn rights(&self) -> Rights;
    fn naming(&self) -> Naming;
    /// The product's own fields that a column may feed.
    fn fields(&self) -> &'static [TargetField];
    /// Those of them that are amounts of money.
    fn amounts(&self) -> &'static [&'static str] {
        &[]
    }
    /// Whose fields of the tenant's own its rows have; those of the company of a row besides.
    fn object(&self, of: &str) -> Result<CustomObject>;
    fn has_company_fields(&self) -> bool {
        false
    }
    /// By what its rows can be recognised, in the order they are looked for.
    fn matching(&self, own: &Own) -> Vec<MatchBy>;
    /// By what they are unless somebody chooses.
    fn matched_first(&self) -> Vec<MatchBy>;
    /// Refuses where nothing can be brought in now, and sets up what its rows need.
    async fn ready(&self, _tx: &mut Tx, _of: &str) -> Result<()> {
        Ok(())
    }
    /// The most rows of one transaction.
    fn most_rows(&self) -> usize {
        usize::MAX
    }
    /// Decides on each row and counts it, writing nothing. `carried` is that of a trial.
    async fn judge(
        &self,
        tx: &mut Tx,
        reading: &Reading,
        import: &mut Import,
        records: Vec<Record>,
        carried: Option<&mut Carried>,
    ) -> Result<Plan>;
    /// The first rows as they will be stored.
    async fn preview(
        &self,
        tx: &mut Tx,
        reading: &Reading,
        import: &Import,
        records: Vec<Record>,
    ) -> Result<Vec<PreviewRow>>;
    /// What it makes, in the order in which that is taken back.
    fn makes(&self) -> &'static [&'static str];
    /// Puts back what was overwritten of up to `most` records; None when there are no more.
    async fn put_back(&self, tx: &mut Tx, import: ImportId, of: &str, most: i64) -> Result<Option<PutBack>>;
    /// Which of these that it made, of `noun`, have been changed or used since.
    async fn used(&self, tx: &mut Tx, noun: &str, made: &[Uuid]) -> Result<HashSet<Uuid>>;
    /// Removes these that it made, as if they had never been.
    async fn remove(&self, tx: &mut Tx, noun: &str, made: &[Uuid]) -> Result<()>;
}

/// Every noun that comes in from files. Cheap to clone.
#[derive(Clone)]
pub struct Imports {
    nouns: Arc<Vec<Arc<dyn ImportNoun>>>,
}

impl Default for Imports {
    /// Those of this domain.
    fn default() -> Self {
        let people: Arc<dyn ImportNoun> = Arc::new(People);
        Imports { nouns: Arc::new(vec![people]) }.with::<crate::deal::Deal>().with::<crate::record::CustomRecord>()
    }
}

impl Imports {
    /// And with one of another domain.
    pub fn with<R: Importable>(mut self) -> Self {
        Arc::make_mut(&mut self.nouns).push(Arc::new(Of::<R>::default()));
        self
    }

    pub(super) fn of(&self, noun: &str) -> Result<Arc<dyn ImportNoun>> {
        self.nouns.iter().find(|known| known.is(noun)).cloned().ok_or_else(|| {
            let sentence =
                "Files of these records cannot be brought in. Name contact, deal, lead, or a custom object's id.";
            Error::invalid("noun", "noun_unknown", sentence)
        })
    }

    /// May the caller know of imports of this noun? They show what is in its files.
    pub(super) fn shows(&self, caller: &Caller, noun: &str) -> bool {
        self.of(noun).is_ok_and(|noun| caller.holds(noun.rights().make))
    }

    /// The imports that the caller may know of, out of those of a select.
    pub(super) fn only(&self, caller: &Caller, mut select: Sql) -> Sql {
        for noun in self.nouns.iter().filter(|noun| !caller.holds(noun.rights().make)) {
            select = select.push(" AND ").push(noun.without());
        }
        select
    }

    /// One that the caller may know of.
    pub(super) async fn one(&self, tx: &mut Tx, id: ImportId) -> Result<Import> {
        let import = tx.get(id).await?;
        self.seen(tx.caller(), import)
    }

    /// The same, locked.
    pub(super) async fn locked(&self, tx: &mut Tx, id: ImportId) -> Result<Import> {
        let import = tx.get_locked(id).await?;
        self.seen(tx.caller(), import)
    }

    fn seen(&self, caller: &Caller, import: Import) -> Result<Import> {
        if self.shows(caller, &import.noun) { Ok(import) } else { Err(Error::not_found("import")) }
    }
}
