//! One id type per noun: a UUIDv7 (time-ordered, RFC 9562) shown with the noun's prefix, such as `inv_018f…`.
//!
//! Invariant: an id of one noun cannot be passed where another's is wanted, in Rust or on the wire.

use uuid::Uuid;

/// What all ids have in common; implemented only by [`id!`](crate::id!).
pub trait Id: Copy + Eq + std::fmt::Display + Send + Sync + 'static {
    /// The prefix on the wire, without the underscore.
    const PREFIX: &'static str;
    fn from_uuid(uuid: Uuid) -> Self;
    fn uuid(self) -> Uuid;
}

/// Why a text is not an id of the wanted noun.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is not an id of the wanted kind: it should read {prefix}_ and 32 hexadecimal digits")]
pub struct IdError {
    prefix: &'static str,
}

/// Reads `prefix_<32 hex digits>`.
pub fn parse(prefix: &'static str, text: &str) -> Result<Uuid, IdError> {
    text.strip_prefix(prefix)
        .and_then(|rest| rest.strip_prefix('_'))
        .filter(|hex| hex.len() == 32)
        .and_then(|hex| Uuid::try_parse(hex).ok())
        .ok_or(IdError { prefix })
}

/// Declares an id type: `id!(pub CompanyId, "com");`
#[macro_export]
macro_rules! id {
    ($(#[$doc:meta])* $vis:vis $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis struct $name($crate::Uuid);

        impl $name {
            /// A new id, later than every one made before on this machine.
            #[allow(clippy::new_without_default)]
            pub fn new() -> Self {
                Self($crate::Uuid::now_v7())
            }
        }
        impl $crate::id::Id for $name {
            const PREFIX: &'static str = $prefix;
            fn from_uuid(uuid: $crate::Uuid) -> Self {
                Self(uuid)
            }
            fn uuid(self) -> $crate::Uuid {
                self.0
            }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, concat!($prefix, "_{}"), self.0.as_simple())
            }
        }
        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(self, f)
            }
        }
        impl ::std::str::FromStr for $name {
            type Err = $crate::id::IdError;
            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                $crate::id::parse($prefix, text).map(Self)
            }
        }
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, to: S) -> ::std::result::Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }
        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(from: D) -> ::std::result::Result<Self, D::Error> {
                let text = <::std::borrow::Cow<'de, str> as $crate::serde::Deserialize>::deserialize(from)?;
                text.parse().map_err($crate::serde::de::Error::custom)
            }
        }
        impl $crate::value::Column for $name {
            fn from_value(value: $crate::value::Value) -> ::std::result::Result<Self, $crate::value::ValueError> {
                <$crate::Uuid as $crate::value::Column>::from_value(value).map(Self)
            }
            fn into_value(self) -> $crate::value::Value {
                $crate::value::Value::Uuid(self.0)
            }
        }
        impl $crate::utoipa::PartialSchema for $name {
            fn schema() -> $crate::utoipa::openapi::RefOr<$crate::utoipa::openapi::schema::Schema> {
                $crate::utoipa::openapi::ObjectBuilder::new()
                    .schema_type($crate::utoipa::openapi::schema::Type::String)
                    .pattern(Some(concat!("^", $prefix, "_[0-9a-f]{32}$")))
                    .examples([concat!($prefix, "_019abc0123457def8123456789abcdef")])
                    .into()
            }
        }
        impl $crate::utoipa::ToSchema for $name {
            fn name() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Borrowed(stringify!($name))
            }
        }
    };
}

id!(/// A tenant: one customer company's whole workspace.
    pub TenantId, "ten");
id!(/// A person's account: one e-mail address and password, a member of one or more tenants.
    pub AccountId, "acc");
id!(/// A person's membership in one tenant.
    pub MemberId, "mem");
id!(/// A team: members who see each other's records where their role says so.
    pub TeamId, "tea");
id!(/// A signed-in browser.
    pub SessionId, "ses");
id!(/// A key with scopes for programs.
    pub ApiKeyId, "key");
id!(/// A secret link given to somebody outside the tenant.
    pub LinkId, "lnk");
id!(/// A thing that happened, as written to the outbox.
    pub EventId, "evt");
id!(/// An entry of the audit trail.
    pub AuditId, "aud");
id!(/// A unit of work for the workers.
    pub JobId, "job");
