//! Numbers without gaps. A draft has none; the number is taken in the transaction that issues or sends, under a lock on
//! its counter, so that one that is rolled back gives its number back (sales rules 2.3; RD 1619/2012 art. 6.1.a).

use chrono::{DateTime, NaiveDate, Utc};
use fiscal::number::{Numbering, Reset};
use kernel::{Change, Error, Event, Result, id::Id};
use serde::Deserialize;
use store::{Tx, sql};
use utoipa::ToSchema;

use super::{FiscalEntity, FiscalEntityId};

kernel::id!(/// A number series.
    pub NumberSeriesId, "ser");

kernel::states! {
    /// What a series numbers. Corrective documents have series of their own (RD 1619/2012 art. 6.1.a).
    pub enum SeriesKind { Quote = "quote", Invoice = "invoice", CreditNote = "credit_note", DebitNote = "debit_note" }
}

store::record! {
    /// A series of one issuer.
    pub struct NumberSeries in number_series {
        id: NumberSeriesId,
        version: i64,
        fiscal_entity_id: FiscalEntityId,
        kind: SeriesKind,
        code: String,
        /// Such as `{series}-{yyyy}-{n:5}`.
        pattern: String,
        /// `never`, `year` or `month`.
        reset: String,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

impl NumberSeries {
    pub fn numbering(&self) -> Result<Numbering> {
        numbering(&self.pattern, &self.reset, &self.code)
    }
}

/// Checks pattern, reset and code against each other.
pub fn numbering(pattern: &str, reset: &str, code: &str) -> Result<Numbering> {
    let reset = match reset {
        "never" => Reset::Never,
        "year" => Reset::Year,
        "month" => Reset::Month,
        _ => {
            return Err(Error::invalid(
                "reset",
                "number_reset",
                "A series starts anew never, each year or each month.",
            ));
        }
    };
    let numbering = Numbering::parse(pattern, reset).map_err(|e| Error::invalid("pattern", e.code(), e.to_string()))?;
    numbering.check_series(code).map_err(|e| Error::invalid("code", e.code(), e.to_string()))?;
    Ok(numbering)
}

impl SeriesKind {
    /// What a series is called until somebody calls it otherwise.
    fn usual_code(self) -> &'static str {
        match self {
            SeriesKind::Quote => "Q",
            SeriesKind::Invoice => "F",
            SeriesKind::CreditNote => "CN",
            SeriesKind::DebitNote => "DN",
        }
    }
}

/// Makes the series the issuer does not have yet: all of them when it is founded, and those of kinds of documents that
/// were not known then. Two who come at once make one: the issuer is locked.
pub(super) async fn create_series(tx: &mut Tx, entity: FiscalEntityId) -> Result<()> {
    tx.get_locked::<FiscalEntity>(entity).await?;
    let there: Vec<NumberSeries> = tx.all(tx.select::<NumberSeries>().and("fiscal_entity_id =", entity)).await?;
    for kind in SeriesKind::ALL.iter().filter(|kind| there.iter().all(|series| series.kind != **kind)) {
        let series = NumberSeries {
            id: NumberSeriesId::new(),
            version: 1,
            fiscal_entity_id: entity,
            kind: *kind,
            code: kind.usual_code().to_owned(),
            pattern: "{series}-{yyyy}-{n:5}".to_owned(),
            reset: "year".to_owned(),
            created_at: tx.now(),
            updated_at: tx.now(),
        };
        tx.insert(&series).await?;
        tx.audit(Change::new("number_series.create", series.id).after(&series)).await?;
    }
    Ok(())
}

/// The issuer's series of a kind.
pub async fn series(tx: &mut Tx, entity: FiscalEntityId, kind: SeriesKind) -> Result<NumberSeries> {
    let select = |tx: &Tx| tx.select::<NumberSeries>().and("fiscal_entity_id =", entity).and("kind =", kind);
    if let Some(series) = tx.optional(select(tx)).await? {
        return Ok(series);
    }
    create_series(tx, entity).await?;
    Ok(tx.one(select(tx)).await?)
}

/// Takes the next number of the series for a document dated `date`. The counter row is locked until the transaction
/// ends: raising it is the lock, on both databases.
pub async fn take(tx: &mut Tx, entity: FiscalEntityId, kind: SeriesKind, date: NaiveDate) -> Result<String> {
    let series = series(tx, entity, kind).await?;
    let numbering = series.numbering()?;
    let (n,): (i64,) = tx
        .one(sql!(
            "INSERT INTO number_counter (tenant_id, series_id, period, last) VALUES ({}, {}, {}, 1) \
             ON CONFLICT (tenant_id, series_id, period) DO UPDATE SET last = number_counter.last + 1 RETURNING last",
            tx.tenant_id(),
            series.id.uuid(),
            numbering.period_key(date)
        ))
        .await?;
    format(&series, &numbering, date, n)
}

/// A series was changed so that it gives a number that an earlier document has.
pub(crate) fn taken() -> Error {
    Error::conflict(
        "number_taken",
        "The next number of this series has been given before. Change the series' code in the billing settings.",
    )
}

fn format(series: &NumberSeries, numbering: &Numbering, date: NaiveDate, n: i64) -> Result<String> {
    numbering.format(&series.code, date, u64::try_from(n).unwrap_or_default()).map_err(|e| {
        Error::conflict("number_series_exhausted", format!("{e} Change the number series in the billing settings."))
    })
}

/// What the next document dated `day` would be called, taking nothing.
pub async fn next(tx: &mut Tx, series: &NumberSeries, day: NaiveDate) -> Result<String> {
    let numbering = series.numbering()?;
    let last = last(tx, series.id, &numbering.period_key(day)).await?.unwrap_or(0);
    format(series, &numbering, day, last + 1)
}

async fn last(tx: &mut Tx, series: NumberSeriesId, period: &str) -> Result<Option<i64>> {
    let tenant = tx.tenant_id();
    let row: Option<(i64,)> = tx
        .optional(sql!(
            "SELECT last FROM number_counter WHERE tenant_id = {} AND series_id = {} AND period = {}",
            tenant,
            series.uuid(),
            period
        ))
        .await?;
    Ok(row.map(|(last,)| last))
}

/// What changes of a series.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeNumberSeries {
    /// One to ten letters and digits.
    #[schema(example = "F")]
    pub code: Option<String>,
    /// Made of text and `{series}`, `{yyyy}`, `{yy}`, `{mm}`, `{n}` or `{n:1}` to `{n:9}`.
    #[schema(example = "{series}-{yyyy}-{n:5}")]
    pub pattern: Option<String>,
    /// `never`, `year` or `month`.
    #[schema(example = "year")]
    pub reset: Option<String>,
}

