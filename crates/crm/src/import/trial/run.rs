//! Going through the file: chunk by chunk as the import does, each in a transaction that only reads.

use std::time::Instant;

use jobs::{Context, Verdict};
use kernel::{Can, Change, Error, Event, Job, Result};
use serde::{Deserialize, Serialize};
use store::{Store, Tx};
use tabular::ReadError;

use super::{ImportTrial, ImportTrialId, TrialState, report::Report};
use crate::{
    contact::ImportContacts,
    import::{
        Import, ImportId,
        carried::Carried,
        chunk::counts,
        run::{From, Pace, apart, batch, open, rows},
    },
};

/// Records that the rows would make or change, at most: what is known of each is held in memory, half a kilobyte or so.
const MOST_RECORDS: usize = 500_000;

/// Goes through the file of an import without writing anything of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TryImport {
    pub import_id: ImportId,
    pub trial_id: ImportTrialId,
}

impl Job for TryImport {
    const KIND: &'static str = "import.try";
    const MAX_ATTEMPTS: i64 = 3;
    /// It is gone through at one go, because what the rows before would have done is held in memory.
    const LEASE_SECONDS: i64 = 1_800;

    fn unique_key(&self) -> Option<String> {
        Some(self.trial_id.to_string())
    }
}

pub async fn run(context: Context, from: From, pace: Pace, job: TryImport) -> Result<Verdict> {
    // Read as whoever asked for it, like the import; how far it is, is written by the program.
    let (reads, writes) = (context.on_behalf::<ImportContacts>()?, context.can::<ImportContacts>()?);
    match attempt(&context.store, (&reads, &writes), &from, pace, &job).await {
        Ok(()) | Err(Error::NotFound { .. }) => Ok(Verdict::Done),
        Err(error) if context.attempt >= TryImport::MAX_ATTEMPTS => {
            let sentence = "The file could not be gone through. Try it again later.";
            fail(&context.store, &writes, &job, "trial_interrupted", sentence).await?;
            Ok(Verdict::Dead { reason: error.code().to_owned() })
        }
        Err(error) => Err(error),
    }
}

async fn attempt(
    store: &Store,
    (reads, writes): (&Can<ImportContacts>, &Can<ImportContacts>),
    (blobs, imports): &From,
    pace: Pace,
    job: &TryImport,
) -> Result<()> {
    let mut tx = store.read(reads).await?;
    let import: Import = tx.get(job.import_id).await?;
    if !import.is_triable() {
        return overtaken(store, writes, job).await;
    }
    let (file, reading) = open(&mut tx, blobs, imports, &import).await?;
    let most = pace.rows.min(reading.noun.most_rows());
    drop(tx);
    let of = import.clone();
    let mut opened = match apart(move || rows(file, &of)).await? {
        Ok(opened) => opened,
        Err(error) => return unreadable(store, writes, job, error).await,
    };
    let mut would = import;
    let (mut carried, mut report, mut told) = (Carried::default(), Report::new(&would)?, Instant::now());
    loop {
        let (back, read) = apart(move || {
            let batch = batch(&mut opened, most);
            (opened, batch)
        })
        .await?;
        opened = back;
        let batch = match read {
            Ok(batch) => batch,
            Err(error) => return unreadable(store, writes, job, error).await,
        };
        let taken = i64::try_from(batch.records.len()).unwrap_or_default();
        let mut tx = store.read(reads).await?;
        let plan = reading.noun.judge(&mut tx, &reading, &mut would, batch.records, Some(&mut carried)).await?;
        drop(tx);
        if carried.held() > MOST_RECORDS {
            let sentence =
                "The file is too long to be tried. Try a part of it, or start the import, which can be taken back.";
            return fail(store, writes, job, "trial_too_long", sentence).await;
        }
        would.rows_done += taken;
        would.bytes_done = would.progress(batch.bytes);
        report = apart(move || report.rows(plan.outcomes).map(|()| report)).await??;
        if batch.end {
            return finish(store, writes, blobs, job, &would, report).await;
        }
        if told.elapsed() >= pace.notice {
            if !tell(store, writes, job, &would).await? {
                return overtaken(store, writes, job).await;
            }
            told = Instant::now();
        }
    }
}

