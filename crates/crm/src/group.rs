//! A list in groups: how many records there are of each value of a field, and what they add up to, over the same filter and
//! search as the list itself.
//!
//! Invariants: every group says the condition by which the ordinary list shows its records; amounts are never added across
//! currencies; sums are exact, also those of custom fields. A record of several tags or choices is in the group of each, and
//! once in the whole. Nothing is counted unless it was asked for here.
//!
//! It refuses fields whose values hardly ever repeat, and more than [`MOST_AGGREGATES`] aggregates. Of more than [`MOST`]
//! groups it answers the largest, of days the latest, and says so.

mod count;
mod day;
mod label;
mod measure;
pub mod read;
mod tally;
#[cfg(test)]
mod tests;

use kernel::{Currency, PageRequest, Result};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{Sql, Tx};
use utoipa::ToSchema;

use crate::filter::{Reader, catalogue::Noun};
use read::Wanted;

/// The most groups of an answer.
pub const MOST: usize = 200;
/// The most aggregates.
pub const MOST_AGGREGATES: usize = 6;

kernel::states! {
    /// The spans by which days are grouped.
    pub enum Each { Day = "day", Week = "week", Month = "month", Quarter = "quarter", Year = "year" }
}

kernel::states! {
    /// What is made of the values of a field.
    pub enum AggregateOp { Sum = "sum", Average = "average", Min = "min", Max = "max" }
}

/// How a list is grouped.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GroupQuery {
    /// The field: a built-in one or `custom.<key>`; of days and moments with `:day`, `:week`, `:month` (unless given),
    /// `:quarter` or `:year` behind it. Without it only the whole is counted. See `groups` in `GET /api/v1/filter-fields`.
    #[param(example = "owner_id")]
    pub by: Option<String>,
    /// What is made of which fields, at most six, such as `sum:amount,average:custom.price`. See `aggregates` in
    /// `GET /api/v1/filter-fields`.
    #[param(example = "sum:amount")]
    pub aggregate: Option<String>,
    /// Text to look for.
    pub q: Option<String>,
}

impl GroupQuery {
    /// What the list is asked for so that its conditions are the same.
    pub fn page(&self) -> PageRequest {
        PageRequest { q: self.q.clone(), ..PageRequest::default() }
    }
}

/// What is made of a field.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Aggregate {
    pub op: AggregateOp,
    #[schema(example = "amount")]
    pub field: String,
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Figure {
    /// Decimal text, a day, or a moment.
    #[schema(example = "1200.00")]
    pub value: String,
    /// Of amounts.
    pub currency: Option<Currency>,
}

/// Records that have the same value.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub struct Group {
    /// The value: a word, an id, or the first day of a span; null for records without one.
    #[schema(example = "mem_019abc0123457def8123456789abcdef")]
    pub key: Option<String>,
    /// What people call it; null where the reader's language does.
    #[schema(example = "Ana Ruiz")]
    pub label: Option<String>,
    pub count: i64,
    /// For each aggregate in their order; of amounts one for each currency, none where there is no value.
    pub values: Vec<Vec<Figure>>,
    /// The condition that the list takes to show them.
    #[schema(value_type = Object, example = json!({ "field": "owner_id", "op": "is", "value": "mem_019abc0123457def8123456789abcdef" }))]
    pub filter: Value,
}

/// All of them.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub struct GroupTotal {
    pub count: i64,
    pub values: Vec<Vec<Figure>>,
}

/// A list in groups.
#[derive(Debug, Serialize, ToSchema)]
pub struct Groups {
    #[schema(example = "owner_id")]
    pub by: Option<String>,
    /// The spans of days.
    pub each: Option<Each>,
    pub aggregates: Vec<Aggregate>,
    /// Choices and stages in their order, days from the latest for moments and from the first otherwise, others by name;
    /// records without a value last.
    pub groups: Vec<Group>,
    /// There are more than the 200 here.
    pub more: bool,
    pub total: GroupTotal,
}

/// The records of a noun that `conditions` (` AND …`) leave, in groups.
pub async fn grouped(tx: &mut Tx, noun: Noun, query: &GroupQuery, conditions: &Sql) -> Result<Groups> {
    let reader = Reader::new(tx, noun).await?;
    let wanted = Wanted::read(&reader, query)?;
    let (mut tallies, more) = match &wanted.by {
        Some(by) => count::by(tx, &reader, &wanted, by, conditions).await?,
        None => (Vec::new(), false),
    };
    let whole = match &wanted.by {
        Some(by) if !more && !by.is_several() => tally::merged(&tallies),
        _ => count::whole(tx, &wanted, noun, conditions).await?,
    };
    if let Some(by) = &wanted.by {
        label::name(tx, by, &mut tallies).await?;
    }
    let groups = tallies.into_iter().map(|tally| Group {
        filter: wanted.by.as_ref().map_or(Value::Null, |by| by.condition(tally.key.as_deref())),
        values: tally.figures(&wanted),
        key: tally.key,
        label: tally.label,
        count: tally.count,
    });
    Ok(Groups {
        groups: groups.collect(),
        more,
        total: GroupTotal { count: whole.count, values: whole.figures(&wanted) },
        by: wanted.by.as_ref().map(|by| by.name.clone()),
        each: wanted.by.and_then(|by| by.each),
        aggregates: wanted.aggregates.into_iter().map(|(aggregate, _)| aggregate).collect(),
    })
}
