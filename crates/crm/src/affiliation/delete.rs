//! Taking a further company away from a contact.

use kernel::{Change, Result};
use store::Tx;

use super::{Affiliation, AffiliationId, Became, tell};

pub async fn delete(tx: &mut Tx, id: AffiliationId) -> Result<()> {
    let affiliation: Affiliation = tx.get_locked(id).await?;
    tx.delete::<Affiliation>(id).await?;
    tx.audit(Change::new("affiliation.delete", id).before(&affiliation)).await?;
    tell(tx, Became::Ended, &affiliation).await
}
