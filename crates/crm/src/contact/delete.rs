//! Deleting a contact, and bringing it back.

use kernel::{Change, Error, Result};
use store::Tx;

use super::{Contact, event, index};

/// Marks the contact as deleted; their deals and documents stay. Deleting twice is harmless.
pub async fn delete(tx: &mut Tx, contact: Contact) -> Result<Contact> {
    if contact.deleted_at.is_some() {
        return Ok(contact);
    }
    let gone = tx.update(&Contact { deleted_at: Some(tx.now()), ..contact.clone() }).await?;
    tx.unindex(&gone.id.to_string()).await?;
    tx.audit(Change::new("contact.delete", gone.id).before(&contact).after(&gone)).await?;
    tx.emit(event("contact.deleted", &gone)).await?;
    Ok(gone)
}

/// Brings the person back.
pub async fn restore(tx: &mut Tx, contact: Contact) -> Result<Contact> {
    if contact.deleted_at.is_none() {
        return Ok(contact);
    }
    if contact.merged_into.is_some() {
        let sentence = "This contact has been merged into another. Undo the merge to have it back.";
        return Err(Error::conflict("contact_merged", sentence));
    }
    let back = tx.update(&Contact { deleted_at: None, ..contact.clone() }).await?;
    index(tx, &back).await?;
    tx.audit(Change::new("contact.restore", back.id).before(&contact).after(&back)).await?;
    tx.emit(event("contact.restored", &back)).await?;
    Ok(back)
}
