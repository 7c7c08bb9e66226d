//! Taking an import back: what it made goes, as if it had never been. What was changed or used since stays.
//!
//! Untouched means: still in its first version, with nothing in its timeline (every change, deal, quote, invoice, note
//! and mail leaves an event there; the import itself leaves none but that it was made) and nothing of ours that points at it.

pub mod used;

use std::{collections::HashSet, sync::Arc, time::Instant};

use edge::amounts::ReadAmounts;
use jobs::{Context, Verdict};
use kernel::{Caller, Can, Change, Error, Event, Grants, Job, Permission, Result, Uuid};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{EnqueueJob, Store, Tx, sql};

use super::{
    Import, ImportId, ImportState,
    noun::{ImportNoun, Imports},
    run::Pace,
};
use crate::contact::ImportContacts;

/// Records judged in one transaction.
const BATCH: i64 = 200;

/// Goes on taking an import back.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct UndoImport {
    pub import_id: ImportId,
}

impl Job for UndoImport {
    const KIND: &'static str = "import.undo";
    const LEASE_SECONDS: i64 = 120;

    fn unique_key(&self) -> Option<String> {
        Some(self.import_id.to_string())
    }
}

/// Queues the taking back; a running import stops at its next chunk.
pub async fn undo(tx: &mut Tx, imports: &Imports, id: ImportId) -> Result<Import> {
    let import = imports.locked(tx, id).await?;
    if import.state == ImportState::Undoing {
        return Ok(import);
    }
    if !import.is_undoable() {
        return Err(Error::conflict("import_not_undoable", "This import has made nothing that could be taken back."));
    }
    let undoing = tx.update(&Import { state: ImportState::Undoing, error_code: None, error: None, ..import }).await?;
    tx.enqueue(&UndoImport { import_id: id }).await?;
    tx.audit(Change::new("import.undo", id)).await?;
    tx.emit(Event::new("import.undo_started", id)).await?;
    Ok(undoing)
}

pub async fn run(context: Context, imports: Imports, pace: Pace, job: UndoImport) -> Result<Verdict> {
    let whole = "an import is taken back whole, whoever has its records now";
    let can = with_amounts(&context.on_behalf::<ImportContacts>()?)?.beyond_reach(whole);
    let began = Instant::now();
    let Some(import) = context.store.read(&can).await?.find::<Import>(job.import_id).await? else {
        return Ok(Verdict::Dead { reason: "the import is gone".into() });
    };
    let kind = imports.of(&import.noun)?;
    while put_back(&context.store, &can, &*kind, job.import_id).await? {
        if began.elapsed() >= pace.turn {
            let mut tx = context.store.begin(&can).await?;
            tx.enqueue(&job).await?;
            tx.commit().await?;
            return Ok(Verdict::Done);
        }
    }
    for noun in kind.makes().iter().copied() {
        loop {
            match batch(&context.store, &can, &*kind, (job.import_id, noun), BATCH).await {
                Ok(true) => {}
                Ok(false) => break,
                // Something points at one of them that we know nothing of: find out which, one by one.
                Err(Error::Conflict { code: "reference", .. }) => {
                    one_by_one(&context.store, &can, &*kind, (job.import_id, noun)).await?
                }
                Err(Error::NotFound { .. }) => return Ok(Verdict::Dead { reason: "the import is gone".into() }),
                Err(error) => return Err(error),
            }
            if began.elapsed() >= pace.turn {
                let mut tx = context.store.begin(&can).await?;
                tx.enqueue(&job).await?;
                tx.commit().await?;
                return Ok(Verdict::Done);
            }
        }
    }
    finish(&context.store, &can, job.import_id).await?;
    Ok(Verdict::Done)
}

/// The same, who also sees amounts: those that were overwritten go back, whoever takes the import back.
fn with_amounts(can: &Can<ImportContacts>) -> Result<Can<ImportContacts>> {
    let grants = Grants::of([ImportContacts::NAME, ReadAmounts::NAME]);
    Can::check(Arc::new(Caller { grants, ..(**can.caller()).clone() }))
}

/// Puts back what one batch of records held before; answers whether there may be more.
async fn put_back(store: &Store, can: &Can<ImportContacts>, kind: &dyn ImportNoun, id: ImportId) -> Result<bool> {
    let mut tx = store.begin(can).await?;
    let Some(import) = tx.find::<Import>(id).await? else { return Ok(false) };
    let import: Import = tx.get_locked(import.id).await?;
    if import.state != ImportState::Undoing {
        return Ok(false);
    }
    let Some(done) = kind.put_back(&mut tx, id, &import.noun, BATCH).await? else { return Ok(false) };
    let (undone, kept) = (import.undone + done.whole, import.kept + done.partly);
    advance(&mut tx, Import { undone, kept, ..import.clone() }, &import).await?;
    tx.commit().await?;
    Ok(true)
}

