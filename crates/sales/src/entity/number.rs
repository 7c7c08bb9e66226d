//! Numbers without gaps. A draft has none; the number is taken in the transaction that issues or sends, under a lock on
//! its counter, so that one that is rolled back gives its number back (sales rules 2.3; RD 1619/2012 art. 6.1.a).

use chrono::{DateTime, NaiveDate, Utc};
use fiscal::number::{Numbering, Reset};
use kernel::{Error, Result, id::Id};
use store::{Tx, sql};

use super::{FiscalEntity, FiscalEntityId};

kernel::id!(/// A number series.
    pub NumberSeriesId, "ser");

kernel::states! {
    /// What a series numbers.
    pub enum SeriesKind { Quote = "quote", Invoice = "invoice" }
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
        _ => return Err(Error::invalid("reset", "number_reset", "A series starts anew never, each year or each month.")),
    };
    let numbering = Numbering::parse(pattern, reset).map_err(|e| Error::invalid("pattern", e.code(), e.to_string()))?;
    numbering.check_series(code).map_err(|e| Error::invalid("code", e.code(), e.to_string()))?;
    Ok(numbering)
}

pub(super) async fn create_series(tx: &mut Tx, entity: &FiscalEntity) -> Result<()> {
    for (kind, code) in [(SeriesKind::Quote, "Q"), (SeriesKind::Invoice, "F")] {
        let series = NumberSeries {
            id: NumberSeriesId::new(),
            version: 1,
            fiscal_entity_id: entity.id,
            kind,
            code: code.to_owned(),
            pattern: "{series}-{yyyy}-{n:5}".to_owned(),
            reset: "year".to_owned(),
            created_at: tx.now(),
            updated_at: tx.now(),
        };
        tx.insert(&series).await?;
    }
    Ok(())
}

/// The issuer's series of a kind.
pub async fn series(tx: &mut Tx, entity: FiscalEntityId, kind: SeriesKind) -> Result<NumberSeries> {
    let select = tx.select::<NumberSeries>().and("fiscal_entity_id =", entity).and("kind =", kind);
    tx.optional(select).await?.ok_or_else(|| Error::internal("an issuer has no number series"))
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
    numbering
        .format(&series.code, date, u64::try_from(n).unwrap_or_default())
        .map_err(|e| Error::conflict("number_series_exhausted", format!("{e} Change the number series in the billing settings.")))
}
