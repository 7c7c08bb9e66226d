//! A saved mapping: how files of one kind are brought in, under a name: which column feeds which field, how the table is
//! written, what becomes of those who are there.
//!
//! Invariants: it is of one noun; it names columns by their header, never by what was in them; two live ones of a noun have
//! different names; one that fits a file is offered, the best fit first, and only taken when a person says so; a target that has gone
//! since is left out.

pub mod apply;
pub mod create;
pub mod fit;
pub mod routes;

use chrono::{DateTime, Utc};
use kernel::{Error, Json, MemberId, Result, error::Fields};
use serde::{Deserialize, Serialize};
use store::Tx;
use tabular::Dialect;
use utoipa::ToSchema;

use super::{Defaults, Duplicates, Format, Import, MatchBy, Order, noun::Imports};
use crate::field;

kernel::id!(/// A saved mapping.
    pub SavedMappingId, "ima");

/// The most live ones of a workspace.
pub const MOST: i64 = 200;

/// One column of a file that such a mapping was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MappedColumn {
    /// Its name; null in a file without names, whose columns go by their place.
    #[schema(example = "First name")]
    pub header: Option<String>,
    /// The field it feeds; null leaves it out.
    #[schema(example = "given_name")]
    pub target: Option<String>,
}

store::record! {
    /// A mapping as stored.
    pub struct SavedMapping in import_mapping {
        id: SavedMappingId,
        version: i64,
        /// What the rows of its files are.
        noun: String,
        name: String,
        #[serde(skip_serializing)]
        name_folded: String,
        format: Format,
        columns: Json<Vec<MappedColumn>>,
        dialect: Json<Dialect>,
        duplicates: Duplicates,
        match_by: Json<Vec<MatchBy>>,
        default_country: String,
        date_order: Option<Order>,
        defaults: Json<Defaults>,
        /// Who saved it; it outlives them.
        member_id: Option<MemberId>,
        deleted_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

impl SavedMapping {
    /// The mapping with how this import reads its file.
    fn like(self, import: &Import) -> SavedMapping {
        let column = |column: &super::ImportColumn| MappedColumn {
            header: column.header.clone(),
            target: column.target.clone(),
        };
        SavedMapping {
            format: import.format,
            columns: Json(import.columns.0.iter().map(column).collect()),
            dialect: import.dialect.clone(),
            duplicates: import.duplicates,
            match_by: import.match_by.clone(),
            default_country: import.default_country.clone(),
            date_order: import.date_order,
            defaults: import.defaults.clone(),
            ..self
        }
    }

    /// The same under another name.
    async fn named(self, tx: &mut Tx, name: &str) -> Result<SavedMapping> {
        let mut refused = Fields::default();
        let name = field::take(&mut refused, field::line("name", Some(name), 80));
        if name.is_none() && refused.is_empty() {
            refused.refuse("name", "required", "Give it a name.");
        }
        refused.finish()?;
        let name = name.unwrap_or_default();
        let name_folded = field::folded(&name);
        let query = tx.select::<SavedMapping>().push(" AND import_mapping.deleted_at IS NULL");
        let query = query.and("import_mapping.noun =", self.noun.clone());
        let taken: Option<SavedMapping> =
            tx.optional(query.and("import_mapping.name_folded =", name_folded.clone())).await?;
        if taken.is_some_and(|other| other.id != self.id) {
            return Err(name_taken());
        }
        Ok(SavedMapping { name, name_folded, ..self })
    }
}

/// The index under which two who save at once meet.
const NAME_KEY: &str = "import_mapping_name_folded_key";

fn name_taken() -> Error {
    Error::invalid("name", "name_taken", "Another mapping has this name. Choose another, or save into that one.")
}

/// One that whoever asks may see. A deleted one is only there to be restored.
pub async fn one(tx: &mut Tx, imports: &Imports, id: SavedMappingId, with_deleted: bool) -> Result<SavedMapping> {
    let mapping: SavedMapping = tx.get(id).await?;
    let seen = imports.shows(tx.caller(), &mapping.noun);
    if !seen || (mapping.deleted_at.is_some() && !with_deleted) {
        return Err(Error::NotFound { noun: "import_mapping" });
    }
    Ok(mapping)
}
