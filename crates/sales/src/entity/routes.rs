//! The issuer and its number series over HTTP.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use edge::{App, IfMatch, Json, May, Path, Versioned};
use kernel::{Caller, Currency, Language, Page, Permission, Result};
use serde::Serialize;
use store::Store;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    FiscalEntity, FiscalEntityId, ManageFiscalEntities, ReadFiscalEntities, default,
    number::{self, ChangeNumberSeries, NumberSeries, NumberSeriesId, SeriesKind},
    update::{ChangeFiscalEntity, update},
};
use crate::quote::create::today;

/// An issuer.
#[derive(Debug, Serialize, ToSchema)]
pub struct FiscalEntityView {
    pub id: FiscalEntityId,
    pub version: i64,
    #[schema(example = "Talleres Aurora S.L.")]
    pub legal_name: String,
    /// ISO 3166-1 alpha-2.
    #[schema(example = "ES")]
    pub country: String,
    /// Masked for those who may not change it.
    pub tax_id: Option<String>,
    /// What the country calls it.
    #[schema(example = "NIF/CIF")]
    pub tax_id_label: &'static str,
    pub street: Option<String>,
    pub city: Option<String>,
    pub region: Option<String>,
    pub postal_code: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub currency: Currency,
    pub language: Language,
    /// `by_category` (EN 16931) or `by_line` (CFDI): where figures are rounded.
    pub norm: String,
    pub payment_instructions: Option<String>,
    pub payment_days: i64,
    pub quote_days: i64,
    pub is_default: bool,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// `update`, where this caller may.
    pub actions: Vec<&'static str>,
}

fn actions(caller: &Caller) -> Vec<&'static str> {
    if caller.holds(ManageFiscalEntities::NAME) { vec!["update"] } else { Vec::new() }
}

fn view(entity: FiscalEntity, caller: &Caller) -> FiscalEntityView {
    let may_change = caller.holds(ManageFiscalEntities::NAME);
    FiscalEntityView {
        id: entity.id,
        version: entity.version,
        legal_name: entity.legal_name,
        tax_id_label: fiscal::tax_id::label(&entity.country),
        country: entity.country,
        tax_id: entity.tax_id.map(|id| if may_change { id.reveal().to_owned() } else { id.masked() }),
        street: entity.street,
        city: entity.city,
        region: entity.region,
        postal_code: entity.postal_code,
        email: entity.email,
        phone: entity.phone,
        currency: entity.currency,
        language: entity.language,
        norm: entity.norm,
        payment_instructions: entity.payment_instructions,
        payment_days: entity.payment_days,
        quote_days: entity.quote_days,
        is_default: entity.is_default,
        created_at: entity.created_at,
        updated_at: entity.updated_at,
        actions: actions(caller),
    }
}

#[utoipa::path(get, path = "/api/v1/fiscal-entities", operation_id = "fiscal_entity_list", tag = "fiscal entities",
    responses((status = 200, description = "The issuers of this company's documents", body = Page<FiscalEntityView>)))]
async fn fiscal_entity_list(
    May(can): May<ReadFiscalEntities>,
    State(store): State<Store>,
) -> edge::Result<Json<Page<FiscalEntityView>>> {
    let mut tx = store.read(&can).await?;
    let select = tx.select::<FiscalEntity>().push(" ORDER BY fiscal_entity.created_at, fiscal_entity.id");
    let mut entities: Vec<FiscalEntity> = tx.all(select).await?;
    drop(tx);
    if entities.is_empty() {
        // A company that began before its issuer was made by itself gets it now.
        let mut tx = store.begin(&can).await?;
        entities.push(default(&mut tx).await?);
        tx.commit().await?;
    }
    let items = entities.into_iter().map(|entity| view(entity, can.caller())).collect();
    Ok(Json(Page { items, next_cursor: None }))
}

#[utoipa::path(get, path = "/api/v1/fiscal-entities/{id}", operation_id = "fiscal_entity_get", tag = "fiscal entities",
    params(("id" = FiscalEntityId, Path)), responses((status = 200, description = "The issuer", body = FiscalEntityView)))]
async fn fiscal_entity_get(
    May(can): May<ReadFiscalEntities>,
    State(store): State<Store>,
    Path(id): Path<FiscalEntityId>,
) -> edge::Result<Versioned<FiscalEntityView>> {
    let entity: FiscalEntity = store.read(&can).await?.get(id).await?;
    Ok(Versioned(entity.version, view(entity, can.caller())))
}

#[utoipa::path(patch, path = "/api/v1/fiscal-entities/{id}", operation_id = "fiscal_entity_update", tag = "fiscal entities",
    params(("id" = FiscalEntityId, Path), ("If-Match" = String, Header)), request_body = ChangeFiscalEntity,
    responses((status = 200, description = "The issuer as it now is", body = FiscalEntityView)))]
