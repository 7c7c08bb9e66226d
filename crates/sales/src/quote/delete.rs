//! Deleting a quote that nobody outside has seen.

use kernel::{Change, Error, Result};
use store::Tx;

use super::{Quote, event};

/// Removes a draft. One that was ever sent stays: its number, and what was answered to it, are evidence.
pub async fn delete(tx: &mut Tx, quote: Quote) -> Result<()> {
    if !quote.may_be_deleted() {
        return Err(Error::conflict(
            "quote_was_sent",
            "This quote has been sent, so it stays on record. Take it back instead.",
        ));
    }
    tx.delete::<Quote>(quote.id).await?;
    tx.unindex(&quote.id.to_string()).await?;
    tx.audit(Change::new("quote.delete", quote.id).before(&quote)).await?;
    tx.emit(event("quote.deleted", &quote)).await?;
    Ok(())
}

impl Quote {
    /// Has it never left the house?
    pub fn may_be_deleted(&self) -> bool {
        self.revision == 0 && self.number.is_none()
    }
}
