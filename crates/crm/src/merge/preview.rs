//! What a merge would do, before it is done: the fields where the two differ, what the survivor would have, and how much
//! would move.

use kernel::{MemberId, Result, Uuid, Value, id::Id};
use serde::Serialize;
use store::Tx;
use utoipa::ToSchema;

use super::{
    Mergeable, Moved, custom, fields, links,
    run::{Pair, must_be_live},
};
use crate::{
    company::{Company, CompanyId},
    contact::{Contact, ContactId},
    name,
};

/// What a merge would do.
#[derive(Debug, Serialize, ToSchema)]
pub struct MergePreview {
    #[schema(example = "con_019abc0123457def8123456789abcdef")]
    pub survivor: String,
    pub survivor_version: i64,
    #[schema(example = "con_019abc0123457def8123456789abcdf0")]
    pub loser: String,
    pub loser_version: i64,
    /// Where the two differ.
    pub fields: Vec<FieldPreview>,
    /// What names the loser now and would name the survivor, as far as the caller may know of it.
    pub moves: Vec<Moved>,
}

/// One field where the two differ.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldPreview {
    #[schema(example = "email")]
    pub field: String,
    /// What the workspace calls a field of its own.
    pub label: Option<String>,
    /// Text, a list of texts, true or false, or null.
    #[schema(value_type = Option<Object>)]
    pub survivor: serde_json::Value,
    #[schema(value_type = Option<Object>)]
    pub loser: serde_json::Value,
    /// What the survivor would have.
    #[schema(value_type = Option<Object>)]
    pub result: serde_json::Value,
    /// Can one of the two be chosen? Lists are joined, and of flags the stricter is kept.
    pub choosable: bool,
}

pub async fn preview(tx: &mut Tx, survivor: &str, loser: &str, take: &[String]) -> Result<MergePreview> {
    let pair = Pair::parse(survivor, loser)?;
    pair.noun().must_merge(tx.caller())?;
    match pair {
        Pair::Contacts(survivor, loser) => of::<Contact>(tx, survivor, loser, take).await,
        Pair::Companies(survivor, loser) => of::<Company>(tx, survivor, loser, take).await,
    }
}

async fn of<R: Mergeable>(tx: &mut Tx, survivor: R::Id, loser: R::Id, take: &[String]) -> Result<MergePreview> {
    let (survivor, loser): (R, R) = (tx.get(survivor).await?, tx.get(loser).await?);
    must_be_live("survivor", &survivor)?;
    must_be_live("loser", &loser)?;
    let merged = fields::chosen(&survivor, &loser, take)?.placed(tx, &survivor, &loser).await?;
    let result = merged.values();
    let of_result = |field: &str| {
        let at = R::COLUMNS.iter().position(|column| *column == field);
        at.map_or(Value::Null, |at| result[at].clone())
    };
    let fields = fields::differing(&survivor, &loser).into_iter().map(|(field, one, other)| FieldPreview {
        field: field.to_owned(),
        label: None,
        choosable: fields::choosable(&one, &other),
        result: plain(of_result(field)),
        survivor: plain(one),
        loser: plain(other),
    });
    let mut fields: Vec<FieldPreview> = fields.collect();
    for field in &mut fields {
        for value in [&mut field.survivor, &mut field.loser, &mut field.result] {
            *value = named(tx, &field.field, value.take()).await?;
        }
    }
    fields.extend(custom::preview(tx, &survivor, &loser, &merged).await?);
    Ok(MergePreview {
        survivor: survivor.id().to_string(),
        survivor_version: survivor.version(),
        loser: loser.id().to_string(),
        loser_version: loser.version(),
        fields,
        moves: links::count(tx, R::NOUN, loser.id().uuid(), survivor.id().uuid()).await?,
    })
}

/// The name of what a field points at.
async fn named(tx: &mut Tx, field: &str, value: serde_json::Value) -> Result<serde_json::Value> {
    let Some(id) = value.as_str().and_then(|id| id.parse::<Uuid>().ok()) else { return Ok(value) };
    let name = match field {
        "owner_id" => name::members(tx, [Some(MemberId::from_uuid(id))]).await?.name(MemberId::from_uuid(id)),
        "company_id" | "parent_id" => {
            name::companies(tx, [Some(CompanyId::from_uuid(id))]).await?.name(CompanyId::from_uuid(id))
        }
        "primary_contact_id" | "billing_contact_id" => {
            name::contacts(tx, [Some(ContactId::from_uuid(id))]).await?.name(ContactId::from_uuid(id))
        }
        _ => return Ok(value),
    };
    Ok(name.into())
}

/// A value as a person is shown it.
fn plain(value: Value) -> serde_json::Value {
    match value {
        Value::Null | Value::Blind | Value::Bytes(_) => serde_json::Value::Null,
        Value::Bool(b) => b.into(),
        Value::Int(n) => n.into(),
        Value::Text(text) | Value::Sealed(text) => text.into(),
        Value::Uuid(id) => id.simple().to_string().into(),
        Value::Time(at) => at.to_rfc3339().into(),
        Value::Date(day) => day.to_string().into(),
        Value::Decimal(number) => number.to_string().into(),
        Value::Json(json) => json,
    }
}
