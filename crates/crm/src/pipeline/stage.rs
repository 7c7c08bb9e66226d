//! The stages of a pipeline: added at the end, renamed, put in another order, removed.

pub(super) mod create;
pub(super) mod delete;
pub(super) mod reorder;
pub(super) mod update;

use kernel::{Error, Result};
use store::Tx;

use super::{PipelineId, Stage};

/// The stages of a pipeline in order.
pub(super) async fn of(tx: &mut Tx, pipeline: PipelineId) -> Result<Vec<Stage>> {
    let select = tx.select::<Stage>().and("stage.pipeline_id =", pipeline).push(" ORDER BY stage.position, stage.id");
    Ok(tx.all(select).await?)
}

/// A chance in percent.
fn probability(percent: i64) -> Result<i64> {
    if (0..=100).contains(&percent) {
        return Ok(percent);
    }
    Err(Error::invalid(
        "probability",
        "probability_out_of_range",
        "Give the chance of winning in percent, from 0 to 100.",
    ))
}

/// Days that are more than none and no more than ten years.
fn rots_after(days: Option<i64>) -> Result<Option<i64>> {
    if days.is_none_or(|days| (1..=3650).contains(&days)) {
        return Ok(days);
    }
    Err(Error::invalid("rots_after_days", "days_out_of_range", "Give a number of days from 1 to 3650, or nothing."))
}
