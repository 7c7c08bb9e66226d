//! Running an import: a job takes rows in chunks for a while, then queues itself again, so that others get their turn
//! and a worker that dies costs at most one chunk's work.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    time::{Duration, Instant},
};

use files::Blobs;
use jobs::{Context, Runner, Verdict};
use kernel::{Can, Change, Error, Event, Job, Result};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{EnqueueJob, Store, Tx};
use tabular::{Limits, ReadError, Rows, SAMPLE_BYTES};

use super::{
    Import, ImportId, ImportState,
    chunk::{self, Batch},
    forget::{self, ForgetImport},
    noun::Imports,
    reading::Reading,
    trial::{self, TryImport},
    undo::{self, UndoImport},
};
use crate::contact::ImportContacts;

/// Goes on with an import.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RunImport {
    pub import_id: ImportId,
}

impl Job for RunImport {
    const KIND: &'static str = "import.run";
    const MAX_ATTEMPTS: i64 = 5;
    const LEASE_SECONDS: i64 = 120;

    fn unique_key(&self) -> Option<String> {
        Some(self.import_id.to_string())
    }
}

/// How much is done at once.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Rows in one transaction, which keeps other writers waiting that long.
    pub rows: usize,
    /// How long one job goes on before it queues itself again.
    pub turn: Duration,
    /// The least time between two notices of progress.
    pub notice: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Pace { rows: 500, turn: Duration::from_secs(20), notice: Duration::from_secs(1) }
    }
}

/// Where files are, and the nouns that come in from them.
pub type From = (Blobs, Imports);

/// What is left of an import after a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    More,
    Over,
}

/// Adds the jobs of imports to a runner.
pub fn jobs(runner: Runner, blobs: Blobs, imports: Imports) -> Runner {
    jobs_at(runner, blobs, imports, Pace::default())
}

/// The same at a pace of one's own.
pub fn jobs_at(runner: Runner, blobs: Blobs, imports: Imports, pace: Pace) -> Runner {
    let (for_run, for_trial, for_forget) = ((blobs.clone(), imports.clone()), (blobs.clone(), imports.clone()), blobs);
    runner
        .on(move |context: Context, job: RunImport| run(context, for_run.clone(), pace, job))
        .on(move |context: Context, job: TryImport| trial::run(context, for_trial.clone(), pace, job))
        .on(move |context: Context, job: UndoImport| undo::run(context, imports.clone(), pace, job))
        .on(move |context: Context, job: ForgetImport| forget::run(context, for_forget.clone(), job))
}

async fn run(context: Context, from: From, pace: Pace, job: RunImport) -> Result<Verdict> {
    let can = context.on_behalf::<ImportContacts>()?;
    match turn(&context.store, &can, &from, job.import_id, pace).await {
        Ok(Turn::Over) => Ok(Verdict::Done),
        Ok(Turn::More) => {
            let mut tx = context.store.begin(&can).await?;
            tx.enqueue(&job).await?;
            tx.commit().await?;
            Ok(Verdict::Done)
        }
        Err(Error::NotFound { .. }) => Ok(Verdict::Dead { reason: "the import or its file is gone".into() }),
        Err(error) if context.attempt >= RunImport::MAX_ATTEMPTS => {
            let sentence =
                "The import could not go on after several attempts. Start it again; it continues where it stopped.";
            fail(&context.store, &can, job.import_id, "import_interrupted", sentence).await?;
            Ok(Verdict::Dead { reason: error.code().to_owned() })
        }
        Err(error) => Err(error),
    }
}

