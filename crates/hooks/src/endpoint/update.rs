//! Changing an endpoint, switching it on and off.

use std::collections::BTreeSet;

use capabilities::fetch::Reach;
use kernel::{Change, Event, Patch, Result, error::Fields};
use serde::Deserialize;
use store::{EnqueueJob, Tx};
use utoipa::ToSchema;

use super::{DisabledReason, Endpoint, disable, health, input, listen, must_see_all};
use crate::delivery::send::SendDue;

/// What changes; an absent field stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeEndpoint {
    pub url: Option<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub description: Patch<String>,
    /// Null is every type.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>)]
    pub event_types: Patch<BTreeSet<String>>,
    /// False: it gets nothing, and what waits for it is given up. True: it gets what happens from now on.
    pub enabled: Option<bool>,
}

/// Applies the change to the endpoint as it was read.
pub async fn update(tx: &mut Tx, reach: Reach, before: Endpoint, change: ChangeEndpoint) -> Result<Endpoint> {
    // Switching it off, or saying what it is for, tells nobody more.
    if change.url.is_some() || change.event_types != Patch::Keep || change.enabled == Some(true) {
        must_see_all(tx.caller())?;
    }
    let mut after = before.clone();
    let mut fields = Fields::default();
    if let Some(url) = change.url {
        after.url = fields.take("url", input::url(&url, reach)).unwrap_or_default();
    }
    match change.description {
        Patch::Keep => {}
        Patch::Clear => after.description = None,
        Patch::Set(text) => after.description = fields.take("description", input::description(Some(&text))).flatten(),
    }
    match change.event_types {
        Patch::Keep => {}
        Patch::Clear => after.event_types = None,
        Patch::Set(types) => after.event_types = fields.take("event_types", input::event_types(Some(types))).flatten(),
    }
    fields.finish()?;
    if let Some(enabled) = change.enabled.filter(|enabled| *enabled != before.enabled) {
        after.enabled = enabled;
        after.disabled_reason = (!enabled).then_some(DisabledReason::Person);
    }
    let after = tx.update(&after).await?;
    if before.enabled && !after.enabled {
        disable::give_up(tx, after.id).await?;
    }
    // Another address has not failed yet.
    if after.enabled && (!before.enabled || after.url != before.url) {
        health::forget(tx, after.id).await?;
        tx.enqueue(&SendDue { endpoint_id: after.id }).await?;
    }
    listen(tx).await?;
    tx.audit(Change::new("webhook.update", after.id).before(&before).after(&after)).await?;
    tx.emit(Event::new("webhook.updated", after.id)).await?;
    Ok(after)
}
