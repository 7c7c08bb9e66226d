//! Changing how a file is read before it is brought in: its dialect, what its columns feed, what becomes of duplicates.

use files::Blobs;
use kernel::{Change, Error, Json, Patch, Result};
use serde::Deserialize;
use store::Tx;
use tabular::{TargetField, sniff::examine};
use utoipa::ToSchema;

use super::{
    Defaults, Duplicates, Import, ImportState, MatchBy, Order, SavedMappingId,
    column::guessed,
    dialect::{self, ImportDialect},
    mapping::apply::apply,
    noun::Imports,
    run::{apart, sample},
    sheet::Chosen,
    target::{self, Own},
    trial,
};
use crate::field;

/// What changes; what is absent stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeImport {
    /// Read the file as this saved mapping says.
    pub mapping_id: Option<SavedMappingId>,
    /// The sheet of a workbook to read; the columns are guessed anew.
    #[schema(example = "Sheet1")]
    pub sheet: Option<String>,
    /// A new dialect; the columns are guessed anew. Of workbooks and cards only `has_header` and `skip_lines` are taken.
    pub dialect: Option<ImportDialect>,
    /// One target for each column in order; null leaves a column out.
    #[schema(example = json!(["external_id", "given_name", "family_name", null]))]
    pub mapping: Option<Vec<Option<String>>>,
    pub options: Option<ChangeImportOptions>,
}

/// How rows are taken; what is absent stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeImportOptions {
    pub duplicates: Option<Duplicates>,
    /// By what rows are recognised, one at least of those the noun can be recognised by.
    pub match_by: Option<Vec<MatchBy>>,
    /// ISO 3166-1 alpha-2: by whose habits phone numbers and tax ids are read in rows that name no country.
    #[schema(example = "ES")]
    pub default_country: Option<String>,
    /// The order of day, month and year; null: what the dates of the file themselves say.
    #[serde(default)]
    #[schema(value_type = Option<Order>)]
    pub date_order: Patch<Order>,
    /// What fields get in rows that leave them blank, by target; all of them anew.
    #[schema(value_type = Option<std::collections::HashMap<String, String>>, example = json!({ "tags": "fair" }))]
    pub defaults: Option<Defaults>,
}

/// Applies the change to an import that has taken no row yet.
pub async fn update(
    tx: &mut Tx,
    (blobs, imports): (&Blobs, &Imports),
    before: Import,
    change: ChangeImport,
    sheet: Option<Chosen>,
) -> Result<Import> {
    refuse_begun(&before)?;
    let mut import = before.clone();
    let own = Own::read(tx, imports, &import.noun).await?;
    let targets = own.offered(tx.caller());
    if let Some(sheet) = sheet {
        import = sheet.put(tx, blobs, import, &targets).await?;
    }
    if let Some(input) = &change.dialect {
        import = reread(tx, blobs, import, input, &targets).await?;
    }
    if let Some(id) = change.mapping_id {
        import = apply(tx, blobs, import, id, &own).await?;
    }
    if let Some(mapping) = change.mapping {
        own.must_see(tx.caller(), mapping.iter().flatten().map(String::as_str))?;
        import.columns = Json(target::chosen(&import.columns.0, mapping, &targets)?);
    }
    if let Some(options) = change.options {
        import.duplicates = options.duplicates.unwrap_or(import.duplicates);
        may_change(tx, &own, import.duplicates)?;
        if let Some(match_by) = options.match_by {
            import.match_by = Json(matching(&own, &match_by)?);
        }
        if let Some(country) = field::country("options.default_country", options.default_country.as_deref())? {
            import.default_country = country;
        }
        options.date_order.apply(&mut import.date_order);
        if let Some(defaults) = options.defaults {
            own.must_see(tx.caller(), defaults.keys().map(String::as_str))?;
            import.defaults = Json(target::defaults(defaults, &targets)?);
        }
    }
    // What a trial said of it is no longer so.
    trial::forget(tx, blobs, import.id).await?;
    // A file that could not be read stays so until another dialect reads it.
    let unread = import.error_code.clone().zip(import.error.clone()).filter(|_| import.columns.0.is_empty());
    let after = tx.update(&settle(import, &own, unread)).await?;
    tx.audit(Change::new("import.update", after.id).before(&audited(&before)).after(&audited(&after))).await?;
    Ok(after)
}

