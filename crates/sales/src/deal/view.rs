//! The lines as the API shows them, with what they add up to.

use crm::deal::{Deal, DealId, EditDeals};
use fiscal::totals::Totals;
use kernel::{Currency, Money, Permission, Result};
use serde::Serialize;
use store::Tx;
use utoipa::ToSchema;

use super::{DealLine, DealLines, line, line::Recurring};
use crate::{entity, quote::EditQuotes};

/// The lines of a deal. Figures are in its currency and without tax.
#[derive(Debug, Serialize, ToSchema)]
pub struct DealLinesView {
    pub deal_id: DealId,
    /// 0 while none were ever written.
    pub version: i64,
    pub currency: Currency,
    pub lines: Vec<DealLine>,
    /// One per line, in order: quantity times price, less the discount.
    pub amounts: Vec<Money>,
    /// Before discounts.
    pub gross: Money,
    /// Discounts of lines.
    pub discount: Money,
    /// `gross - discount`; what recurs counts for one period.
    pub total: Money,
    /// Of the total, what is paid for once.
    pub once: Money,
    /// Of the total, what is paid for every month.
    pub monthly: Money,
    /// Of the total, what is paid for every year.
    pub yearly: Money,
    /// Is the deal's amount the sum of its lines?
    pub amount_from_lines: bool,
    /// Of the deal.
    pub amount: Money,
    /// `amount - total`.
    pub difference: Money,
    /// `update` and `quote`, where this caller may do it now.
    pub actions: Vec<&'static str>,
}

pub async fn view(tx: &mut Tx, deal: &Deal, stored: DealLines) -> Result<DealLinesView> {
    let (_, norm) = entity::usual(tx).await?;
    let totals = line::totals(&stored.lines.0, deal.currency, norm)?;
    let money = |minor| Money::new(minor, deal.currency);
    let of = |recurring| money(sum(&stored.lines.0, &totals, recurring));
    Ok(DealLinesView {
        deal_id: deal.id,
        version: stored.version,
        currency: deal.currency,
        amounts: totals.lines.iter().map(|line| money(line.net)).collect(),
        gross: money(totals.gross),
        discount: money(totals.discount),
        total: money(totals.net),
        once: of(Recurring::Once),
        monthly: of(Recurring::Monthly),
        yearly: of(Recurring::Yearly),
        amount_from_lines: deal.amount_computed,
        amount: deal.amount(),
        difference: money(deal.amount_minor - totals.net),
        actions: actions(tx, deal),
        lines: stored.lines.0,
    })
}

fn sum(lines: &[DealLine], totals: &Totals, recurring: Recurring) -> i64 {
    lines.iter().zip(&totals.lines).filter(|(line, _)| line.recurring == recurring).map(|(_, total)| total.net).sum()
}

fn actions(tx: &Tx, deal: &Deal) -> Vec<&'static str> {
    let (caller, live) = (tx.caller(), deal.deleted_at.is_none());
    let writes = caller.holds(EditDeals::NAME) && caller.sees_amounts();
    let may = [("update", writes), ("quote", caller.holds(EditQuotes::NAME))];
    may.into_iter().filter(|(_, may)| live && *may).map(|(action, _)| action).collect()
}
