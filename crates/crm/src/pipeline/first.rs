//! The first pipeline of a tenant, in its language.

use std::sync::LazyLock;

use kernel::{Change, Language, Result};
use locale::Catalog;
use serde::{Deserialize, Serialize};
use store::Tx;

use super::{Pipeline, PipelineId, Stage, StageId, all};

static WORDS: LazyLock<Catalog> = LazyLock::new(|| {
    Catalog::load([
        include_str!("../../locales/en.ftl"),
        include_str!("../../locales/es.ftl"),
        include_str!("../../locales/pt.ftl"),
        include_str!("../../locales/fr.ftl"),
    ])
});

/// The stages a pipeline begins with, and their chances in percent.
const FIRST_STAGES: [(&str, i64); 4] =
    [("stage-new", 10), ("stage-qualified", 25), ("stage-proposal", 50), ("stage-negotiation", 75)];

/// The job that a new tenant sets off.
#[derive(Debug, Serialize, Deserialize)]
pub struct EnsureFirstPipeline {}

impl kernel::Job for EnsureFirstPipeline {
    const KIND: &'static str = "pipeline.ensure_first";
}

/// The tenant's pipelines, the first one made if there is none. Two who ask at one moment get the same one.
pub async fn ensure_first(tx: &mut Tx) -> Result<Vec<(Pipeline, Vec<Stage>)>> {
    let existing = all(tx).await?;
    if !existing.is_empty() {
        return Ok(existing);
    }
    let tenant: identity::Tenant = tx.get_locked(tx.tenant_id()).await?;
    let existing = all(tx).await?;
    if !existing.is_empty() {
        return Ok(existing);
    }
    let (created_at, updated_at) = (tx.now(), tx.now());
    let name = WORDS.text(tenant.language, "pipeline-first", &[]);
    let pipeline = Pipeline { id: PipelineId::new(), version: 1, name, position: 0, created_at, updated_at };
    tx.insert(&pipeline).await?;
    first_stages(tx, pipeline.id, tenant.language).await?;
    tx.audit(Change::new("pipeline.create", pipeline.id).after(&pipeline)).await?;
    all(tx).await
}

/// Gives a new pipeline the stages to begin with.
pub(super) async fn first_stages(tx: &mut Tx, pipeline_id: PipelineId, language: Language) -> Result<()> {
    let (created_at, updated_at) = (tx.now(), tx.now());
    for (position, (key, probability)) in (0..).zip(FIRST_STAGES) {
        let name = WORDS.text(language, key, &[]);
        let stage = Stage {
            id: StageId::new(),
            version: 1,
            pipeline_id,
            name,
            probability,
            rots_after_days: None,
            position,
            created_at,
            updated_at,
        };
        tx.insert(&stage).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_words_are_there_in_every_language() {
        assert_eq!(super::WORDS.faults(), Vec::<String>::new());
    }
}
