//! The records that were not changed, or not put back, each with one reason that never quotes what they hold.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kernel::{Error, Page, PageRequest, Result, Uuid};
use serde::{Deserialize, Serialize};
use store::{Sort, SortKind, Tx};
use utoipa::ToSchema;

use super::{BulkChange, BulkChangeId, noun::BulkNoun};

kernel::id!(/// A record that a bulk change did not change.
    pub BulkRefusalId, "blr");

const SORTS: &[Sort] = &[Sort::ascending("created_at", "created_at", SortKind::Time)];

store::record! {
    /// A refused record as stored.
    pub struct BulkRefusal in bulk_refusal {
        id: BulkRefusalId,
        bulk_change_id: BulkChangeId,
        undoing: bool,
        record_id: Uuid,
        field: String,
        code: String,
        reason: String,
        created_at: DateTime<Utc>,
    }
}

/// Is this about the record, and not about the database or somebody who came between?
pub fn is_of_record(error: &Error) -> bool {
    matches!(error, Error::Invalid { .. } | Error::Conflict { .. } | Error::NotFound { .. })
}

impl BulkRefusal {
    pub fn new(tx: &Tx, change: BulkChangeId, undoing: bool, record_id: Uuid, error: Error) -> Self {
        let (field, code, reason) = match error {
            Error::Invalid { fields } => {
                fields.into_iter().next().map(|first| (first.field, first.code, first.message)).unwrap_or_default()
            }
            Error::Conflict { code, detail } => (String::new(), code.to_owned(), detail),
            other => {
                let reason = "This record is not there, or not yours to see.".to_owned();
                (String::new(), other.code().to_owned(), reason)
            }
        };
        let id = BulkRefusalId::new();
        Self { id, bulk_change_id: change, undoing, record_id, field, code, reason, created_at: tx.now() }
    }
}

/// Which refusals.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BulkRefusalFilter {
    /// `true`: those met while it was undone.
    pub undoing: Option<bool>,
}

/// A record that was not changed, or not put back, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkRefusalView {
    #[schema(example = "com_019abc0123457def8123456789abcdef")]
    pub record: String,
    /// What it is called; null where it is not there or not yours to see.
    #[schema(example = "Talleres Aurora")]
    pub name: Option<String>,
    /// The field that is in the way; empty where it is none.
    #[schema(example = "email")]
    pub field: String,
    #[schema(example = "company_deleted")]
    pub code: String,
    pub reason: String,
    pub undoing: bool,
}

pub async fn list(
    tx: &mut Tx,
    noun: &dyn BulkNoun,
    change: &BulkChange,
    filter: &BulkRefusalFilter,
    page: &PageRequest,
) -> Result<Page<BulkRefusalView>> {
    let select = tx
        .select::<BulkRefusal>()
        .and("bulk_refusal.bulk_change_id =", change.id)
        .and_if("bulk_refusal.undoing =", filter.undoing);
    let found = tx.page::<BulkRefusal>(select, SORTS, page).await?;
    let ids: Vec<Uuid> = found.items.iter().map(|refusal| refusal.record_id).collect();
    let is_read = !ids.is_empty() && tx.caller().holds(noun.reads());
    let names = if is_read { noun.names(tx, &change.noun, &ids).await? } else { HashMap::new() };
    Ok(found.map(|refusal| BulkRefusalView {
        record: format!("{}_{}", noun.prefix(), refusal.record_id.as_simple()),
        name: names.get(&refusal.record_id).cloned(),
        field: refusal.field,
        code: refusal.code,
        reason: refusal.reason,
        undoing: refusal.undoing,
    }))
}
