//! How long deals that were closed in a period stood in each stage, and how long the won ones took from beginning to end.

use chrono::{DateTime, Utc};
use kernel::Result;
use store::{Sql, Tx};

use super::{ReportColumn, ReportRow, ReportUnit, Wanted, column, median_days};
use crate::{deal::DealState, pipeline::StageId};

pub(super) async fn count(tx: &mut Tx, wanted: &Wanted) -> Result<(Vec<ReportColumn>, Vec<ReportRow>)> {
    let stays = stays(tx, wanted);
    let stays: Vec<(StageId, DateTime<Utc>, DateTime<Utc>, i64)> = tx.all(stays).await?;
    let won = won(tx, wanted);
    let won: Vec<(DateTime<Utc>, DateTime<Utc>, i64)> = tx.all(won).await?;
    let mut rows: Vec<ReportRow> = Vec::new();
    for stage in &wanted.stages {
        let here: Vec<_> = stays.iter().filter(|(id, ..)| *id == stage.id).collect();
        let deals = here.first().map_or(0, |(.., total)| *total);
        let median = median_days(here.iter().map(|(_, from, to, _)| *to - *from).collect());
        rows.push(ReportRow {
            label: Some(stage.name.clone()),
            id: Some(stage.id.to_string()),
            special: None,
            values: vec![Some(deals.to_string()), median],
        });
    }
    let deals = won.first().map_or(0, |(.., total)| *total);
    let median = median_days(won.iter().map(|(from, to, _)| *to - *from).collect());
    let values = vec![Some(deals.to_string()), median];
    rows.push(ReportRow { label: None, id: None, special: Some("won".to_owned()), values });
    Ok((vec![column("deals", ReportUnit::Count), column("median", ReportUnit::Days)], rows))
}

/// Stage, beginning and end of the stays in the middle of each stage, and how many there are.
fn stays(tx: &Tx, wanted: &Wanted) -> Sql {
    let stays = Sql::new(
        "SELECT deal_stage.stage_id, deal_stage.entered_at, deal_stage.left_at, \
         row_number() OVER (PARTITION BY deal_stage.stage_id ORDER BY ",
    );
    let stays = tx
        .between(stays, "deal_stage.entered_at", "deal_stage.left_at")
        .push(") AS place, count(*) OVER (PARTITION BY deal_stage.stage_id) AS total FROM deal JOIN deal_stage ")
        .push("ON deal_stage.tenant_id = deal.tenant_id AND deal_stage.deal_id = deal.id WHERE deal.tenant_id = ")
        .bind(tx.tenant_id())
        .push(" AND deal_stage.left_at IS NOT NULL")
        .and("deal_stage.pipeline_id =", wanted.pipeline.id)
        .and("deal.state <>", DealState::Open);
    middle("SELECT stage_id, entered_at, left_at, total FROM (", closed(tx, wanted, stays))
}

/// Beginning and end of the won deals in the middle, and how many there are.
fn won(tx: &Tx, wanted: &Wanted) -> Sql {
    let won = Sql::new("SELECT deal.created_at AS began, deal.closed_at AS ended, row_number() OVER (ORDER BY ");
    let won = tx
        .between(won, "deal.created_at", "deal.closed_at")
        .push(") AS place, count(*) OVER () AS total FROM deal WHERE deal.tenant_id = ")
        .bind(tx.tenant_id())
        .and("deal.pipeline_id =", wanted.pipeline.id)
        .and("deal.state =", DealState::Won);
    middle("SELECT began, ended, total FROM (", closed(tx, wanted, won))
}

/// Of the deals that were closed in the period.
fn closed(tx: &Tx, wanted: &Wanted, select: Sql) -> Sql {
    let select = select
        .push(" AND deal.deleted_at IS NULL")
        .and("deal.closed_at >=", wanted.span.0)
        .and("deal.closed_at <", wanted.span.1)
        .and_if("deal.owner_id =", wanted.owner);
    wanted.narrow(tx, select, "deal.id")
}

/// The one in the middle, or the two of an even number: all that a median asks for, however many there are.
fn middle(head: &'static str, ranked: Sql) -> Sql {
    let of = ") AS ranked WHERE ranked.place IN ((ranked.total + 1) / 2, (ranked.total + 2) / 2)";
    Sql::new(head).append(ranked).push(of)
}
