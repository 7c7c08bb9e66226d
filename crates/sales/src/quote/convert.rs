//! From a quote to a draft invoice, once.

use kernel::{Error, Result};
use store::{OnConstraint, Tx};

use super::{Quote, QuoteId, QuoteState};
use crate::invoice::{Invoice, create};

/// The draft invoice of a quote; asked again, the one that was made.
pub async fn invoice(tx: &mut Tx, id: QuoteId) -> Result<Invoice> {
    let quote: Quote = tx.get_locked(id).await?;
    let select = tx.select::<Invoice>().and("quote_id =", id);
    if let Some(made) = tx.optional::<Invoice>(select).await? {
        return Ok(made);
    }
    if quote.state != QuoteState::Accepted {
        return Err(Error::conflict(
            "quote_not_accepted",
            "Only an accepted quote becomes an invoice. Write an invoice directly if there is no need to wait.",
        ));
    }
    let invoice = create::from_quote(tx, &quote).await?;
    create::write(tx, &invoice).await.on_constraint("invoice_quote_id_key", || {
        Error::conflict("quote_invoiced", "This quote has its invoice already.")
    })?;
    create::tell(tx, &invoice).await?;
    Ok(invoice)
}
