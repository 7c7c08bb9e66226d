//! A deal's lines, its quote and its billing over HTTP.

use axum::extract::State;
use crm::deal::{Deal, DealId, EditDeals, ReadDeals};
use edge::{App, Created, IfMatch, Json, May, Path, Versioned};
use kernel::{Error, Permission};
use store::Store;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    billing::{DealBilling, billing},
    lines, quote,
    set::{SetDealLines, set},
    view::{DealLinesView, view},
};
use crate::{
    invoice::ReadInvoices,
    quote::{
        EditQuotes,
        view::{QuoteView, view as quote_view},
    },
};

#[utoipa::path(get, path = "/api/v1/deals/{id}/lines", operation_id = "deal_lines_get", tag = "deals", params(("id" = DealId, Path)),
    responses((status = 200, description = "What the deal offers, line by line, and what it adds up to", body = DealLinesView)))]
async fn deal_lines_get(
    May(can): May<ReadDeals>,
    State(store): State<Store>,
    Path(id): Path<DealId>,
) -> edge::Result<Versioned<DealLinesView>> {
    let mut tx = store.read(&can).await?;
    let deal: Deal = tx.get(id).await?;
    let stored = lines(&mut tx, &deal).await?;
    Ok(Versioned(stored.version, view(&mut tx, &deal, stored).await?))
}

#[utoipa::path(put, path = "/api/v1/deals/{id}/lines", operation_id = "deal_lines_set", tag = "deals", request_body = SetDealLines,
    params(("id" = DealId, Path), ("If-Match" = String, Header, description = "The ETag of the lines that was read; \"0\" while there are none")),
    responses((status = 200, description = "The lines as they now are, and the deal's amount with them", body = DealLinesView)))]
async fn deal_lines_set(
    May(can): May<EditDeals>,
    State(store): State<Store>,
    Path(id): Path<DealId>,
    version: IfMatch,
    Json(input): Json<SetDealLines>,
) -> edge::Result<Versioned<DealLinesView>> {
    // Lines without figures would write an amount all the same: none, where all of them are taken away.
    can.caller().must_see_amounts()?;
    let mut tx = store.begin(&can).await?;
    let deal: Deal = tx.get_locked(id).await?;
    let before = lines(&mut tx, &deal).await?;
    version.check(before.version)?;
    let (deal, stored) = set(&mut tx, deal, before, input).await?;
    let answer = Versioned(stored.version, view(&mut tx, &deal, stored).await?);
    tx.commit().await?;
    Ok(answer)
}

#[utoipa::path(post, path = "/api/v1/deals/{id}/quote", operation_id = "deal_quote", tag = "deals", params(("id" = DealId, Path)),
    responses((status = 201, description = "The draft of a quote with the deal's customer and lines", body = QuoteView)))]
async fn deal_quote(
    May(can): May<EditQuotes>,
    State(app): State<App>,
    Path(id): Path<DealId>,
) -> edge::Result<Created<QuoteView>> {
    let mut tx = app.store.begin(&can).await?;
    // The draft says what stands on the deal: to who may not read deals it is one that nobody has.
    if !tx.caller().holds(ReadDeals::NAME) {
        return Err(Error::not_found("deal").into());
    }
    let deal: Deal = tx.get(id).await?;
    let quote = quote::quote(&mut tx, &deal).await?;
    let body = quote_view(&mut tx, quote, &app.settings.public_url).await?;
    tx.commit().await?;
    Ok(Created { location: format!("/api/v1/quotes/{}", body.id), version: body.version, body })
}

#[utoipa::path(get, path = "/api/v1/deals/{id}/billing", operation_id = "deal_billing", tag = "deals", params(("id" = DealId, Path)),
    responses((status = 200, description = "What has been invoiced of the deal, and what of it has been paid", body = DealBilling)))]
async fn deal_billing(
    May(can): May<ReadInvoices>,
    State(store): State<Store>,
    Path(id): Path<DealId>,
) -> edge::Result<Json<DealBilling>> {
    let mut tx = store.read(&can).await?;
    let deal: Deal = tx.get(id).await?;
    Ok(Json(billing(&mut tx, deal.id).await?))
}

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(deal_lines_get, deal_lines_set))
        .routes(routes!(deal_quote))
        .routes(routes!(deal_billing))
}
