//! Writing the lines of a deal, all of them at once, and the amount that follows from them.

use crm::deal::{Deal, amount};
use kernel::{Change, Event, Json, Money, Result};
use serde::Deserialize;
use serde_json::json;
use store::Tx;
use utoipa::ToSchema;

use super::{DealLine, DealLines, line};
use crate::entity;

/// The lines as they are to be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetDealLines {
    /// At most 500; none takes them all away.
    pub lines: Vec<DealLine>,
    /// Is the deal's amount the sum of its lines from now on? If not, it stays as it is and is written by hand.
    pub amount_from_lines: bool,
}

/// `deal` is locked, and `before` are its lines as they were read since.
pub async fn set(tx: &mut Tx, deal: Deal, before: DealLines, input: SetDealLines) -> Result<(Deal, DealLines)> {
    deal.must_be_live()?;
    // Lines have prices, and fewer of them another amount: nobody writes over what they do not see.
    tx.caller().must_see_amounts()?;
    let lines = line::parse(input.lines)?;
    let (_, norm) = entity::usual(tx).await?;
    let total = Money::new(line::totals(&lines, deal.currency, norm)?.net, deal.currency);
    let changed = lines != before.lines.0;
    let deal = amount::follow(tx, deal, input.amount_from_lines.then_some(total)).await?;
    if !changed {
        return Ok((deal, before));
    }
    let after = DealLines { lines: Json(lines), ..before.clone() };
    let after = if before.version == 0 {
        let first = DealLines { version: 1, ..after };
        tx.insert(&first).await?;
        first
    } else {
        tx.update(&after).await?
    };
    tx.audit(Change::new("deal.set_lines", deal.id).before(&before).after(&after)).await?;
    let changed = Event::new("deal.lines_changed", deal.id).related_if(deal.company_id).related_if(deal.contact_id);
    tx.emit(changed.data(json!({ "lines": after.lines.0.len(), "amount": total }))).await?;
    Ok((deal, after))
}
