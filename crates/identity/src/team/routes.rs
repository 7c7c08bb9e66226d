//! Teams over HTTP.

use axum::extract::State;
use edge::{App, Created, IfMatch, Json, May, NoContent, Path, Query, Versioned};
use kernel::{Page, PageRequest, TeamId};
use store::Store;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Team,
    change::{self, ChangeTeam, NewTeam},
    list::{self, TeamView},
};
use crate::permissions::{ManageTeams, ReadMembers};

#[utoipa::path(get, path = "/api/v1/teams", operation_id = "team_list", tag = "workspace", params(PageRequest),
    responses((status = 200, description = "The teams, by name", body = Page<TeamView>)))]
async fn team_list(
    May(can): May<ReadMembers>,
    State(store): State<Store>,
    Query(page): Query<PageRequest>,
) -> edge::Result<Json<Page<TeamView>>> {
    let mut tx = store.read(&can).await?;
    Ok(Json(list::list(&mut tx, &page).await?))
}

#[utoipa::path(get, path = "/api/v1/teams/{id}", operation_id = "team_get", tag = "workspace", params(("id" = TeamId, Path)),
    responses((status = 200, description = "The team", body = TeamView)))]
async fn team_get(
    May(can): May<ReadMembers>,
    State(store): State<Store>,
    Path(id): Path<TeamId>,
) -> edge::Result<Versioned<TeamView>> {
    let mut tx = store.read(&can).await?;
    let team: Team = tx.get(id).await?;
    Ok(Versioned(team.version, list::one(&mut tx, team).await?))
}

#[utoipa::path(post, path = "/api/v1/teams", operation_id = "team_create", tag = "workspace", request_body = NewTeam,
    responses((status = 201, description = "The team", body = TeamView)))]
async fn team_create(
    May(can): May<ManageTeams>,
    State(store): State<Store>,
    Json(input): Json<NewTeam>,
) -> edge::Result<Created<TeamView>> {
    let mut tx = store.begin(&can).await?;
    let team = change::create(&mut tx, input).await?;
    let (location, version) = (format!("/api/v1/teams/{}", team.id), team.version);
    let body = list::one(&mut tx, team).await?;
    tx.commit().await?;
    Ok(Created { location, version, body })
}

#[utoipa::path(patch, path = "/api/v1/teams/{id}", operation_id = "team_update", tag = "workspace", request_body = ChangeTeam,
    params(("id" = TeamId, Path), ("If-Match" = String, Header, description = "The version read")),
    responses((status = 200, description = "The team as it now is", body = TeamView)))]
async fn team_update(
    May(can): May<ManageTeams>,
    State(store): State<Store>,
    Path(id): Path<TeamId>,
    version: IfMatch,
    Json(input): Json<ChangeTeam>,
) -> edge::Result<Versioned<TeamView>> {
    let mut tx = store.begin(&can).await?;
    let team = change::update(&mut tx, id, version, input).await?;
    let version = team.version;
    let body = list::one(&mut tx, team).await?;
    tx.commit().await?;
    Ok(Versioned(version, body))
}

#[utoipa::path(delete, path = "/api/v1/teams/{id}", operation_id = "team_delete", tag = "workspace", params(("id" = TeamId, Path)),
    responses((status = 204, description = "The team is gone; its members see each other's records no longer")))]
async fn team_delete(
    May(can): May<ManageTeams>,
    State(store): State<Store>,
    Path(id): Path<TeamId>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    change::delete(&mut tx, id).await?;
    tx.commit().await?;
    Ok(NoContent)
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(team_list, team_create)).routes(routes!(team_get, team_update, team_delete))
}
