//! Open deals by stage, and by the month they are expected to close in.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};
use kernel::{Currency, Result};
use store::{Tx, sql};

use super::{
    ReportColumn, ReportRow, ReportUnit, Wanted, column,
    money::{self, Sums},
};
use crate::{deal::DealState, pipeline::StageId};

/// Months a forecast looks ahead, the present one included.
const AHEAD: u32 = 12;

pub(super) async fn by_stage(tx: &mut Tx, wanted: &Wanted) -> Result<(Vec<ReportColumn>, Vec<ReportRow>)> {
    let query = sql!(
        "SELECT stage_id, currency, count(*), sum(amount_minor) FROM deal \
         WHERE tenant_id = {} AND pipeline_id = {} AND state = {} AND deleted_at IS NULL",
        tx.tenant_id(),
        wanted.pipeline.id,
        DealState::Open
    );
    let query = wanted.narrow(tx, query.and_if("owner_id =", wanted.owner), "deal.id");
    let query = query.push(" GROUP BY stage_id, currency ORDER BY currency");
    let found: Vec<(StageId, Currency, i64, i64)> = tx.all(query).await?;
    let sums = |stage: &crate::pipeline::Stage| {
        let mut sums = Sums::default();
        for (_, currency, deals, minor) in found.iter().filter(|(id, ..)| *id == stage.id) {
            sums.add(*deals, *currency, *minor, stage.probability);
        }
        sums
    };
    let all: Vec<Sums> = wanted.stages.iter().map(sums).collect();
    let currencies = money::currencies(all.iter());
    let row = |(stage, sums): (&crate::pipeline::Stage, &Sums)| ReportRow {
        label: Some(stage.name.clone()),
        id: Some(stage.id.to_string()),
        special: None,
        values: std::iter::once(Some(sums.deals.to_string())).chain(money::values(sums, &currencies, true)).collect(),
    };
    let rows = wanted.stages.iter().zip(&all).map(row).collect();
    Ok((columns(&currencies), rows))
}

fn columns(currencies: &[Currency]) -> Vec<ReportColumn> {
    let counted = std::iter::once(column("deals", ReportUnit::Count));
    counted.chain(money::columns(&["amount", "weighted"], currencies)).collect()
}

pub(super) async fn by_month(tx: &mut Tx, wanted: &Wanted) -> Result<(Vec<ReportColumn>, Vec<ReportRow>)> {
    let query = sql!(
        "SELECT expected_close, stage_id, currency, count(*), sum(amount_minor) FROM deal \
         WHERE tenant_id = {} AND pipeline_id = {} AND state = {} AND deleted_at IS NULL",
        tx.tenant_id(),
        wanted.pipeline.id,
        DealState::Open
    );
    let query = wanted.narrow(tx, query.and_if("owner_id =", wanted.owner), "deal.id");
    let query = query.push(" GROUP BY expected_close, stage_id, currency");
    let found: Vec<(Option<NaiveDate>, StageId, Currency, i64, i64)> = tx.all(query).await?;
    let first = wanted.today.with_day(1).unwrap_or(wanted.today);
    let months: Vec<NaiveDate> = (0..AHEAD).filter_map(|n| first.checked_add_months(Months::new(n))).collect();
    let end = first.checked_add_months(Months::new(AHEAD)).unwrap_or(NaiveDate::MAX);
    let mut sums: BTreeMap<(u8, Option<NaiveDate>), Sums> = BTreeMap::new();
    for (close, stage, currency, deals, minor) in found {
        let chance = wanted.stages.iter().find(|known| known.id == stage).map_or(0, |known| known.probability);
        let place = match close {
            None => (3, None),
            Some(close) if close < first => (0, None),
            Some(close) if close >= end => (2, None),
            Some(close) => (1, close.with_day(1)),
        };
        sums.entry(place).or_default().add(deals, currency, minor, chance);
    }
    let currencies = money::currencies(sums.values());
    let places = std::iter::once((0, None)).chain(months.into_iter().map(|month| (1, Some(month))));
    let rows = places.chain([(2, None), (3, None)]).filter_map(|place: (u8, Option<NaiveDate>)| {
        let none = Sums::default();
        let found = sums.get(&place);
        // Months are all there; what lies outside them only where there is something.
        let sums = if place.0 == 1 { found.unwrap_or(&none) } else { found? };
        let special = match place.0 {
            0 => Some("earlier"),
            2 => Some("later"),
            3 => Some("none"),
            _ => None,
        };
        Some(ReportRow {
            label: place.1.map(|month| month.format("%Y-%m").to_string()),
            id: None,
            special: special.map(str::to_owned),
            values: std::iter::once(Some(sums.deals.to_string()))
                .chain(money::values(sums, &currencies, true))
                .collect(),
        })
    });
    Ok((columns(&currencies), rows.collect()))
}
