//! A deal: something a customer may buy, on its way through a pipeline.

pub mod close;
pub mod create;
pub mod delete;
pub mod place;
pub mod update;

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Currency, Event, MemberId, Money, Result, permissions};
use store::{Tx, search::Document};

pub use close::{lose, reopen, win};

use crate::{
    company::CompanyId,
    contact::ContactId,
    pipeline::{PipelineId, StageId},
};

kernel::id!(/// A deal.
    pub DealId, "dea");

kernel::states! {
    pub enum DealState { Open = "open", Won = "won", Lost = "lost" }
}

permissions! {
    /// See deals.
    pub ReadDeals = "deal.read": [Administrator, Sales, Billing, Marketing, ReadOnly];
    /// Make, change, move, win and lose deals.
    pub EditDeals = "deal.edit": [Administrator, Sales];
    /// Delete deals and bring them back.
    pub DeleteDeals = "deal.delete": [Administrator, Sales];
}

store::record! {
    /// A deal as stored.
    pub struct Deal in deal {
        id: DealId,
        version: i64,
        name: String,
        company_id: Option<CompanyId>,
        contact_id: Option<ContactId>,
        pipeline_id: PipelineId,
        stage_id: StageId,
        state: DealState,
        amount_minor: i64,
        currency: Currency,
        expected_close: Option<NaiveDate>,
        /// Rank in the stage, lowest first.
        position: i64,
        owner_id: Option<MemberId>,
        lost_reason: Option<String>,
        closed_at: Option<DateTime<Utc>>,
        deleted_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

impl Deal {
    pub fn amount(&self) -> Money {
        Money::new(self.amount_minor, self.currency)
    }
}

pub(crate) async fn index(tx: &mut Tx, deal: &Deal) -> Result<()> {
    Ok(tx.index(Document::new("deal", deal.id, &deal.name).subtitle(deal.amount().to_string())).await?)
}

pub(crate) fn event(kind: &'static str, deal: &Deal) -> Event {
    Event::new(kind, deal.id).related_if(deal.company_id).related_if(deal.contact_id)
}
