//! The notes on an invoice, and documents by their numbers.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kernel::{Currency, Money, Result};
use serde::Serialize;
use store::{Tx, sql};
use utoipa::ToSchema;

use super::{Invoice, InvoiceId, InvoiceKind, InvoiceState, InvoiceStatus, status};

/// A document by its number.
#[derive(Debug, Serialize, ToSchema)]
pub struct Numbered {
    pub id: InvoiceId,
    #[schema(example = "F-2026-00042")]
    pub number: Option<String>,
}

/// A note, as its invoice shows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CorrectionView {
    pub id: InvoiceId,
    pub kind: InvoiceKind,
    pub status: InvoiceStatus,
    #[schema(example = "CN-2026-00007")]
    pub number: Option<String>,
    /// Negative of a credit note.
    pub payable: Money,
}

/// The numbers of documents.
pub async fn numbers(
    tx: &mut Tx,
    ids: impl IntoIterator<Item = InvoiceId>,
) -> Result<BTreeMap<InvoiceId, Option<String>>> {
    let tenant = tx.tenant_id();
    let query = sql!("SELECT id, number FROM invoice WHERE tenant_id = {} AND id IN ", tenant);
    Ok(tx.all::<(InvoiceId, Option<String>)>(query.bind_list(ids)).await?.into_iter().collect())
}

/// A note's row as its invoice reads it.
type Note = (InvoiceId, InvoiceKind, InvoiceState, Option<String>, i64, i64, Currency, Option<NaiveDate>);

pub(super) async fn corrections(tx: &mut Tx, invoice: &Invoice, today: NaiveDate) -> Result<Vec<CorrectionView>> {
    if invoice.state == InvoiceState::Draft {
        return Ok(Vec::new());
    }
    let tenant = tx.tenant_id();
    let query = sql!(
        "SELECT id, kind, state, number, settled_minor, payable_minor, currency, due_date FROM invoice \
         WHERE tenant_id = {} AND corrects_id = {} ORDER BY created_at, id LIMIT 100",
        tenant,
        invoice.id
    );
    let shown = |(id, kind, state, number, settled, payable, currency, due): Note| CorrectionView {
        id,
        kind,
        status: status(kind, state, settled, payable, due, today),
        number,
        payable: Money::new(payable, currency),
    };
    Ok(tx.all::<Note>(query).await?.into_iter().map(shown).collect())
}
