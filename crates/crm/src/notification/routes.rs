//! One's own notifications on the wire. A key has none.

use axum::extract::State;
use edge::{App, Json, May, NoContent, Path, Query};
use kernel::{Can, Change, Error, Event, MemberId, Page, PageRequest, Result};
use serde::{Deserialize, Serialize};
use store::{Sort, SortKind, Store, Tx, sql};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Notification, NotificationId, OwnNotifications,
    setting::{self, NotificationChoice, NotificationSetting},
    view::{NotificationView, views},
};

const SORTS: &[Sort] = &[Sort::descending("created_at", "created_at", SortKind::Time)];
/// Counted no further: the bell says "99+".
const MOST_COUNTED: i64 = 100;

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NotificationFilter {
    /// `true` lists what was not read yet.
    pub unread: Option<bool>,
}

/// How much there is to read.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnreadView {
    /// At most 100.
    #[schema(example = 3)]
    pub count: i64,
}

fn me(can: &Can<OwnNotifications>) -> Result<MemberId> {
    can.caller()
        .member_id()
        .ok_or_else(|| Error::conflict("not_a_member", "Notifications belong to people. Sign in to see yours."))
}

#[utoipa::path(get, path = "/api/v1/notifications", operation_id = "notification_list", tag = "notifications", params(PageRequest, NotificationFilter),
    responses((status = 200, description = "One's own, newest first", body = Page<NotificationView>)))]
async fn notification_list(
    May(can): May<OwnNotifications>,
    State(store): State<Store>,
    Query(page): Query<PageRequest>,
    Query(filter): Query<NotificationFilter>,
) -> edge::Result<Json<Page<NotificationView>>> {
    let me = me(&can)?;
    let mut tx = store.read(&can).await?;
    let mut select = tx.select::<Notification>().and("notification.member_id =", me);
    if filter.unread.unwrap_or(false) {
        select = select.push(" AND notification.read_at IS NULL");
    }
    let told = tx.page::<Notification>(select, SORTS, &page).await?;
    Ok(Json(Page { items: views(&mut tx, told.items).await?, next_cursor: told.next_cursor }))
}

#[utoipa::path(get, path = "/api/v1/notifications/unread", operation_id = "notification_unread", tag = "notifications",
    responses((status = 200, description = "How many were not read yet", body = UnreadView)))]
async fn notification_unread(
    May(can): May<OwnNotifications>,
    State(store): State<Store>,
) -> edge::Result<Json<UnreadView>> {
    let me = me(&can)?;
    let mut tx = store.read(&can).await?;
    let query = sql!(
        "SELECT count(*) FROM (SELECT 1 FROM notification WHERE tenant_id = {} AND member_id = {} AND read_at IS NULL LIMIT {}) AS unread",
        tx.tenant_id(),
        me,
        MOST_COUNTED
    );
    Ok(Json(UnreadView { count: tx.count(query).await? }))
}

#[utoipa::path(post, path = "/api/v1/notifications/{id}/read", operation_id = "notification_read", tag = "notifications",
    params(("id" = NotificationId, Path)), responses((status = 204, description = "Read")))]
async fn notification_read(
    May(can): May<OwnNotifications>,
    State(store): State<Store>,
    Path(id): Path<NotificationId>,
) -> edge::Result<NoContent> {
    let me = can.caller().member_id();
    let mut tx = store.begin(&can).await?;
    let told: Notification = tx.get_locked(id).await?;
    if Some(told.member_id) != me {
        return Err(Error::not_found("notification").into());
    }
    if told.read_at.is_none() {
        read(&mut tx, told).await?;
        tx.commit().await?;
    }
    Ok(NoContent)
}

async fn read(tx: &mut Tx, told: Notification) -> Result<()> {
    let after = tx.update(&Notification { read_at: Some(tx.now()), ..told.clone() }).await?;
    tx.audit(Change::new("notification.read", after.id).before(&told).after(&after)).await?;
    tx.emit(Event::new("notification.read", after.id)).await?;
    Ok(())
}

#[utoipa::path(post, path = "/api/v1/notifications/read-all", operation_id = "notification_read_all", tag = "notifications",
    responses((status = 204, description = "All of one's own are read")))]
async fn notification_read_all(May(can): May<OwnNotifications>, State(store): State<Store>) -> edge::Result<NoContent> {
    let me = me(&can)?;
    let mut tx = store.begin(&can).await?;
    let all = sql!(
        "UPDATE notification SET read_at = {} WHERE tenant_id = {} AND member_id = {} AND read_at IS NULL",
        tx.now(),
        tx.tenant_id(),
        me
    );
    if tx.execute(all).await? > 0 {
        tx.audit(Change::new("notification.read_all", me)).await?;
        tx.emit(Event::new("notification.read", me)).await?;
        tx.commit().await?;
    }
    Ok(NoContent)
}

fn choice(setting: NotificationSetting) -> NotificationChoice {
    NotificationChoice {
        mail_reminders: setting.mail_reminders,
        mail_mentions: setting.mail_mentions,
        mail_assignments: setting.mail_assignments,
        time_zone: setting.time_zone,
    }
}

#[utoipa::path(get, path = "/api/v1/notification-setting", operation_id = "notification_setting_get", tag = "notifications",
    responses((status = 200, description = "How one wants to be told", body = NotificationChoice)))]
async fn notification_setting_get(
    May(can): May<OwnNotifications>,
    State(store): State<Store>,
) -> edge::Result<Json<NotificationChoice>> {
    let me = me(&can)?;
    let mut tx = store.read(&can).await?;
    Ok(Json(choice(setting::of(&mut tx, me).await?)))
}

#[utoipa::path(put, path = "/api/v1/notification-setting", operation_id = "notification_setting_set", tag = "notifications",
    request_body = NotificationChoice, responses((status = 200, description = "As it now is", body = NotificationChoice)))]
async fn notification_setting_set(
    May(can): May<OwnNotifications>,
    State(store): State<Store>,
    Json(input): Json<NotificationChoice>,
) -> edge::Result<Json<NotificationChoice>> {
    let me = me(&can)?;
    let mut tx = store.begin(&can).await?;
    let set = setting::set(&mut tx, me, input).await?;
    tx.commit().await?;
    Ok(Json(choice(set)))
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(notification_list))
        .routes(routes!(notification_unread))
        .routes(routes!(notification_read))
        .routes(routes!(notification_read_all))
        .routes(routes!(notification_setting_get, notification_setting_set))
}
