//! `GET /api/v1/home`.

use axum::extract::State;
use edge::{App, Json, May};
use kernel::permissions;
use serde::Serialize;
use store::Store;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    activity::{RecentView, activity},
    money::{MoneyView, money},
    needs::{NeedView, needs},
    pipeline::{StageTotalView, pipeline},
};

permissions! {
    /// See the first page; each part of it needs its own right besides.
    pub SeeHome = "home.see": [Administrator, Sales, Billing, Marketing, Support, ReadOnly];
}

/// The first page. A part the caller may not see is null.
#[derive(Debug, Serialize, ToSchema)]
pub struct HomeView {
    pub needs_me: Vec<NeedView>,
    pub money: Option<MoneyView>,
    pub pipeline: Option<Vec<StageTotalView>>,
    pub activity: Vec<RecentView>,
}

#[utoipa::path(get, path = "/api/v1/home", operation_id = "home_get", tag = "home",
    responses((status = 200, description = "How we stand", body = HomeView)))]
async fn home_get(May(can): May<SeeHome>, State(store): State<Store>) -> edge::Result<Json<HomeView>> {
    let mut tx = store.read(&can).await?;
    let tenant = identity::tenant::current(&mut tx).await?;
    let today = tx.now().with_timezone(&tenant.zone()).date_naive();
    let caller = can.caller().clone();
    let reads_money = caller.holds("invoice.read") && caller.holds("payment.read");
    Ok(Json(HomeView {
        needs_me: needs(&mut tx, &caller, today).await?,
        money: if reads_money { Some(money(&mut tx, today, tenant.currency).await?) } else { None },
        pipeline: if caller.holds("deal.read") { Some(pipeline(&mut tx, tenant.currency).await?) } else { None },
        activity: activity(&mut tx, &caller).await?,
    }))
}

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(home_get))
}
