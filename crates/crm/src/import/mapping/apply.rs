//! Taking a saved mapping for a file.

use files::Blobs;
use kernel::{Error, Json, Result};
use store::Tx;
use tabular::{Dialect, TargetField, sniff::examine};

use super::{SavedMapping, SavedMappingId, fit};
use crate::import::{
    Format, Import, MatchBy,
    column::guessed,
    run::{apart, sample},
    target::{self, Own},
    update::may_change,
};

/// The import, read as the mapping says.
pub async fn apply(tx: &mut Tx, blobs: &Blobs, import: Import, id: SavedMappingId, own: &Own) -> Result<Import> {
    let mapping: SavedMapping = tx.get(id).await?;
    if mapping.deleted_at.is_some() {
        return Err(Error::not_found("import_mapping"));
    }
    let targets = own.offered(tx.caller());
    let import = reread(tx, blobs, import, &mapping, &targets).await?;
    if mapping.noun != import.noun || fit::fit(&mapping, &import) == 0 {
        let sentence = "This mapping has none of the columns of the file. Choose another, or map the columns below.";
        return Err(Error::invalid("mapping_id", "mapping_does_not_fit", sentence));
    }
    may_change(tx, own, mapping.duplicates)?;
    let known = |target: &str| targets.iter().any(|field| field.key == target);
    let chosen = fit::targets(&mapping.columns.0, &import.columns.0, known);
    let columns = target::chosen(&import.columns.0, chosen, &targets)?;
    let mut defaults = mapping.defaults.0;
    defaults.retain(|target, _| known(target));
    Ok(Import {
        columns: Json(columns),
        duplicates: mapping.duplicates,
        match_by: Json(known_to(own, mapping.match_by.0, &import)),
        default_country: mapping.default_country,
        date_order: mapping.date_order,
        defaults: Json(defaults),
        ..import
    })
}

/// A table of text is read as the mapping's was, if its columns then fit better; its encoding stays as it was found.
async fn reread(
    tx: &mut Tx,
    blobs: &Blobs,
    import: Import,
    mapping: &SavedMapping,
    targets: &[TargetField],
) -> Result<Import> {
    let encoding = import.dialect.0.encoding;
    let dialect = Dialect { encoding, ..mapping.dialect.0.clone() };
    if import.format != Format::Csv || mapping.format != Format::Csv || dialect == import.dialect.0 {
        return Ok(import);
    }
    let (_, sample) = sample(tx, blobs, &import).await?;
    let size = import.rows_size();
    let (dialect, examined) = apart(move || {
        let examined = examine(&sample, size, &dialect);
        (dialect, examined)
    })
    .await?;
    let Ok(sniffed) = examined else { return Ok(import) };
    let columns = guessed(&sniffed, targets);
    if fit::of(&mapping.columns.0, &columns) <= fit::fit(mapping, &import) {
        return Ok(import);
    }
    Ok(Import {
        dialect: Json(dialect),
        columns: Json(columns),
        rows_estimated: i64::try_from(sniffed.estimated_rows).unwrap_or(i64::MAX),
        error_code: None,
        error: None,
        ..import
    })
}

/// Those by which rows can still be recognised; what the import had, where none is left.
fn known_to(own: &Own, saved: Vec<MatchBy>, import: &Import) -> Vec<MatchBy> {
    let possible = own.noun.matching(own);
    let kept: Vec<MatchBy> = saved.into_iter().filter(|by| possible.contains(by)).collect();
    if kept.is_empty() { import.match_by.0.clone() } else { kept }
}
