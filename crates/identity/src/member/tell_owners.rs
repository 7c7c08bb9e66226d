//! Telling the owners that a piece of background work has failed for good: by mail, once for each kind of work and hour,
//! however many jobs of it die. What died is on the page "Background work"; Home says so too.
//!
//! Refuses to write about the mail that carries such a notice, or a mail server that is away would never be done with.

use chrono::TimeDelta;
use edge::Settings;
use jobs::{Context, Verdict};
use kernel::{JobId, Result, Role, permissions};
use mail::{MailId, OutgoingMail};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{Tx, sql};

use super::MemberState;
use crate::{account::Account, notice, platform, tenant};

permissions! {
    /// Write to the owners about work that failed; held by the product's own workers.
    pub TellOwners = "member.tell_owners": [];
}

/// One kind of work is written about at most this often.
const AT_MOST_EVERY: TimeDelta = TimeDelta::hours(1);

/// Enqueued by the event `job.died`.
#[derive(Debug, Serialize, Deserialize)]
pub struct TellOwnersOfDeadJob {
    /// The job that died.
    subject: JobId,
    data: Died,
}

#[derive(Debug, Serialize, Deserialize)]
struct Died {
    kind: String,
}

impl kernel::Job for TellOwnersOfDeadJob {
    const KIND: &'static str = "member.tell_owners";
}

pub(crate) async fn tell(context: Context, settings: Settings, job: TellOwnersOfDeadJob) -> Result<Verdict> {
    let can = context.can::<TellOwners>()?;
    let mut tx = context.store.begin(&can).await?;
    if is_about_a_notice(&mut tx, job.subject).await? || !is_time(&mut tx, &job.data.kind).await? {
        return Ok(Verdict::Done);
    }
    let workspace = tenant::current(&mut tx).await?;
    for owner in owners(&mut tx).await? {
        notice::work_failed(&mut tx, &settings, &owner, &workspace, &job.data.kind, job.subject).await?;
    }
    tx.commit().await?;
    Ok(Verdict::Done)
}

/// Takes the hour: of two jobs that die at one moment, one is written about.
async fn is_time(tx: &mut Tx, kind: &str) -> Result<bool> {
    let (tenant, now) = (tx.tenant_id(), tx.now());
    let taken = tx
        .execute(sql!(
            "INSERT INTO job_notice (tenant_id, kind, told_at) VALUES ({}, {}, {}) ON CONFLICT (tenant_id, kind) \
             DO UPDATE SET told_at = excluded.told_at WHERE job_notice.told_at <= {}",
            tenant,
            kind,
            now,
            now - AT_MOST_EVERY
        ))
        .await?;
    Ok(taken > 0)
}

async fn is_about_a_notice(tx: &mut Tx, job: JobId) -> Result<bool> {
    let payload = sql!("SELECT payload FROM job WHERE tenant_id = {} AND id = {}", tx.tenant_id(), job);
    let Some((payload,)) = tx.optional::<(Value,)>(payload).await? else { return Ok(false) };
    let Some(id) = payload["mail_id"].as_str().and_then(|id| id.parse::<MailId>().ok()) else { return Ok(false) };
    let mail: Option<OutgoingMail> = tx.find(id).await?;
    Ok(mail.and_then(|mail| mail.subject_record).is_some_and(|record| record.starts_with("job_")))
}

/// The accounts of the workspace's owners.
pub async fn owners(tx: &mut Tx) -> Result<Vec<Account>> {
    let mine = sql!(
        "account.id IN (SELECT member.account_id FROM member WHERE member.tenant_id = {} AND member.role = {} AND member.state = {}) \
         ORDER BY account.id",
        tx.tenant_id(),
        Role::Owner,
        MemberState::Active
    );
    Ok(tx.all(platform::select::<Account>().append(mine)).await?)
}
