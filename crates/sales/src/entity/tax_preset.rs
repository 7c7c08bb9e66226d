//! The taxes a country suggests, over HTTP.

use axum::extract::State;
use chrono::NaiveDate;
use edge::{App, Json, May, Query};
use kernel::Page;
use serde::{Deserialize, Serialize};
use store::Store;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{ReadFiscalEntities, find_default};
use crate::{document::TaxShape, quote::create::today};

/// A tax the country suggests.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaxPresetView {
    /// Stable.
    #[schema(example = "es_iva_standard_21")]
    pub key: String,
    /// What kind of tax it is, for translation.
    #[schema(example = "standard")]
    pub name_key: &'static str,
    #[schema(value_type = TaxShape)]
    pub tax: fiscal::totals::Tax,
    /// Where in the country it holds (ISO 3166-2); everywhere when null.
    pub region: Option<&'static str>,
    /// Whether a new line starts with it.
    pub suggested: bool,
    pub valid_from: NaiveDate,
    pub valid_until: Option<NaiveDate>,
    pub source: &'static str,
}

/// Which presets.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TaxPresetFilter {
    /// ISO 3166-1 alpha-2; the issuer's unless given.
    pub country: Option<String>,
    /// The day they must hold on; today unless given.
    pub on: Option<NaiveDate>,
}

#[utoipa::path(get, path = "/api/v1/tax-presets", operation_id = "tax_preset_list", tag = "fiscal entities", params(TaxPresetFilter),
    responses((status = 200, description = "Taxes to choose from, the suggested ones first", body = Page<TaxPresetView>)))]
async fn tax_preset_list(
    May(can): May<ReadFiscalEntities>,
    State(store): State<Store>,
    Query(filter): Query<TaxPresetFilter>,
) -> edge::Result<Json<Page<TaxPresetView>>> {
    let mut tx = store.read(&can).await?;
    let on = match filter.on {
        Some(day) => day,
        None => today(&mut tx).await?,
    };
    let country = match (filter.country, find_default(&mut tx).await?) {
        (Some(country), _) => country,
        (None, Some(entity)) => entity.country,
        (None, None) => identity::tenant::current(&mut tx).await?.country,
    };
    let items = fiscal::tax_preset::presets(&country, on)
        .into_iter()
        .map(|p| TaxPresetView {
            key: p.key,
            name_key: p.name_key,
            tax: p.tax,
            region: p.region,
            suggested: p.suggested,
            valid_from: p.valid_from,
            valid_until: p.valid_until,
            source: p.source,
        })
        .collect();
    Ok(Json(Page { items, next_cursor: None }))
}

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(tax_preset_list))
}
