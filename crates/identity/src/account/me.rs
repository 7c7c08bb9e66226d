//! Who is signed in, in which workspace, and what they may do: what the app reads first.

use kernel::{AccountId, Caller, Currency, FieldRight, FieldRights, Language, MemberId, Result, Role, TenantId};
use serde::Serialize;
use store::Tx;
use utoipa::ToSchema;

use super::{Account, store::get};
use crate::{
    member::{Member, list::picture_url},
    tenant::{
        self,
        controller::{self, ControllerView},
    },
};

#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    pub account: AccountView,
    pub member: MyMembership,
    pub tenant: MyTenant,
    /// Names of the permissions held in this workspace.
    pub permissions: Vec<String>,
    /// What is taken of single fields, by object and field: `hidden` or `read_only`.
    #[schema(value_type = BTreeMap<String, BTreeMap<String, FieldRight>>,
        example = json!({ "contact": { "email": "hidden" } }))]
    pub fields: FieldRights,
    /// Which of our entities answers for personal data here; null while it is to be identified.
    pub controller_entity: Option<ControllerView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AccountView {
    pub id: AccountId,
    /// Goes into `If-Match` of a change.
    pub version: i64,
    #[schema(example = "Ana Ruiz")]
    pub name: String,
    #[schema(example = "ana@faroazul.example")]
    pub email: String,
    #[schema(example = "+34612345678")]
    pub phone: Option<String>,
    pub language: Language,
    pub picture_url: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MyMembership {
    pub id: MemberId,
    pub role: Role,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MyTenant {
    pub id: TenantId,
    #[schema(example = "Faro Azul S.L.")]
    pub name: String,
    #[schema(example = "ES")]
    pub country: String,
    pub currency: Currency,
    pub language: Language,
    #[schema(example = "Europe/Madrid")]
    pub time_zone: String,
}

/// All of it, for a member's session.
pub async fn me(tx: &mut Tx, caller: &Caller, account: AccountId, member: MemberId) -> Result<Me> {
    let Account { id, version, name, email, phone, language, .. } = get(tx, account).await?;
    let member: Member = tx.get(member).await?;
    let tenant = tenant::current(tx).await?;
    let controller = controller::current(tx).await?;
    Ok(Me {
        account: AccountView { id, version, name, email, phone, language, picture_url: picture_url(&member) },
        member: MyMembership { id: member.id, role: member.role },
        tenant: MyTenant {
            id: tenant.id,
            name: tenant.name,
            country: tenant.country,
            currency: tenant.currency,
            language: tenant.language,
            time_zone: tenant.time_zone,
        },
        permissions: caller.grants.names().map(str::to_owned).collect(),
        fields: caller.reach.narrowed().map(|narrowed| narrowed.fields.clone()).unwrap_or_default(),
        controller_entity: controller.map(|c| controller::view(c, language)),
    })
}
