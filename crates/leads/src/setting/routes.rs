//! The settings of leads on the wire.

use axum::extract::State;
use edge::{App, IfMatch, Json, May, Versioned};
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
    /// 0 while what we suggest counts.
    pub version: i64,
}

impl From<Current> for LeadSettingView {
    fn from(current: Current) -> Self {
        Self { scoring: current.scoring, assignment: current.assignment, version: current.version }
    }
}

#[utoipa::path(get, path = "/api/v1/lead-settings", operation_id = "lead_setting_get", tag = "leads",
    responses((status = 200, description = "How leads are scored, and whose they become", body = LeadSettingView)))]
async fn lead_setting_get(
    May(can): May<ReadLeads>,
    State(store): State<Store>,
) -> edge::Result<Versioned<LeadSettingView>> {
    let mut tx = store.read(&can).await?;
    let current = current(&mut tx).await?;
    Ok(Versioned(current.version, current.into()))
}

#[utoipa::path(put, path = "/api/v1/lead-settings", operation_id = "lead_setting_set", tag = "leads", request_body = LeadSettingInput,
    params(("If-Match" = String, Header, description = "The ETag that was read; \"0\" while nothing of one's own is kept")),
    responses((status = 200, description = "What counts now; open leads are being scored by it", body = LeadSettingView)))]
async fn lead_setting_set(
    May(can): May<ManageLeads>,
    State(store): State<Store>,
    version: IfMatch,
    Json(input): Json<LeadSettingInput>,
) -> edge::Result<Versioned<LeadSettingView>> {
    let mut tx = store.begin(&can).await?;
    version.check(current(&mut tx).await?.version)?;
    set(&mut tx, input).await?;
    let answer = current(&mut tx).await?;
    tx.commit().await?;
    Ok(Versioned(answer.version, answer.into()))
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(lead_setting_get, lead_setting_set))
}
