//! Whose a new lead becomes: the first rule that holds says it, else the round deals it to the next in turn.
//!
//! Invariant: the round passes nobody over and deals nobody twice: its turn is taken by raising a number that stays
//! locked until the lead is written. Who has left the workspace is skipped.

use std::collections::HashSet;

use kernel::{MemberId, Result, id::Id};
use serde::{Deserialize, Serialize};
use store::{Sql, Tx};
use utoipa::ToSchema;

use super::{own, rule::LeadCondition, turn};
use crate::lead::Lead;

/// Leads for which a condition holds go to one member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeadAssignmentRule {
    pub when: LeadCondition,
    pub owner_id: MemberId,
}

/// The order of assignment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LeadAssignment {
    /// The first that holds counts.
    pub rules: Vec<LeadAssignmentRule>,
    /// Who takes turns with the rest; nobody when empty.
    pub round: Vec<MemberId>,
}

/// Whose the lead becomes; None where nothing is said.
pub(crate) async fn choose(tx: &mut Tx, lead: &Lead) -> Result<Option<MemberId>> {
    let Some(setting) = own(tx).await? else { return Ok(None) };
    let LeadAssignment { rules, round } = setting.assignment.0;
    let here = active(tx, rules.iter().map(|rule| rule.owner_id).chain(round.iter().copied())).await?;
    let now = tx.now();
    let ruled = rules.iter().find(|rule| here.contains(&rule.owner_id) && rule.when.holds(lead, now));
    if let Some(rule) = ruled {
        return Ok(Some(rule.owner_id));
    }
    let round: Vec<MemberId> = round.into_iter().filter(|id| here.contains(id)).collect();
    let Ok(people) = i64::try_from(round.len()) else { return Ok(None) };
    if people == 0 {
        return Ok(None);
    }
    let next = turn(tx).await?.rem_euclid(people);
    Ok(usize::try_from(next).ok().and_then(|next| round.get(next).copied()))
}

/// Those who are members now.
async fn active(tx: &mut Tx, ids: impl Iterator<Item = MemberId>) -> Result<HashSet<MemberId>> {
    let ids: HashSet<MemberId> = ids.collect();
    if ids.is_empty() {
        return Ok(ids);
    }
    let query = Sql::new("SELECT id FROM member WHERE tenant_id = ").bind(tx.tenant_id()).push(" AND state = ");
    let query = query.bind(identity::MemberState::Active).push(" AND id IN ").bind_list(ids.into_iter().map(Id::uuid));
    let found: Vec<(MemberId,)> = tx.all(query).await?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}
