//! One's own name, phone and language.

use edge::IfMatch;
use kernel::{AccountId, Change, Event, Language, Patch, Result, error::Fields};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{
    Account, phone,
    store::{get, update},
};
use crate::{
    tenant::{self, facts},
    text,
};

pub(crate) const LONGEST_NAME: usize = 120;

/// What may change; absent fields stay as they are.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeProfile {
    #[schema(example = "Ana Ruiz")]
    pub name: Option<String>,
    /// With its country code, or as people of the company's country write it.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "+525512345678")]
    pub phone: Patch<String>,
    #[schema(example = "es")]
    pub language: Option<String>,
}

pub async fn change(tx: &mut Tx, id: AccountId, version: IfMatch, input: ChangeProfile) -> Result<Account> {
    let before = get(tx, id).await?;
    version.check(before.version)?;
    let mut after = before.clone();
    let mut fields = Fields::default();
    if let Some(name) = input.name.and_then(|typed| fields.take("name", text::line("name", &typed, LONGEST_NAME))) {
        after.name_folded = text::folded(&name);
        after.name = name;
    }
    if let Some(language) =
        input.language.and_then(|typed| fields.take::<Language>("language", facts::language(&typed)))
    {
        after.language = language;
    }
    let country = tenant::current(tx).await?.country;
    match input.phone {
        Patch::Keep => {}
        Patch::Clear => after.phone = None,
        Patch::Set(typed) => after.phone = fields.take("phone", phone::parse(&country, &typed)),
    }
    fields.finish()?;
    let after = update(tx, &after).await?;
    tx.audit(Change::new("account.update", id).before(&before).after(&after)).await?;
    tx.emit(Event::new("account.updated", id)).await?;
    Ok(after)
}
