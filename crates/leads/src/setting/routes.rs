//! The settings of leads on the wire.

use axum::extract::State;
use edge::{App, Json, May};
use serde::Serialize;
use store::Store;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Current,
    assignment::LeadAssignment,
    current,
    rule::ScoreRule,
    set::{LeadSettingInput, set},
};
use crate::lead::{ManageLeads, ReadLeads};

/// What counts now.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeadSettingView {
    pub scoring: Vec<ScoreRule>,
    pub assignment: LeadAssignment,
    /// False while what we suggest counts.
    pub own: bool,
}

impl From<Current> for LeadSettingView {
    fn from(current: Current) -> Self {
        Self { scoring: current.scoring, assignment: current.assignment, own: current.own }
    }
}

#[utoipa::path(get, path = "/api/v1/lead-settings", operation_id = "lead_setting_get", tag = "leads",
    responses((status = 200, description = "How leads are scored, and whose they become", body = LeadSettingView)))]
async fn lead_setting_get(May(can): May<ReadLeads>, State(store): State<Store>) -> edge::Result<Json<LeadSettingView>> {
    let mut tx = store.read(&can).await?;
    Ok(Json(current(&mut tx).await?.into()))
}

#[utoipa::path(put, path = "/api/v1/lead-settings", operation_id = "lead_setting_set", tag = "leads", request_body = LeadSettingInput,
    responses((status = 200, description = "What counts now; open leads are being scored by it", body = LeadSettingView)))]
async fn lead_setting_set(
    May(can): May<ManageLeads>,
    State(store): State<Store>,
    Json(input): Json<LeadSettingInput>,
) -> edge::Result<Json<LeadSettingView>> {
    let mut tx = store.begin(&can).await?;
    set(&mut tx, input).await?;
    let answer = current(&mut tx).await?;
    tx.commit().await?;
    Ok(Json(answer.into()))
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(lead_setting_get, lead_setting_set))
}
