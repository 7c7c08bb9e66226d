//! Putting the fields of an object in another order.

use std::collections::HashSet;

use kernel::{Change, Error, Result};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{CustomField, CustomFieldId, CustomObject, event, live_for_everybody};

/// The fields that are not archived in their new order: all of them, each once.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomFieldOrder {
    pub field_ids: Vec<CustomFieldId>,
}

pub async fn reorder(tx: &mut Tx, object: CustomObject, order: CustomFieldOrder) -> Result<Vec<CustomField>> {
    let fields = live_for_everybody(tx, object).await?;
    let known: HashSet<CustomFieldId> = fields.iter().map(|field| field.id).collect();
    let given: HashSet<CustomFieldId> = order.field_ids.iter().copied().collect();
    if known != given || order.field_ids.len() != fields.len() {
        let message = "Name every field once. Read the list again: it may have changed.";
        return Err(Error::invalid("field_ids", "fields_differ", message));
    }
    for before in fields {
        let place = order.field_ids.iter().position(|id| *id == before.id).unwrap_or_default();
        let position = i64::try_from(place).unwrap_or_default();
        if position != before.position {
            let after = tx.update(&CustomField { position, ..before.clone() }).await?;
            tx.audit(Change::new("custom_field.sort", after.id).before(&before).after(&after)).await?;
            tx.emit(event("custom_field.updated", &after)).await?;
        }
    }
    live_for_everybody(tx, object).await
}
