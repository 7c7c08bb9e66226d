//! Making a further pipeline.

use kernel::{Change, Error, Result};
use serde::Deserialize;
use store::{Tx, sql};
use utoipa::ToSchema;

use super::{Pipeline, PipelineId, changed, ensure_first, first};
use crate::field;

/// More boards than anybody reads.
const MOST: usize = 50;

/// A pipeline to be made. It begins with the same stages as the first one did.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPipeline {
    #[schema(example = "Renewals")]
    pub name: String,
}

pub async fn create(tx: &mut Tx, input: NewPipeline) -> Result<Pipeline> {
    let name = name(&input.name)?;
    if ensure_first(tx).await?.len() >= MOST {
        return Err(Error::conflict(
            "too_many_pipelines",
            format!("There are {MOST} pipelines already. Use one of them."),
        ));
    }
    let last = sql!("SELECT max(position) FROM pipeline WHERE tenant_id = {}", tx.tenant_id());
    let (last,): (Option<i64>,) = tx.one(last).await?;
    let (created_at, updated_at) = (tx.now(), tx.now());
    let position = last.map_or(0, |last| last + 1);
    let pipeline = Pipeline { id: PipelineId::new(), version: 1, name, position, created_at, updated_at };
    tx.insert(&pipeline).await?;
    let language = identity::tenant::current(tx).await?.language;
    first::first_stages(tx, pipeline.id, language).await?;
    tx.audit(Change::new("pipeline.create", pipeline.id).after(&pipeline)).await?;
    changed(tx, pipeline.id).await?;
    Ok(pipeline)
}

pub(super) fn name(input: &str) -> Result<String> {
    field::line("name", Some(input), 80)?.ok_or_else(|| Error::invalid("name", "required", "Give it a name."))
}
