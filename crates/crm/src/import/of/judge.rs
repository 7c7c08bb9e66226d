//! What becomes of a chunk's rows of a noun that is taken by its verbs.
//!
//! Invariant: import, trial and preview decide here, so that they cannot differ; nothing is written.

use std::collections::HashMap;

use kernel::{Error, Result, Uuid};
use store::Tx;
use tabular::Record;

use super::{
    Importable, Left,
    known::{Found, Holder, Known},
    words::{self, Row},
    writing::{Step, Writing},
};
use crate::{
    company::Company,
    field::custom::fill::Filled,
    import::{
        Duplicates, Import, company::Companies, plan::Outcome, preview::PreviewField, reading::Reading,
        refused::Refusal, row::Stood,
    },
    merge::fields::changed,
};

/// What became of a row, and what it says for the preview.
pub struct Decided {
    pub outcome: Outcome,
    /// What the record is or would be called; none where the row was refused.
    pub name: Option<String>,
    pub shown: Vec<PreviewField>,
    pub company: Option<Company>,
    /// The record that would be changed.
    pub changes: Option<Uuid>,
}

/// A chunk under decision.
struct Judging<'a, R> {
    reading: &'a Reading,
    import: &'a mut Import,
    known: Option<Known>,
    left: Option<&'a mut Left>,
    writing: Writing<R>,
    /// Records as the rows before in this chunk leave them.
    earlier: HashMap<Uuid, R>,
}

/// Decides on each row and counts it. `left` is that of a trial.
pub async fn decide<R: Importable>(
    tx: &mut Tx,
    reading: &Reading,
    import: &mut Import,
    records: Vec<Record>,
    left: Option<&mut Left>,
) -> Result<(Vec<(Stood, Decided)>, Writing<R>)> {
    let rows = words::read::<R>(tx, reading, records).await?;
    let read: Vec<&Row> = rows.iter().filter_map(|(_, row)| row.as_ref().ok()).collect();
    let firms: Vec<&Company> = read.iter().filter_map(|row| row.company.as_ref()).collect();
    let companies = Companies::load(tx, &firms).await?;
    let known = match import.duplicates {
        Duplicates::Create => None,
        Duplicates::Skip | Duplicates::Update | Duplicates::UpdateOnly => {
            let words: Vec<_> = read.iter().map(|row| &row.words).collect();
            Some(Known::load::<R>(tx, reading, import, &words, left.as_deref()).await?)
        }
    };
    let writing = Writing::new(companies);
    let mut judging = Judging { reading, import, known, left, writing, earlier: HashMap::new() };
    let mut decided = Vec::with_capacity(rows.len());
    for (stood, row) in rows {
        let judged = match row {
            Ok(row) => judging.one(tx, row).await?,
            Err(refusal) => Decided::refused(refusal),
        };
        judging.count(&judged.outcome);
        decided.push((stood, judged));
    }
    if let Some(left) = judging.left {
        judging.writing.companies.carry(&mut left.companies);
    }
    Ok((decided, judging.writing))
}

impl Decided {
    fn refused(refusal: Refusal) -> Decided {
        Decided { outcome: Outcome::Refuse(refusal), name: None, shown: Vec::new(), company: None, changes: None }
    }
}

