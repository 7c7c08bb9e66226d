//! The table of rights over HTTP.

use std::{collections::BTreeMap, fmt};

use axum::{Extension, extract::State};
use edge::{App, Json, May, Path};
use kernel::{Noun, Patch, Result, Role, Span};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error as _, MapAccess, Visitor},
};
use store::{Store, Tx};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    RoleTable,
    reach::{self, tune_reach},
    store::tuned,
    tune::tune,
};
use crate::{
    Identity,
    permissions::{ManageRoles, ReadMembers},
};

/// Which role holds what.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoleTableView {
    /// Every permission, by name.
    pub permissions: Vec<&'static str>,
    /// Those that everybody holds and nobody can change.
    pub fixed: Vec<&'static str>,
    pub roles: Vec<RoleView>,
}

/// One column of the table.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoleView {
    pub role: Role,
    /// What it holds in this workspace.
    pub permissions: Vec<&'static str>,
    /// What it holds unless tuned.
    pub default_permissions: Vec<&'static str>,
    /// Which records it sees, by noun.
    #[schema(value_type = BTreeMap<String, Span>, example = json!({ "company": "all", "deal": "team" }))]
    pub reach: BTreeMap<Noun, Span>,
    /// May this caller tune it? The owner's column is fixed.
    pub editable: bool,
}

/// Noun -> how far the role sees; null puts it back to the product's own setting, which is `all`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TuneReach {
    #[serde(default)]
    #[schema(value_type = Option<Span>)]
    company: Patch<Span>,
    #[serde(default)]
    #[schema(value_type = Option<Span>)]
    contact: Patch<Span>,
    #[serde(default)]
    #[schema(value_type = Option<Span>)]
    deal: Patch<Span>,
    #[serde(default)]
    #[schema(value_type = Option<Span>)]
    lead: Patch<Span>,
    /// Records of all custom objects.
    #[serde(default)]
    #[schema(value_type = Option<Span>)]
    custom_record: Patch<Span>,
    #[serde(default)]
    #[schema(value_type = Option<Span>)]
    activity: Patch<Span>,
}

impl TuneReach {
    fn changes(self) -> BTreeMap<Noun, Option<Span>> {
        let TuneReach { company, contact, deal, lead, custom_record, activity } = self;
        let all = [
            (Noun::Company, company),
            (Noun::Contact, contact),
            (Noun::Deal, deal),
            (Noun::Lead, lead),
            (Noun::Record, custom_record),
            (Noun::Activity, activity),
        ];
        let change = |(noun, patch)| match patch {
            Patch::Keep => None,
            Patch::Clear => Some((noun, None)),
            Patch::Set(span) => Some((noun, Some(span))),
        };
        all.into_iter().filter_map(change).collect()
    }
}

/// Permission -> held or not; null puts it back to the product's own setting.
#[derive(Debug, ToSchema)]
#[schema(value_type = BTreeMap<String, Option<bool>>, example = json!({ "member.manage": true }))]
pub struct TuneRole(BTreeMap<String, Option<bool>>);

/// A map that is told a key twice does not know which one is meant.
impl<'de> Deserialize<'de> for TuneRole {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        struct Once;
        impl<'de> Visitor<'de> for Once {
            type Value = TuneRole;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of permissions, each true, false or null")
            }
            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> std::result::Result<TuneRole, M::Error> {
                let mut changes = BTreeMap::new();
                while let Some((name, held)) = map.next_entry::<String, Option<bool>>()? {
                    if changes.insert(name.clone(), held).is_some() {
                        return Err(M::Error::custom(format_args!("duplicate field `{name}`")));
                    }
                }
                Ok(TuneRole(changes))
            }
        }
        from.deserialize_map(Once)
    }
}

async fn view(tx: &mut Tx, table: RoleTable, may_tune: bool) -> Result<RoleTableView> {
    let mut roles = Vec::with_capacity(Role::ALL.len());
    for role in Role::ALL {
        let differences = tuned(tx, role).await?;
        let held = |differences: &BTreeMap<String, bool>| -> Vec<&'static str> {
            table.permissions().filter(|p| table.holds(p, role, differences)).map(|p| p.name).collect()
        };
        roles.push(RoleView {
            role,
            permissions: held(&differences),
            default_permissions: held(&BTreeMap::new()),
            reach: reach::of(tx, role).await?,
            editable: may_tune && role != Role::Owner,
        });
    }
    let permissions: Vec<&'static str> = table.permissions().map(|p| p.name).collect();
    let fixed = permissions.iter().copied().filter(|name| RoleTable::is_fixed(name)).collect();
    Ok(RoleTableView { permissions, fixed, roles })
}

#[utoipa::path(get, path = "/api/v1/roles", operation_id = "role_list", tag = "workspace",
    responses((status = 200, description = "The table of rights", body = RoleTableView)))]
async fn role_list(
    May(can): May<ReadMembers>,
    State(store): State<Store>,
    Extension(identity): Extension<Identity>,
) -> edge::Result<Json<RoleTableView>> {
    let mut tx = store.read(&can).await?;
    Ok(Json(view(&mut tx, identity.roles(), can.also::<ManageRoles>()).await?))
}

#[utoipa::path(patch, path = "/api/v1/roles/{role}", operation_id = "role_update", tag = "workspace", request_body = TuneRole,
    params(("role" = Role, Path)),
    responses((status = 200, description = "The table as it now is", body = RoleTableView)))]
async fn role_update(
    May(can): May<ManageRoles>,
    State(store): State<Store>,
    Extension(identity): Extension<Identity>,
    Path(role): Path<Role>,
    Json(TuneRole(changes)): Json<TuneRole>,
) -> edge::Result<Json<RoleTableView>> {
    let mut tx = store.begin(&can).await?;
    tune(&mut tx, identity.roles(), role, &changes).await?;
    let body = view(&mut tx, identity.roles(), true).await?;
    tx.commit().await?;
    Ok(Json(body))
}

#[utoipa::path(patch, path = "/api/v1/roles/{role}/reach", operation_id = "role_reach_update", tag = "workspace",
    request_body = TuneReach, params(("role" = Role, Path)),
    responses((status = 200, description = "The table as it now is", body = RoleTableView)))]
async fn role_reach_update(
    May(can): May<ManageRoles>,
    State(store): State<Store>,
    Extension(identity): Extension<Identity>,
    Path(role): Path<Role>,
    Json(input): Json<TuneReach>,
) -> edge::Result<Json<RoleTableView>> {
    let mut tx = store.begin(&can).await?;
    tune_reach(&mut tx, role, &input.changes()).await?;
    let body = view(&mut tx, identity.roles(), true).await?;
    tx.commit().await?;
    Ok(Json(body))
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(role_list)).routes(routes!(role_update)).routes(routes!(role_reach_update))
}