async fn fiscal_entity_update(
    May(can): May<ManageFiscalEntities>,
    State(store): State<Store>,
    Path(id): Path<FiscalEntityId>,
    version: IfMatch,
    Json(change): Json<ChangeFiscalEntity>,
) -> edge::Result<Versioned<FiscalEntityView>> {
    let mut tx = store.begin(&can).await?;
    let before: FiscalEntity = tx.get_locked(id).await?;
    version.check(before.version)?;
    let after = update(&mut tx, before, change).await?;
    tx.commit().await?;
    Ok(Versioned(after.version, view(after, can.caller())))
}

/// A number series.
#[derive(Debug, Serialize, ToSchema)]
pub struct NumberSeriesView {
    pub id: NumberSeriesId,
    pub version: i64,
    pub fiscal_entity_id: FiscalEntityId,
    pub kind: SeriesKind,
    #[schema(example = "F")]
    pub code: String,
    #[schema(example = "{series}-{yyyy}-{n:5}")]
    pub pattern: String,
    /// `never`, `year` or `month`.
    #[schema(example = "year")]
    pub reset: String,
    /// What the next document issued today would be called. The number is taken only when it is issued.
    #[schema(example = "F-2026-00042")]
    pub next_number: String,
    pub actions: Vec<&'static str>,
}

async fn series_view(tx: &mut store::Tx, series: NumberSeries, day: NaiveDate) -> Result<NumberSeriesView> {
    Ok(NumberSeriesView {
        next_number: number::next(tx, &series, day).await?,
        actions: actions(tx.caller()),
        id: series.id,
        version: series.version,
        fiscal_entity_id: series.fiscal_entity_id,
        kind: series.kind,
        code: series.code,
        pattern: series.pattern,
        reset: series.reset,
    })
}

#[utoipa::path(get, path = "/api/v1/fiscal-entities/{id}/number-series", operation_id = "number_series_list", tag = "fiscal entities",
    params(("id" = FiscalEntityId, Path)), responses((status = 200, description = "One series per kind of document", body = Page<NumberSeriesView>)))]
async fn number_series_list(
    May(can): May<ReadFiscalEntities>,
    State(store): State<Store>,
    Path(id): Path<FiscalEntityId>,
) -> edge::Result<Json<Page<NumberSeriesView>>> {
    let mut tx = store.read(&can).await?;
    let entity: FiscalEntity = tx.get(id).await?;
    let select = tx.select::<NumberSeries>().and("fiscal_entity_id =", entity.id).push(" ORDER BY kind");
    let mut all: Vec<NumberSeries> = tx.all(select).await?;
    if all.len() < SeriesKind::ALL.len() {
        // An issuer from before there were documents of every kind gets the series it lacks now.
        drop(tx);
        let mut lacking = store.begin(&can).await?;
        number::create_series(&mut lacking, entity.id).await?;
        lacking.commit().await?;
        tx = store.read(&can).await?;
        all = tx.all(tx.select::<NumberSeries>().and("fiscal_entity_id =", entity.id).push(" ORDER BY kind")).await?;
    }
    let day = today(&mut tx).await?;
    let mut items = Vec::with_capacity(all.len());
    for series in all {
        items.push(series_view(&mut tx, series, day).await?);
    }
    Ok(Json(Page { items, next_cursor: None }))
}

#[utoipa::path(patch, path = "/api/v1/number-series/{id}", operation_id = "number_series_update", tag = "fiscal entities",
    params(("id" = NumberSeriesId, Path), ("If-Match" = String, Header)), request_body = ChangeNumberSeries,
    responses((status = 200, description = "The series as it now is", body = NumberSeriesView)))]
async fn number_series_update(
    May(can): May<ManageFiscalEntities>,
    State(store): State<Store>,
    Path(id): Path<NumberSeriesId>,
    version: IfMatch,
    Json(change): Json<ChangeNumberSeries>,
) -> edge::Result<Versioned<NumberSeriesView>> {
    let mut tx = store.begin(&can).await?;
    let before: NumberSeries = tx.get_locked(id).await?;
    version.check(before.version)?;
    let day = today(&mut tx).await?;
    let after = number::update(&mut tx, before, change, day).await?;
    let body = series_view(&mut tx, after, day).await?;
    tx.commit().await?;
    Ok(Versioned(body.version, body))
}

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(fiscal_entity_list))
        .routes(routes!(fiscal_entity_get, fiscal_entity_update))
        .routes(routes!(number_series_list))
        .routes(routes!(number_series_update))
        .merge(super::tax_preset::routes())
}