/// The trial, while it is wanted: its import has neither begun nor been changed.
async fn wanted(tx: &mut Tx, job: &TryImport) -> Result<Option<ImportTrial>> {
    let import: Option<Import> = tx.find(job.import_id).await?;
    if import.is_none_or(|import| !import.is_triable()) {
        return Ok(None);
    }
    Ok(tx.find(job.trial_id).await?)
}

/// Ends a trial whose import has begun: what the rows would do is no longer to be told from what they did.
async fn overtaken(store: &Store, can: &Can<ImportContacts>, job: &TryImport) -> Result<()> {
    let sentence = "The import was started before the trial was over. What it did stands with the import.";
    fail(store, can, job, "trial_overtaken", sentence).await
}

/// Writes how far it is; answers whether it is still wanted.
async fn tell(store: &Store, can: &Can<ImportContacts>, job: &TryImport, would: &Import) -> Result<bool> {
    let mut tx = store.begin(can).await?;
    let Some(trial) = wanted(&mut tx, job).await? else { return Ok(false) };
    tx.update(&far(trial, would)).await?;
    tx.commit().await?;
    Ok(true)
}

fn far(trial: ImportTrial, would: &Import) -> ImportTrial {
    ImportTrial {
        rows_done: would.rows_done,
        bytes_done: would.bytes_done,
        created: would.created,
        linked: would.linked,
        updated: would.updated,
        skipped: would.skipped,
        refused: would.refused,
        companies_created: would.companies_created,
        ..trial
    }
}

async fn finish(
    store: &Store,
    can: &Can<ImportContacts>,
    blobs: &files::Blobs,
    job: &TryImport,
    would: &Import,
    report: Report,
) -> Result<()> {
    let upload = report.stored(blobs, can.tenant_id()).await?;
    let mut tx = store.begin(can).await?;
    let Some(trial) = wanted(&mut tx, job).await? else {
        drop(tx);
        return overtaken(store, can, job).await;
    };
    let blob = upload.finish(&mut tx, "trial.csv", "text/csv", "import_trial").await?;
    let done = ImportTrial {
        state: TrialState::Done,
        blob_id: Some(blob.id),
        bytes_done: would.size,
        finished_at: Some(tx.now()),
        ..far(trial, would)
    };
    tx.update(&done).await?;
    tx.audit(Change::new("import.tried", would.id).after(&counts(would))).await?;
    tx.emit(Event::new("import.tried", would.id).data(counts(would))).await?;
    tx.commit().await?;
    Ok(())
}

/// A file that cannot be read on ends the trial; a disk that does not answer is tried again.
async fn unreadable(store: &Store, can: &Can<ImportContacts>, job: &TryImport, error: ReadError) -> Result<()> {
    if let ReadError::Io(error) = error {
        return Err(crate::import::lay::disk(error));
    }
    fail(store, can, job, error.code(), &error.to_string()).await
}

async fn fail(store: &Store, can: &Can<ImportContacts>, job: &TryImport, code: &str, sentence: &str) -> Result<()> {
    let mut tx = store.begin(can).await?;
    let Some(trial) = tx.find::<ImportTrial>(job.trial_id).await? else { return Ok(()) };
    // One that is over stays as it is, whoever comes late.
    if trial.state != TrialState::Running {
        return Ok(());
    }
    let failed = ImportTrial {
        state: TrialState::Failed,
        error_code: Some(code.to_owned()),
        error: Some(sentence.to_owned()),
        finished_at: Some(tx.now()),
        ..trial
    };
    tx.update(&failed).await?;
    tx.audit(Change::new("import.try_fail", job.import_id)).await?;
    tx.emit(Event::new("import.tried", job.import_id)).await?;
    tx.commit().await?;
    Ok(())
}
