//! Giving a lead to somebody: by name, or by the workspace's own order.

use crm::member;
use kernel::{Change, Error, MemberId, Result};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{Lead, event};
use crate::setting::assignment;

/// To whom.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignLead {
    /// Chosen by the workspace's own order of assignment when absent.
    #[serde(default)]
    pub owner_id: Option<MemberId>,
}

pub async fn assign(tx: &mut Tx, lead: Lead, to: AssignLead) -> Result<Lead> {
    lead.must_be_open()?;
    member::must_exist(tx, "owner_id", to.owner_id).await?;
    let owner = match to.owner_id {
        Some(owner) => Some(owner),
        None => assignment::choose(tx, &lead).await?,
    };
    let Some(owner) = owner else {
        return Err(Error::conflict(
            "nobody_to_assign",
            "Nobody is chosen for leads like this one. Name somebody, or choose people in the settings of leads.",
        ));
    };
    let after = tx.update(&Lead { owner_id: Some(owner), ..lead.clone() }).await?;
    tx.audit(Change::new("lead.assign", after.id).before(&lead).after(&after)).await?;
    tx.emit(event("lead.assigned", &after)).await?;
    Ok(after)
}
