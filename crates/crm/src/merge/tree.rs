//! Companies that are merged stand in a tree: those below the loser stand below the survivor afterwards, and no merge and
//! no undoing of one closes a circle.

use kernel::{Error, Result};
use store::Tx;

use crate::company::{Company, CompanyId, lineage};

/// The survivor below the first of these that stands below neither of the two: the parent that was chosen, its own, the
/// loser's.
pub(super) async fn placed(tx: &mut Tx, chosen: Company, survivor: &Company, loser: &Company) -> Result<Company> {
    for parent in [chosen.parent_id, survivor.parent_id, loser.parent_id].into_iter().flatten() {
        let above = lineage::above(tx, parent).await?;
        if !above.contains(&survivor.id) && !above.contains(&loser.id) {
            return Ok(Company { parent_id: Some(parent), ..chosen });
        }
    }
    Ok(Company { parent_id: None, ..chosen })
}

pub(super) async fn joined(tx: &mut Tx, survivor: CompanyId, loser: CompanyId) -> Result<()> {
    lineage::hold(tx).await?;
    lineage::refresh(tx, loser).await?;
    if lineage::refresh(tx, survivor).await? > lineage::DEEPEST {
        let sentence =
            "Merged, the group of these companies would have too many levels. Move some of them further up first.";
        return Err(Error::conflict("tree_too_deep", sentence));
    }
    Ok(())
}

/// A parent that came to stand below is left out: the loser's first, which nobody has seen since.
pub(super) async fn parted(tx: &mut Tx, survivor: Company, loser: Company) -> Result<(Company, Company)> {
    lineage::hold(tx).await?;
    let loser = untied(tx, loser).await?;
    let survivor = untied(tx, survivor).await?;
    for company in [loser.id, survivor.id] {
        lineage::refresh(tx, company).await?;
    }
    Ok((survivor, loser))
}

async fn untied(tx: &mut Tx, company: Company) -> Result<Company> {
    let Some(parent) = company.parent_id else { return Ok(company) };
    if !lineage::above(tx, parent).await?.contains(&company.id) {
        return Ok(company);
    }
    Ok(tx.update(&Company { parent_id: None, ..company }).await?)
}
