//! Changing a lead. Consent, source and where it came from are what they were: evidence is not edited.

use crm::{
    field::{
        self,
        custom::{CustomObject, Values, draft::Draft, fill},
    },
    member,
};
use kernel::{Change, Error, Language, MemberId, Patch, Result, error::Fields, id::Id};
use serde::Deserialize;
use store::{CONCEALED, Tx};
use utoipa::ToSchema;

use super::{Lead, LeadStatus, create, event, index};
use crate::setting;

/// What changes; an absent field stays, null clears.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeLead {
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub given_name: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub family_name: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub company_name: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "lucia@example.com")]
    pub email: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "+34612345678")]
    pub phone: Patch<String>,
    /// ISO 3166-1 alpha-2.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "ES")]
    pub country: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<Language>)]
    pub language: Patch<Language>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub message: Patch<String>,
    /// `new`, `working`, `qualified` or `disqualified`; leads are converted by an operation of their own.
    #[schema(example = "working")]
    pub status: Option<LeadStatus>,
    /// Needed where the status becomes `disqualified`; it goes when the lead is taken up again.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub disqualified_reason: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<MemberId>)]
    pub owner_id: Patch<MemberId>,
    /// Values of the workspace's own fields, key by key; an absent key stays, null clears.
    #[serde(default)]
    #[schema(value_type = Option<std::collections::HashMap<String, serde_json::Value>>)]
    pub custom: Values,
}

type Parse<'a> = &'a dyn Fn(&str, Option<&str>) -> Result<Option<String>>;

fn set(refused: &mut Fields, field: &str, change: Patch<String>, to: &mut Option<String>, parse: Parse<'_>) {
    match change {
        Patch::Set(text) => *to = field::take(refused, parse(field, Some(&text))),
        cleared => cleared.apply(to),
    }
}

pub async fn update(tx: &mut Tx, before: Lead, change: ChangeLead) -> Result<Lead> {
    let drafted = draft(tx, &before, change).await?;
    write(tx, before, drafted).await
}

/// The lead as it would be, but for its score. Writes nothing.
pub(super) async fn draft(tx: &mut Tx, before: &Lead, change: ChangeLead) -> Result<Draft<Lead>> {
    before.must_be_open()?;
    if let Patch::Set(id) = &change.owner_id {
        member::must_exist(tx, "owner_id", Some(*id)).await?;
    }
    let home = identity::tenant::current(tx).await?.country;
    let home = if tx.hides("lead", "country") {
        // A number is one of the lead's country, also where that is not shown.
        tx.with_every_field(before).await?.country.unwrap_or(home)
    } else {
        home
    };
    let mut after = before.clone();
    let mut refused = Fields::default();
    set(&mut refused, "given_name", change.given_name, &mut after.given_name, &|f, v| field::line(f, v, 120));
    set(&mut refused, "family_name", change.family_name, &mut after.family_name, &|f, v| field::line(f, v, 120));
    set(&mut refused, "company_name", change.company_name, &mut after.company_name, &|f, v| field::line(f, v, 200));
    set(&mut refused, "email", change.email, &mut after.email, &field::email);
    set(&mut refused, "country", change.country, &mut after.country, &field::country);
    let phone_country = after.country.clone().unwrap_or_else(|| home.clone());
    set(&mut refused, "phone", change.phone, &mut after.phone, &|f, v| field::phone(f, &phone_country, v));
    set(&mut refused, "message", change.message, &mut after.message, &|f, v| field::text(f, v, 10_000));
    let reason = &mut after.disqualified_reason;
    set(&mut refused, "disqualified_reason", change.disqualified_reason, reason, &|f, v| field::line(f, v, 500));
    change.language.apply(&mut after.language);
    change.owner_id.apply(&mut after.owner_id);
    refused.finish()?;
    stand(&mut after, change.status)?;
    let filled = fill::change(tx, CustomObject::Lead, &before.custom.0, &change.custom, &home).await?;
    after.custom.0.clone_from(&filled.values);
    match create::name(&after) {
        Some(name) => (after.name_folded, after.name) = (field::folded(&name), name),
        // Called by what the caller is not shown: it stays.
        None if after.name == CONCEALED => {}
        None => {
            let sentence = "Give a name, a company, an e-mail address or a phone number.";
            return Err(Error::invalid("given_name", "required", sentence));
        }
    }
    Ok(Draft { record: after, filled })
}

/// Writes what was drafted, scored anew.
pub(super) async fn write(tx: &mut Tx, before: Lead, drafted: Draft<Lead>) -> Result<Lead> {
    let Draft { record, filled } = drafted;
    // What it is called and how good it is goes by all there is, also by what the caller is not shown.
    let mut after = tx.as_written(&record).await?;
    if let Some(name) = create::name(&after) {
        (after.name_folded, after.name) = (field::folded(&name), name);
    }
    setting::current(tx).await?.score(&mut after, tx.now());
    let after = tx.update(&after).await?;
    filled.write(tx, after.id.uuid(), false);
    index(tx, &after).await?;
    tx.audit(Change::new("lead.update", after.id).before(&before).after(&after)).await?;
    tx.emit(event("lead.updated", &after)).await?;
    if before.status != LeadStatus::Disqualified && after.status == LeadStatus::Disqualified {
        tx.emit(event("lead.disqualified", &after)).await?;
    }
    Ok(after)
}

/// Where the lead stands after the change.
pub(super) fn stand(lead: &mut Lead, status: Option<LeadStatus>) -> Result<()> {
    if status == Some(LeadStatus::Converted) {
        return Err(Error::invalid("status", "status_by_conversion", "Convert the lead instead."));
    }
    lead.status = status.unwrap_or(lead.status);
    if lead.status != LeadStatus::Disqualified {
        lead.disqualified_reason = None;
    } else if lead.disqualified_reason.is_none() {
        return Err(Error::invalid("disqualified_reason", "required", "Say why it will not become a customer."));
    }
    Ok(())
}
