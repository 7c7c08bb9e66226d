//! What custom fields are of: the product's nouns, and the tenant's own.

use std::{fmt, str::FromStr};

use kernel::{Permission, id::IdError, text_column};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

use crate::{
    company::ReadCompanies, contact::ReadContacts, deal::ReadDeals, object::ObjectId, record::ReadCustomRecords,
    subject,
};

/// What has custom fields. One word on the wire and in the database: `company`, `contact`, `deal`, `lead`, or the id of
/// a custom object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CustomObject {
    Company,
    Contact,
    Deal,
    Lead,
    /// Records of one of the tenant's own objects.
    Own(ObjectId),
}

impl CustomObject {
    /// Those that every tenant has.
    pub const BUILT_IN: &'static [CustomObject] =
        &[CustomObject::Company, CustomObject::Contact, CustomObject::Deal, CustomObject::Lead];

    /// What one must hold to know of its records.
    pub(crate) const fn read_permission(self) -> &'static str {
        match self {
            CustomObject::Company => ReadCompanies::NAME,
            CustomObject::Contact => ReadContacts::NAME,
            CustomObject::Deal => ReadDeals::NAME,
            CustomObject::Lead => subject::READ_LEADS,
            CustomObject::Own(_) => ReadCustomRecords::NAME,
        }
    }
}

impl fmt::Display for CustomObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CustomObject::Company => f.write_str("company"),
            CustomObject::Contact => f.write_str("contact"),
            CustomObject::Deal => f.write_str("deal"),
            CustomObject::Lead => f.write_str("lead"),
            CustomObject::Own(id) => id.fmt(f),
        }
    }
}

impl FromStr for CustomObject {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "company" => Ok(CustomObject::Company),
            "contact" => Ok(CustomObject::Contact),
            "deal" => Ok(CustomObject::Deal),
            "lead" => Ok(CustomObject::Lead),
            id => id.parse().map(CustomObject::Own),
        }
    }
}

text_column!(CustomObject);

impl Serialize for CustomObject {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CustomObject {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?
            .parse()
            .map_err(|_| D::Error::custom("company, contact, deal, lead, or obj_ and 32 digits"))
    }
}

impl PartialSchema for CustomObject {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some("^(company|contact|deal|lead|obj_[0-9a-f]{32})$"))
            .examples(["company"])
            .into()
    }
}

impl ToSchema for CustomObject {}
