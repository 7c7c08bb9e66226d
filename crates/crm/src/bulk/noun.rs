//! What a noun brings for bulk changes: where its records are found, what may be set, and the verbs that change one.
//!
//! Invariant: every change goes by a verb of the noun, also the one that puts back what was there before, so that nothing is
//! written that a person could not have written by hand.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kernel::{Error, MemberId, Result, Uuid, id::Id};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};
use store::{Record, Sql, Tx};
use utoipa::IntoParams;

use super::{BulkAction, image::Image};
use crate::{field::custom::CustomObject, pipeline::StageId};

/// The rights that work on one record asks for.
#[derive(Debug, Clone, Copy)]
pub struct Rights {
    pub read: &'static str,
    pub edit: &'static str,
    pub delete: &'static str,
}

/// Whether everything was put back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PutBack {
    Whole,
    /// Something was changed since and stays.
    Partly,
}

/// Implemented beside each noun.
#[async_trait::async_trait]
pub trait Changeable: Record + Serialize {
    type Id: Id;
    /// The change of one record as its PATCH takes it.
    type Change: DeserializeOwned + Send;
    /// What its list is narrowed by.
    type Filter: IntoParams;
    /// The columns that a change can set under the same name.
    const FIELDS: &'static [&'static str];
    /// The column of whoever it belongs to.
    const OWNER: &'static str = "owner_id";
    /// Its id in a statement.
    const ID: &'static str;
    const TAGS: bool = false;
    const STAGES: bool = false;
    /// Its list takes a search text and a filter.
    const SEARCHED: bool = true;

    /// Is this noun meant? `company`, or the id of a custom object.
    fn is(noun: &str) -> bool;
    fn rights() -> Rights;
    /// Whose custom fields it has.
    fn object(_of: &str) -> Option<CustomObject> {
        None
    }
    fn id(&self) -> Uuid;
    fn called(&self) -> String;
    fn version(&self) -> i64;
    fn deleted_at(&self) -> Option<DateTime<Utc>>;
    /// All that the caller may see, deleted or not.
    fn visible(tx: &Tx, _of: &str) -> Result<Sql> {
        Ok(tx.select::<Self>())
    }
    /// Those that the list finds by this query string.
    async fn matching(tx: &mut Tx, of: &str, query: &str) -> Result<Sql>;
    /// One, locked; what the caller may not know of is not found.
    async fn locked(tx: &mut Tx, of: &str, id: Uuid) -> Result<Self>;
    async fn change(self, tx: &mut Tx, change: Self::Change) -> Result<Self>;
    async fn assign(self, tx: &mut Tx, owner: Option<MemberId>) -> Result<Self> {
        let fields = Map::from_iter([(Self::OWNER.to_owned(), json!(owner))]);
        self.change(tx, read::<Self>(fields)?).await
    }
    async fn move_to(self, _tx: &mut Tx, _stage: StageId) -> Result<Self> {
        Err(no_stages())
    }
    async fn delete(self, tx: &mut Tx) -> Result<Self>;
    async fn restore(self, tx: &mut Tx) -> Result<Self>;
    /// What it holds, in the words of its change.
    fn held(&self) -> Map<String, Value> {
        match json!(self) {
            Value::Object(held) => held,
            _ => Map::new(),
        }
    }
}

/// The same behind one type for every noun.
#[async_trait::async_trait]
pub trait BulkNoun: Send + Sync + 'static {
    fn is(&self, noun: &str) -> bool;
    /// The prefix of its ids.
    fn prefix(&self) -> &'static str;
    /// The permission without which nobody may know of its records.
    fn reads(&self) -> &'static str;
    /// The permission that this asks for.
    fn right(&self, action: &BulkAction) -> &'static str;
    /// Refuses at the door what can be done to no record.
    async fn check(&self, tx: &mut Tx, of: &str, action: &BulkAction) -> Result<()>;
    /// All records that the list finds.
    async fn find(&self, tx: &mut Tx, of: &str, query: &str) -> Result<Vec<Uuid>>;
    /// May the caller see any of these?
    async fn any(&self, tx: &mut Tx, of: &str, ids: &[Uuid]) -> Result<bool>;
    /// Does it to one record; None where it was so already.
    async fn apply(&self, tx: &mut Tx, of: &str, id: Uuid, action: &BulkAction) -> Result<Option<Image>>;
    /// Puts back what one record held before.
    async fn put_back(&self, tx: &mut Tx, of: &str, id: Uuid, image: &Image) -> Result<PutBack>;
    /// What records are called, as far as the caller may see them.
    async fn names(&self, tx: &mut Tx, of: &str, ids: &[Uuid]) -> Result<HashMap<Uuid, String>>;
}

pub(super) fn no_stages() -> Error {
    Error::invalid("action.kind", "no_stages", "Only deals stand in stages. Set a field instead.")
}

/// The change that sets these fields.
pub(super) fn read<R: Changeable>(fields: Map<String, Value>) -> Result<R::Change> {
    serde_json::from_value(Value::Object(fields))
        .map_err(|error| Error::invalid("action.fields", "wrong_type", error.to_string()))
}
