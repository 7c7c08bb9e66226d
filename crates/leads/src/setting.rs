//! How a workspace scores its leads, and whose they become. Until it says so itself, what we suggest counts.

pub mod assignment;
pub mod rescore;
pub(crate) mod routes;
pub mod rule;
pub mod set;

use chrono::{DateTime, Utc};
use kernel::{Json, Result};
use store::{Tx, sql};

use crate::lead::Lead;
use assignment::LeadAssignment;
use rule::{ScoreRule, reasons, suggested};

kernel::id!(/// The settings of leads.
    pub LeadSettingId, "lst");

store::record! {
    /// The settings as stored: one row a tenant.
    pub struct LeadSetting in lead_setting {
        id: LeadSettingId,
        version: i64,
        scoring: Json<Vec<ScoreRule>>,
        assignment: Json<LeadAssignment>,
        /// How many leads the round has dealt.
        dealt: i64,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

/// What counts now.
#[derive(Debug, Clone)]
pub struct Current {
    pub scoring: Vec<ScoreRule>,
    pub assignment: LeadAssignment,
    /// Of the workspace's own; 0 while what we suggest counts.
    pub version: i64,
}

impl Current {
    /// Writes the lead's score with its reasons; answers whether either has changed.
    pub fn score(&self, lead: &mut Lead, now: DateTime<Utc>) -> bool {
        let reasons = reasons(&self.scoring, lead, now);
        let score = reasons.iter().map(|reason| reason.points).sum();
        let changed = lead.score != score || lead.score_reasons.0 != reasons;
        (lead.score, lead.score_reasons) = (score, Json(reasons));
        changed
    }
}

/// The workspace's own row, if it has one.
pub(crate) async fn own(tx: &mut Tx) -> Result<Option<LeadSetting>> {
    let select = tx.select::<LeadSetting>();
    Ok(tx.optional(select).await?)
}

pub async fn current(tx: &mut Tx) -> Result<Current> {
    Ok(match own(tx).await? {
        Some(own) => Current { scoring: own.scoring.0, assignment: own.assignment.0, version: own.version },
        None => Current { scoring: suggested(), assignment: LeadAssignment::default(), version: 0 },
    })
}

/// The number of the next turn of the round. The row stays locked until the transaction ends.
pub(crate) async fn turn(tx: &mut Tx) -> Result<i64> {
    let tenant = tx.tenant_id();
    let raised = sql!("UPDATE lead_setting SET dealt = dealt + 1 WHERE tenant_id = {} RETURNING dealt", tenant);
    let (dealt,): (i64,) = tx.one(raised).await?;
    Ok(dealt - 1)
}
