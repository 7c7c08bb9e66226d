//! The one who writes the embedded database: a thread that owns the connection and takes work through a channel. Order
//! in the channel is what makes a dropped transaction safe: its rollback is queued before the writer can be handed to
//! the next.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot, watch};

use super::{batch::Batch, closed, connect};
use crate::{
    Sql,
    driver::{Access, Answer},
    error::{Error, Result},
};

/// Who is told how it went.
pub(super) type Reply<T> = oneshot::Sender<Result<T>>;

/// What the writer is asked to do. `begin` comes with the first thing a transaction does.
pub(super) enum Task {
    Run {
        begin: Option<Place>,
        statements: Vec<Sql>,
        reply: Reply<Answer>,
    },
    Script {
        begin: Option<Place>,
        text: String,
        reply: Reply<()>,
    },
    Commit {
        begin: Option<Place>,
        statements: Vec<Sql>,
        reply: Reply<()>,
    },
    Rollback,
    /// Outside any transaction.
    Rewrite {
        reply: Reply<()>,
    },
}

pub(crate) struct Writer {
    tasks: mpsc::Sender<Task>,
    turn: Arc<Semaphore>,
    /// Transactions that want to write and have not begun.
    waiting: Arc<AtomicUsize>,
    left: Arc<AtomicU64>,
    /// Of those who left, how many are rolled back, and what they may have seen of others is on the disk.
    settled: watch::Receiver<u64>,
}

/// A place in the line of those who want to write; given up when it is dropped.
pub(super) struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(waiting: &Arc<AtomicUsize>) -> Self {
        waiting.fetch_add(1, Ordering::AcqRel);
        Self(waiting.clone())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// The writer, lent to one transaction.
pub(crate) struct Writing {
    tasks: mpsc::Sender<Task>,
    /// Until it has begun.
    place: Option<Place>,
    /// Is there something to roll back?
    begun: bool,
    /// Transactions that left without a commit, ever.
    left: Arc<AtomicU64>,
    _turn: OwnedSemaphorePermit,
}

impl Writer {
    pub(super) fn open(path: &Path) -> Result<Arc<Self>> {
        let connection = connect(path, Access::Write)?;
        let (tasks, queue) = mpsc::channel::<Task>();
        let waiting = Arc::new(AtomicUsize::new(0));
        let (settling, settled) = watch::channel(0);
        let mut batch = Batch::new(connection, waiting.clone(), settling);
        thread::Builder::new()
            .name("sqlite".into())
            .spawn(move || batch.serve(&queue))
            .map_err(|e| Error::Unavailable { detail: e.to_string() })?;
        let (turn, left) = (Arc::new(Semaphore::new(1)), Arc::new(AtomicU64::new(0)));
        Ok(Arc::new(Self { tasks, turn, waiting, left, settled }))
    }

    /// 1 while nobody writes.
    pub(super) fn free(&self) -> usize {
        self.turn.available_permits()
    }

    pub(super) async fn acquire(&self) -> Result<Writing> {
        let place = Place::take(&self.waiting);
        let turn = self.turn.clone().acquire_owned().await.map_err(|_| closed())?;
        let (tasks, left) = (self.tasks.clone(), self.left.clone());
        Ok(Writing { tasks, place: Some(place), begun: false, left, _turn: turn })
    }

    /// Waits for all who have left without a commit until now: one that found the work of somebody who had finished, and
    /// wrote nothing itself, finds it again when it reads.
    pub(super) async fn settled(&self) -> Result<()> {
        let left = self.left.load(Ordering::Acquire);
        self.settled.clone().wait_for(|settled| *settled >= left).await.map(|_| ()).map_err(|_| closed())
    }
}

impl Writing {
    pub(super) async fn run(&mut self, statements: Vec<Sql>) -> Result<Answer> {
        self.ask(|begin, reply| Task::Run { begin, statements, reply }).await
    }

    pub(super) async fn script(&mut self, text: String) -> Result<()> {
        self.ask(|begin, reply| Task::Script { begin, text, reply }).await
    }

    async fn ask<T>(&mut self, task: impl FnOnce(Option<Place>, Reply<T>) -> Task) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        self.begun = true;
        self.tasks.send(task(self.place.take(), reply)).map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?
    }

    /// The whole file, while nobody else writes.
    pub(super) async fn rewrite(self) -> Result<()> {
        let (reply, answer) = oneshot::channel();
        self.tasks.send(Task::Rewrite { reply }).map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?
    }

    /// Answers when the disk has it. The next transaction begins meanwhile.
    pub(super) async fn commit(mut self, statements: Vec<Sql>) -> Result<()> {
        if !self.begun && statements.is_empty() {
            return Ok(());
        }
        let (reply, answer) = oneshot::channel();
        let task = Task::Commit { begin: self.place.take(), statements, reply };
        self.tasks.send(task).map_err(|_| closed())?;
        self.begun = false;
        drop(self);
        answer.await.map_err(|_| closed())?
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        if self.begun {
            self.left.fetch_add(1, Ordering::AcqRel);
            drop(self.tasks.send(Task::Rollback));
        }
    }
}
