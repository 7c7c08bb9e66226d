//! Renaming a stage, or giving it another chance.

use kernel::{Change, Patch, Result};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{super::create::name, probability, rots_after};
use crate::pipeline::{Stage, changed};

/// What changes; an absent field stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeStage {
    pub name: Option<String>,
    /// The chance in percent that a deal in it is won.
    pub probability: Option<i64>,
    /// Days after which a deal in it rots; null: never.
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    pub rots_after_days: Patch<i64>,
}

pub async fn update(tx: &mut Tx, before: Stage, change: ChangeStage) -> Result<Stage> {
    let mut after = before.clone();
    if let Some(text) = change.name {
        after.name = name(&text)?;
    }
    if let Some(percent) = change.probability {
        after.probability = probability(percent)?;
    }
    match change.rots_after_days {
        Patch::Keep => {}
        Patch::Clear => after.rots_after_days = None,
        Patch::Set(days) => after.rots_after_days = rots_after(Some(days))?,
    }
    let after = tx.update(&after).await?;
    tx.audit(Change::new("stage.update", after.id).before(&before).after(&after)).await?;
    changed(tx, after.pipeline_id).await?;
    Ok(after)
}
