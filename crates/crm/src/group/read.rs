//! What is asked: the field to group by, and what is made of which fields.

use kernel::{Error, Result};
use serde_json::{Value, json};

use super::{Aggregate, AggregateOp, Each, GroupQuery, MOST_AGGREGATES, day};
use crate::{
    field::custom::{CustomField, CustomKind},
    filter::{
        Reader,
        catalogue::{Column, FilterKind, Noun},
    },
};

/// Texts whose values repeat.
const REPEATED: [&str; 8] =
    ["city", "region", "postal_code", "country", "source", "job_title", "lost_reason", "company_name"];

/// A field of the list.
#[derive(Debug, Clone)]
pub(crate) enum Of {
    Column(&'static Column),
    Own(Box<CustomField>),
}

/// The field to group by.
pub(crate) struct By {
    /// As it was asked, without its span.
    pub name: String,
    pub of: Of,
    pub each: Option<Each>,
}

/// What is asked, read.
pub(crate) struct Wanted {
    pub noun: Noun,
    pub by: Option<By>,
    /// Each with the place of its field among `measured`.
    pub aggregates: Vec<(Aggregate, usize)>,
    pub measured: Vec<Of>,
}

/// May a list be grouped by the column?
pub fn groups(column: &Column) -> bool {
    match column.kind {
        FilterKind::Text => REPEATED.contains(&column.name),
        FilterKind::Number | FilterKind::Money => false,
        FilterKind::Choice
        | FilterKind::Tags
        | FilterKind::Date
        | FilterKind::Time
        | FilterKind::Person
        | FilterKind::Relation => true,
    }
}

/// May it be grouped by the custom field?
pub fn groups_own(kind: CustomKind) -> bool {
    matches!(
        kind,
        CustomKind::Choice | CustomKind::MultiChoice | CustomKind::Date | CustomKind::Person | CustomKind::Relation
    )
}

/// What can be made of values of the kind.
pub fn aggregates(kind: FilterKind) -> &'static [AggregateOp] {
    match kind {
        FilterKind::Number | FilterKind::Money => AggregateOp::ALL,
        FilterKind::Date | FilterKind::Time => &[AggregateOp::Min, AggregateOp::Max],
        _ => &[],
    }
}

impl Of {
    pub fn find(reader: &Reader, name: &str, path: &str) -> Result<Of> {
        let found = match name.strip_prefix("custom.") {
            Some(key) => reader.fields.iter().find(|field| field.key == key).cloned().map(Box::new).map(Of::Own),
            None => reader.noun.columns().iter().find(|column| column.name == name).map(Of::Column),
        };
        found.ok_or_else(|| {
            let sentence = format!("There is no field \u{201c}{name}\u{201d}. See /api/v1/filter-fields.");
            Error::invalid(path, "unknown_field", sentence)
        })
    }

    pub fn kind(&self) -> FilterKind {
        match self {
            Of::Column(column) => column.kind,
            Of::Own(field) => crate::filter::kind_of(field),
        }
    }
}

impl By {
    fn read(reader: &Reader, asked: &str) -> Result<By> {
        let (name, each) = asked.split_once(':').map_or((asked, None), |(name, each)| (name, Some(each)));
        let of = Of::find(reader, name, "by")?;
        let may = match &of {
            Of::Column(column) => groups(column),
            Of::Own(field) => groups_own(field.kind),
        };
        if !may {
            let sentence =
                "This field has too many values to group by. Choose one with `groups` in /api/v1/filter-fields.";
            return Err(Error::invalid("by", "cannot_group", sentence));
        }
        let is_dated = matches!(of.kind(), FilterKind::Date | FilterKind::Time);
        let wrong =
            || Error::invalid("by", "cannot_group", "Days are grouped by :day, :week, :month, :quarter or :year.");
        let each = match each {
            None => is_dated.then_some(Each::Month),
            Some(each) if is_dated => Some(each.parse().map_err(|_| wrong())?),
            Some(_) => return Err(wrong()),
        };
        Ok(By { name: name.to_owned(), of, each })
    }

    /// Can a record be in several groups?
    pub fn is_several(&self) -> bool {
        self.of.kind() == FilterKind::Tags
    }

    /// The condition of the list that leaves the records of one group.
    pub fn condition(&self, key: Option<&str>) -> Value {
        let Some(key) = key else { return json!({ "field": self.name, "op": "empty" }) };
        if let Some(each) = self.each {
            let last = key.parse().map_or_else(|_| key.to_owned(), |first| day::last(first, each).to_string());
            return json!({ "field": self.name, "op": "between", "value": [key, last] });
        }
        match self.is_several() {
            true => json!({ "field": self.name, "op": "any_of", "value": [key] }),
            false => json!({ "field": self.name, "op": "is", "value": key }),
        }
    }
}

impl Wanted {
    pub fn read(reader: &Reader, query: &GroupQuery) -> Result<Wanted> {
        let by = query.by.as_deref().map(str::trim).filter(|by| !by.is_empty());
        let mut wanted = Wanted {
            noun: reader.noun,
            by: by.map(|by| By::read(reader, by)).transpose()?,
            aggregates: Vec::new(),
            measured: Vec::new(),
        };
        let asked = query.aggregate.as_deref().unwrap_or_default();
        let mut names: Vec<&str> = Vec::new();
        for part in asked.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            if wanted.aggregates.len() == MOST_AGGREGATES {
                let sentence = format!("Ask for at most {MOST_AGGREGATES} aggregates.");
                return Err(Error::invalid("aggregate", "too_many", sentence));
            }
            let (op, name) = part.split_once(':').unwrap_or(("", part));
            let of = Of::find(reader, name, "aggregate")?;
            if of.kind() == FilterKind::Money && !reader.sees_amounts {
                return Err(kernel::caller::amounts_hidden());
            }
            let op = op.parse().ok().filter(|op| aggregates(of.kind()).contains(op)).ok_or_else(|| {
                let known: Vec<&str> = aggregates(of.kind()).iter().map(|op| op.name()).collect();
                let sentence = format!("Of \u{201c}{name}\u{201d} there is: {}.", known.join(", "));
                Error::invalid("aggregate", "op_unknown", sentence)
            })?;
            let at = names.iter().position(|known| *known == name).unwrap_or_else(|| {
                names.push(name);
                wanted.measured.push(of);
                names.len() - 1
            });
            wanted.aggregates.push((Aggregate { op, field: name.to_owned() }, at));
        }
        Ok(wanted)
    }
}
