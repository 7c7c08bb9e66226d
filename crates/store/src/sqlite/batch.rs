//! Many transactions, one commit. A flush to disk costs more than all the rest of a small transaction, and only one can
//! write at a time; so one that finishes while others wait leaves the database's transaction open for the next, which
//! works in a savepoint of it. When nobody waits, or enough have finished or waited long enough, all are committed by one
//! flush, and only then are they told.
//!
//! Invariants:
//! - Who is told that it is done is on the disk; who is not told may be or not (as when the connection is lost).
//! - Readers see a transaction no earlier than the flush. One that works in a savepoint sees those before it sooner; if it
//!   is rolled back, they are flushed at once and whoever reads then waits for that.
//! - One that is rolled back takes nobody along: it goes back to where it began. If the database itself gives up (disk
//!   full), all that had finished are told so, and nothing of theirs is kept.
//! - The one who is inside is never committed by another's flush.
//!
//! The schema has no deferred constraints, which would be checked for all at the flush; a test holds it to that.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::{Receiver, RecvTimeoutError},
    },
    time::{Duration, Instant},
};

use tokio::sync::watch;

use super::{
    control, run, translate,
    writer::{Place, Reply, Task},
};
use crate::{
    Sql,
    driver::Answer,
    error::{Error, Result},
};

/// Leaves nothing that was deleted in the file, in the text index or in the log.
const REWRITE: &str =
    "INSERT INTO search_word (search_word) VALUES ('optimize'); VACUUM; PRAGMA wal_checkpoint(TRUNCATE);";
/// Most transactions in one flush.
const MOST: usize = 64;
/// Longest time that one who has finished waits while nobody is inside.
const LONGEST: Duration = Duration::from_millis(2);

/// Where the transaction at work stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Nobody,
    /// The first: the database's transaction is its own.
    First,
    /// A further one, in a savepoint.
    Nested,
}

pub(super) struct Batch {
    connection: rusqlite::Connection,
    waiting: Arc<AtomicUsize>,
    inside: Inside,
    finished: Vec<Reply<()>>,
    /// Counts those who were rolled back because they left.
    settling: watch::Sender<u64>,
    /// When the first of them had finished.
    since: Instant,
}

impl Batch {
    pub(super) fn new(
        connection: rusqlite::Connection,
        waiting: Arc<AtomicUsize>,
        settling: watch::Sender<u64>,
    ) -> Self {
        Self { connection, waiting, inside: Inside::Nobody, finished: Vec::new(), settling, since: Instant::now() }
    }

    /// Works until the database is closed.
    pub(super) fn serve(&mut self, queue: &Receiver<Task>) {
        loop {
            let task = if self.finished.is_empty() || self.inside != Inside::Nobody {
                queue.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                queue.recv_timeout(LONGEST.saturating_sub(self.since.elapsed()))
            };
            match task {
                Ok(task) => self.handle(task),
                Err(RecvTimeoutError::Timeout) => self.flush(),
                Err(RecvTimeoutError::Disconnected) => {
                    self.roll_back();
                    return self.flush();
                }
            }
        }
    }

    /// Whoever asked may be gone; its rollback is then next in the queue.
    fn handle(&mut self, task: Task) {
        match task {
            Task::Run { begin, statements, reply } => {
                let answer = self.begin(begin).and_then(|()| self.work(statements));
                drop(reply.send(answer));
            }
            Task::Script { begin, text, reply } => {
                let done = self.begin(begin).and_then(|()| self.script(&text));
                drop(reply.send(done));
            }
            Task::Commit { begin, statements, reply } => match self.begin(begin).and_then(|()| self.finish(statements))
            {
                Ok(()) => {
                    if self.finished.is_empty() {
                        self.since = Instant::now();
                    }
                    self.finished.push(reply);
                    self.flush_if_due();
                }
                Err(error) => {
                    self.roll_back();
                    self.flush();
                    drop(reply.send(Err(error)));
                }
            },
            Task::Rollback => {
                self.roll_back();
                self.flush();
                self.settling.send_modify(|settled| *settled += 1);
            }
            Task::Rewrite { reply } => {
                self.flush();
                drop(reply.send(self.connection.execute_batch(REWRITE).map_err(|e| translate(&e, "VACUUM"))));
            }
        }
    }

    /// The place in the line is given up here: who has begun does not wait.
    fn begin(&mut self, place: Option<Place>) -> Result<()> {
        if place.is_none() {
            return Ok(());
        }
        let nested = !self.finished.is_empty();
        control(&self.connection, if nested { "SAVEPOINT unit" } else { "BEGIN IMMEDIATE" })?;
        self.inside = if nested { Inside::Nested } else { Inside::First };
        Ok(())
    }

    fn work(&mut self, statements: Vec<Sql>) -> Result<Answer> {
        self.check()?;
        let answer = run(&self.connection, statements);
        self.notice();
        answer
    }

    fn script(&mut self, text: &str) -> Result<()> {
        self.check()?;
        let done = self.connection.execute_batch(text).map_err(|e| translate(&e, "a migration"));
        self.notice();
        done
    }

    fn finish(&mut self, statements: Vec<Sql>) -> Result<()> {
        self.work(statements)?;
        if self.inside == Inside::Nested {
            control(&self.connection, "RELEASE unit")?;
        }
        self.inside = Inside::Nobody;
        Ok(())
    }

    /// A transaction that could not begin, or that the database gave up, does nothing more: outside of it every
    /// statement would stand by itself.
    fn check(&self) -> Result<()> {
        if self.inside == Inside::Nobody { Err(gone()) } else { Ok(()) }
    }

    /// Some failures (disk full, out of memory) end the database's transaction with all that was in it.
    fn notice(&mut self) {
        if self.inside != Inside::Nobody && self.connection.is_autocommit() {
            self.inside = Inside::Nobody;
            for reply in self.finished.drain(..) {
                drop(reply.send(Err(gone())));
            }
        }
    }

    fn roll_back(&mut self) {
        let undone = match self.inside {
            Inside::Nobody => return,
            Inside::First => control(&self.connection, "ROLLBACK"),
            Inside::Nested => {
                control(&self.connection, "ROLLBACK TO unit").and_then(|()| control(&self.connection, "RELEASE unit"))
            }
        };
        if undone.is_err() && !self.connection.is_autocommit() {
            // What cannot be undone alone is undone with all the others: nobody of them has been told anything yet.
            drop(control(&self.connection, "ROLLBACK"));
        }
        self.notice();
        self.inside = Inside::Nobody;
    }

    fn flush_if_due(&mut self) {
        let nobody_waits = self.waiting.load(Ordering::Acquire) == 0;
        if nobody_waits || self.finished.len() >= MOST || self.since.elapsed() >= LONGEST {
            self.flush();
        }
    }

    fn flush(&mut self) {
        if self.finished.is_empty() {
            return;
        }
        let committed = self.connection.prepare_cached("COMMIT").and_then(|mut commit| commit.raw_execute());
        if committed.is_err() && !self.connection.is_autocommit() {
            drop(control(&self.connection, "ROLLBACK"));
        }
        for reply in self.finished.drain(..) {
            let told = committed.as_ref().map(|_| ()).map_err(|e| translate(e, "COMMIT"));
            drop(reply.send(told));
        }
    }
}

fn gone() -> Error {
    Error::Unavailable { detail: "the transaction has been given up by the database".into() }
}
