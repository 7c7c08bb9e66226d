//! Reports: what the pipeline holds, what becomes of deals, how fast, why they are lost, who does what, and where leads
//! come from. One table each, whose columns say what they count, so that a chart, a file and a program read the same.
//!
//! Invariants:
//! - Amounts are never added across currencies: each has columns of its own.
//! - A figure can be counted again from the records: what is in a report and what is not is said beside it (`docs/reports.md`).
//! - Nobody reads here what they may not read in lists.

mod activity;
mod conversion;
mod lost;
mod money;
mod period;
mod pipeline;
pub(crate) mod routes;
mod source;
#[cfg(test)]
mod tests;
mod velocity;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use kernel::{Currency, Error, MemberId, Result, permissions};
use serde::{Deserialize, Serialize};
use store::{Sql, Tx};
use utoipa::ToSchema;

use crate::{
    day,
    filter::{self, Filter, catalogue::Noun},
    notification::setting,
    pipeline::{Pipeline, PipelineId, Stage},
};

permissions! {
    /// See reports about the records one may read.
    pub ReadReports = "report.read": [Administrator, Sales, Billing, Marketing, ReadOnly];
    /// Take reports along as a file.
    pub ExportReports = "report.export": [Administrator];
}

kernel::states! {
    /// What is reported.
    pub enum ReportKind {
        /// Open deals by stage.
        Pipeline = "pipeline",
        /// Open deals by the month they are expected to close in.
        Forecast = "forecast",
        /// How far the deals of a period came, stage by stage.
        Conversion = "conversion",
        /// How long deals that were closed stood in each stage.
        Velocity = "velocity",
        /// Why deals were lost.
        Lost = "lost",
        /// Calls, meetings, tasks and notes by person.
        Activity = "activity",
        /// Leads by where they came from, and what became of them.
        Source = "source",
    }
}

kernel::states! {
    /// A period that moves with the days: so many back, or the present or last month, quarter or year.
    pub enum ReportPeriod {
        Days7 = "days_7", Days30 = "days_30", Days90 = "days_90", Days365 = "days_365",
        Month = "month", Quarter = "quarter", Year = "year",
        LastMonth = "last_month", LastQuarter = "last_quarter", LastYear = "last_year",
    }
}

kernel::states! {
    /// What a column counts in.
    pub enum ReportUnit { Count = "count", Percent = "percent", Days = "days", Money = "money" }
}

/// A column of figures.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ReportColumn {
    /// What it counts, such as `deals` or `weighted`.
    #[schema(example = "amount")]
    pub key: String,
    pub unit: ReportUnit,
    /// Of amounts.
    pub currency: Option<Currency>,
}

/// A row of figures.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ReportRow {
    /// Stage, month, person, reason or source; null for what has none.
    #[schema(example = "Proposal")]
    pub label: Option<String>,
    /// The record it is about, where there is one.
    #[schema(example = "stg_019abc0123457def8123456789abcdef")]
    pub id: Option<String>,
    /// A row of its own kind: `won`, `earlier`, `none` or `all`.
    #[schema(example = "won")]
    pub special: Option<String>,
    /// In the order of the columns, as decimal text; null where there is nothing to count.
    #[schema(example = json!(["3", "1200.00"]))]
    pub values: Vec<Option<String>>,
}

/// A report as a table.
#[derive(Debug, Serialize, ToSchema)]
pub struct Report {
    pub kind: ReportKind,
    pub pipeline_id: Option<PipelineId>,
    /// The first and the last day, by the reader's clock; null where a report is of now.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub columns: Vec<ReportColumn>,
    pub rows: Vec<ReportRow>,
}

/// What is wanted of a report.
#[derive(Debug, Default, Clone, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReportQuery {
    /// The first pipeline unless given.
    pub pipeline_id: Option<PipelineId>,
    /// Records of one member.
    pub owner_id: Option<MemberId>,
    /// The first day; 90 days ago unless given.
    #[param(example = "2026-01-01")]
    pub from: Option<NaiveDate>,
    /// The last day; today unless given.
    #[param(example = "2026-03-31")]
    pub to: Option<NaiveDate>,
    /// Instead of days: a period that moves with them.
    #[param(inline)]
    pub period: Option<ReportPeriod>,
    /// A tree of conditions as JSON over what is counted: deals, or leads where they are reported. See docs/views.md.
    #[param(example = "{\"field\":\"owner_id\",\"op\":\"is\",\"value\":\"me\"}")]
    pub filter: Option<String>,
}

/// What was asked, read.
struct Wanted {
    pipeline: Pipeline,
    stages: Vec<Stage>,
    owner: Option<MemberId>,
    days: (NaiveDate, NaiveDate),
    /// The moments: from, and below.
    span: (DateTime<Utc>, DateTime<Utc>),
    today: NaiveDate,
    filter: Option<Filter>,
}

/// No report looks further.
const MOST_DAYS: i64 = 3660;

