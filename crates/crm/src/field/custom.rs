//! Custom fields: what a tenant wants to know of its companies, contacts, deals, leads and records of its own beyond what
//! we thought of.
//!
//! Invariants:
//! - A key is of one field of its object for ever, so that a program's `custom.<key>` never comes to mean something else.
//! - A value is what its field's kind says, checked where it comes in, whoever brings it: form, API, import.
//! - A record carries its values by key; `custom_value` has a row for each of them in an order that both databases share,
//!   and is written with them.
//! - A kind changes only when every value does; an erased field's values are nowhere.
//!
//! It refuses further fields beyond a hundred for an object. It does not compute anything from values.

pub mod archive;
pub mod carry;
pub mod cell;
pub mod convert;
pub mod create;
pub mod delete;
pub mod draft;
pub mod fill;
pub mod filter;
pub mod lead;
mod object;
pub mod order;
pub mod reorder;
pub(crate) mod routes;
pub mod schema;
pub mod sorted;
#[cfg(test)]
pub(crate) mod tests;
pub mod update;
pub mod value;
pub mod view;
pub mod work;

use chrono::{DateTime, Utc};
use kernel::{Error, Event, FieldRight, Json, Result, Uuid, permissions};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::{Record, Tx};
use utoipa::ToSchema;

pub use object::CustomObject;

kernel::id!(/// A custom field.
    pub CustomFieldId, "fld");

permissions! {
    /// See which custom fields there are.
    pub ReadCustomFields = "custom_field.read": [Administrator, Sales, Billing, Marketing, Support, ReadOnly];
    /// Make, change, archive and delete custom fields.
    pub ManageCustomFields = "custom_field.manage": [Administrator];
}

/// The most fields an object may have, archived ones included.
pub const MOST: usize = 100;

/// The values of a record by the keys of their fields.
pub type Values = Map<String, Value>;

kernel::states! {
    /// What a custom field holds.
    pub enum CustomKind {
        /// One line of at most 500 characters.
        Text = "text",
        /// At most 10,000 characters.
        LongText = "long_text",
        /// An exact decimal: at most 18 digits before the point and 10 behind it.
        Number = "number",
        /// An amount with its currency.
        Money = "money",
        Date = "date",
        /// One of the field's choices, by id.
        Choice = "choice",
        /// Several of the field's choices, by id.
        MultiChoice = "multi_choice",
        /// A web address, http or https.
        Link = "link",
        Email = "email",
        /// E.164.
        Phone = "phone",
        /// A member of the workspace.
        Person = "person",
        /// A company, contact, deal or lead, or a record of a custom object.
        Relation = "relation",
    }
}

impl CustomKind {
    pub fn has_choices(self) -> bool {
        matches!(self, CustomKind::Choice | CustomKind::MultiChoice)
    }

    /// Do the words of a value find its record?
    pub fn is_searchable(self) -> bool {
        matches!(self, CustomKind::Text | CustomKind::Email | CustomKind::Phone | CustomKind::Link)
    }
}

/// One of the values a field offers. Its id stays when it is renamed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CustomChoice {
    #[schema(example = "c1")]
    pub id: String,
    #[schema(example = "Gold")]
    pub label: String,
    /// No longer offered; records that have it keep it.
    pub archived: bool,
}

