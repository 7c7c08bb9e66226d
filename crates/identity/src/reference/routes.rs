//! Reference lists and the check of a fiscal id over HTTP; both need no sign-in.

use edge::{App, Connection, Json};
use fiscal::tax_id::{TaxId, TaxIdKind};
use kernel::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Reference, reference};
use crate::tenant::facts;

#[utoipa::path(get, path = "/api/v1/reference", operation_id = "reference_get", tag = "reference", security(()),
    responses((status = 200, description = "Countries, currencies, languages, time zones, our entities", body = Reference)))]
async fn reference_get(connection: Connection) -> Json<Reference> {
    Json(reference(connection.language))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CheckTaxId {
    /// ISO 3166-1 alpha-2.
    #[schema(example = "ES")]
    country: String,
    #[schema(example = "B-58378431")]
    value: String,
}

/// What the number is, or why it is none.
#[derive(Debug, Serialize, ToSchema)]
struct TaxIdCheck {
    valid: bool,
    /// The register it belongs to; `unverified` where we have no rule for the country.
    #[schema(example = "es_cif")]
    kind: Option<String>,
    /// The spelling that is kept.
    #[schema(example = "B58378431")]
    normalized: Option<String>,
    /// As it is written in its country.
    #[schema(example = "B58378431")]
    display: Option<String>,
    /// With the prefix of the VAT area, where it is a VAT number.
    #[schema(example = "ESB58378431")]
    vat_number: Option<String>,
    /// Why it is refused, for a program.
    code: Option<String>,
    /// Why it is refused, for a person.
    message: Option<String>,
    /// Only the check digit is wrong: who holds the paper may insist, with `tax_id_confirmed`.
    may_insist: bool,
}

#[utoipa::path(post, path = "/api/v1/tax-ids/check", operation_id = "tax_id_check", tag = "reference", request_body = CheckTaxId, security(()),
    responses((status = 200, description = "What the number is, or why it is none", body = TaxIdCheck)))]
async fn tax_id_check(Json(input): Json<CheckTaxId>) -> edge::Result<Json<TaxIdCheck>> {
    let country = facts::country(&input.country)?;
    if input.value.len() > 200 {
        return Err(Error::invalid("value", "too_long", "A fiscal id has at most 32 characters.").into());
    }
    Ok(Json(match TaxId::parse(&country, &input.value) {
        Ok(id) => TaxIdCheck {
            valid: true,
            kind: Some(id.kind().to_string()),
            normalized: Some(id.value().to_owned()),
            display: Some(id.display()),
            vat_number: id.vat_number().filter(|_| id.kind() != TaxIdKind::Unverified),
            code: None,
            message: None,
            may_insist: false,
        },
        Err(why) => TaxIdCheck {
            valid: false,
            kind: None,
            normalized: None,
            display: None,
            vat_number: None,
            code: Some(why.code().to_owned()),
            message: Some(why.to_string()),
            may_insist: TaxId::parse_trusting_digits(&country, &input.value).is_ok(),
        },
    }))
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(reference_get)).routes(routes!(tax_id_check))
}