/// Takes chunks until the file or the turn is over.
pub async fn turn(store: &Store, can: &Can<ImportContacts>, from: &From, id: ImportId, pace: Pace) -> Result<Turn> {
    let began = Instant::now();
    let mut tx = store.read(can).await?;
    let mut import: Import = tx.get(id).await?;
    if import.state != ImportState::Running {
        return Ok(Turn::Over);
    }
    let (file, reading) = open(&mut tx, &from.0, &from.1, &import).await?;
    let most = pace.rows.min(reading.noun.most_rows());
    drop(tx);
    let of = import.clone();
    let opened = apart(move || {
        let mut rows = rows(file, &of)?;
        for _ in 0..of.rows_done {
            if rows.next().transpose()?.is_none() {
                break;
            }
        }
        Ok(rows)
    })
    .await?;
    let mut rows = match opened {
        Ok(rows) => rows,
        Err(error) => return unreadable(store, can, id, error).await,
    };
    let mut told = None;
    loop {
        let (back, read) = apart(move || {
            let batch = batch(&mut rows, most);
            (rows, batch)
        })
        .await?;
        rows = back;
        let batch = match read {
            Ok(batch) => batch,
            Err(error) => return unreadable(store, can, id, error).await,
        };
        let end = batch.end;
        let tell = told.is_none_or(|at: Instant| at.elapsed() >= pace.notice);
        match chunk::take(store, can, &reading, &import, batch, tell).await? {
            None => return Ok(Turn::Over),
            Some(_) if end => return Ok(Turn::Over),
            Some(now) => import = now,
        }
        if tell {
            told = Some(Instant::now());
        }
        if began.elapsed() >= pace.turn {
            return Ok(Turn::More);
        }
    }
}

/// The file of an import and how it is read.
pub async fn open(tx: &mut Tx, blobs: &Blobs, imports: &Imports, import: &Import) -> Result<(File, Reading)> {
    let (mut file, sample) = sample(tx, blobs, import).await?;
    let reading = Reading::new(tx, imports, import, &sample).await?;
    file.seek(SeekFrom::Start(0)).map_err(Error::internal)?;
    Ok((file, reading))
}

/// The file of an import and its beginning.
pub async fn sample(tx: &mut Tx, blobs: &Blobs, import: &Import) -> Result<(File, Vec<u8>)> {
    let (_, file) = blobs.open(tx, import.rows_from()?).await?;
    let mut sample = Vec::new();
    (&file).take(SAMPLE_BYTES as u64).read_to_end(&mut sample).map_err(Error::internal)?;
    Ok((file, sample))
}

/// The rows of an import's file from its first one on.
pub fn rows(mut file: File, import: &Import) -> Result<Rows<File>, ReadError> {
    file.seek(SeekFrom::Start(0))?;
    let rows = Rows::open(file, &import.dialect.0, Limits::default())?;
    Ok(if import.table_id.is_some() { rows.laid() } else { rows })
}

/// Reads the next rows.
pub fn batch(rows: &mut Rows<File>, most: usize) -> Result<Batch, ReadError> {
    let mut records = Vec::with_capacity(most);
    while records.len() < most {
        match rows.next().transpose()? {
            Some(record) => records.push(record),
            None => return Ok(Batch { records, bytes: rows.bytes_read(), end: true }),
        }
    }
    Ok(Batch { records, bytes: rows.bytes_read(), end: false })
}

/// Runs what computes or reads the disk where it keeps nobody waiting.
pub async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)
}

/// A file that cannot be read on by this dialect ends the import; a disk that does not answer is tried again.
async fn unreadable(store: &Store, can: &Can<ImportContacts>, id: ImportId, error: ReadError) -> Result<Turn> {
    if let ReadError::Io(error) = error {
        return Err(Error::Unavailable {
            code: "files_unavailable",
            retry_after_seconds: 5,
            operator: error.to_string(),
        });
    }
    fail(store, can, id, error.code(), &error.to_string()).await?;
    Ok(Turn::Over)
}

/// Ends the import with a reason; what was made until now stays and can be taken back.
async fn fail(store: &Store, can: &Can<ImportContacts>, id: ImportId, code: &str, sentence: &str) -> Result<()> {
    let mut tx = store.begin(can).await?;
    let import: Import = tx.get_locked(id).await?;
    if import.state != ImportState::Running {
        return Ok(());
    }
    let failed = Import {
        state: ImportState::Failed,
        error_code: Some(code.to_owned()),
        error: Some(sentence.to_owned()),
        finished_at: Some(tx.now()),
        ..import
    };
    tx.update(&failed).await?;
    tx.audit(Change::new("import.fail", id).after(&json!({ "code": code }))).await?;
    tx.emit(Event::new("import.failed", id).data(json!({ "code": code }))).await?;
    tx.commit().await?;
    Ok(())
}
