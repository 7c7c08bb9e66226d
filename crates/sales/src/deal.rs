//! What a deal offers, line by line, and what became of it: its quotes and invoices.
//!
//! Invariants:
//! - A line's figures come from `fiscal::totals`, by the rounding of the issuer, so that the quote made of the lines adds
//!   up to the same; nothing of them is stored, so nothing can grow old.
//! - Where the deal's amount follows its lines, both change in one transaction.
//! - A line that recurs counts for one period, in the deal and in its quote alike.
//!
//! It has no catalogue of products: a line says all that is known of what is sold.

pub mod billing;
pub mod line;
pub mod quote;
pub(crate) mod routes;
pub mod set;
pub mod view;

use chrono::{DateTime, Utc};
use crm::deal::{Deal, DealId};
use kernel::{Json, Result};
use store::Tx;

pub use line::DealLine;

store::record! {
    /// The lines of a deal, under its id.
    pub struct DealLines in deal_lines {
        id: DealId,
        version: i64,
        lines: Json<Vec<DealLine>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

impl DealLines {
    /// Version 0: nothing has been written yet.
    fn none(tx: &Tx, deal: &Deal) -> Self {
        Self { id: deal.id, version: 0, lines: Json(Vec::new()), created_at: tx.now(), updated_at: tx.now() }
    }
}

/// The lines of a deal, or none.
pub async fn lines(tx: &mut Tx, deal: &Deal) -> Result<DealLines> {
    Ok(tx.find(deal.id).await?.unwrap_or_else(|| DealLines::none(tx, deal)))
}
