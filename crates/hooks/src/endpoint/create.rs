//! Adding an endpoint.

use std::collections::BTreeSet;

use capabilities::fetch::Reach;
use kernel::{Change, Error, Event, Result, error::Fields};
use serde::Deserialize;
use store::{Tx, sql};
use utoipa::ToSchema;

use super::{Endpoint, EndpointId, MOST, input, listen, must_see_all};
use crate::sign;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEndpoint {
    /// Where messages are sent. Begins with `https://` and is open to the public.
    #[schema(example = "https://example.com/hooks/omb")]
    pub url: String,
    /// What it is for.
    #[serde(default)]
    #[schema(example = "Accounting")]
    pub description: Option<String>,
    /// Types of events; all, also those still to come, unless given.
    #[serde(default)]
    #[schema(example = json!(["invoice.issued", "invoice.paid"]))]
    pub event_types: Option<BTreeSet<String>>,
}

/// Makes it; its secret is to be shown now and never again.
pub async fn create(tx: &mut Tx, reach: Reach, new: NewEndpoint) -> Result<Endpoint> {
    must_see_all(tx.caller())?;
    let mut fields = Fields::default();
    let url = fields.take("url", input::url(&new.url, reach));
    let description = fields.take("description", input::description(new.description.as_deref()));
    let event_types = fields.take("event_types", input::event_types(new.event_types));
    fields.finish()?;
    let there = sql!("SELECT count(*) FROM webhook_endpoint WHERE tenant_id = {}", tx.tenant_id());
    if tx.count(there).await? >= MOST {
        let sentence = format!("A workspace has at most {MOST} endpoints. Remove one that is no longer used.");
        return Err(Error::conflict("too_many_webhooks", sentence));
    }
    let endpoint = Endpoint {
        id: EndpointId::new(),
        version: 1,
        url: url.unwrap_or_default(),
        description: description.flatten(),
        event_types: event_types.flatten(),
        enabled: true,
        disabled_reason: None,
        secret: sign::new_secret(),
        old_secret: None,
        old_secret_until: None,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    tx.insert(&endpoint).await?;
    listen(tx).await?;
    tx.audit(Change::new("webhook.create", endpoint.id).after(&endpoint)).await?;
    tx.emit(Event::new("webhook.created", endpoint.id)).await?;
    Ok(endpoint)
}
