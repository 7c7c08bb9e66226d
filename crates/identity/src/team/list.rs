//! Teams with the people in them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kernel::{MemberId, Page, PageRequest, Permission, Result, TeamId};
use serde::Serialize;
use store::{Sort, SortKind, Sql, Tx};
use utoipa::ToSchema;

use super::Team;
use crate::permissions::ManageTeams;

const SORTS: &[Sort] = &[
    Sort::ascending("name", "name_folded", SortKind::Text),
    Sort::descending("created_at", "created_at", SortKind::Time),
];

/// A team.
#[derive(Debug, Serialize, ToSchema)]
pub struct TeamView {
    pub id: TeamId,
    pub version: i64,
    #[schema(example = "Levante")]
    pub name: String,
    /// By name.
    pub members: Vec<TeamMate>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// `update` and `delete`, where this caller may.
    pub actions: Vec<&'static str>,
}

/// Somebody in a team.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TeamMate {
    pub id: MemberId,
    #[schema(example = "Ana Ruiz")]
    pub name: String,
}

/// A page of teams, by name.
pub async fn list(tx: &mut Tx, page: &PageRequest) -> Result<Page<TeamView>> {
    let teams: Page<Team> = tx.page(tx.select::<Team>(), SORTS, page).await?;
    Ok(Page { items: views(tx, teams.items).await?, next_cursor: teams.next_cursor })
}

/// One team.
pub async fn one(tx: &mut Tx, team: Team) -> Result<TeamView> {
    views(tx, vec![team]).await?.pop().ok_or_else(|| kernel::Error::not_found("team"))
}

async fn views(tx: &mut Tx, teams: Vec<Team>) -> Result<Vec<TeamView>> {
    let mut mates = mates(tx, teams.iter().map(|team| team.id)).await?;
    let may = tx.caller().holds(ManageTeams::NAME) && !tx.caller().reach.narrows_records();
    let view = |team: Team| TeamView {
        members: mates.remove(&team.id).unwrap_or_default(),
        id: team.id,
        version: team.version,
        name: team.name,
        created_at: team.created_at,
        updated_at: team.updated_at,
        actions: if may { vec!["update", "delete"] } else { Vec::new() },
    };
    Ok(teams.into_iter().map(view).collect())
}

async fn mates(tx: &mut Tx, teams: impl Iterator<Item = TeamId>) -> Result<HashMap<TeamId, Vec<TeamMate>>> {
    let query = Sql::new(
        "SELECT team_member.team_id, member.id, account.name FROM team_member \
         JOIN member ON member.tenant_id = team_member.tenant_id AND member.id = team_member.member_id \
         JOIN account ON account.id = member.account_id WHERE team_member.tenant_id = ",
    );
    let query = query.bind(tx.tenant_id()).push(" AND team_member.team_id IN ").bind_list(teams);
    let rows: Vec<(TeamId, MemberId, String)> = tx.all(query.push(" ORDER BY account.name_folded, member.id")).await?;
    let mut mates: HashMap<TeamId, Vec<TeamMate>> = HashMap::new();
    for (team, id, name) in rows {
        mates.entry(team).or_default().push(TeamMate { id, name });
    }
    Ok(mates)
}
