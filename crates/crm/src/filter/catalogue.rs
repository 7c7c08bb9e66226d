//! What each noun can be filtered by. A column that is not listed here cannot be asked about.

use std::{fmt, str::FromStr};

use kernel::{id::IdError, text_column};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

use crate::{field::custom::CustomObject, object::ObjectId};

/// What has filters and views: `company`, `contact`, `deal`, `lead`, the id of a custom object, or `report`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Noun {
    Company,
    Contact,
    Deal,
    Lead,
    Own(ObjectId),
    /// Reports have views and no records: what they count has its own noun.
    Report,
}

kernel::states! {
    /// How a field is compared, and so which operators it takes.
    pub enum FilterKind {
        Text = "text",
        /// One of some words.
        Choice = "choice",
        /// A list of words.
        Tags = "tags",
        Number = "number",
        Money = "money",
        Date = "date",
        /// A moment, asked about by its day.
        Time = "time",
        /// A member; `me` is whoever asks.
        Person = "person",
        /// Another record, by its id.
        Relation = "relation",
    }
}

kernel::states! {
    /// What is asked of a field.
    pub enum FilterOp {
        Is = "is", IsNot = "is_not", AnyOf = "any_of", NoneOf = "none_of", AllOf = "all_of",
        Contains = "contains", NotContains = "not_contains", StartsWith = "starts_with",
        AtLeast = "at_least", AtMost = "at_most", Between = "between",
        On = "on", Before = "before", After = "after",
        /// From so many days ago to today.
        LastDays = "last_days",
        /// From today to so many days ahead.
        NextDays = "next_days",
        /// Longer ago than so many days.
        OlderThanDays = "older_than_days",
        /// The present `week`, `month`, `quarter` or `year`.
        This = "this",
        Empty = "empty", Filled = "filled",
    }
}

impl FilterKind {
    pub fn ops(self) -> &'static [FilterOp] {
        use FilterOp::{
            After, AllOf, AnyOf, AtLeast, AtMost, Before, Between, Contains, Empty, Filled, Is, IsNot, LastDays,
            NextDays, NoneOf, NotContains, OlderThanDays, On, StartsWith, This,
        };
        match self {
            FilterKind::Text => &[Contains, NotContains, Is, IsNot, StartsWith, AnyOf, NoneOf, Empty, Filled],
            FilterKind::Choice | FilterKind::Person | FilterKind::Relation => {
                &[Is, IsNot, AnyOf, NoneOf, Empty, Filled]
            }
            FilterKind::Tags => &[AnyOf, AllOf, NoneOf, Empty, Filled],
            FilterKind::Number | FilterKind::Money => &[Is, AtLeast, AtMost, Between, Empty, Filled],
            FilterKind::Date | FilterKind::Time => {
                &[On, Before, After, Between, LastDays, NextDays, OlderThanDays, This, Empty, Filled]
            }
        }
    }
}

/// A column that may be asked about.
#[derive(Debug, PartialEq)]
pub struct Column {
    pub name: &'static str,
    /// In the statement, with its table.
    pub sql: &'static str,
    pub kind: FilterKind,
    /// Words it may be, or the prefix of the ids it holds.
    pub of: &'static [&'static str],
    /// Held folded: compared without accents and capitals.
    pub folded: bool,
    /// An index of the table begins with it.
    pub indexed: bool,
}

impl Column {
    pub fn table(&self) -> &'static str {
        self.sql.split_once('.').map_or(self.sql, |(table, _)| table)
    }

    /// What it is called in its table.
    pub fn column(&self) -> &'static str {
        self.sql.split_once('.').map_or(self.sql, |(_, column)| column)
    }
}

const fn column(name: &'static str, sql: &'static str, kind: FilterKind) -> Column {
    Column { name, sql, kind, of: &[], folded: false, indexed: false }
}

const fn folded(name: &'static str, sql: &'static str) -> Column {
    Column { folded: true, ..column(name, sql, FilterKind::Text) }
}

const fn indexed(column: Column) -> Column {
    Column { indexed: true, ..column }
}

const fn among(name: &'static str, sql: &'static str, kind: FilterKind, of: &'static [&'static str]) -> Column {
    Column { of, ..column(name, sql, kind) }
}

use FilterKind::{Choice, Date, Money, Number, Person, Relation, Tags, Text, Time};

const COMPANY: &[Column] = &[
    folded("name", "company.name_folded"),
    column("legal_name", "company.legal_name", Text),
    column("email", "company.email", Text),
    column("phone", "company.phone", Text),
    column("website", "company.website", Text),
    column("city", "company.city", Text),
    column("region", "company.region", Text),
    column("postal_code", "company.postal_code", Text),
    column("country", "company.country", Text),
    column("tags", "company.tags", Tags),
    column("owner_id", "company.owner_id", Person),
    indexed(among("parent_id", "company.parent_id", Relation, &["com"])),
    column("source", "company.source", Text),
    indexed(column("created_at", "company.created_at", Time)),
    indexed(column("updated_at", "company.updated_at", Time)),
];

