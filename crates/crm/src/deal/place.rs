//! The order of deals in a stage. Ranks are far apart, so that a move writes one row; where two have grown together the
//! stage is spread out anew, under a lock on the stage so that two moves cannot give one rank twice.

use kernel::{Change, Error, Result, id::Id};
use serde_json::json;
use store::{Tx, sql};

use super::{Deal, DealId, DealState, create, event, history};
use crate::pipeline::{Stage, StageId};

/// Distance between neighbours when a stage is spread out.
const GAP: i64 = 1 << 20;
const AMONG_ALL: &str = "a rank is a place among all deals of the stage";

/// The rank before all others of a stage.
pub(super) async fn top(tx: &mut Tx, stage: StageId) -> Result<i64> {
    tx.get_locked::<Stage>(stage).await?;
    let query =
        sql!("SELECT min(position) FROM deal WHERE tenant_id = {} AND stage_id = {}", tx.tenant_id(), stage.uuid());
    let (lowest,): (Option<i64>,) = tx.beyond_reach(AMONG_ALL).one(query).await?;
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
        let lower = match after {
            None => None,
            Some(id) => Some((standing(tx, id, moving, stage).await?, id)),
        };
        match (lower, next(tx, moving, stage, lower).await?) {
            (None, None) => return Ok(0),
            (None, Some(upper)) => return Ok(upper - GAP),
            (Some((lower, _)), None) => return Ok(lower + GAP),
            (Some((lower, _)), Some(upper)) if upper - lower > 1 => return Ok(lower + (upper - lower) / 2),
            _ => spread(tx, stage).await?,
        }
    }
    Err(Error::internal("a stage that was just spread out has no room"))
}

/// Where the deal to go behind stands.
async fn standing(tx: &mut Tx, id: DealId, moving: DealId, stage: StageId) -> Result<i64> {
    let (tenant, stage) = (tx.tenant_id(), stage.uuid());
    let query = sql!("SELECT position FROM deal WHERE tenant_id = {} AND id = {} AND stage_id = {}", tenant, id, stage);
    let found: Option<(i64,)> = if id == moving { None } else { tx.beyond_reach(AMONG_ALL).optional(query).await? };
    found.map(|(position,)| position).ok_or_else(|| {
        Error::invalid(
            "after",
            "deal_not_in_stage",
            "The deal to go behind is no longer in that stage. Read the board again.",
        )
    })
}

/// The rank of the one behind it, or of the first.
async fn next(tx: &mut Tx, moving: DealId, stage: StageId, lower: Option<(i64, DealId)>) -> Result<Option<i64>> {
    let query = sql!(
        "SELECT position FROM deal WHERE tenant_id = {} AND stage_id = {} AND id <> {}",
        tx.tenant_id(),
        stage.uuid(),
        moving.uuid()
    );
    let query = match lower {
        None => query,
        Some((position, id)) => {
            query.push(" AND (position, id) > (").bind(position).push(", ").bind(id.uuid()).push(")")
        }
    };
    let first = query.push(" ORDER BY position, id LIMIT 1");
    let found: Option<(i64,)> = tx.beyond_reach(AMONG_ALL).optional(first).await?;
    Ok(found.map(|(position,)| position))
}

/// Gives every deal of the stage a rank far from the next one's, in the order they have.
async fn spread(tx: &mut Tx, stage: StageId) -> Result<()> {
    let (tenant, stage) = (tx.tenant_id(), stage.uuid());
    tx.beyond_reach(AMONG_ALL).execute(sql!(
        "UPDATE deal SET position = ranked.place * {} FROM (SELECT id, row_number() OVER (ORDER BY position, id) AS place \
         FROM deal WHERE tenant_id = {} AND stage_id = {}) AS ranked WHERE deal.tenant_id = {} AND deal.id = ranked.id",
        GAP,
        tenant,
        stage,
        tenant
    ))
    .await?;
    Ok(())
}
