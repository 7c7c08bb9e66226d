//! Which of our operating entities is the controller of a tenant's personal data, and since when (P002 to P005, P014).
//! Entities may be consolidated later: a new row takes over from its date, and the old ones tell how it was before.

use chrono::{DateTime, NaiveDate, Utc};
use fiscal::country::{Controller, controller_entity};
use kernel::{Language, Result, Uuid};
use serde::Serialize;
use store::Tx;
use utoipa::ToSchema;

use crate::words::WORDS;

store::record! {
    struct TenantController in tenant_controller {
        id: Uuid,
        entity: Option<String>,
        effective_from: NaiveDate,
        created_at: DateTime<Utc>,
    }
}

/// An operating entity of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ControllerView {
    #[schema(example = "es")]
    pub code: String,
    /// What the privacy policy calls it. Its legal name and tax id are given with the contract and in every answer to
    /// an access request.
    #[schema(example = "Spanish operating entity of OMB")]
    pub name: String,
    /// ISO code of the country it is established in.
    #[schema(example = "ES")]
    pub country: String,
}

/// Every entity we have.
pub const ALL: [Controller; 3] = [Controller::Mexico, Controller::UnitedStates, Controller::Spain];

pub fn view(controller: Controller, language: Language) -> ControllerView {
    let name = WORDS.text(language, &format!("controller-{}", controller.code()), &[]);
    ControllerView { code: controller.code().into(), name, country: controller.country().into() }
}

/// Binds a new tenant to the entity of its country.
pub(crate) async fn bind(tx: &mut Tx, country: &str) -> Result<()> {
    let row = TenantController {
        id: Uuid::now_v7(),
        entity: controller_entity(country).map(|c| c.code().to_owned()),
        effective_from: tx.now().date_naive(),
        created_at: tx.now(),
    };
    Ok(tx.insert(&row).await?)
}

/// Binds anew a tenant that nobody has entered yet.
pub(crate) async fn rebind(tx: &mut Tx, country: &str) -> Result<()> {
    let tenant = tx.tenant_id();
    tx.execute(store::sql!("DELETE FROM tenant_controller WHERE tenant_id = {}", tenant)).await?;
    bind(tx, country).await
}

/// The entity that answers for the tenant today; None while it is to be identified.
pub async fn current(tx: &mut Tx) -> Result<Option<Controller>> {
    let today = tx.now().date_naive();
    let select =
        tx.select::<TenantController>().and("effective_from <=", today).push(" ORDER BY effective_from DESC LIMIT 1");
    let row: Option<TenantController> = tx.optional(select).await?;
    let code = row.and_then(|row| row.entity);
    Ok(code.and_then(|code| ALL.into_iter().find(|controller| controller.code() == code)))
}
