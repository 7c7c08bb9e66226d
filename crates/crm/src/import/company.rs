//! The company of a row: one that is there already, or a new one.

use std::collections::HashMap;

use kernel::Result;
use store::{OnConstraint, Tx};

use crate::company::{Company, CompanyId, find_like, index};

/// Companies met in this chunk, by what they were recognised by.
#[derive(Debug, Default)]
pub struct Companies(HashMap<(Option<String>, Option<String>, String), CompanyId>);

/// The company that `wanted` is about, if the tenant has it. Two tax ids are two companies, whatever they are called.
pub async fn existing(tx: &mut Tx, wanted: &Company) -> Result<Option<Company>> {
    let found = find_like(tx, wanted.tax_id.as_ref(), wanted.domain.as_deref(), &wanted.name).await?;
    Ok(found.filter(|company| match (&company.tax_id, &wanted.tax_id) {
        (Some(theirs), Some(wanted)) => theirs == wanted,
        _ => true,
    }))
}

impl Companies {
    /// The company's id, and whether it had to be made.
    pub async fn link(&mut self, tx: &mut Tx, wanted: &Company) -> Result<(CompanyId, bool)> {
        let key = (
            wanted.tax_id.as_ref().map(|id| id.reveal().to_owned()),
            wanted.domain.clone(),
            wanted.name_folded.clone(),
        );
        if let Some(id) = self.0.get(&key) {
            return Ok((*id, false));
        }
        let (id, made) = match existing(tx, wanted).await? {
            Some(company) => (company.id, false),
            None => {
                tx.insert(wanted).await.on_constraint("company_tax_id_index_key", || {
                    // Somebody has just made it; the chunk is repeated and finds it.
                    kernel::Error::conflict("tax_id_taken", "A company with this tax id has just been made.")
                })?;
                index(tx, wanted).await?;
                (wanted.id, true)
            }
        };
        self.0.insert(key, id);
        Ok((id, made))
    }
}
