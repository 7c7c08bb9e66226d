//! Using credit, releasing it, and what became of it, over HTTP.

use axum::extract::State;
use chrono::{DateTime, Utc};
use edge::{App, Created, Json, May, Path, Query, Versioned};
use kernel::{Money, Page, PageRequest, Permission, Result};
use serde::{Deserialize, Serialize};
use store::{Sort, SortKind, Store, Tx};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    AllocateCredit, CreditAllocation, CreditAllocationId,
    allocate::{NewAllocation, use_credit},
    release::release,
};
use crate::invoice::{InvoiceId, ReadInvoices, corrections::numbers};

const SORTS: &[Sort] = &[Sort::descending("created_at", "created_at", SortKind::Time)];

/// Credit that settles a part of an invoice.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreditAllocationView {
    pub id: CreditAllocationId,
    pub version: i64,
    pub credit_note_id: InvoiceId,
    #[schema(example = "CN-2026-00007")]
    pub credit_note_number: Option<String>,
    pub invoice_id: InvoiceId,
    #[schema(example = "F-2026-00042")]
    pub invoice_number: Option<String>,
    pub amount: Money,
    pub released_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    /// `release`, where this caller may do it now.
    pub actions: Vec<&'static str>,
}

async fn views(tx: &mut Tx, found: Vec<CreditAllocation>) -> Result<Vec<CreditAllocationView>> {
    let ids = found.iter().flat_map(|one| [one.credit_note_id, one.invoice_id]);
    let numbers = numbers(tx, ids).await?;
    let may = tx.caller().holds(AllocateCredit::NAME) && tx.caller().sees_amounts();
    let shown = |one: CreditAllocation| CreditAllocationView {
        id: one.id,
        version: one.version,
        credit_note_number: numbers.get(&one.credit_note_id).cloned().flatten(),
        credit_note_id: one.credit_note_id,
        invoice_number: numbers.get(&one.invoice_id).cloned().flatten(),
        invoice_id: one.invoice_id,
        amount: one.amount(),
        released_at: one.released_at,
        created_at: one.created_at,
        actions: if may && one.released_at.is_none() { vec!["release"] } else { Vec::new() },
    };
    Ok(found.into_iter().map(shown).collect())
}

async fn view(tx: &mut Tx, allocation: CreditAllocation) -> Result<CreditAllocationView> {
    let mut views = views(tx, vec![allocation]).await?;
    views.pop().ok_or_else(|| kernel::Error::internal("an allocation has no view"))
}

/// Which credit.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CreditFilter {
    /// Only what settles this invoice.
    pub invoice_id: Option<InvoiceId>,
    /// Only what comes of this credit note.
    pub credit_note_id: Option<InvoiceId>,
}

#[utoipa::path(get, path = "/api/v1/credit-allocations", operation_id = "credit_allocation_list", tag = "invoices", params(PageRequest, CreditFilter),
    responses((status = 200, description = "Credit that was used, latest first", body = Page<CreditAllocationView>)))]
async fn credit_allocation_list(
    May(can): May<ReadInvoices>,
    State(store): State<Store>,
    Query(page): Query<PageRequest>,
    Query(filter): Query<CreditFilter>,
) -> edge::Result<Json<Page<CreditAllocationView>>> {
    let mut tx = store.read(&can).await?;
    let select = tx
        .select::<CreditAllocation>()
        .and_if("credit_allocation.invoice_id =", filter.invoice_id)
        .and_if("credit_allocation.credit_note_id =", filter.credit_note_id);
    let found = tx.page::<CreditAllocation>(select, SORTS, &page).await?;
    let items = views(&mut tx, found.items).await?;
    Ok(Json(Page { items, next_cursor: found.next_cursor }))
}

#[utoipa::path(post, path = "/api/v1/invoices/{id}/credit-allocations", operation_id = "credit_allocate", tag = "invoices",
    params(("id" = InvoiceId, Path, description = "The credit note")), request_body = NewAllocation,
    responses((status = 201, description = "The credit as it was used", body = CreditAllocationView)))]
async fn credit_allocate(
    May(can): May<AllocateCredit>,
    State(store): State<Store>,
    Path(id): Path<InvoiceId>,
    Json(input): Json<NewAllocation>,
) -> edge::Result<Created<CreditAllocationView>> {
    let mut tx = store.begin(&can).await?;
    let allocated = use_credit(&mut tx, id, input).await?;
    let body = view(&mut tx, allocated.allocation).await?;
    tx.commit().await?;
    Ok(Created { location: format!("/api/v1/credit-allocations/{}", body.id), version: body.version, body })
}

#[utoipa::path(get, path = "/api/v1/credit-allocations/{id}", operation_id = "credit_allocation_get", tag = "invoices",
    params(("id" = CreditAllocationId, Path)), responses((status = 200, description = "The credit", body = CreditAllocationView)))]
async fn credit_allocation_get(
    May(can): May<ReadInvoices>,
    State(store): State<Store>,
    Path(id): Path<CreditAllocationId>,
) -> edge::Result<Versioned<CreditAllocationView>> {
    let mut tx = store.read(&can).await?;
    let allocation: CreditAllocation = tx.get(id).await?;
    let body = view(&mut tx, allocation).await?;
    Ok(Versioned(body.version, body))
}

#[utoipa::path(post, path = "/api/v1/credit-allocations/{id}/release", operation_id = "credit_release", tag = "invoices",
    params(("id" = CreditAllocationId, Path)), responses((status = 200, description = "The credit, released", body = CreditAllocationView)))]
async fn credit_release(
    May(can): May<AllocateCredit>,
    State(store): State<Store>,
    Path(id): Path<CreditAllocationId>,
) -> edge::Result<Versioned<CreditAllocationView>> {
    let mut tx = store.begin(&can).await?;
    let released = release(&mut tx, id).await?;
    let body = view(&mut tx, released.allocation).await?;
    tx.commit().await?;
    Ok(Versioned(body.version, body))
}

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(credit_allocation_list))
        .routes(routes!(credit_allocate))
        .routes(routes!(credit_allocation_get))
        .routes(routes!(credit_release))
}
