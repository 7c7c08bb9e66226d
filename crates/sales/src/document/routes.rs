//! Figures while somebody types: computed, never written.

use axum::extract::State;
use edge::{App, Json, May};
use fiscal::totals::Discount;
use kernel::Currency;
use serde::Deserialize;
use store::Store;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    DiscountShape, DocumentLine, MOST_LINES, Priced,
    view::{Calculation, calculation},
};
use crate::entity::{self, ReadFiscalEntities};

/// What is to be computed. Descriptions of lines may be blank.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCalculation {
    /// The issuer's unless given.
    #[serde(default)]
    pub currency: Option<Currency>,
    #[serde(default)]
    pub prices_include_tax: bool,
    pub lines: Vec<DocumentLine>,
    #[serde(default)]
    #[schema(value_type = Option<DiscountShape>)]
    pub allowance: Option<Discount>,
}

#[utoipa::path(post, path = "/api/v1/calculations", operation_id = "calculation_run", tag = "calculations", request_body = NewCalculation,
    responses((status = 200, description = "Totals and the steps that lead to them", body = Calculation)))]
async fn calculation_run(
    May(can): May<ReadFiscalEntities>,
    State(store): State<Store>,
    Json(input): Json<NewCalculation>,
) -> edge::Result<Json<Calculation>> {
    can.caller().must_see_amounts()?;
    if input.lines.len() > MOST_LINES {
        return Err(kernel::Error::invalid(
            "lines",
            "too_many_lines",
            format!("A document has at most {MOST_LINES} lines."),
        )
        .into());
    }
    let mut tx = store.read(&can).await?;
    let (currency, norm) = entity::usual(&mut tx).await?;
    drop(tx);
    let priced = Priced {
        currency: input.currency.unwrap_or(currency),
        norm,
        prices_include_tax: input.prices_include_tax,
        lines: &input.lines,
        allowance: input.allowance,
    };
    Ok(Json(calculation(&priced, &priced.totals()?)?))
}

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(calculation_run))
}