impl<R: Importable> Judging<'_, R> {
    fn count(&mut self, outcome: &Outcome) {
        let counter = match outcome {
            Outcome::Create => &mut self.import.created,
            Outcome::Change(_) => &mut self.import.updated,
            Outcome::Skip => &mut self.import.skipped,
            Outcome::Refuse(_) => &mut self.import.refused,
        };
        *counter += 1;
    }

    async fn one(&mut self, tx: &mut Tx, row: Row) -> Result<Decided> {
        let home = &self.reading.country;
        let companies = self.left.as_deref().map(|left| &left.companies);
        let named = row.company.as_ref().and_then(|company| self.writing.companies.peek(company, companies));
        let nameless = row.company.is_some() && named.is_none();
        let found = match &self.known {
            // A company that is new has nothing yet.
            Some(known) if !nameless || !R::COMPANY => known.find::<R>(&row.words, home, named),
            _ => Found::Nothing,
        };
        let updates = self.import.duplicates.updates();
        match found {
            Found::Several(eldest) if updates && !eldest.of_this_file => {
                let sentence = "Several records fit this row, and it is not clear which of them is meant.";
                Ok(Decided::refused(Refusal {
                    field: String::new(),
                    code: "match_ambiguous".into(),
                    reason: sentence.into(),
                }))
            }
            // What was made by this very file is not changed by it, so that taking it back takes it back.
            Found::One(there) if updates && !there.of_this_file => self.change(tx, there, row).await,
            Found::One(_) | Found::Several(_) => Ok(passed_over(row, None)),
            Found::Nothing if self.import.duplicates == Duplicates::UpdateOnly => Ok(passed_over(row, None)),
            Found::Nothing => self.make(tx, row).await,
        }
    }

    async fn make(&mut self, tx: &mut Tx, row: Row) -> Result<Decided> {
        let mut drafted = match R::draft(tx, &self.reading.of, &row.words).await {
            Ok(drafted) => drafted,
            Err(error) => return Ok(Decided::refused(Refusal::from_error(error, "")?)),
        };
        let shown = row.words.shown().to_vec();
        if self.link(&mut drafted.record, row.company.clone()) {
            self.import.linked += 1;
        }
        let holder = Holder { id: drafted.record.id(), detail: drafted.record.detail(), of_this_file: true };
        if let Some(known) = &mut self.known {
            let keys = known.by.keys(&drafted.record);
            known.hold(keys.clone(), &holder);
            if let Some(left) = &mut self.left {
                left.make(keys, &holder);
            }
        }
        let name = Some(drafted.record.called());
        self.writing.made.push((R::NOUN, holder.id));
        self.writing.steps.push(Step::Make(drafted));
        Ok(Decided { outcome: Outcome::Create, name, shown, company: row.company, changes: None })
    }

    async fn change(&mut self, tx: &mut Tx, there: Holder, row: Row) -> Result<Decided> {
        let Some(before) = self.before(tx, there.id).await? else { return Ok(passed_over(row, None)) };
        let mut drafted = match R::redraft(tx, &before, &row.words).await {
            Ok(drafted) => drafted,
            Err(error) => return Ok(Decided::refused(Refusal::from_error(error, "")?)),
        };
        self.link(&mut drafted.record, row.company.clone());
        // A field that may be given once, and is there.
        if let Err(error) = tx.as_written(&drafted.record).await {
            return Ok(Decided::refused(Refusal::from_error(error.into(), "")?));
        }
        let names = changed(&before, &drafted.record).into_iter().map(|(name, ..)| name);
        let fields: Vec<String> = names.filter(|name| !DERIVED.contains(name)).map(str::to_owned).collect();
        if fields.is_empty() {
            return Ok(passed_over(row, Some(before.called())));
        }
        let holder = Holder { detail: drafted.record.detail(), ..there };
        if let Some(known) = &mut self.known {
            let (had, has) = (known.by.keys(&before), known.by.keys(&drafted.record));
            known.move_to(&had, has.clone(), &holder);
            if let Some(left) = &mut self.left {
                left.change((&before, &drafted.record), (&had, has), &holder);
            }
        }
        self.earlier.insert(holder.id, drafted.record.clone());
        let (name, shown) = (Some(drafted.record.called()), row.words.shown().to_vec());
        self.writing.steps.push(Step::Change { before: Box::new(before), drafted });
        Ok(Decided { outcome: Outcome::Change(fields), name, shown, company: row.company, changes: Some(holder.id) })
    }

    /// The record as the rows before leave it. What the one who imports does not see is left as it is.
    async fn before(&self, tx: &mut Tx, id: Uuid) -> Result<Option<R>> {
        if let Some(earlier) = self.earlier.get(&id) {
            return Ok(Some(earlier.clone()));
        }
        let of = &self.reading.of;
        let Some(left) = &self.left else {
            return match R::locked(tx, of, id).await {
                Err(Error::NotFound { .. }) => Ok(None),
                found => found.map(Some),
            };
        };
        let found: Option<R> = tx.optional(R::visible(tx, of)?.push(" AND ").push(R::ID).push(" = ").bind(id)).await?;
        found.map(|record| left.as_left(id, record)).transpose()
    }

    /// Gives the record the company of its row, which is made where there is none; answers whether there was one.
    fn link(&mut self, record: &mut R, company: Option<Company>) -> bool {
        let Some(company) = company else { return false };
        let carried = self.left.as_deref().map(|left| &left.companies);
        let linked = self.writing.companies.link(company, Filled::default(), carried);
        record.belong_to(linked.id);
        if linked.new {
            self.import.companies_created += 1;
            self.writing.made.push(("company", kernel::id::Id::uuid(linked.id)));
        }
        true
    }
}

/// What follows from other fields.
const DERIVED: [&str; 3] = ["name_folded", "position", "stage_since"];

fn passed_over(row: Row, name: Option<String>) -> Decided {
    let shown = row.words.shown().to_vec();
    let name = name.or_else(|| shown.first().map(|field| field.text.clone()));
    Decided { outcome: Outcome::Skip, name, shown, company: row.company, changes: None }
}
