//! Making, changing and removing teams.

use std::collections::BTreeSet;

use edge::IfMatch;
use kernel::{Change, Error, Event, MemberId, Result, TeamId};
use serde::{Deserialize, Serialize};
use store::{OnConstraint, Sql, Tx, sql};
use utoipa::ToSchema;

use super::Team;
use crate::{member::MemberState, text};

/// More than this is a mistake of who calls.
const MOST: usize = 500;

/// A team to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTeam {
    #[schema(example = "Levante")]
    pub name: String,
    /// Who is in it; nobody unless given.
    #[serde(default)]
    pub members: BTreeSet<MemberId>,
}

/// What may change of a team; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeTeam {
    #[schema(example = "Levante")]
    pub name: Option<String>,
    /// All who are in it from now on.
    pub members: Option<BTreeSet<MemberId>>,
}

/// The team and who is in it, as the trail keeps them.
#[derive(Serialize)]
struct Peopled<'t> {
    #[serde(flatten)]
    team: &'t Team,
    members: &'t BTreeSet<MemberId>,
}

/// Who is in a team decides what they see, so only who sees everything says so.
fn must_see_everything(tx: &Tx) -> Result<()> {
    if !tx.caller().reach.narrows_records() {
        return Ok(());
    }
    Err(Error::conflict(
        "reach_above_own",
        "You see a part of the records yourself, so you cannot say who is in a team. Ask somebody who sees all.",
    ))
}

fn taken() -> Error {
    Error::invalid("name", "taken", "There is a team of this name already. Choose another name.")
}

pub async fn create(tx: &mut Tx, input: NewTeam) -> Result<Team> {
    must_see_everything(tx)?;
    let name = text::line("name", &input.name, 80)?;
    must_be_members(tx, &input.members).await?;
    let now = tx.now();
    let id = TeamId::new();
    let team = Team { id, version: 1, name_folded: text::folded(&name), name, created_at: now, updated_at: now };
    tx.insert(&team).await.on_constraint("team_name_folded_key", taken)?;
    put(tx, id, &input.members).await?;
    tx.audit(Change::new("team.create", id).after(&Peopled { team: &team, members: &input.members })).await?;
    tx.emit(Event::new("team.created", id)).await?;
    Ok(team)
}

pub async fn update(tx: &mut Tx, id: TeamId, version: IfMatch, input: ChangeTeam) -> Result<Team> {
    must_see_everything(tx)?;
    let before: Team = tx.get_locked(id).await?;
    version.check(before.version)?;
    let members_before = members(tx, id).await?;
    let name = match &input.name {
        Some(name) => text::line("name", name, 80)?,
        None => before.name.clone(),
    };
    let now_in = input.members.unwrap_or_else(|| members_before.clone());
    must_be_members(tx, &now_in.difference(&members_before).copied().collect()).await?;
    let after = Team { name_folded: text::folded(&name), name, ..before.clone() };
    let after = tx.update(&after).await.on_constraint("team_name_folded_key", taken)?;
    let gone =
        sql!("DELETE FROM team_member WHERE tenant_id = {} AND team_id = {} AND member_id IN ", tx.tenant_id(), id);
    tx.execute(gone.bind_list(members_before.difference(&now_in).copied())).await?;
    put(tx, id, &now_in.difference(&members_before).copied().collect()).await?;
    let change = Change::new("team.update", id)
        .before(&Peopled { team: &before, members: &members_before })
        .after(&Peopled { team: &after, members: &now_in });
    tx.audit(change).await?;
    tx.emit(Event::new("team.updated", id)).await?;
    Ok(after)
}

pub async fn delete(tx: &mut Tx, id: TeamId) -> Result<()> {
    must_see_everything(tx)?;
    let team: Team = tx.get_locked(id).await?;
    let members = members(tx, id).await?;
    tx.execute(sql!("DELETE FROM team_member WHERE tenant_id = {} AND team_id = {}", tx.tenant_id(), id)).await?;
    tx.delete::<Team>(id).await?;
    tx.audit(Change::new("team.delete", id).before(&Peopled { team: &team, members: &members })).await?;
    tx.emit(Event::new("team.deleted", id)).await?;
    Ok(())
}

async fn members(tx: &mut Tx, id: TeamId) -> Result<BTreeSet<MemberId>> {
    let query = sql!("SELECT member_id FROM team_member WHERE tenant_id = {} AND team_id = {}", tx.tenant_id(), id);
    Ok(tx.all::<(MemberId,)>(query).await?.into_iter().map(|(id,)| id).collect())
}

async fn put(tx: &mut Tx, id: TeamId, members: &BTreeSet<MemberId>) -> Result<()> {
    let (tenant, now) = (tx.tenant_id(), tx.now());
    for member in members {
        tx.execute(sql!(
            "INSERT INTO team_member (tenant_id, team_id, member_id, created_at) VALUES ({}, {}, {}, {}) \
             ON CONFLICT (tenant_id, team_id, member_id) DO NOTHING",
            tenant,
            id,
            *member,
            now
        ))
        .await?;
    }
    Ok(())
}

/// Refuses people who are not, or no longer, members.
async fn must_be_members(tx: &mut Tx, members: &BTreeSet<MemberId>) -> Result<()> {
    if members.len() > MOST {
        return Err(Error::invalid("members", "too_many", format!("A team has at most {MOST} members.")));
    }
    let query = Sql::new("SELECT count(*) FROM member WHERE tenant_id = ").bind(tx.tenant_id());
    let query = query.and("state =", MemberState::Active).push(" AND id IN ").bind_list(members.iter().copied());
    if tx.count(query).await? == members.len() as i64 {
        return Ok(());
    }
    Err(Error::invalid("members", "member_unknown", "There is no such person in this workspace. Choose from the list."))
}
