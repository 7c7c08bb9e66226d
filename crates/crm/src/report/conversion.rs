//! How far the deals that were made in a period came: for each stage, how many reached it or one behind it, of those that
//! began, and of those that reached the stage before. The cohort is the deals whose history is known from the beginning.

use kernel::Result;
use store::{Sql, Tx};

use super::{ReportColumn, ReportRow, ReportUnit, Wanted, column, percent};
use crate::deal::DealState;

/// How far some deals came, as the place of the furthest stage; whether they were won here, 1 or 0; how many they are.
type Reached = (i64, i64, i64);

/// Counted where the stays lie, so that what comes back is as long as the pipeline and not as its past.
async fn furthest(tx: &mut Tx, wanted: &Wanted) -> Result<Vec<Reached>> {
    if wanted.stages.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = Sql::new("SELECT far, is_won, count(*) FROM (SELECT deal.id, max(CASE deal_stage.stage_id");
    for (at, stage) in (0_i64..).zip(&wanted.stages) {
        query = query.push(" WHEN ").bind(stage.id).push(" THEN CAST(").bind(at).push(" AS BIGINT)");
    }
    let query = query
        .push(" END) AS far, max(CASE WHEN deal.state = ")
        .bind(DealState::Won)
        .push(" AND deal.pipeline_id = ")
        .bind(wanted.pipeline.id)
        .push(" THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END) AS is_won FROM deal JOIN deal_stage ")
        .push("ON deal_stage.tenant_id = deal.tenant_id AND deal_stage.deal_id = deal.id WHERE deal.tenant_id = ")
        .bind(tx.tenant_id())
        .push(" AND deal.deleted_at IS NULL")
        .and("deal_stage.pipeline_id =", wanted.pipeline.id)
        .and("deal.created_at >=", wanted.span.0)
        .and("deal.created_at <", wanted.span.1)
        .and_if("deal.owner_id =", wanted.owner)
        .push(" AND deal_stage.stage_id IN ")
        .bind_list(wanted.stages.iter().map(|stage| stage.id));
    let query = wanted.narrow(tx, query, "deal.id").push(" GROUP BY deal.id) AS reached GROUP BY far, is_won");
    Ok(tx.all(query).await?)
}

/// How many deals these are.
fn sum(found: &[Reached], of: impl Fn(&Reached) -> bool) -> i64 {
    found.iter().filter(|deals| of(deals)).map(|deals| deals.2).sum()
}

pub(super) async fn count(tx: &mut Tx, wanted: &Wanted) -> Result<(Vec<ReportColumn>, Vec<ReportRow>)> {
    let found = furthest(tx, wanted).await?;
    // What was won here has passed all stages. What went on to another pipeline was won there.
    let won = sum(&found, |deals| deals.1 == 1);
    let reached = |at: i64| sum(&found, |deals| deals.1 == 1 || deals.0 >= at);
    let began = reached(0);
    let mut before = began;
    let mut rows: Vec<ReportRow> = Vec::new();
    for (at, stage) in (0_i64..).zip(&wanted.stages) {
        let here = reached(at);
        rows.push(row(Some(stage.name.clone()), Some(stage.id.to_string()), None, here, began, before));
        before = here;
    }
    rows.push(row(None, None, Some("won"), won, began, before));
    let columns = vec![
        column("deals", ReportUnit::Count),
        column("of_all", ReportUnit::Percent),
        column("of_before", ReportUnit::Percent),
    ];
    Ok((columns, rows))
}

fn row(
    label: Option<String>,
    id: Option<String>,
    special: Option<&str>,
    here: i64,
    began: i64,
    before: i64,
) -> ReportRow {
    let values = vec![Some(here.to_string()), percent(here, began), percent(here, before)];
    ReportRow { label, id, special: special.map(str::to_owned), values }
}
