//! What points at a record: the other end of every relation, whichever object its field is of.
//!
//! Invariant: nobody reads here of records they may not read.

use kernel::{Error, Page, Result, Uuid, id::Id};
use serde::{Deserialize, Serialize};
use store::{Sql, Tx, sql};
use utoipa::ToSchema;

use super::CustomRecordId;
use crate::{
    company::CompanyId,
    contact::ContactId,
    deal::DealId,
    field::custom::{CustomField, CustomKind, CustomObject, Customized, all},
    name::Ref,
    object,
    subject::{LeadId, Subject},
};

/// Records shown of each relation; the list narrowed by the field has all.
const SHOWN: i64 = 10;

/// Of which record.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RelatedFilter {
    /// A company, contact, deal, lead or record of a custom object.
    #[param(example = "com_019abc0123457def8123456789abcdef")]
    pub record: String,
}

/// The records that point at one by a field.
#[derive(Debug, Serialize, ToSchema)]
pub struct RelatedRecords {
    /// What they are: `company`, `contact`, `deal`, `lead`, or the id of a custom object.
    pub object: CustomObject,
    /// What many of them are called; null for those that every workspace has.
    #[schema(example = "Vehicles")]
    pub plural: Option<String>,
    /// The key of the field that points here.
    #[schema(example = "keeper")]
    pub field: String,
    #[schema(example = "Keeper")]
    pub label: String,
    /// By name, at most ten.
    pub items: Vec<Ref<String>>,
    /// There are more than these.
    pub more: bool,
}

pub async fn related(tx: &mut Tx, record: &str) -> Result<Page<RelatedRecords>> {
    let subject = Subject::parse(record).ok_or_else(|| Error::not_found("record"))?;
    drop(subject.name(tx).await?);
    let mut items = Vec::new();
    if let Some(target) = noun(tx, subject).await? {
        for (object, plural) in objects(tx).await? {
            let fields = all(tx, object).await?.into_iter().filter(|field| {
                field.kind == CustomKind::Relation && field.target == Some(target) && field.archived_at.is_none()
            });
            for field in fields {
                items.extend(pointing(tx, object, plural.as_deref(), &field, record).await?);
            }
        }
    }
    Ok(Page { items, next_cursor: None })
}

/// What a relation to this record has as its target.
async fn noun(tx: &mut Tx, subject: Subject) -> Result<Option<CustomObject>> {
    Ok(match subject {
        Subject::Company(_) => Some(CustomObject::Company),
        Subject::Contact(_) => Some(CustomObject::Contact),
        Subject::Deal(_) => Some(CustomObject::Deal),
        Subject::Lead(_) => Some(CustomObject::Lead),
        Subject::Record(id) => Some(super::one(tx, id, false).await?.object()),
        Subject::Quote(_) | Subject::Invoice(_) => None,
    })
}

/// Every object, with the plural of the tenant's own.
async fn objects(tx: &mut Tx) -> Result<Vec<(CustomObject, Option<String>)>> {
    let built_in = CustomObject::BUILT_IN.iter().map(|object| (*object, None));
    let own = object::all(tx).await?.into_iter().filter(|object| object.archived_at.is_none());
    Ok(built_in.chain(own.map(|object| (CustomObject::Own(object.id), Some(object.plural)))).collect())
}

async fn pointing(
    tx: &mut Tx,
    object: CustomObject,
    plural: Option<&str>,
    field: &CustomField,
    record: &str,
) -> Result<Option<RelatedRecords>> {
    if !tx.caller().holds(object.read_permission()) {
        return Ok(None);
    }
    let (prefix, select) = match object {
        CustomObject::Company => (CompanyId::PREFIX, "SELECT id, name FROM company"),
        CustomObject::Contact => (ContactId::PREFIX, "SELECT id, display_name FROM contact"),
        CustomObject::Deal => (DealId::PREFIX, "SELECT id, name FROM deal"),
        CustomObject::Lead => (LeadId::PREFIX, "SELECT id, name FROM lead"),
        CustomObject::Own(_) => (CustomRecordId::PREFIX, "SELECT id, name FROM custom_record"),
    };
    let values = sql!(
        "(SELECT record_id FROM custom_value WHERE tenant_id = {} AND field_id = {} AND key = {})",
        tx.tenant_id(),
        field.id,
        record.to_owned()
    );
    let query = Sql::new(select).push(" WHERE tenant_id = ").bind(tx.tenant_id());
    let query = query.push(" AND deleted_at IS NULL AND id IN ").append(values);
    let query = query.push(" ORDER BY name_folded, id LIMIT ").bind(SHOWN + 1);
    let mut rows: Vec<(Uuid, String)> = tx.all(query).await?;
    let more = rows.len() > SHOWN as usize;
    rows.truncate(SHOWN as usize);
    if rows.is_empty() {
        return Ok(None);
    }
    let items = rows.into_iter().map(|(id, name)| Ref { id: format!("{prefix}_{}", id.simple()), name }).collect();
    let (field, label) = (field.key.clone(), field.label.clone());
    Ok(Some(RelatedRecords { object, plural: plural.map(str::to_owned), field, label, items, more }))
}
