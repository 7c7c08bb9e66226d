//! A deal: something a customer may buy, on its way through a pipeline.

pub mod amount;
pub mod board;
mod bulk;
pub mod close;
pub mod create;
pub mod delete;
pub mod history;
mod import;
pub mod list;
pub mod lost;
pub mod place;
pub(crate) mod routes;
#[cfg(test)]
mod tests;
pub mod update;
pub mod view;

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Currency, Error, Event, Json, MemberId, Money, Result, Uuid, id::Id, permissions};
use store::{Tx, search::Document, sql};

pub use close::{lose, reopen, win};

use crate::{
    company::CompanyId,
    contact::ContactId,
    field::custom::{self, CustomObject, Customized},
    pipeline::{PipelineId, StageId},
};

kernel::id!(/// A deal.
    pub DealId, "dea");

kernel::states! {
    /// Where a deal ended, or that it has not yet.
    pub enum DealState { Open = "open", Won = "won", Lost = "lost" }
}

permissions! {
    /// See deals.
    pub ReadDeals = "deal.read": [Administrator, Sales, Billing, Marketing, ReadOnly];
    /// Make, change, move, win and lose deals.
    pub EditDeals = "deal.edit": [Administrator, Sales];
    /// Take all deals along as a file.
    pub ExportDeals = "deal.export": [Administrator];
    /// Delete deals and bring them back.
    pub DeleteDeals = "deal.delete": [Administrator, Sales];
}

store::record! {
    /// A deal as stored.
    pub struct Deal in deal {
        id: DealId,
        version: i64,
        name: String,
        /// What lists sort by: see [`crate::field::folded`].
        #[serde(skip_serializing)]
        name_folded: String,
        company_id: Option<CompanyId>,
        contact_id: Option<ContactId>,
        pipeline_id: PipelineId,
        stage_id: StageId,
        state: DealState,
        amount_minor: i64,
        currency: Currency,
        /// The domain that keeps its lines says what it is worth: see [`amount`].
        amount_computed: bool,
        expected_close: Option<NaiveDate>,
        /// Rank in the stage, lowest first.
        position: i64,
        owner_id: Option<MemberId>,
        lost_reason: Option<String>,
        lost_reason_id: Option<lost::LostReasonId>,
        /// When it came into its stage, or was opened in it.
        stage_since: DateTime<Utc>,
        closed_at: Option<DateTime<Utc>>,
        /// Values of the tenant's own fields, by key.
        custom: Json<custom::Values>,
        deleted_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

impl Deal {
    pub fn amount(&self) -> Money {
        Money::new(self.amount_minor, self.currency)
    }

    /// Refuses work on a deal that has been deleted.
    pub fn must_be_live(&self) -> Result<()> {
        if self.deleted_at.is_none() {
            return Ok(());
        }
        Err(Error::conflict("deal_deleted", "This deal has been deleted. Bring it back first."))
    }
}

pub(crate) async fn index(tx: &mut Tx, deal: &Deal) -> Result<()> {
    let deal = &tx.with_every_field(deal).await?;
    let mut document = Document::new("deal", deal.id, &deal.name).subtitle(deal.amount().to_string());
    document.text.extend(custom::searchable(tx, CustomObject::Deal, &deal.custom.0).await?);
    Ok(tx.index(document).await?)
}

/// Refuses a link to a deal that this tenant does not have.
pub async fn must_exist(tx: &mut Tx, field: &str, id: Option<DealId>) -> Result<()> {
    let Some(id) = id else { return Ok(()) };
    let query = sql!(
        "SELECT count(*) FROM deal WHERE tenant_id = {} AND id = {} AND deleted_at IS NULL",
        tx.tenant_id(),
        id.uuid()
    );
    if tx.count(query).await? == 1 {
        return Ok(());
    }
    Err(Error::invalid(field, "deal_unknown", "There is no such deal. Choose one from the list."))
}

pub(crate) fn event(kind: &'static str, deal: &Deal) -> Event {
    Event::new(kind, deal.id).related_if(deal.company_id).related_if(deal.contact_id)
}

impl Customized for Deal {
    fn object(&self) -> CustomObject {
        CustomObject::Deal
    }
    fn record_id(&self) -> Uuid {
        self.id.uuid()
    }
    fn custom(&self) -> &custom::Values {
        &self.custom.0
    }
    fn custom_mut(&mut self) -> &mut custom::Values {
        &mut self.custom.0
    }
    async fn reindex(&self, tx: &mut Tx) -> Result<()> {
        if self.deleted_at.is_some() { Ok(()) } else { index(tx, self).await }
    }
}
