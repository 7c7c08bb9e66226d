//! Renaming a pipeline, or putting it elsewhere in the list.

use kernel::{Change, Error, Result};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{Pipeline, changed, create};

/// What changes; an absent field stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePipeline {
    pub name: Option<String>,
    /// Lowest first.
    pub position: Option<i64>,
}

pub async fn update(tx: &mut Tx, before: Pipeline, change: ChangePipeline) -> Result<Pipeline> {
    let mut after = before.clone();
    if let Some(name) = change.name {
        after.name = create::name(&name)?;
    }
    if let Some(position) = change.position {
        if !(0..10_000).contains(&position) {
            return Err(Error::invalid("position", "position_out_of_range", "Use a place from 0 to 9999."));
        }
        after.position = position;
    }
    let after = tx.update(&after).await?;
    tx.audit(Change::new("pipeline.update", after.id).before(&before).after(&after)).await?;
    changed(tx, after.id).await?;
    Ok(after)
}
