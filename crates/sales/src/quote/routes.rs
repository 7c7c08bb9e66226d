//! Quotes over HTTP.

use axum::{Extension, extract::State, response::Response};
use edge::{App, Created, IfMatch, Json, May, NoContent, Path, Query, Versioned};
use files::Blobs;
use kernel::{Page, PageRequest};
use serde::Deserialize;
use store::{Sort, SortKind, Sql, Store, Tx};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    EditQuotes, Quote, QuoteId, QuoteStatus, ReadQuotes, SendQuotes, convert,
    create::{NewQuote, create, today},
    delete::delete,
    list::{QuoteRow, QuoteSummary, summaries},
    send::{self, SendQuote, revoke, with_pdf},
    update::{ChangeQuote, update},
    view::{QuoteView, view},
};
use crate::{
    customer::customer,
    document::print::{self, PdfQuery},
    entity::FiscalEntity,
    invoice::{
        EditInvoices,
        view::{InvoiceView, view as invoice_view},
    },
};
use crm::{company::CompanyId, contact::ContactId, deal::DealId};

const SORTS: &[Sort] = &[
    Sort::descending("created_at", "created_at", SortKind::Time),
    Sort::descending("updated_at", "updated_at", SortKind::Time),
    Sort::ascending("valid_until", "valid_until", SortKind::Date),
    Sort::ascending("title", "title", SortKind::Text),
    Sort::descending("payable", "payable_minor", SortKind::Int),
];

/// Which quotes.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct QuoteFilter {
    /// As shown, `expired` included.
    pub state: Option<QuoteStatus>,
    pub company_id: Option<CompanyId>,
    pub contact_id: Option<ContactId>,
    pub deal_id: Option<DealId>,
}

fn narrow(select: Sql, filter: QuoteFilter, today: chrono::NaiveDate) -> Sql {
    let select = select
        .and_if("quote.company_id =", filter.company_id)
        .and_if("quote.contact_id =", filter.contact_id)
        .and_if("quote.deal_id =", filter.deal_id);
    match filter.state {
        None => select,
        Some(QuoteStatus::Expired) => select.push(" AND quote.state = 'sent'").and("quote.valid_until <", today),
        Some(QuoteStatus::Sent) => select.push(" AND quote.state = 'sent'").and("quote.valid_until >=", today),
        Some(other) => select.and("quote.state =", other.name()),
    }
}

#[utoipa::path(get, path = "/api/v1/quotes", operation_id = "quote_list", tag = "quotes", params(PageRequest, QuoteFilter),
    responses((status = 200, description = "Quotes, newest first", body = Page<QuoteSummary>)))]
async fn quote_list(
    May(can): May<ReadQuotes>,
    State(store): State<Store>,
    Query(page): Query<PageRequest>,
    Query(filter): Query<QuoteFilter>,
) -> edge::Result<Json<Page<QuoteSummary>>> {
    let mut tx = store.read(&can).await?;
    let today = today(&mut tx).await?;
    let mut select = narrow(tx.select::<QuoteRow>(), filter, today);
    if let Some(text) = page.text() {
        let ids = tx.search_ids::<QuoteId>("quote", text, 500).await?;
        select = select.push(" AND quote.id IN ").bind_list(ids);
    }
    let found = tx.page::<QuoteRow>(select, SORTS, &page).await?;
    let items = summaries(&mut tx, found.items, today).await?;
    Ok(Json(Page { items, next_cursor: found.next_cursor }))
}

async fn answer(tx: &mut Tx, quote: Quote, app: &App) -> edge::Result<QuoteView> {
    Ok(view(tx, quote, &app.settings.public_url).await?)
}

#[utoipa::path(post, path = "/api/v1/quotes", operation_id = "quote_create", tag = "quotes", request_body = NewQuote,
    responses((status = 201, description = "The draft", body = QuoteView)))]
async fn quote_create(
    May(can): May<EditQuotes>,
    State(app): State<App>,
    Json(input): Json<NewQuote>,
) -> edge::Result<Created<QuoteView>> {
    let mut tx = app.store.begin(&can).await?;
    let quote = create(&mut tx, input).await?;
    let body = answer(&mut tx, quote, &app).await?;
    tx.commit().await?;
    Ok(Created { location: format!("/api/v1/quotes/{}", body.id), version: body.version, body })
}

#[utoipa::path(get, path = "/api/v1/quotes/{id}", operation_id = "quote_get", tag = "quotes", params(("id" = QuoteId, Path)),
    responses((status = 200, description = "The quote", body = QuoteView)))]
async fn quote_get(
    May(can): May<ReadQuotes>,
    State(app): State<App>,
    Path(id): Path<QuoteId>,
) -> edge::Result<Versioned<QuoteView>> {
    let mut tx = app.store.read(&can).await?;
    let quote: Quote = tx.get(id).await?;
    let body = answer(&mut tx, quote, &app).await?;
    Ok(Versioned(body.version, body))
}

#[utoipa::path(patch, path = "/api/v1/quotes/{id}", operation_id = "quote_update", tag = "quotes",
    params(("id" = QuoteId, Path), ("If-Match" = String, Header)), request_body = ChangeQuote,
    responses((status = 200, description = "The quote, a draft again if it had been sent", body = QuoteView)))]
