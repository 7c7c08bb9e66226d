//! The product's own table, gathered from all domains.

use std::collections::BTreeMap;

use kernel::{Grants, PermissionInfo, Role};

use crate::permissions;

/// Every permission of the product with the roles that hold it unless tuned. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct RoleTable(&'static [&'static [PermissionInfo]]);

/// Held by everybody, in every tenant.
const FIXED: &[&str] = &[<permissions::OwnAccount as kernel::Permission>::NAME];

/// What no API key may hold: a key is no person, and a key that makes keys would outlive its own revocation.
const NOT_FOR_KEYS: &[&str] =
    &[<permissions::OwnAccount as kernel::Permission>::NAME, <permissions::ManageApiKeys as kernel::Permission>::NAME];

impl RoleTable {
    /// From the `PERMISSIONS` of each domain.
    pub const fn new(domains: &'static [&'static [PermissionInfo]]) -> Self {
        Self(domains)
    }

    /// Every permission that a role can hold, by name.
    pub fn permissions(self) -> impl Iterator<Item = &'static PermissionInfo> {
        let mut all: Vec<&PermissionInfo> = self.0.iter().copied().flatten().collect();
        all.sort_by_key(|p| p.name);
        all.into_iter()
    }

    pub fn find(self, name: &str) -> Option<&'static PermissionInfo> {
        self.permissions().find(|p| p.name == name)
    }

    pub fn is_fixed(name: &str) -> bool {
        FIXED.contains(&name)
    }

    pub fn is_for_keys(name: &str) -> bool {
        !NOT_FOR_KEYS.contains(&name)
    }

    /// Does the role hold it, given what the tenant has tuned for that role?
    pub fn holds(self, permission: &PermissionInfo, role: Role, tuned: &BTreeMap<String, bool>) -> bool {
        if role == Role::Owner || Self::is_fixed(permission.name) {
            return true;
        }
        tuned.get(permission.name).copied().unwrap_or_else(|| permission.roles.contains(&role))
    }

    /// All that the role holds.
    pub fn grants(self, role: Role, tuned: &BTreeMap<String, bool>) -> Grants {
        Grants::of(self.permissions().filter(|p| self.holds(p, role, tuned)).map(|p| p.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: RoleTable = RoleTable::new(&[permissions::PERMISSIONS]);

    #[test]
    fn tuning_changes_a_role_and_never_the_owner_nor_what_is_personal() {
        let tuned = BTreeMap::from([("member.manage".to_owned(), true), ("account.own".to_owned(), false)]);
        assert!(!TABLE.grants(Role::Sales, &BTreeMap::new()).holds("member.manage"));
        assert!(TABLE.grants(Role::Sales, &tuned).holds("member.manage"));
        assert!(TABLE.grants(Role::Sales, &tuned).holds("account.own"));
        let lowered = BTreeMap::from([("role.manage".to_owned(), false)]);
        assert!(TABLE.grants(Role::Owner, &lowered).holds("role.manage"));
        assert!(!TABLE.grants(Role::Administrator, &lowered).holds("role.manage"));
    }

    #[test]
    fn everybody_owns_their_account() {
        for role in Role::ALL {
            assert!(TABLE.grants(role, &BTreeMap::new()).holds("account.own"), "{role}");
        }
    }
}