const CONTACT: &[Column] = &[
    folded("name", "contact.name_folded"),
    column("email", "contact.email", Text),
    column("phone", "contact.phone", Text),
    column("job_title", "contact.job_title", Text),
    column("linkedin_url", "contact.linkedin_url", Text),
    indexed(among("company_id", "contact.company_id", Relation, &["com"])),
    column("city", "contact.city", Text),
    column("region", "contact.region", Text),
    column("postal_code", "contact.postal_code", Text),
    column("country", "contact.country", Text),
    among("language", "contact.language", Choice, &["en", "es", "pt", "fr"]),
    column("birth_date", "contact.birth_date", Date),
    column("tags", "contact.tags", Tags),
    column("owner_id", "contact.owner_id", Person),
    column("source", "contact.source", Text),
    indexed(column("created_at", "contact.created_at", Time)),
    indexed(column("updated_at", "contact.updated_at", Time)),
];

const DEAL: &[Column] = &[
    folded("name", "deal.name_folded"),
    among("state", "deal.state", Choice, &["open", "won", "lost"]),
    among("pipeline_id", "deal.pipeline_id", Relation, &["pip"]),
    among("stage_id", "deal.stage_id", Relation, &["stg"]),
    column("amount", "deal.amount_minor", Money),
    indexed(column("expected_close", "deal.expected_close", Date)),
    indexed(among("company_id", "deal.company_id", Relation, &["com"])),
    indexed(among("contact_id", "deal.contact_id", Relation, &["con"])),
    column("owner_id", "deal.owner_id", Person),
    column("lost_reason", "deal.lost_reason", Text),
    column("stage_since", "deal.stage_since", Time),
    column("closed_at", "deal.closed_at", Time),
    indexed(column("created_at", "deal.created_at", Time)),
    indexed(column("updated_at", "deal.updated_at", Time)),
];

const LEAD: &[Column] = &[
    folded("name", "lead.name_folded"),
    column("company_name", "lead.company_name", Text),
    column("email", "lead.email", Text),
    column("phone", "lead.phone", Text),
    column("country", "lead.country", Text),
    among("status", "lead.status", Choice, &["new", "working", "qualified", "disqualified", "converted"]),
    column("score", "lead.score", Number),
    column("source", "lead.source", Text),
    column("owner_id", "lead.owner_id", Person),
    column("converted_at", "lead.converted_at", Time),
    indexed(column("created_at", "lead.created_at", Time)),
    indexed(column("updated_at", "lead.updated_at", Time)),
];

const OWN: &[Column] = &[
    folded("name", "custom_record.name_folded"),
    column("owner_id", "custom_record.owner_id", Person),
    column("created_at", "custom_record.created_at", Time),
    column("updated_at", "custom_record.updated_at", Time),
];

impl Noun {
    pub fn columns(self) -> &'static [Column] {
        match self {
            Noun::Company => COMPANY,
            Noun::Contact => CONTACT,
            Noun::Deal => DEAL,
            Noun::Lead => LEAD,
            Noun::Own(_) => OWN,
            Noun::Report => &[],
        }
    }

    /// The permission to read its records.
    pub fn permission(self) -> &'static str {
        match self {
            Noun::Company => "company.read",
            Noun::Contact => "contact.read",
            Noun::Deal => "deal.read",
            Noun::Lead => "lead.read",
            Noun::Own(_) => "custom_record.read",
            Noun::Report => "report.read",
        }
    }

    /// Whose custom fields it has.
    pub fn custom(self) -> Option<CustomObject> {
        match self {
            Noun::Company => Some(CustomObject::Company),
            Noun::Contact => Some(CustomObject::Contact),
            Noun::Deal => Some(CustomObject::Deal),
            Noun::Lead => Some(CustomObject::Lead),
            Noun::Report => None,
            Noun::Own(id) => Some(CustomObject::Own(id)),
        }
    }
}

impl fmt::Display for Noun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.custom() {
            Some(object) => object.fmt(f),
            None => f.write_str("report"),
        }
    }
}

impl FromStr for Noun {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "report" => Ok(Noun::Report),
            other => other.parse::<CustomObject>().map(Noun::from),
        }
    }
}

text_column!(Noun);

impl Serialize for Noun {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Noun {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(|_| D::Error::custom("company, contact, deal, lead, report, or obj_ and 32 digits"))
    }
}

impl PartialSchema for Noun {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some("^(company|contact|deal|lead|report|obj_[0-9a-f]{32})$"))
            .examples(["contact"])
            .into()
    }
}

impl ToSchema for Noun {
    fn name() -> std::borrow::Cow<'static, str> {
        "ViewNoun".into()
    }
}
