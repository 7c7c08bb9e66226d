//! Changing how a file is read before it is brought in: its dialect, what its columns feed, what becomes of duplicates.

use files::Blobs;
use kernel::{Change, Error, Json, Patch, Permission, Result};
use serde::Deserialize;
use store::Tx;
use tabular::sniff::examine;
use utoipa::ToSchema;

use super::{
    Defaults, Duplicates, Import, ImportState, MatchBy, Order, SavedMappingId,
    column::guessed,
    dialect::{self, ImportDialect},
    mapping::apply::apply,
    run::{apart, sample},
    sheet::Chosen,
    target, trial,
};
use crate::{contact::EditContacts, field};

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
    /// By what rows are recognised, one at least.
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
    blobs: &Blobs,
    before: Import,
    change: ChangeImport,
    sheet: Option<Chosen>,
) -> Result<Import> {
    refuse_begun(&before)?;
    let mut import = before.clone();
    if let Some(sheet) = sheet {
        import = sheet.put(tx, blobs, import).await?;
    }
    if let Some(input) = &change.dialect {
        import = reread(tx, blobs, import, input).await?;
    }
    if let Some(id) = change.mapping_id {
        import = apply(tx, blobs, import, id).await?;
    }
    if let Some(mapping) = change.mapping {
        let targets = target::Own::read(tx).await?.targets();
        import.columns = Json(target::chosen(&import.columns.0, mapping, &targets)?);
    }
    if let Some(options) = change.options {
        import.duplicates = options.duplicates.unwrap_or(import.duplicates);
        may_take(tx, import.duplicates)?;
        if let Some(match_by) = options.match_by {
            import.match_by = Json(matching(&match_by)?);
        }
        if let Some(country) = field::country("options.default_country", options.default_country.as_deref())? {
            import.default_country = country;
        }
        options.date_order.apply(&mut import.date_order);
        if let Some(defaults) = options.defaults {
            import.defaults = Json(target::defaults(defaults, &target::Own::read(tx).await?.targets())?);
        }
    }
    // What a trial said of it is no longer so.
    trial::forget(tx, blobs, import.id).await?;
    // A file that could not be read stays so until another dialect reads it.
    let unread = import.error_code.clone().zip(import.error.clone()).filter(|_| import.columns.0.is_empty());
    let after = tx.update(&settle(import, unread)).await?;
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

/// Who changes contacts by a file needs the right to change them.
pub fn may_take(tx: &Tx, duplicates: Duplicates) -> Result<()> {
    if duplicates.updates() && !tx.caller().holds(EditContacts::NAME) {
        return Err(Error::Forbidden { permission: EditContacts::NAME });
    }
    Ok(())
}

/// Each once, in the order they are looked for.
fn matching(wanted: &[MatchBy]) -> Result<Vec<MatchBy>> {
    let order = [MatchBy::ExternalId, MatchBy::Email, MatchBy::Phone];
    let chosen: Vec<MatchBy> = order.into_iter().filter(|by| wanted.contains(by)).collect();
    if chosen.is_empty() {
        return Err(Error::invalid("options.match_by", "required", "Choose one at least."));
    }
    Ok(chosen)
}

/// The import with its columns guessed anew by a dialect a person wrote.
async fn reread(tx: &mut Tx, blobs: &Blobs, import: Import, input: &ImportDialect) -> Result<Import> {
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
        columns: Json(guessed(&sniffed, &target::Own::read(tx).await?.targets())),
        rows_estimated: i64::try_from(sniffed.estimated_rows).unwrap_or(i64::MAX),
        ..import
    })
}

/// Ready, or uploaded with the reason why it cannot start.
pub fn settle(import: Import, unread: Option<(String, String)>) -> Import {
    let trouble = unread.or_else(|| {
        let sentence = "No column says who a row is about. Choose one for a name, an e-mail address or a phone number.";
        (!target::names_somebody(&import.columns.0)).then(|| ("mapping_names_nobody".to_owned(), sentence.to_owned()))
    });
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