/// How it reads its file changes only before the first row.
pub fn refuse_begun(import: &Import) -> Result<()> {
    if import.is_editable() {
        return Ok(());
    }
    let sentence = "This import has begun, and how it reads the file stays as it is. Upload the file again.";
    Err(Error::conflict("import_started", sentence))
}

/// Who changes records by a file needs the right to change them.
pub fn may_change(tx: &Tx, own: &Own, duplicates: Duplicates) -> Result<()> {
    let change = own.noun.rights().change;
    if duplicates.updates() && !tx.caller().holds(change) {
        return Err(Error::Forbidden { permission: change });
    }
    Ok(())
}

/// May the caller bring this in as it stands? Also what somebody else has set up.
pub async fn may_take(tx: &mut Tx, imports: &Imports, import: &Import) -> Result<()> {
    let own = Own::read(tx, imports, &import.noun).await?;
    may_change(tx, &own, import.duplicates)?;
    let mapped = import.columns.0.iter().filter_map(|column| column.target.as_deref());
    own.must_see(tx.caller(), mapped.chain(import.defaults.0.keys().map(String::as_str)))
}

/// Each once, in the order they are looked for.
fn matching(own: &Own, wanted: &[MatchBy]) -> Result<Vec<MatchBy>> {
    let possible = own.noun.matching(own);
    if wanted.iter().any(|by| !possible.contains(by)) {
        let sentence = "Rows of this import cannot be recognised by this. Choose one of those listed.";
        return Err(Error::invalid("options.match_by", "match_unknown", sentence));
    }
    let chosen: Vec<MatchBy> = possible.into_iter().filter(|by| wanted.contains(by)).collect();
    if chosen.is_empty() {
        return Err(Error::invalid("options.match_by", "required", "Choose one at least."));
    }
    Ok(chosen)
}

/// The import with its columns guessed anew by a dialect a person wrote.
async fn reread(
    tx: &mut Tx,
    blobs: &Blobs,
    import: Import,
    input: &ImportDialect,
    targets: &[TargetField],
) -> Result<Import> {
    let mut dialect = dialect::parse(input)?;
    if import.table_id.is_some() {
        let (has_header, skip_lines) = (dialect.has_header, dialect.skip_lines);
        dialect = tabular::Dialect { has_header, skip_lines, ..import.dialect.0.clone() };
    }
    let (_, sample) = sample(tx, blobs, &import).await?;
    let size = import.rows_size();
    let (dialect, examined) = apart(move || {
        let examined = examine(&sample, size, &dialect);
        (dialect, examined)
    })
    .await?;
    let sniffed = examined.map_err(|error| Error::invalid("dialect", error.code(), error.to_string()))?;
    Ok(Import {
        dialect: Json(dialect),
        confidence: 100,
        columns: Json(guessed(&sniffed, targets)),
        rows_estimated: i64::try_from(sniffed.estimated_rows).unwrap_or(i64::MAX),
        ..import
    })
}

/// Ready, or uploaded with the reason why it cannot start.
pub fn settle(import: Import, own: &Own, unread: Option<(String, String)>) -> Import {
    let naming = own.noun.naming();
    let nameless =
        || (!own.names_a_row(&import.columns.0)).then(|| (naming.code.to_owned(), naming.sentence.to_owned()));
    let trouble = unread.or_else(nameless);
    let state = if trouble.is_some() { ImportState::Uploaded } else { ImportState::Ready };
    let (error_code, error) = trouble.unzip();
    Import { state, error_code, error, ..import }
}

/// What of the reading the audit trail keeps: the targets by place, no header and no sample.
fn audited(import: &Import) -> serde_json::Value {
    let mapping: Vec<Option<&str>> = import.columns.0.iter().map(|column| column.target.as_deref()).collect();
    serde_json::json!({
        "sheet": import.sheet, "dialect": import.dialect, "mapping": mapping, "duplicates": import.duplicates,
        "match_by": import.match_by, "default_country": import.default_country, "date_order": import.date_order, "defaults": import.defaults,
    })
}
