//! Rights as types. A permission is a type; a role is a set of permissions that the tenant may tune; what a caller
//! holds is computed once at the door.

use std::{collections::BTreeSet, fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize};

/// The seven roles every tenant has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Owner,
    Administrator,
    Sales,
    Billing,
    Marketing,
    Support,
    ReadOnly,
}

impl Role {
    pub const ALL: [Role; 7] =
        [Role::Owner, Role::Administrator, Role::Sales, Role::Billing, Role::Marketing, Role::Support, Role::ReadOnly];

    pub const fn name(self) -> &'static str {
        match self {
            Role::Owner => "owner",
            Role::Administrator => "administrator",
            Role::Sales => "sales",
            Role::Billing => "billing",
            Role::Marketing => "marketing",
            Role::Support => "support",
            Role::ReadOnly => "read_only",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Role {
    type Err = UnknownRole;
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Role::ALL.into_iter().find(|r| r.name() == name).ok_or(UnknownRole)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a role")]
pub struct UnknownRole;

/// Something a caller may be allowed to do. Implemented by [`permission!`](crate::permission!).
pub trait Permission: Send + Sync + 'static {
    /// `noun.verb`, stable: it is stored and shown.
    const NAME: &'static str;
    /// The roles that hold it until the tenant tunes the table. Owners always hold everything.
    const ROLES: &'static [Role];
}

/// A permission as a value, for tables and screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PermissionInfo {
    pub name: &'static str,
    pub roles: &'static [Role],
}

impl PermissionInfo {
    pub const fn of<P: Permission>() -> Self {
        Self { name: P::NAME, roles: P::ROLES }
    }
}

/// Declares permissions and the list of them:
/// `permissions! { pub ReadCompanies = "company.read": [Administrator, Sales, ReadOnly]; … }`
#[macro_export]
macro_rules! permissions {
    ($( $(#[$doc:meta])* $vis:vis $name:ident = $text:literal : [$($role:ident),* $(,)?] );* $(;)?) => {
        $(
            $(#[$doc])*
            $vis struct $name;
            impl $crate::Permission for $name {
                const NAME: &'static str = $text;
                const ROLES: &'static [$crate::Role] = &[$crate::Role::Owner $(, $crate::Role::$role)*];
            }
        )*
        /// Every permission of this domain, with the roles that hold it by default.
        pub const PERMISSIONS: &[$crate::PermissionInfo] = &[$($crate::PermissionInfo::of::<$name>()),*];
    };
}

/// The permissions a caller holds. Cheap to clone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grants(Arc<BTreeSet<String>>);

impl Grants {
    pub fn none() -> Self {
        Self::default()
    }

    /// Exactly these.
    pub fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Self(Arc::new(names.into_iter().map(str::to_owned).collect()))
    }

    pub fn holds(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    /// Only what is in both: an API key never has more than its maker.
    pub fn intersect(&self, other: &Grants) -> Grants {
        Grants(Arc::new(self.0.intersection(&other.0).cloned().collect()))
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}
