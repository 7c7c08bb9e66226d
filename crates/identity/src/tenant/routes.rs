//! The company's particulars over HTTP.

use axum::extract::State;
use chrono::{DateTime, Utc};
use edge::{App, IfMatch, Json, May, Versioned};
use kernel::{Can, Currency, Language, Permission, Result, TenantId};
use serde::Serialize;
use store::{Store, Tx};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Tenant,
    controller::{self, ControllerView},
    current,
    update::{ChangeTenant, update},
};
use crate::permissions::{ManageTenant, ReadTenant};

/// The company.
#[derive(Debug, Serialize, ToSchema)]
pub struct TenantView {
    pub id: TenantId,
    pub version: i64,
    #[schema(example = "Faro Azul S.L.")]
    pub name: String,
    /// Where the contract is made; it does not change.
    #[schema(example = "ES")]
    pub country: String,
    /// As its country writes it; masked for those who may not change it.
    #[schema(example = "B58378431")]
    pub tax_id: Option<String>,
    #[schema(example = "es_cif")]
    pub tax_id_kind: Option<String>,
    /// What people of the country call it.
    #[schema(example = "NIF/CIF")]
    pub tax_id_name: &'static str,
    pub currency: Currency,
    pub language: Language,
    #[schema(example = "Europe/Madrid")]
    pub time_zone: String,
    pub controller_entity: Option<ControllerView>,
    pub created_at: DateTime<Utc>,
    pub actions: Vec<&'static str>,
}

async fn view<P: Permission>(tx: &mut Tx, tenant: Tenant, can: &Can<P>) -> Result<TenantView> {
    let controller = controller::current(tx).await?;
    let may_change = can.also::<ManageTenant>();
    let tax_id = tenant.tax_id().map(|id| if may_change { id.display() } else { id.masked() });
    Ok(TenantView {
        id: tenant.id,
        version: tenant.version,
        name: tenant.name,
        tax_id,
        tax_id_kind: tenant.tax_id_kind,
        tax_id_name: fiscal::tax_id::label(&tenant.country),
        country: tenant.country,
        currency: tenant.currency,
        language: tenant.language,
        time_zone: tenant.time_zone,
        controller_entity: controller.map(|c| controller::view(c, can.caller().language)),
        created_at: tenant.created_at,
        actions: if may_change { vec!["update"] } else { Vec::new() },
    })
}

#[utoipa::path(get, path = "/api/v1/tenant", operation_id = "tenant_get", tag = "workspace",
    responses((status = 200, description = "The company", body = TenantView)))]
async fn tenant_get(May(can): May<ReadTenant>, State(store): State<Store>) -> edge::Result<Versioned<TenantView>> {
    let mut tx = store.read(&can).await?;
    let tenant = current(&mut tx).await?;
    Ok(Versioned(tenant.version, view(&mut tx, tenant, &can).await?))
}

#[utoipa::path(patch, path = "/api/v1/tenant", operation_id = "tenant_update", tag = "workspace", request_body = ChangeTenant,
    params(("If-Match" = String, Header, description = "The version read")),
    responses((status = 200, description = "As it now is", body = TenantView)))]
async fn tenant_update(
    May(can): May<ManageTenant>,
    State(store): State<Store>,
    version: IfMatch,
    Json(input): Json<ChangeTenant>,
) -> edge::Result<Versioned<TenantView>> {
    let mut tx = store.begin(&can).await?;
    let tenant = update(&mut tx, version, input).await?;
    let body = view(&mut tx, tenant, &can).await?;
    tx.commit().await?;
    Ok(Versioned(body.version, body))
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(tenant_get, tenant_update))
}
