//! Records that cells point at by name: those of a chunk, found by a question for each kind.
//!
//! Invariant: a name points at the one live record that the one who imports sees under it; of several, none is guessed.

use std::collections::{HashMap, HashSet};

use kernel::{Error, Result, Uuid, id::Id};
use store::{Sql, Tx};

use super::Said;
use crate::{
    company::CompanyId,
    contact::ContactId,
    deal::DealId,
    field::{
        custom::{CustomField, CustomKind, CustomObject},
        folded,
    },
    import::target::OF_RECORD,
    record::CustomRecordId,
    subject::LeadId,
};

#[derive(Default)]
pub struct Related(HashMap<(CustomObject, String), Vec<Uuid>>);

/// The head of the question, the column of the name, and the prefix of ids.
fn kind(object: CustomObject) -> (&'static str, &'static str, &'static str) {
    match object {
        CustomObject::Company => (
            "SELECT name_folded, id FROM company WHERE deleted_at IS NULL AND tenant_id = ",
            "company.name_folded",
            CompanyId::PREFIX,
        ),
        CustomObject::Contact => (
            "SELECT name_folded, id FROM contact WHERE deleted_at IS NULL AND tenant_id = ",
            "contact.name_folded",
            ContactId::PREFIX,
        ),
        CustomObject::Deal => (
            "SELECT name_folded, id FROM deal WHERE deleted_at IS NULL AND tenant_id = ",
            "deal.name_folded",
            DealId::PREFIX,
        ),
        CustomObject::Lead => (
            "SELECT name_folded, id FROM lead WHERE deleted_at IS NULL AND tenant_id = ",
            "lead.name_folded",
            LeadId::PREFIX,
        ),
        CustomObject::Own(_) => (
            "SELECT name_folded, id FROM custom_record WHERE deleted_at IS NULL AND tenant_id = ",
            "custom_record.name_folded",
            CustomRecordId::PREFIX,
        ),
    }
}

/// The id that a cell is, if it is one of this kind.
fn id_in(object: CustomObject, cell: &str) -> Option<Uuid> {
    kernel::id::parse(kind(object).2, cell).ok()
}

impl Related {
    /// What the cells of these fields name.
    pub async fn load(tx: &mut Tx, fields: &[CustomField], rows: &[Said<'_>]) -> Result<Related> {
        let mut wanted: HashMap<CustomObject, HashSet<String>> = HashMap::new();
        for field in fields.iter().filter(|field| field.kind == CustomKind::Relation) {
            let Some(object) = field.target else { continue };
            let target = format!("{OF_RECORD}{}", field.key);
            let cells = rows.iter().flatten().filter(|(said, _)| *said == target).map(|(_, cell)| *cell);
            let names = cells.filter(|cell| id_in(object, cell).is_none()).map(folded);
            wanted.entry(object).or_default().extend(names);
        }
        let mut related = Related::default();
        for (object, names) in wanted.into_iter().filter(|(_, names)| !names.is_empty()) {
            for (name, id) in by_name(tx, object, names).await? {
                related.0.entry((object, name)).or_default().push(id);
            }
        }
        Ok(related)
    }

    /// The id of the record that a cell of the field names.
    pub fn id(&self, field: &CustomField, cell: &str) -> Result<String> {
        let refuse = |code, sentence| Error::invalid(field.path(), code, sentence);
        let Some(object) = field.target else {
            return Err(refuse("record_unknown", "This field points at nothing any more. Leave the column out."));
        };
        if id_in(object, cell).is_some() {
            return Ok(cell.to_owned());
        }
        match self.0.get(&(object, folded(cell))).map(Vec::as_slice) {
            Some([one]) => Ok(format!("{}_{}", kind(object).2, one.simple())),
            Some(_) => {
                Err(refuse("record_ambiguous", "Several records are called so. Write the id of the one you mean."))
            }
            None => Err(refuse("record_unknown", "No record is called so. Write its name as it stands, or its id.")),
        }
    }
}

/// Live records by folded names, as far as the caller sees them.
pub async fn by_name(tx: &mut Tx, object: CustomObject, names: HashSet<String>) -> Result<Vec<(String, Uuid)>> {
    let (head, column, _) = kind(object);
    let query = Sql::new(head).bind(tx.tenant_id());
    let query = match object {
        CustomObject::Own(of) => query.and("object_id =", of),
        _ => query,
    };
    let query = tx.and_among(query, column, names);
    Ok(tx.all(query).await?)
}