/// Takes back one batch; answers whether there may be more.
async fn batch(
    store: &Store,
    can: &Can<ImportContacts>,
    kind: &dyn ImportNoun,
    (id, noun): (ImportId, &'static str),
    most: i64,
) -> Result<bool> {
    let mut tx = store.begin(can).await?;
    let import: Import = tx.get_locked(id).await?;
    if import.state != ImportState::Undoing {
        return Ok(false);
    }
    let made = made(&mut tx, id, noun, most).await?;
    if made.is_empty() {
        return Ok(false);
    }
    let used = kind.used(&mut tx, noun, &made).await?;
    let free: Vec<Uuid> = made.iter().copied().filter(|record| !used.contains(record)).collect();
    kind.remove(&mut tx, noun, &free).await?;
    let tenant = tx.tenant_id();
    let gone = sql!(
        "DELETE FROM import_made WHERE tenant_id = {} AND import_id = {} AND noun = {} AND record_id IN ",
        tenant,
        id,
        noun
    );
    tx.execute(gone.bind_list(free.iter().copied())).await?;
    keep(&mut tx, id, noun, &used).await?;
    let count = |n: usize| i64::try_from(n).unwrap_or_default();
    let (undone, kept) = (import.undone + count(free.len()), import.kept + count(used.len()));
    advance(&mut tx, Import { undone, kept, ..import.clone() }, &import).await?;
    tx.commit().await?;
    Ok(true)
}

/// Writes how far the taking back is, and says so in the trail: each record goes in the transaction of an entry.
async fn advance(tx: &mut Tx, now: Import, was: &Import) -> Result<()> {
    let after = tx.update(&now).await?;
    let far = |import: &Import| json!({ "undone": import.undone, "kept": import.kept });
    tx.audit(Change::new("import.take_back", after.id).before(&far(was)).after(&far(&after))).await?;
    Ok(())
}

/// The same, one record a transaction; one that cannot go is kept.
async fn one_by_one(
    store: &Store,
    can: &Can<ImportContacts>,
    kind: &dyn ImportNoun,
    (id, noun): (ImportId, &'static str),
) -> Result<()> {
    for _ in 0..BATCH {
        match batch(store, can, kind, (id, noun), 1).await {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(Error::Conflict { code: "reference", .. }) => {
                let mut tx = store.begin(can).await?;
                let import: Import = tx.get_locked(id).await?;
                let stuck: HashSet<Uuid> = made(&mut tx, id, noun, 1).await?.into_iter().collect();
                keep(&mut tx, id, noun, &stuck).await?;
                advance(&mut tx, Import { kept: import.kept + 1, ..import.clone() }, &import).await?;
                tx.commit().await?;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

async fn made(tx: &mut Tx, id: ImportId, noun: &'static str, most: i64) -> Result<Vec<Uuid>> {
    let query = sql!(
        "SELECT record_id FROM import_made WHERE tenant_id = {} AND import_id = {} AND noun = {} AND kept = FALSE ORDER BY record_id LIMIT {}",
        tx.tenant_id(),
        id,
        noun,
        most
    );
    Ok(tx.all::<(Uuid,)>(query).await?.into_iter().map(|(record,)| record).collect())
}

async fn keep(tx: &mut Tx, id: ImportId, noun: &'static str, records: &HashSet<Uuid>) -> Result<()> {
    let kept = sql!(
        "UPDATE import_made SET kept = TRUE WHERE tenant_id = {} AND import_id = {} AND noun = {} AND record_id IN ",
        tx.tenant_id(),
        id,
        noun
    );
    tx.execute(kept.bind_list(records.iter().copied())).await?;
    Ok(())
}

async fn finish(store: &Store, can: &Can<ImportContacts>, id: ImportId) -> Result<()> {
    let mut tx = store.begin(can).await?;
    let import: Import = tx.get_locked(id).await?;
    if import.state != ImportState::Undoing {
        return Ok(());
    }
    let undone = tx.update(&Import { state: ImportState::Undone, undone_at: Some(tx.now()), ..import }).await?;
    let counts = json!({ "undone": undone.undone, "kept": undone.kept });
    tx.audit(Change::new("import.undone", id).after(&counts)).await?;
    tx.emit(Event::new("import.undone", id).data(counts)).await?;
    tx.commit().await?;
    Ok(())
}
