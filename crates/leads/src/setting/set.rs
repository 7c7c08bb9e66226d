//! Changing how leads are scored and whose they become. Those that are open are scored again by a job.

use crm::member;
use kernel::{Change, Error, Event, Json, Result};
use serde::Deserialize;
use store::{EnqueueJob, OnConstraint, Tx};
use utoipa::ToSchema;

use super::{
    LeadSetting, LeadSettingId,
    assignment::{LeadAssignment, LeadAssignmentRule},
    own,
    rescore::RescoreLeads,
    rule::{self, ScoreRule},
};

/// All of it, as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeadSettingInput {
    /// At most 50 rules; what holds of them adds up.
    pub scoring: Vec<ScoreRule>,
    pub assignment: LeadAssignment,
}

pub async fn set(tx: &mut Tx, input: LeadSettingInput) -> Result<LeadSetting> {
    let (scoring, assignment) = (scoring(input.scoring)?, checked(tx, input.assignment).await?);
    let before = own(tx).await?;
    let (now, scored) = (tx.now(), before.as_ref().map(|before| before.scoring.0.clone()));
    let mut change = Change::new("lead.setting", before.as_ref().map_or_else(LeadSettingId::new, |before| before.id));
    let after = if let Some(before) = before {
        let after = LeadSetting { scoring: Json(scoring), assignment: Json(assignment), ..before.clone() };
        let after = tx.update(&after).await?;
        change = change.before(&before).after(&after);
        after
    } else {
        let after = LeadSetting {
            id: LeadSettingId::new(),
            version: 1,
            scoring: Json(scoring),
            assignment: Json(assignment),
            dealt: 0,
            created_at: now,
            updated_at: now,
        };
        let raced = || Error::conflict("changed_meanwhile", "Somebody else has just saved this. LeadLook at it again.");
        tx.insert(&after).await.on_constraint("lead_setting_key", raced)?;
        change = Change::new("lead.setting", after.id).after(&after);
        after
    };
    tx.audit(change).await?;
    tx.emit(Event::new("lead_setting.updated", after.id)).await?;
    if scored.as_ref() != Some(&after.scoring.0) {
        tx.enqueue(&RescoreLeads {}).await?;
    }
    Ok(after)
}

fn scoring(rules: Vec<ScoreRule>) -> Result<Vec<ScoreRule>> {
    if rules.len() > rule::MOST {
        return Err(Error::invalid("scoring", "too_many", "Use at most 50 rules."));
    }
    let check = |(at, rule): (usize, ScoreRule)| {
        if rule.points == 0 || !(-100..=100).contains(&rule.points) {
            return Err(Error::invalid(
                format!("scoring.{at}.points"),
                "points_invalid",
                "Give from -100 to 100 points, and not 0.",
            ));
        }
        Ok(ScoreRule { when: rule.when.checked(&format!("scoring.{at}.when"))?, points: rule.points })
    };
    rules.into_iter().enumerate().map(check).collect()
}

async fn checked(tx: &mut Tx, given: LeadAssignment) -> Result<LeadAssignment> {
    if given.rules.len() > rule::MOST || given.round.len() > 200 {
        return Err(Error::invalid("assignment", "too_many", "Use at most 50 rules and 200 people."));
    }
    let mut kept = LeadAssignment::default();
    for (at, rule) in given.rules.into_iter().enumerate() {
        member::must_exist(tx, &format!("assignment.rules.{at}.owner_id"), Some(rule.owner_id)).await?;
        let when = rule.when.checked(&format!("assignment.rules.{at}.when"))?;
        kept.rules.push(LeadAssignmentRule { when, owner_id: rule.owner_id });
    }
    for (at, id) in given.round.into_iter().enumerate() {
        member::must_exist(tx, &format!("assignment.round.{at}"), Some(id)).await?;
        if !kept.round.contains(&id) {
            kept.round.push(id);
        }
    }
    Ok(kept)
}
