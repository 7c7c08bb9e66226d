//! Changing as what, and from when to when, a contact works with a further company.

use chrono::NaiveDate;
use kernel::{Change, Patch, Result};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{Affiliation, Became, in_order, tell};
use crate::field;

/// What changes; an absent field stays, null clears.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeAffiliation {
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub job_title: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    pub since: Patch<NaiveDate>,
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    pub until: Patch<NaiveDate>,
}

pub async fn update(tx: &mut Tx, before: Affiliation, change: ChangeAffiliation) -> Result<Affiliation> {
    let mut after = before.clone();
    match change.job_title {
        Patch::Keep => {}
        Patch::Clear => after.job_title = None,
        Patch::Set(title) => after.job_title = field::line("job_title", Some(&title), 120)?,
    }
    change.since.apply(&mut after.since);
    change.until.apply(&mut after.until);
    in_order(after.since, after.until)?;
    let after = tx.update(&after).await?;
    tx.audit(Change::new("affiliation.update", after.id).before(&before).after(&after)).await?;
    tell(tx, Became::Changed, &after).await?;
    Ok(after)
}
