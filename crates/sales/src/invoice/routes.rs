//! Invoices over HTTP.

use axum::{Extension, extract::State, response::Response};
use edge::{App, Created, IfMatch, Json, May, NoContent, Path, Query, Versioned};
use files::Blobs;
use kernel::{Page, PageRequest};
use store::{Sort, SortKind, Store};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    EditInvoices, Invoice, InvoiceId, InvoiceState, IssueInvoices, ReadInvoices, SendInvoices,
    correct::{self, NewCorrection, correct},
    create::{NewInvoice, create},
    issue,
    list::{InvoiceFilter, InvoiceRow, InvoiceSummary, narrow, summaries},
    send::{self, SendInvoice, with_pdf},
    update::{ChangeInvoice, delete, update},
    view::{InvoiceView, view},
};
use crate::{
    customer::customer,
    document::{
        Snapshot,
        print::{self, PdfQuery},
        view::{Calculation, calculation},
    },
    entity::FiscalEntity,
    quote::create::today,
};

const SORTS: &[Sort] = &[
    Sort::descending("created_at", "created_at", SortKind::Time),
    Sort::descending("updated_at", "updated_at", SortKind::Time),
    Sort::descending("payable", "payable_minor", SortKind::Int),
];

#[utoipa::path(get, path = "/api/v1/invoices", operation_id = "invoice_list", tag = "invoices", params(PageRequest, InvoiceFilter),
    responses((status = 200, description = "Invoices, newest first", body = Page<InvoiceSummary>)))]
async fn invoice_list(
    May(can): May<ReadInvoices>,
    State(store): State<Store>,
    Query(page): Query<PageRequest>,
    Query(filter): Query<InvoiceFilter>,
) -> edge::Result<Json<Page<InvoiceSummary>>> {
    let mut tx = store.read(&can).await?;
    let today = today(&mut tx).await?;
    let mut select = narrow(tx.select::<InvoiceRow>(), filter, today);
    if let Some(text) = page.text() {
        let ids = tx.search_ids::<InvoiceId>("invoice", text, 500).await?;
        select = select.push(" AND invoice.id IN ").bind_list(ids);
    }
    let found = tx.page::<InvoiceRow>(select, SORTS, &page).await?;
    let items = summaries(&mut tx, found.items, today).await?;
    Ok(Json(Page { items, next_cursor: found.next_cursor }))
}

#[utoipa::path(post, path = "/api/v1/invoices", operation_id = "invoice_create", tag = "invoices", request_body = NewInvoice,
    responses((status = 201, description = "The draft", body = InvoiceView)))]
async fn invoice_create(
    May(can): May<EditInvoices>,
    State(store): State<Store>,
    Json(input): Json<NewInvoice>,
) -> edge::Result<Created<InvoiceView>> {
    let mut tx = store.begin(&can).await?;
    let invoice = create(&mut tx, input).await?;
    let body = view(&mut tx, invoice).await?;
    tx.commit().await?;
    Ok(Created { location: format!("/api/v1/invoices/{}", body.id), version: body.version, body })
}

#[utoipa::path(get, path = "/api/v1/invoices/{id}", operation_id = "invoice_get", tag = "invoices", params(("id" = InvoiceId, Path)),
    responses((status = 200, description = "The invoice", body = InvoiceView)))]
async fn invoice_get(
    May(can): May<ReadInvoices>,
    State(store): State<Store>,
    Path(id): Path<InvoiceId>,
) -> edge::Result<Versioned<InvoiceView>> {
    let mut tx = store.read(&can).await?;
    let invoice: Invoice = tx.get(id).await?;
    let body = view(&mut tx, invoice).await?;
    Ok(Versioned(body.version, body))
}

#[utoipa::path(patch, path = "/api/v1/invoices/{id}", operation_id = "invoice_update", tag = "invoices",
    params(("id" = InvoiceId, Path), ("If-Match" = String, Header)), request_body = ChangeInvoice,
    responses((status = 200, description = "The draft as it now is", body = InvoiceView)))]
async fn invoice_update(
    May(can): May<EditInvoices>,
    State(store): State<Store>,
    Path(id): Path<InvoiceId>,
    version: IfMatch,
    Json(change): Json<ChangeInvoice>,
) -> edge::Result<Versioned<InvoiceView>> {
    let mut tx = store.begin(&can).await?;
    let before: Invoice = tx.get_locked(id).await?;
    version.check(before.version)?;
    let invoice = update(&mut tx, before, change).await?;
    let body = view(&mut tx, invoice).await?;
    tx.commit().await?;
    Ok(Versioned(body.version, body))
}

#[utoipa::path(delete, path = "/api/v1/invoices/{id}", operation_id = "invoice_delete", tag = "invoices", params(("id" = InvoiceId, Path)),
    responses((status = 204, description = "The draft is gone")))]
async fn invoice_delete(
    May(can): May<EditInvoices>,
    State(store): State<Store>,
    Path(id): Path<InvoiceId>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    let invoice: Invoice = tx.get_locked(id).await?;
    delete(&mut tx, invoice).await?;
    tx.commit().await?;
    Ok(NoContent)
}

