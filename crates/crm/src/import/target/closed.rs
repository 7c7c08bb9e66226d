//! The targets that a caller may not feed, because the field behind them is hidden from it or closed to it.

use std::collections::BTreeSet;

use store::Tx;
use tabular::TargetField;

use super::{OF_COMPANY, OF_RECORD};
use crate::field::custom::CustomObject;

/// Their keys. What a record cannot be without may be given by who may not change it.
pub(super) fn closed(tx: &Tx, object: CustomObject, targets: &[TargetField]) -> BTreeSet<String> {
    let is_closed = |target: &str| {
        let (object, column) = behind(object, target);
        tx.may_not_give(&object.to_string(), column)
    };
    targets.iter().map(|field| field.key.to_string()).filter(|target| is_closed(target)).collect()
}

/// The object and its column, or its own field, that a target of its rows ends up in.
fn behind(object: CustomObject, target: &str) -> (CustomObject, &str) {
    if target.starts_with(OF_COMPANY) {
        return (CustomObject::Company, &target["company.".len()..]);
    }
    if target.starts_with(OF_RECORD) {
        return (object, target);
    }
    match (object, target) {
        (CustomObject::Contact | CustomObject::Deal, "company_name") => (CustomObject::Company, "name"),
        (CustomObject::Contact | CustomObject::Deal, "company_tax_id") => (CustomObject::Company, "tax_id"),
        (CustomObject::Contact | CustomObject::Deal, "company_website") => (CustomObject::Company, "website"),
        (_, "full_name") => (object, "given_name"),
        (_, "mobile") => (object, "phones"),
        (_, "street_number" | "address_2") => (object, "street"),
        (_, "notes") => (object, "about"),
        (_, "owner") => (object, "owner_id"),
        (_, "lost_for") => (object, "lost_reason"),
        (_, utm) if utm.starts_with("utm_") => (object, "utm"),
        (_, column) => (object, column),
    }
}
