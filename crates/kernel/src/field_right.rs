//! What a role may do with single fields of a record it sees.
//!
//! Invariant: what is not named is shown and may be changed; nothing here gives a right, it only takes one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Error;

crate::states! {
    /// What is left of the right to a field.
    pub enum FieldRight {
        /// Not shown, not found by, not changed.
        Hidden = "hidden",
        /// Shown, not changed.
        ReadOnly = "read_only",
    }
}

/// How the name of a field of the tenant's own begins, before its key.
const OWN: &str = "custom.";

/// By the object whose records have the field (`contact`, or the id of a custom object), and the field's name (`email`,
/// or `custom.` and the key of a field of the tenant's own).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldRights(BTreeMap<String, BTreeMap<String, FieldRight>>);

impl FieldRights {
    pub fn set(&mut self, object: &str, field: &str, right: FieldRight) {
        self.0.entry(object.to_owned()).or_default().insert(field.to_owned(), right);
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// None: everything may be done with it.
    pub fn of(&self, object: &str, field: &str) -> Option<FieldRight> {
        self.0.get(object)?.get(field).copied()
    }

    /// Every object with what is taken of its fields.
    pub fn objects(&self) -> impl Iterator<Item = (&str, &BTreeMap<String, FieldRight>)> {
        self.0.iter().map(|(object, fields)| (object.as_str(), fields))
    }

    /// What is taken of the product's own fields of an object.
    pub fn built_in(&self, object: &str) -> impl Iterator<Item = (&str, FieldRight)> {
        let fields = self.0.get(object).into_iter().flatten();
        fields.filter(|(field, _)| !field.starts_with(OWN)).map(|(field, right)| (field.as_str(), *right))
    }

    /// What is taken of the tenant's own fields of an object, by their keys.
    pub fn own(&self, object: &str) -> impl Iterator<Item = (&str, FieldRight)> {
        let fields = self.0.get(object).into_iter().flatten();
        fields.filter_map(|(field, right)| Some((field.strip_prefix(OWN)?, *right)))
    }

    /// What is taken of the fields of an object, one for each.
    pub fn taken(&self, object: &str) -> impl Iterator<Item = FieldRight> {
        self.0.get(object).into_iter().flat_map(|fields| fields.values().copied())
    }

    /// Is a field of the object not shown?
    pub fn hides_some(&self, object: &str) -> bool {
        self.0.get(object).is_some_and(|fields| fields.values().any(|right| *right == FieldRight::Hidden))
    }
}

/// What is told who would change a field and may not.
pub fn field_locked(field: &str) -> Error {
    Error::invalid(field, "field_locked", "Your role may not change this field.")
}

/// What is told who asks for what needs every field, and is not shown one.
pub fn fields_hidden() -> Error {
    Error::Door {
        status: 403,
        code: "fields_hidden",
        detail: "Your role does not show every field of these records, and this needs all of them. \
                 Ask somebody who sees them."
            .into(),
        retry_after_seconds: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_ones_own_are_told_from_the_products() {
        let mut rights = FieldRights::default();
        rights.set("contact", "email", FieldRight::Hidden);
        rights.set("contact", "custom.grade", FieldRight::ReadOnly);
        assert_eq!(rights.built_in("contact").collect::<Vec<_>>(), [("email", FieldRight::Hidden)]);
        assert_eq!(rights.own("contact").collect::<Vec<_>>(), [("grade", FieldRight::ReadOnly)]);
        assert!(rights.hides_some("contact") && !rights.hides_some("deal") && rights.of("contact", "phone").is_none());
    }
}
