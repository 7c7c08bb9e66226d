//! Activities on the wire.

use axum::extract::State;
use edge::{App, Created, IfMatch, Json, May, NoContent, Path, Query, Versioned};
use kernel::{Error, Page, PageRequest};
use store::{Store, Tx};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Activity, ActivityId, ReadActivities, WriteActivities,
    create::{NewActivity, create},
    delete, finish, found,
    list::{ActivityFilter, list},
    locked,
    update::{ChangeActivity, update},
    view::{ActivityView, view, views},
    work::{AgendaView, work},
};

#[utoipa::path(get, path = "/api/v1/activities", operation_id = "activity_list", tag = "activities", params(PageRequest, ActivityFilter),
    responses((status = 200, description = "Calls, meetings and tasks; sorted by created_at or due", body = Page<ActivityView>)))]
async fn activity_list(
    May(can): May<ReadActivities>,
    State(store): State<Store>,
    Query(page): Query<PageRequest>,
    Query(filter): Query<ActivityFilter>,
) -> edge::Result<Json<Page<ActivityView>>> {
    let mut tx = store.read(&can).await?;
    let activities = list(&mut tx, filter, &page).await?;
    Ok(Json(Page { items: views(&mut tx, activities.items).await?, next_cursor: activities.next_cursor }))
}

#[utoipa::path(post, path = "/api/v1/activities", operation_id = "activity_create", tag = "activities", request_body = NewActivity,
    responses((status = 201, description = "The activity; it stands on the timelines of what it is about", body = ActivityView)))]
async fn activity_create(
    May(can): May<WriteActivities>,
    State(store): State<Store>,
    Json(input): Json<NewActivity>,
) -> edge::Result<Created<ActivityView>> {
    let mut tx = store.begin(&can).await?;
    let activity = create(&mut tx, input).await?;
    let (location, version) = (format!("/api/v1/activities/{}", activity.id), activity.version);
    let body = view(&mut tx, activity).await?;
    tx.commit().await?;
    Ok(Created { location, version, body })
}

#[utoipa::path(get, path = "/api/v1/activities/{id}", operation_id = "activity_get", tag = "activities", params(("id" = ActivityId, Path)),
    responses((status = 200, description = "The activity, also when it has been deleted", body = ActivityView)))]
async fn activity_get(
    May(can): May<ReadActivities>,
    State(store): State<Store>,
    Path(id): Path<ActivityId>,
) -> edge::Result<Versioned<ActivityView>> {
    let mut tx = store.read(&can).await?;
    let activity = found(&mut tx, id).await?;
    Ok(Versioned(activity.version, view(&mut tx, activity).await?))
}

#[utoipa::path(patch, path = "/api/v1/activities/{id}", operation_id = "activity_update", tag = "activities", request_body = ChangeActivity,
    params(("id" = ActivityId, Path), ("If-Match" = String, Header, description = "The ETag that was read")),
    responses((status = 200, description = "As it now is", body = ActivityView)))]
async fn activity_update(
    May(can): May<WriteActivities>,
    State(store): State<Store>,
    Path(id): Path<ActivityId>,
    version: IfMatch,
    Json(change): Json<ChangeActivity>,
) -> edge::Result<Versioned<ActivityView>> {
    let mut tx = store.begin(&can).await?;
    let before = locked(&mut tx, id).await?;
    version.check(before.version)?;
    let activity = update(&mut tx, before, change).await?;
    answered(tx, activity).await
}

#[utoipa::path(delete, path = "/api/v1/activities/{id}", operation_id = "activity_delete", tag = "activities", params(("id" = ActivityId, Path)),
    responses((status = 204, description = "Deleted; it can be restored")))]
async fn activity_delete(
    May(can): May<WriteActivities>,
    State(store): State<Store>,
    Path(id): Path<ActivityId>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    let activity = locked(&mut tx, id).await?;
    delete::delete(&mut tx, activity).await?;
    tx.commit().await?;
    Ok(NoContent)
}

#[utoipa::path(post, path = "/api/v1/activities/{id}/restore", operation_id = "activity_restore", tag = "activities", params(("id" = ActivityId, Path)),
    responses((status = 200, description = "The activity, back again", body = ActivityView)))]
async fn activity_restore(
    May(can): May<WriteActivities>,
    State(store): State<Store>,
    Path(id): Path<ActivityId>,
) -> edge::Result<Versioned<ActivityView>> {
    let mut tx = store.begin(&can).await?;
    let activity = locked(&mut tx, id).await?;
    let activity = delete::restore(&mut tx, activity).await?;
    answered(tx, activity).await
}

#[utoipa::path(post, path = "/api/v1/activities/{id}/complete", operation_id = "activity_complete", tag = "activities", params(("id" = ActivityId, Path)),
    responses((status = 200, description = "The task, done; it reminds of nothing any more", body = ActivityView)))]
async fn activity_complete(
    May(can): May<WriteActivities>,
    State(store): State<Store>,
    Path(id): Path<ActivityId>,
) -> edge::Result<Versioned<ActivityView>> {
    let mut tx = store.begin(&can).await?;
    let activity = locked(&mut tx, id).await?;
    let activity = finish::complete(&mut tx, activity).await?;
    answered(tx, activity).await
}

#[utoipa::path(post, path = "/api/v1/activities/{id}/reopen", operation_id = "activity_reopen", tag = "activities", params(("id" = ActivityId, Path)),
    responses((status = 200, description = "The task, to be done again", body = ActivityView)))]
async fn activity_reopen(
    May(can): May<WriteActivities>,
    State(store): State<Store>,
    Path(id): Path<ActivityId>,
) -> edge::Result<Versioned<ActivityView>> {
    let mut tx = store.begin(&can).await?;
    let activity = locked(&mut tx, id).await?;
    let activity = finish::reopen(&mut tx, activity).await?;
    answered(tx, activity).await
}

#[utoipa::path(get, path = "/api/v1/agenda", operation_id = "agenda_get", tag = "activities",
    responses((status = 200, description = "What the member who asks has to do", body = AgendaView)))]
async fn agenda_get(May(can): May<ReadActivities>, State(store): State<Store>) -> edge::Result<Json<AgendaView>> {
    let me = can
        .caller()
        .member_id()
        .ok_or_else(|| Error::conflict("not_a_member", "Tasks belong to people. List activities instead."))?;
    let mut tx = store.read(&can).await?;
    Ok(Json(work(&mut tx, me).await?))
}

/// Commits, and answers the activity as it now is.
async fn answered(mut tx: Tx, activity: Activity) -> edge::Result<Versioned<ActivityView>> {
    let answer = Versioned(activity.version, view(&mut tx, activity).await?);
    tx.commit().await?;
    Ok(answer)
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(activity_list, activity_create))
        .routes(routes!(activity_get, activity_update, activity_delete))
        .routes(routes!(activity_restore))
        .routes(routes!(activity_complete))
        .routes(routes!(activity_reopen))
        .routes(routes!(agenda_get))
}
