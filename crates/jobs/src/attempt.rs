//! One try: the handler is run within its lease, whatever it does is caught, and the row is told. A try that the end of
//! the program cuts off is given back as if it had not been begun.

use std::{future::Future, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use chrono::TimeDelta;
use futures::FutureExt;
use kernel::{Actor, Caller, Error, Origin};
use store::Store;
use tracing::Instrument;

use crate::{
    Context, Verdict, backoff,
    claim::{Claimed, WORKER_LOST},
    runner::Handler,
    settle::{Fate, settle},
};

/// The longest a handler may ask to wait.
const LONGEST_WAIT: TimeDelta = TimeDelta::days(30);
/// Characters of a reason that are kept.
const REASON: usize = 500;

/// Runs the job and settles it. `handler` is None for a kind this program does not know. Once `cut_off` resolves, the
/// handler is dropped where it stands: what it has not committed did not happen, and the job is due again at once.
pub(crate) async fn attempt(store: Store, handler: Option<Handler>, job: Claimed, cut_off: impl Future<Output = ()>) {
    let span = tracing::info_span!("job", id = %job.id, kind = job.kind, tenant = %job.tenant_id,
        attempt = job.attempts, request_id = job.request_id);
    async {
        let unique_key = handler.as_ref().and_then(|h| (h.unique_key)(&job.payload));
        let fate = tokio::select! {
            biased;
            ended = run(&store, handler.as_ref(), &job) => fate(&store, &job, ended, unique_key),
            () = cut_off => Fate::GivenBack { unique_key },
        };
        match &fate {
            Fate::Done => tracing::debug!("done"),
            Fate::GivenBack { .. } => tracing::warn!("a job was cut off by the end of the program and is given back"),
            Fate::Again { at, reason, .. } => {
                tracing::warn!(reason, again = %at, "a job failed and will be tried again")
            }
            Fate::Dead { reason, .. } => tracing::error!(reason, "a job is dead"),
        }
        write(&store, &job, &fate).await;
    }
    .instrument(span)
    .await;
}

/// Calls the handler. A try ends a tenth of the lease before another worker may begin. Tries are counted when a job is
/// claimed: one that has had them all, and is here again, took its worker down with the last.
async fn run(store: &Store, handler: Option<&Handler>, job: &Claimed) -> kernel::Result<Verdict> {
    if job.attempts > job.max_attempts {
        return Ok(Verdict::Dead { reason: WORKER_LOST.into() });
    }
    let Some(handler) = handler else {
        // An older program during an upgrade, perhaps: a later try may meet one that knows.
        return Err(Error::internal(format!("this program has no handler for {}", job.kind)));
    };
    let actor = Actor::read(&job.actor_kind, job.actor_id.as_deref()).unwrap_or(Actor::System);
    let origin = Origin { request_id: job.request_id.clone(), ..Origin::default() };
    let context = Context {
        caller: Arc::new(Caller { on_behalf_of: Some(actor), origin, ..Caller::system(job.tenant_id) }),
        enqueued_by: actor,
        reach: job.reach.clone(),
        store: store.clone(),
        attempt: job.attempts,
        job_id: job.id,
    };
    let run = handler.run.clone();
    let payload = job.payload.clone();
    let tried = AssertUnwindSafe(async move { run(context, payload).await }).catch_unwind();
    let limit = (handler.lease - handler.lease / 10).to_std().unwrap_or(Duration::ZERO);
    match tokio::time::timeout(limit, tried).await {
        Ok(Ok(ended)) => ended,
        // What a panic says may quote data; the program's panic hook has written it to the log with its place.
        Ok(Err(_)) => Err(Error::internal("the handler panicked; the log says where")),
        Err(_) => Err(Error::internal(format!("not done within {} s", limit.as_secs_f32()))),
    }
}

fn fate(store: &Store, job: &Claimed, ended: kernel::Result<Verdict>, unique_key: Option<String>) -> Fate {
    let (after, reason) = match ended {
        Ok(Verdict::Done) => return Fate::Done,
        Ok(Verdict::Dead { reason }) => return Fate::Dead { reason: line(&reason), unique_key },
        Ok(Verdict::RetryAfter { after, reason }) => (after.clamp(TimeDelta::zero(), LONGEST_WAIT), line(&reason)),
        Err(error) => (backoff::wait(job.attempts, Some(&error)), cut(&describe(&error))),
    };
    if job.attempts >= job.max_attempts {
        return Fate::Dead { reason, unique_key };
    }
    Fate::Again { at: store.clock().now() + after, reason, unique_key }
}

/// The stable code, and in a further line what is for operators only. Sentences for people stay out: they may quote what
/// was typed.
fn describe(error: &Error) -> String {
    match error {
        Error::Internal { operator } | Error::Unavailable { operator, .. } => format!("{}\n{operator}", error.code()),
        Error::Forbidden { permission } => format!("{}: {permission}", error.code()),
        Error::NotFound { noun } => format!("{}: {noun}", error.code()),
        Error::Invalid { fields } => {
            let fields: Vec<String> = fields.iter().map(|f| format!("{} {}", f.field, f.code)).collect();
            format!("{}: {}", error.code(), fields.join(", "))
        }
        Error::Unauthenticated { .. } | Error::Conflict { .. } | Error::Door { .. } | Error::Stale => {
            error.code().to_owned()
        }
    }
}

fn cut(reason: &str) -> String {
    reason.chars().take(REASON).collect()
}

/// A handler's reason is one line.
fn line(reason: &str) -> String {
    cut(&reason.replace(char::is_control, " "))
}

/// Tells the row, a few times if the database is away: a word that is lost means that done work is done again.
async fn write(store: &Store, job: &Claimed, fate: &Fate) {
    for pause in [100, 1000, 3000] {
        match settle(store, job, fate).await {
            Ok(true) => return,
            Ok(false) => {
                tracing::warn!("the lease had ended and the job is no longer this worker's; it may run twice");
                return;
            }
            Err(store::Error::Unavailable { detail } | store::Error::Conflict { detail }) => {
                tracing::warn!(detail, "the outcome of a job could not be written yet");
                tokio::time::sleep(Duration::from_millis(pause)).await;
            }
            Err(error) => {
                tracing::error!(%error, "the outcome of a job could not be written; it runs again after its lease");
                return;
            }
        }
    }
    tracing::error!("the outcome of a job could not be written; it runs again after its lease");
}