async fn quote_update(
    May(can): May<EditQuotes>,
    State(app): State<App>,
    Path(id): Path<QuoteId>,
    version: IfMatch,
    Json(change): Json<ChangeQuote>,
) -> edge::Result<Versioned<QuoteView>> {
    let mut tx = app.store.begin(&can).await?;
    let before: Quote = tx.get_locked(id).await?;
    version.check(before.version)?;
    let quote = update(&mut tx, before, change).await?;
    let body = answer(&mut tx, quote, &app).await?;
    tx.commit().await?;
    Ok(Versioned(body.version, body))
}

#[utoipa::path(delete, path = "/api/v1/quotes/{id}", operation_id = "quote_delete", tag = "quotes", params(("id" = QuoteId, Path)),
    responses((status = 204, description = "The draft is gone")))]
async fn quote_delete(
    May(can): May<EditQuotes>,
    State(store): State<Store>,
    Path(id): Path<QuoteId>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    let quote: Quote = tx.get_locked(id).await?;
    delete(&mut tx, quote).await?;
    tx.commit().await?;
    Ok(NoContent)
}

#[utoipa::path(post, path = "/api/v1/quotes/{id}/send", operation_id = "quote_send", tag = "quotes", params(("id" = QuoteId, Path)),
    request_body = SendQuote, responses((status = 200, description = "The quote, frozen; its mail is on its way", body = QuoteView)))]
async fn quote_send(
    May(can): May<SendQuotes>,
    State(app): State<App>,
    Path(id): Path<QuoteId>,
    Json(input): Json<SendQuote>,
) -> edge::Result<Versioned<QuoteView>> {
    let mut tx = app.store.begin(&can).await?;
    let quote = send::send(&mut tx, id, input).await?;
    let body = answer(&mut tx, quote, &app).await?;
    tx.commit().await?;
    Ok(Versioned(body.version, body))
}

#[utoipa::path(post, path = "/api/v1/quotes/{id}/revoke", operation_id = "quote_revoke", tag = "quotes", params(("id" = QuoteId, Path)),
    responses((status = 200, description = "The quote; its page takes no answer any more", body = QuoteView)))]
async fn quote_revoke(
    May(can): May<SendQuotes>,
    State(app): State<App>,
    Path(id): Path<QuoteId>,
) -> edge::Result<Versioned<QuoteView>> {
    let mut tx = app.store.begin(&can).await?;
    let quote = revoke(&mut tx, id).await?;
    let body = answer(&mut tx, quote, &app).await?;
    tx.commit().await?;
    Ok(Versioned(body.version, body))
}

#[utoipa::path(post, path = "/api/v1/quotes/{id}/invoice", operation_id = "quote_invoice", tag = "quotes", params(("id" = QuoteId, Path)),
    responses((status = 200, description = "The draft invoice of the accepted quote; asked again, the same", body = InvoiceView)))]
async fn quote_invoice(
    May(can): May<EditInvoices>,
    State(store): State<Store>,
    Path(id): Path<QuoteId>,
) -> edge::Result<Versioned<InvoiceView>> {
    let mut tx = store.begin(&can).await?;
    let invoice = convert::invoice(&mut tx, id).await?;
    let body = invoice_view(&mut tx, invoice).await?;
    tx.commit().await?;
    Ok(Versioned(body.version, body))
}

#[utoipa::path(get, path = "/api/v1/quotes/{id}/pdf", operation_id = "quote_pdf", tag = "quotes", params(("id" = QuoteId, Path), PdfQuery),
    responses((status = 200, description = "The PDF as sent, or marked as a draft", content_type = "application/pdf", body = Vec<u8>)))]
async fn quote_pdf(
    May(can): May<ReadQuotes>,
    State(store): State<Store>,
    Extension(blobs): Extension<Blobs>,
    Path(id): Path<QuoteId>,
    Query(query): Query<PdfQuery>,
) -> edge::Result<Response> {
    let mut tx = store.read(&can).await?;
    let quote: Quote = tx.get(id).await?;
    if !quote.is_draft() {
        drop(tx);
        let quote = with_pdf(&store, &can, &blobs, id).await?;
        let blob = quote.pdf_blob_id.ok_or_else(|| kernel::Error::not_found("quote"))?;
        let (blob, bytes) = blobs.get(&mut store.read(&can).await?, blob).await?;
        return Ok(files::serve::serve(&blob, bytes, query.wanted()));
    }
    let entity: FiscalEntity = tx.get(quote.fiscal_entity_id).await?;
    let (customer, _) = customer(&mut tx, quote.company_id, quote.contact_id).await?;
    let today = today(&mut tx).await?;
    drop(tx);
    let snapshot = quote.snapshot(&entity, customer, String::new(), today)?;
    let bytes = print::typeset(pdf::Kind::Quote, &snapshot, print::Copy::Draft, None).await?;
    Ok(print::answer("quote-draft.pdf", bytes, query.wanted()))
}

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(quote_list, quote_create))
        .routes(routes!(quote_get, quote_update, quote_delete))
        .routes(routes!(quote_send))
        .routes(routes!(quote_revoke))
        .routes(routes!(quote_invoice))
        .routes(routes!(quote_pdf))
}
