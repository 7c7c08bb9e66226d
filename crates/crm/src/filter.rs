//! Filters: a tree of conditions over the fields of a noun, built-in and custom, as saved views keep it and lists take it
//! in `filter=`.
//!
//! ```json
//! { "all": [ { "field": "owner_id", "op": "is", "value": "me" },
//!            { "any": [ { "field": "custom.level", "op": "any_of", "value": ["c001"] },
//!                       { "field": "created_at", "op": "last_days", "value": 30 } ] } ] }
//! ```
//!
//! Invariants: a filter is read whole before anything is asked of the database, and what is wrong is said with its place
//! in the tree; only columns named in [`catalogue`] reach the statement, and values only as parameters; what an operator
//! denies (`is_not`, `none_of`, `not_contains`, and everything under `not`) also holds where nothing is filled in.
//!
//! It refuses trees deeper than [`DEPTH`] and with more than [`TESTS`] conditions; a group without any counts as one.

pub mod catalogue;
mod compile;
mod parse;
mod read;
pub mod routes;
#[cfg(test)]
mod tests;
mod when;

use chrono::NaiveDate;
use chrono_tz::Tz;
pub(crate) use read::kind_of;

use kernel::{Currency, Error, MemberId, Result, Value};
use store::Tx;

use crate::field::custom::{CustomField, CustomFieldId, CustomKind, CustomObject, all, filter::Asked};
use crate::notification::setting;
use catalogue::{Column, Noun};

/// How deep groups may stand in groups.
pub const DEPTH: usize = 5;
/// The most conditions of a filter.
pub const TESTS: usize = 40;
/// The most bytes of a filter as it is written.
const BYTES: usize = 20_000;

/// A filter that has been read.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    All(Vec<Filter>),
    Any(Vec<Filter>),
    Test(Test),
}

/// One condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    place: Place,
    ask: Ask,
    /// Holds where the condition does not.
    denied: bool,
    /// Of a custom field or a column with an index: whether so few records fit that the list begins with them. Asked of
    /// the database.
    few: bool,
}

#[derive(Debug, Clone, PartialEq)]
enum Place {
    Column(&'static Column),
    Custom(CustomFieldId),
}

#[derive(Debug, Clone, PartialEq)]
enum Ask {
    Empty,
    Among(Vec<Value>),
    Contains(String),
    Begins(String),
    /// From, and up to or below.
    Span {
        from: Option<Value>,
        to: Option<Value>,
        below: bool,
    },
    /// Amounts are of one currency.
    Money {
        currency: Currency,
        from: Option<i64>,
        to: Option<i64>,
    },
    /// A list holds all of these.
    Holds(Vec<String>),
    /// A list holds one of these.
    HoldsAny(Vec<String>),
}

/// What a filter is read by.
pub struct Reader {
    pub noun: Noun,
    pub fields: Vec<CustomField>,
    /// Who does not see amounts cannot ask for them either: what fits would tell them.
    pub sees_amounts: bool,
    pub today: NaiveDate,
    pub zone: Tz,
    pub me: Option<MemberId>,
    /// The country whose habits a phone number is read by, and the currency of an amount that names none.
    pub country: String,
    pub currency: Currency,
}

impl Reader {
    pub async fn new(tx: &mut Tx, noun: Noun) -> Result<Reader> {
        let tenant = identity::tenant::current(tx).await?;
        let mut fields = match noun.custom() {
            Some(object) => all(tx, object).await?,
            None => Vec::new(),
        };
        let sees_amounts = tx.caller().sees_amounts();
        fields.retain(|field| sees_amounts || field.kind != CustomKind::Money);
        let me = tx.caller().member_id();
        let zone = match me {
            Some(me) => setting::zone(tx, me).await?,
            None => tenant.zone(),
        };
        let today = tx.now().with_timezone(&zone).date_naive();
        Ok(Reader { noun, fields, sees_amounts, today, zone, me, country: tenant.country, currency: tenant.currency })
    }

    /// Reads a filter; what is wrong is named by its place, such as `filter.all.0.value`.
    pub fn read(&self, filter: &serde_json::Value) -> Result<Filter> {
        // What no list would take, no view keeps.
        if filter.to_string().len() > BYTES {
            return Err(too_long());
        }
        parse::tree(self, filter)
    }

    fn field(&self, id: CustomFieldId) -> Result<&CustomField> {
        let field = self.fields.iter().find(|field| field.id == id);
        field.ok_or_else(|| Error::internal("a field of the filter is not among those read"))
    }
}

/// The filter of a list's query string.
pub async fn asked(tx: &mut Tx, noun: Noun, asked: &Asked) -> Result<Option<Filter>> {
    let Some((_, text)) = asked.iter().find(|(name, text)| name == "filter" && !text.trim().is_empty()) else {
        return Ok(None);
    };
    let refused = || Error::invalid("filter", "filter_unreadable", "Write the filter as JSON. See docs/views.md.");
    if text.len() > BYTES {
        return Err(too_long());
    }
    let written: serde_json::Value = serde_json::from_str(text).map_err(|_| refused())?;
    let mut filter = Reader::new(tx, noun).await?.read(&written)?;
    filter.weigh(tx).await?;
    Ok(Some(filter))
}

fn too_long() -> Error {
    Error::invalid("filter", "too_long", format!("Use at most {BYTES} characters."))
}

impl From<CustomObject> for Noun {
    fn from(object: CustomObject) -> Noun {
        match object {
            CustomObject::Company => Noun::Company,
            CustomObject::Contact => Noun::Contact,
            CustomObject::Deal => Noun::Deal,
            CustomObject::Lead => Noun::Lead,
            CustomObject::Own(id) => Noun::Own(id),
        }
    }
}
