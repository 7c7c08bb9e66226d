//! The objects with their fields, and what is taken of each from whom.

use std::collections::BTreeMap;

use identity::role;
use kernel::{FieldRight, Result, Role};
use serde::Serialize;
use store::Tx;
use utoipa::ToSchema;

use crate::{
    field::custom::{self, CustomObject},
    object,
};

/// Every field of every object.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldRightTable {
    pub objects: Vec<FieldRightObject>,
    /// May this caller change it? The owner's rights are fixed.
    pub editable: bool,
}

/// What has fields.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldRightObject {
    pub object: CustomObject,
    /// What people call it, in the plural; null for what every workspace has, which the reader's language names.
    pub label: Option<String>,
    pub fields: Vec<FieldRightField>,
}

/// A field.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldRightField {
    /// Its name: a built-in field's own, or `custom.` and the key.
    #[schema(example = "email")]
    pub field: String,
    /// What people call it; null for built-in fields.
    pub label: Option<String>,
    /// One that cannot be hidden may be closed to changes: it is then given once, when the record is made.
    pub can_be_hidden: bool,
    /// What is taken, by role; a role that is not named may do everything with it.
    #[schema(value_type = BTreeMap<String, FieldRight>, example = json!({ "read_only": "hidden" }))]
    pub rights: BTreeMap<Role, FieldRight>,
}

/// The fields of an object by name, and whether they can be hidden; those of the tenant's own with what they are called.
pub(super) async fn fields(tx: &mut Tx, object: CustomObject) -> Result<Vec<(String, Option<String>, bool)>> {
    let built_in = tx.fields_of(&object.to_string()).iter();
    let mut fields: Vec<_> = built_in.map(|field| (field.name.to_owned(), None, field.can_be_hidden())).collect();
    let own = custom::live_for_everybody(tx, object).await?;
    fields.extend(own.into_iter().map(|field| (field.path(), Some(field.label), true)));
    Ok(fields)
}

pub(super) async fn table(tx: &mut Tx, editable: bool) -> Result<FieldRightTable> {
    let taken = role::field::all(tx).await?;
    let own = object::all(tx).await?;
    let plural = |object| match object {
        CustomObject::Own(id) => own.iter().find(|other| other.id == id).map(|object| object.plural.clone()),
        _ => None,
    };
    let mut objects = Vec::new();
    for object in object::with_fields(tx).await? {
        let name = object.to_string();
        let of = |(field, label, can_be_hidden): (String, Option<String>, bool)| {
            let right = |(role, rights): (&Role, &kernel::FieldRights)| Some((*role, rights.of(&name, &field)?));
            FieldRightField { rights: taken.iter().filter_map(right).collect(), field, label, can_be_hidden }
        };
        let fields = fields(tx, object).await?.into_iter().map(of).collect();
        objects.push(FieldRightObject { object, label: plural(object), fields });
    }
    Ok(FieldRightTable { objects, editable })
}
