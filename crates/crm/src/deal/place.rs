//! The order of deals in a stage. Ranks are far apart, so that a move writes one row; where two have grown together the
//! stage is spread out anew, under a lock on the stage so that two moves cannot give one rank twice.

use kernel::{Change, Error, Result, id::Id};
use serde_json::json;
use store::{Tx, sql};

use super::{Deal, DealId, DealState, create, event, history};
use crate::pipeline::{Stage, StageId};

/// Distance between neighbours when a stage is spread out.
const GAP: i64 = 1 << 20;

/// The rank before all others of a stage.
pub(super) async fn top(tx: &mut Tx, stage: StageId) -> Result<i64> {
    tx.get_locked::<Stage>(stage).await?;
    let query =
        sql!("SELECT min(position) FROM deal WHERE tenant_id = {} AND stage_id = {}", tx.tenant_id(), stage.uuid());
    let (lowest,): (Option<i64>,) = tx.one(query).await?;
    Ok(lowest.map_or(0, |lowest| lowest - GAP))
}

/// Moves a deal into a stage, behind `after` (first when None). The version the mover saw must still be the deal's.
pub async fn move_to(tx: &mut Tx, before: Deal, stage: StageId, after: Option<DealId>) -> Result<Deal> {
    before.must_be_live()?;
    if before.state != DealState::Open {
        return Err(Error::conflict("deal_closed", "Only an open deal can be moved. Reopen it first."));
    }
    let target = create::stage(tx, stage).await?;
    tx.get_locked::<Stage>(stage).await?;
    let position = behind(tx, before.id, stage, after).await?;
    let stage_since = if before.stage_id == stage { before.stage_since } else { tx.now() };
    let moved = Deal { stage_id: stage, pipeline_id: target.pipeline_id, position, stage_since, ..before.clone() };
    let moved = tx.update(&moved).await?;
    if before.stage_id != moved.stage_id {
        history::leave(tx, moved.id).await?;
        history::enter(tx, &moved).await?;
        tx.audit(Change::new("deal.move", moved.id).before(&before).after(&moved)).await?;
        let data = json!({ "from": before.stage_id, "to": stage, "stage": target.name });
        tx.emit(event("deal.moved", &moved).data(data)).await?;
    } else {
        tx.audit(Change::new("deal.sort", moved.id).before(&before).after(&moved)).await?;
        tx.emit(event("deal.sorted", &moved)).await?;
    }
    Ok(moved)
}

/// The rank behind `after`, spreading the stage when there is no room.
async fn behind(tx: &mut Tx, moving: DealId, stage: StageId, after: Option<DealId>) -> Result<i64> {
    for _ in 0..2 {
        let query = sql!(
            "SELECT id, position FROM deal WHERE tenant_id = {} AND stage_id = {} AND id <> {} ORDER BY position, id",
            tx.tenant_id(),
            stage.uuid(),
            moving.uuid()
        );
        let others: Vec<(DealId, i64)> = tx.all(query).await?;
        let at = match after {
            None => 0,
            Some(id) => {
                1 + others.iter().position(|(other, _)| *other == id).ok_or_else(|| {
                    Error::invalid(
                        "after",
                        "deal_not_in_stage",
                        "The deal to go behind is no longer in that stage. Read the board again.",
                    )
                })?
            }
        };
        let lower = at.checked_sub(1).map(|i| others[i].1);
        let upper = others.get(at).map(|(_, position)| *position);
        match (lower, upper) {
            (None, None) => return Ok(0),
            (None, Some(upper)) => return Ok(upper - GAP),
            (Some(lower), None) => return Ok(lower + GAP),
            (Some(lower), Some(upper)) if upper - lower > 1 => return Ok(lower + (upper - lower) / 2),
            _ => spread(tx, &others).await?,
        }
    }
    Err(Error::internal("a stage that was just spread out has no room"))
}

async fn spread(tx: &mut Tx, deals: &[(DealId, i64)]) -> Result<()> {
    for (i, (id, _)) in deals.iter().enumerate() {
        let position = (i as i64 + 1) * GAP;
        tx.execute(sql!(
            "UPDATE deal SET position = {} WHERE tenant_id = {} AND id = {}",
            position,
            tx.tenant_id(),
            id.uuid()
        ))
        .await?;
    }
    Ok(())
}