#[utoipa::path(post, path = "/api/v1/invoices/{id}/issue", operation_id = "invoice_issue", tag = "invoices", params(("id" = InvoiceId, Path)),
    responses((status = 200, description = "The invoice, numbered and frozen; asked again, the same", body = InvoiceView)))]
async fn invoice_issue(
    May(can): May<IssueInvoices>,
    State(store): State<Store>,
    Path(id): Path<InvoiceId>,
) -> edge::Result<Versioned<InvoiceView>> {
    let mut tx = store.begin(&can).await?;
    let invoice = issue::issue(&mut tx, id).await?;
    let body = view(&mut tx, invoice).await?;
    tx.commit().await?;
    Ok(Versioned(body.version, body))
}

#[utoipa::path(post, path = "/api/v1/invoices/{id}/corrections", operation_id = "invoice_correct", tag = "invoices", params(("id" = InvoiceId, Path)),
    request_body = NewCorrection, responses((status = 201, description = "The draft of a credit or debit note", body = InvoiceView)))]
async fn invoice_correct(
    May(can): May<EditInvoices>,
    State(store): State<Store>,
    Path(id): Path<InvoiceId>,
    Json(input): Json<NewCorrection>,
) -> edge::Result<Created<InvoiceView>> {
    let mut tx = store.begin(&can).await?;
    let note = correct(&mut tx, id, input).await?;
    let body = view(&mut tx, note).await?;
    tx.commit().await?;
    Ok(Created { location: format!("/api/v1/invoices/{}", body.id), version: body.version, body })
}

#[utoipa::path(post, path = "/api/v1/invoices/{id}/send", operation_id = "invoice_send", tag = "invoices", params(("id" = InvoiceId, Path)),
    request_body = SendInvoice, responses((status = 200, description = "The invoice; its mail is on its way", body = InvoiceView)))]
async fn invoice_send(
    May(can): May<SendInvoices>,
    State(store): State<Store>,
    Path(id): Path<InvoiceId>,
    Json(input): Json<SendInvoice>,
) -> edge::Result<Versioned<InvoiceView>> {
    let mut tx = store.begin(&can).await?;
    let invoice = send::send(&mut tx, id, input).await?;
    let body = view(&mut tx, invoice).await?;
    tx.commit().await?;
    Ok(Versioned(body.version, body))
}

#[utoipa::path(get, path = "/api/v1/invoices/{id}/pdf", operation_id = "invoice_pdf", tag = "invoices", params(("id" = InvoiceId, Path), PdfQuery),
    responses((status = 200, description = "The PDF as issued, or marked as a draft", content_type = "application/pdf", body = Vec<u8>)))]
async fn invoice_pdf(
    May(can): May<ReadInvoices>,
    State(store): State<Store>,
    Extension(blobs): Extension<Blobs>,
    Path(id): Path<InvoiceId>,
    Query(query): Query<PdfQuery>,
) -> edge::Result<Response> {
    let mut tx = store.read(&can).await?;
    let invoice: Invoice = tx.get(id).await?;
    if invoice.state == InvoiceState::Issued {
        drop(tx);
        let invoice = with_pdf(&store, &can, &blobs, id).await?;
        let blob = invoice.pdf_blob_id.ok_or_else(|| kernel::Error::not_found("invoice"))?;
        let (blob, bytes) = blobs.get(&mut store.read(&can).await?, blob).await?;
        return Ok(files::serve::serve(&blob, bytes, query.wanted()));
    }
    let entity: FiscalEntity = tx.get(invoice.fiscal_entity_id).await?;
    let (customer, _) = customer(&mut tx, invoice.company_id, invoice.contact_id).await?;
    let today = today(&mut tx).await?;
    drop(tx);
    let correction = correct::shown(&mut store.read(&can).await?, &invoice).await?;
    let snapshot = Snapshot { correction, ..invoice.snapshot(&entity, customer, String::new(), today)? };
    let bytes = print::typeset(pdf::Kind::Invoice, &snapshot, print::Copy::Draft, None).await?;
    Ok(print::answer("invoice-draft.pdf", bytes, query.wanted()))
}

#[utoipa::path(get, path = "/api/v1/invoices/{id}/calculation", operation_id = "invoice_calculation", tag = "invoices",
    params(("id" = InvoiceId, Path)), responses((status = 200, description = "How its figures came about, step by step", body = Calculation)))]
async fn invoice_calculation(
    May(can): May<ReadInvoices>,
    State(store): State<Store>,
    Path(id): Path<InvoiceId>,
) -> edge::Result<Json<Calculation>> {
    can.caller().must_see_amounts()?;
    let mut tx = store.read(&can).await?;
    let invoice: Invoice = tx.get(id).await?;
    let entity: FiscalEntity = tx.get(invoice.fiscal_entity_id).await?;
    // The norm the figures were computed by, whatever the issuer's is today.
    let mut priced = invoice.priced(&entity);
    priced.norm = invoice.totals.0.norm;
    Ok(Json(calculation(&priced, &invoice.totals.0)?))
}

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(invoice_list, invoice_create))
        .routes(routes!(invoice_get, invoice_update, invoice_delete))
        .routes(routes!(invoice_issue))
        .routes(routes!(invoice_correct))
        .routes(routes!(invoice_send))
        .routes(routes!(invoice_pdf))
        .routes(routes!(invoice_calculation))
}
