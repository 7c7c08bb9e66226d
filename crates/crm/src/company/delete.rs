//! Deleting a company, and bringing it back.

use kernel::{Change, Error, Result};
use store::{OnConstraint, Tx};

use super::{Company, create, event, index, lineage};

/// Marks the company as deleted; its contacts and deals stay. Deleting twice is harmless.
pub async fn delete(tx: &mut Tx, company: Company) -> Result<Company> {
    if company.deleted_at.is_some() {
        return Ok(company);
    }
    let gone = tx.update(&Company { deleted_at: Some(tx.now()), ..company.clone() }).await?;
    lineage::settle(tx, &gone).await?;
    tx.unindex(&gone.id.to_string()).await?;
    tx.audit(Change::new("company.delete", gone.id).before(&company).after(&gone)).await?;
    tx.emit(event("company.deleted", &gone)).await?;
    Ok(gone)
}

/// Brings it back, unless another company has taken its tax id meanwhile.
pub async fn restore(tx: &mut Tx, company: Company) -> Result<Company> {
    if company.deleted_at.is_none() {
        return Ok(company);
    }
    if company.merged_into.is_some() {
        let sentence = "This company has been merged into another. Undo the merge to have it back.";
        return Err(Error::conflict("company_merged", sentence));
    }
    let back = tx
        .update(&Company { deleted_at: None, ..company.clone() })
        .await
        .on_constraint("company_tax_id_index_key", create::taken)?;
    lineage::settle(tx, &back).await?;
    index(tx, &back).await?;
    tx.audit(Change::new("company.restore", back.id).before(&company).after(&back)).await?;
    tx.emit(event("company.restored", &back)).await?;
    Ok(back)
}
