//! "Do this once": the client's key is written by the first transaction its request commits, and the answer is kept
//! beside it, so that the same request again gets the same answer and has no second effect.

use std::sync::{Arc, atomic::Ordering};

use kernel::{Caller, value::Json};
use sha2::{Digest, Sha256};

use crate::{
    Place, Store, Tx,
    error::{Error, Result},
    sql,
};

/// What is known of a key.
#[derive(Debug, Clone)]
pub struct Replay {
    pub request_hash: Vec<u8>,
    /// None: the effect took place and the answer was lost on the way.
    pub answer: Option<KeptAnswer>,
}

/// Status, headers, body.
pub type KeptAnswer = (i64, Vec<(String, String)>, Vec<u8>);

impl Tx {
    /// Forgets this tenant's keys from before a time; answers how many.
    pub async fn forget_idempotency_keys(&mut self, before: chrono::DateTime<chrono::Utc>) -> Result<u64> {
        let tenant = self.tenant_id();
        self.execute(sql!("DELETE FROM idempotency_key WHERE tenant_id = {} AND created_at < {}", tenant, before)).await
    }

    /// Written with the commit; [`told_apart`] says what it means if it is there already.
    pub(crate) fn remember_idempotency_key(&mut self) {
        let caller = self.caller.clone();
        let Some(idempotency) = caller.origin.idempotency.as_ref().filter(|i| !i.written.load(Ordering::Acquire))
        else {
            return;
        };
        self.defer(sql!(
            "INSERT INTO idempotency_key (tenant_id, actor, key, request_hash, created_at) VALUES ({}, {}, {}, {}, {})",
            caller.tenant_id,
            actor(&caller),
            idempotency.key.clone(),
            idempotency.request_hash.clone(),
            self.now,
        ));
    }
}

/// Somebody else has just written the key: the same request, carried out twice at once.
pub(crate) fn told_apart(error: Error) -> Error {
    match error {
        Error::Unique { constraint } if constraint == "idempotency_key_actor_key_key" => {
            Error::Refused(Box::new(kernel::Error::conflict(
                "idempotency_in_progress",
                "A request with this Idempotency-Key has just been carried out. Ask again to get its answer.",
            )))
        }
        other => other,
    }
}

impl Store {
    /// What was answered to this caller's key before, if anything.
    pub async fn idempotent_replay(&self, caller: &Arc<Caller>, key: &str) -> Result<Option<Replay>> {
        type Stored = (Vec<u8>, Option<i64>, Option<Json<Vec<(String, String)>>>, Option<Vec<u8>>);
        let mut tx = self.open_as(caller.clone(), false).await?;
        let row: Option<Stored> = tx
            .optional(sql!(
                "SELECT request_hash, status, headers, body FROM idempotency_key \
                 WHERE tenant_id = {} AND actor = {} AND key = {}",
                caller.tenant_id,
                actor(caller),
                key
            ))
            .await?;
        let Some((request_hash, status, headers, body)) = row else { return Ok(None) };
        let answer = match (status, body) {
            (Some(status), Some(sealed)) => {
                let body = tx.open(place(caller, key), &sealed).await?;
                Some((status, headers.unwrap_or_default().0, body.to_vec()))
            }
            _ => None,
        };
        Ok(Some(Replay { request_hash, answer }))
    }

    /// Keeps the answer beside the key. It may hold a secret that is shown only once, and is kept sealed.
    pub async fn idempotent_answer(
        &self,
        caller: &Arc<Caller>,
        key: &str,
        status: i64,
        headers: Vec<(String, String)>,
        body: Vec<u8>,
    ) -> Result<()> {
        let mut tx = self.open_as(caller.clone(), false).await?;
        let body = tx.seal(place(caller, key), &body).await?;
        tx.execute(sql!(
            "UPDATE idempotency_key SET status = {}, headers = {}, body = {} \
             WHERE tenant_id = {} AND actor = {} AND key = {}",
            status,
            Json(headers),
            body,
            caller.tenant_id,
            actor(caller),
            key
        ))
        .await?;
        tx.commit().await
    }
}

/// The row has no id; one is made of what identifies it.
fn place(caller: &Caller, key: &str) -> Place {
    let digest = Sha256::new().chain_update(actor(caller)).chain_update([0]).chain_update(key).finalize();
    let mut row = [0_u8; 16];
    row.copy_from_slice(&digest[..16]);
    Place { table: "idempotency_key", column: "body", row: kernel::Uuid::from_bytes(row) }
}

/// Keys belong to whoever sent them: two members may use the same one.
fn actor(caller: &Caller) -> String {
    caller.actor.id().unwrap_or_else(|| caller.actor.kind().to_owned())
}
