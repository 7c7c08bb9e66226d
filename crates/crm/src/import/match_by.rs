//! By what a row is recognised as being about somebody or something that is there.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

use super::target::OF_RECORD;

/// One word on the wire: `external_id`, `email`, `phone`, `name`, or a field of the tenant's own as `custom.<key>`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum MatchBy {
    ExternalId,
    Email,
    Phone,
    Name,
    /// The key of the field.
    Own(String),
}

impl fmt::Display for MatchBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MatchBy::ExternalId => f.write_str("external_id"),
            MatchBy::Email => f.write_str("email"),
            MatchBy::Phone => f.write_str("phone"),
            MatchBy::Name => f.write_str("name"),
            MatchBy::Own(key) => write!(f, "{OF_RECORD}{key}"),
        }
    }
}

impl FromStr for MatchBy {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "external_id" => Ok(MatchBy::ExternalId),
            "email" => Ok(MatchBy::Email),
            "phone" => Ok(MatchBy::Phone),
            "name" => Ok(MatchBy::Name),
            other => {
                let key = other.strip_prefix(OF_RECORD).filter(|key| !key.is_empty()).ok_or(())?;
                Ok(MatchBy::Own(key.to_owned()))
            }
        }
    }
}

impl Serialize for MatchBy {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for MatchBy {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse()
            .map_err(|()| D::Error::custom("external_id, email, phone, name, or custom. and the key of a field"))
    }
}

impl PartialSchema for MatchBy {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some("^(external_id|email|phone|name|custom\\.[a-z0-9_]+)$"))
            .examples(["email"])
            .into()
    }
}

impl ToSchema for MatchBy {}