store::record! {
    /// A custom field as stored.
    pub struct CustomField in custom_field {
        id: CustomFieldId,
        version: i64,
        object: CustomObject,
        key: String,
        label: String,
        help: Option<String>,
        kind: CustomKind,
        choices: Json<Vec<CustomChoice>>,
        target: Option<CustomObject>,
        required: bool,
        position: i64,
        /// What is being done to its values: `erase`, or the kind they become.
        work: Option<String>,
        work_total: i64,
        work_done: i64,
        work_after: Option<Uuid>,
        /// How many values kept the last change of kind from happening.
        work_failed: i64,
        archived_at: Option<DateTime<Utc>>,
        deleted_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

impl CustomField {
    /// What a refusal of its value names.
    pub fn path(&self) -> String {
        format!("custom.{}", self.key)
    }

    /// What is taken of the caller's right to it.
    pub fn right(&self, tx: &Tx) -> Option<FieldRight> {
        tx.caller().reach.field(&self.object.to_string(), &self.path())
    }

    pub fn choice(&self, id: &str) -> Option<&CustomChoice> {
        self.choices.0.iter().find(|choice| choice.id == id)
    }

    /// Its kind; that of its values to come, where they are being rewritten.
    fn becoming(&self) -> CustomKind {
        self.work.as_deref().and_then(|work| work.parse().ok()).unwrap_or(self.kind)
    }

    /// Refuses work on a field whose values are being rewritten.
    pub(crate) fn must_be_at_rest(&self) -> Result<()> {
        if self.work.is_none() {
            return Ok(());
        }
        Err(Error::conflict("field_at_work", "The values of this field are being rewritten. Try again in a moment."))
    }

    pub(crate) fn must_be_live(&self) -> Result<()> {
        if self.archived_at.is_none() {
            return Ok(());
        }
        Err(Error::conflict("field_archived", "This field has been archived. Bring it back first."))
    }
}

/// A noun that has custom fields.
pub trait Customized: Record {
    /// Whose fields it has.
    fn object(&self) -> CustomObject;
    fn record_id(&self) -> Uuid;
    fn custom(&self) -> &Values;
    fn custom_mut(&mut self) -> &mut Values;
    /// Rewrites the search document, if the record has one.
    fn reindex(&self, tx: &mut Tx) -> impl Future<Output = Result<()>> + Send;
}

/// Every field of an object in its order, archived ones too.
pub async fn all(tx: &mut Tx, object: CustomObject) -> Result<Vec<CustomField>> {
    let select = tx.select::<CustomField>().push(" AND custom_field.deleted_at IS NULL");
    let select = select.and("custom_field.object =", object).push(" ORDER BY custom_field.position, custom_field.id");
    Ok(tx.all(select).await?)
}

/// Those that take values, as far as the caller may know of them.
pub async fn live(tx: &mut Tx, object: CustomObject) -> Result<Vec<CustomField>> {
    let mut fields = live_for_everybody(tx, object).await?;
    fields.retain(|field| field.right(tx) != Some(FieldRight::Hidden));
    Ok(fields)
}

/// Those that take values, whatever the caller is shown of them.
pub(crate) async fn live_for_everybody(tx: &mut Tx, object: CustomObject) -> Result<Vec<CustomField>> {
    Ok(all(tx, object).await?.into_iter().filter(|field| field.archived_at.is_none()).collect())
}

/// One field, unless it has been deleted; locked, because what is decided of it is decided once.
pub(crate) async fn locked(tx: &mut Tx, id: CustomFieldId) -> Result<CustomField> {
    let field: CustomField = tx.get_locked(id).await?;
    // Who is not shown a field decides nothing of it.
    if field.deleted_at.is_some() || field.right(tx) == Some(FieldRight::Hidden) {
        return Err(Error::not_found("custom_field"));
    }
    Ok(field)
}

/// The texts of a record's values that find it.
pub async fn searchable(tx: &mut Tx, object: CustomObject, values: &Values) -> Result<Vec<String>> {
    if values.is_empty() {
        return Ok(Vec::new());
    }
    Ok(words(&live_for_everybody(tx, object).await?, values))
}

/// The same by fields that have been read.
pub fn words(fields: &[CustomField], values: &Values) -> Vec<String> {
    let searchable = fields.iter().filter(|field| field.becoming().is_searchable());
    searchable.filter_map(|field| values.get(&field.key)?.as_str().map(str::to_owned)).collect()
}

pub(crate) fn event(kind: &'static str, field: &CustomField) -> Event {
    Event::new(kind, field.id)
}