/// Changes how coming documents are numbered; those that have a number keep it. Counting goes on from where it stands,
/// also under another reset, so that no number is given twice.
pub async fn update(
    tx: &mut Tx,
    before: NumberSeries,
    change: ChangeNumberSeries,
    day: NaiveDate,
) -> Result<NumberSeries> {
    let after = NumberSeries {
        code: change.code.map_or_else(|| before.code.clone(), |code| code.trim().to_owned()),
        pattern: change.pattern.map_or_else(|| before.pattern.clone(), |pattern| pattern.trim().to_owned()),
        reset: change.reset.unwrap_or_else(|| before.reset.clone()),
        ..before.clone()
    };
    let (old, new) = (before.numbering()?.period_key(day), after.numbering()?.period_key(day));
    if old != new
        && let Some(reached) = last(tx, before.id, &old).await?
    {
        let tenant = tx.tenant_id();
        tx.execute(sql!(
            "INSERT INTO number_counter (tenant_id, series_id, period, last) VALUES ({}, {}, {}, {}) \
             ON CONFLICT (tenant_id, series_id, period) DO UPDATE SET last = excluded.last WHERE number_counter.last < excluded.last",
            tenant,
            before.id.uuid(),
            new,
            reached
        ))
        .await?;
    }
    let after = tx.update(&after).await?;
    tx.audit(Change::new("number_series.update", after.id).before(&before).after(&after)).await?;
    tx.emit(Event::new("number_series.updated", after.id).related(after.fiscal_entity_id)).await?;
    Ok(after)
}