impl Wanted {
    async fn read(
        tx: &mut Tx,
        pipelines: Vec<(Pipeline, Vec<Stage>)>,
        kind: ReportKind,
        query: &ReportQuery,
    ) -> Result<Wanted> {
        let zone = setting::of_reader(tx).await?;
        let today = tx.now().with_timezone(&zone).date_naive();
        for (name, day) in [("from", query.from), ("to", query.to)] {
            if day.is_some_and(|day| !(1900..=2999).contains(&day.year())) {
                return Err(Error::invalid(name, "date_invalid", "Give a day between the years 1900 and 2999."));
            }
        }
        let (from, to) = period::days(query, today)?;
        if from > to {
            return Err(Error::invalid(
                "from",
                "period_reversed",
                "The first day comes after the last. Turn them round.",
            ));
        }
        if (to - from).num_days() > MOST_DAYS {
            return Err(Error::invalid("from", "period_too_long", "A report covers at most ten years."));
        }
        let wanted = pipelines.into_iter().find(|(pipeline, _)| query.pipeline_id.is_none_or(|id| pipeline.id == id));
        let (pipeline, stages) = wanted.ok_or_else(|| {
            Error::invalid("pipeline_id", "pipeline_unknown", "There is no such pipeline. Choose one from the list.")
        })?;
        let after = to.succ_opt().unwrap_or(to);
        let span = (day::begins(zone, from), day::begins(zone, after));
        let filter = filter(tx, kind, query).await?;
        Ok(Wanted { pipeline, stages, owner: query.owner_id, days: (from, to), span, today, filter })
    }

    /// ` AND` the filter; `id` is the record's id in the select.
    fn narrow(&self, tx: &Tx, select: Sql, id: &'static str) -> Sql {
        match &self.filter {
            Some(filter) => filter.narrow(tx, select, id),
            None => select,
        }
    }
}

/// What a report's filter is about.
pub(crate) fn counted(kind: ReportKind) -> Option<Noun> {
    match kind {
        ReportKind::Activity => None,
        ReportKind::Source => Some(Noun::Lead),
        _ => Some(Noun::Deal),
    }
}

async fn filter(tx: &mut Tx, kind: ReportKind, query: &ReportQuery) -> Result<Option<Filter>> {
    let Some(text) = query.filter.clone().filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    let noun = counted(kind).ok_or_else(|| {
        Error::invalid("filter", "no_filter", "This report takes no filter: narrow it by person and period.")
    })?;
    filter::asked(tx, noun, &vec![("filter".to_owned(), text)]).await
}

/// The permissions without which a report tells nothing.
pub(crate) fn needs(kind: ReportKind) -> &'static [&'static str] {
    match kind {
        ReportKind::Activity => &["activity.read"],
        ReportKind::Source => &["lead.read", "deal.read"],
        _ => &["deal.read"],
    }
}

/// Counts it; `pipelines` are all the tenant has.
pub async fn report(
    tx: &mut Tx,
    pipelines: Vec<(Pipeline, Vec<Stage>)>,
    kind: ReportKind,
    query: &ReportQuery,
) -> Result<Report> {
    let caller = tx.caller().clone();
    if let Some(permission) = needs(kind).iter().find(|permission| !caller.holds(permission)) {
        return Err(Error::Forbidden { permission });
    }
    let wanted = Wanted::read(tx, pipelines, kind, query).await?;
    let (columns, rows) = match kind {
        ReportKind::Pipeline => pipeline::by_stage(tx, &wanted).await?,
        ReportKind::Forecast => pipeline::by_month(tx, &wanted).await?,
        ReportKind::Conversion => conversion::count(tx, &wanted).await?,
        ReportKind::Velocity => velocity::count(tx, &wanted).await?,
        ReportKind::Lost => lost::count(tx, &wanted).await?,
        ReportKind::Activity => activity::count(tx, &wanted).await?,
        ReportKind::Source => source::count(tx, &wanted).await?,
    };
    let (columns, mut rows) = (columns, rows);
    if !caller.sees_amounts() {
        for (at, _) in columns.iter().enumerate().filter(|(_, column)| column.unit == ReportUnit::Money) {
            rows.iter_mut().filter_map(|row| row.values.get_mut(at)).for_each(|value| *value = None);
        }
    }
    let of_now = matches!(kind, ReportKind::Pipeline | ReportKind::Forecast);
    let of_deals = !matches!(kind, ReportKind::Activity | ReportKind::Source);
    Ok(Report {
        kind,
        pipeline_id: of_deals.then_some(wanted.pipeline.id),
        from: (!of_now).then_some(wanted.days.0),
        to: (!of_now).then_some(wanted.days.1),
        columns,
        rows,
    })
}

fn column(key: &str, unit: ReportUnit) -> ReportColumn {
    ReportColumn { key: key.to_owned(), unit, currency: None }
}

fn percent(part: i64, whole: i64) -> Option<String> {
    (whole > 0).then(|| {
        let percent =
            rust_decimal::Decimal::from(part) * rust_decimal::Decimal::ONE_HUNDRED / rust_decimal::Decimal::from(whole);
        percent.round_dp_with_strategy(1, rust_decimal::RoundingStrategy::MidpointAwayFromZero).normalize().to_string()
    })
}

/// The middle of what was measured; of an even number the mean of the two in the middle. In days, to a tenth.
fn median_days(mut spans: Vec<chrono::TimeDelta>) -> Option<String> {
    spans.sort_unstable();
    let middle = spans.len() / 2;
    let seconds = match spans.len() {
        0 => return None,
        n if n % 2 == 1 => spans[middle].num_seconds() * 2,
        _ => spans[middle - 1].num_seconds() + spans[middle].num_seconds(),
    };
    let days = rust_decimal::Decimal::from(seconds) / rust_decimal::Decimal::from(2 * 86_400);
    Some(days.round_dp_with_strategy(1, rust_decimal::RoundingStrategy::MidpointAwayFromZero).normalize().to_string())
}
