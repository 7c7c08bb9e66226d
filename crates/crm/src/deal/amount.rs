//! What a deal is worth where a domain above says so: this one knows no prices.
//!
//! Invariant: while the amount is computed, people cannot write another one; whoever computes it writes it here, in the
//! transaction in which what it is computed from changes.

use kernel::{Change, Error, Money, Result};
use store::Tx;

use super::{Deal, create, event, index};

/// From now on the amount is `computed`; with None it stays as it is, and people write it again.
pub async fn follow(tx: &mut Tx, before: Deal, computed: Option<Money>) -> Result<Deal> {
    before.must_be_live()?;
    let mut after = Deal { amount_computed: computed.is_some(), ..before.clone() };
    if let Some(amount) = computed {
        let amount = create::checked(amount)?;
        (after.amount_minor, after.currency) = (amount.minor, amount.currency);
    }
    if (after.amount_computed, after.amount()) == (before.amount_computed, before.amount()) {
        return Ok(before);
    }
    let after = tx.update(&after).await?;
    index(tx, &after).await?;
    tx.audit(Change::new("deal.update", after.id).before(&before).after(&after)).await?;
    tx.emit(event("deal.updated", &after)).await?;
    Ok(after)
}

/// An amount as somebody wrote it, who may write the one it has.
pub(super) fn written(before: &Deal, amount: Money) -> Result<Money> {
    if before.amount_computed && amount != before.amount() {
        return Err(Error::invalid(
            "amount",
            "amount_computed",
            "This amount is the sum of the deal's lines. Change the lines, or let it be written by hand.",
        ));
    }
    create::checked(amount)
}
