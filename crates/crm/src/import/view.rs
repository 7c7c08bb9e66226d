//! An import on the wire.

use chrono::{DateTime, Utc};
use files::BlobId;
use kernel::{Caller, MemberId};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Defaults, Duplicates, Format, Import, ImportColumn, ImportId, ImportState, MatchBy, Order,
    column::{Remark, without_samples},
    dialect::ImportDialect,
    target::{self, Own},
    trial::{ImportTrial, ImportTrialView},
};

/// An import: the file, how it is read, and what became of its rows. `created + updated + skipped + refused == rows_done`.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportView {
    pub id: ImportId,
    pub version: i64,
    /// What its rows are: `contact`, `deal`, `lead`, or the id of a custom object.
    #[schema(example = "contact")]
    pub noun: String,
    pub state: ImportState,
    /// Null once the file has been forgotten, 90 days after the last change.
    pub blob_id: Option<BlobId>,
    #[schema(example = "people.csv")]
    pub file_name: String,
    /// Bytes.
    pub size: i64,
    /// What the file is, whatever its name.
    pub format: Format,
    /// The sheets of a workbook.
    #[schema(example = json!(["Sheet1"]))]
    pub sheets: Vec<String>,
    /// The one that is read.
    pub sheet: Option<String>,
    pub dialect: ImportDialect,
    /// How sure the guessed dialect is, 0 to 100; below 60, ask.
    pub confidence: i64,
    /// What each column was taken for and the field it feeds, in order.
    pub columns: Vec<ImportColumn>,
    /// Every field a column may feed.
    pub targets: Vec<ImportTarget>,
    /// The fields by one of which a row must say whom or what it is about.
    #[schema(example = json!(["name"]))]
    pub naming: Vec<&'static str>,
    /// By what rows can be recognised as being about something that is there.
    pub matching: Vec<MatchBy>,
    pub options: ImportOptions,
    /// Rows the file seems to have.
    pub rows_estimated: i64,
    /// Rows it has; null until its end has been reached.
    pub rows_total: Option<i64>,
    pub rows_done: i64,
    /// Bytes dealt with, of `size`: the measure of progress.
    pub bytes_done: i64,
    /// Records made.
    pub created: i64,
    /// Of those, the ones that belong to a company.
    pub linked: i64,
    /// Records that were there already and have been changed.
    pub updated: i64,
    /// Rows passed over because what they are about is there already, or nothing was new.
    pub skipped: i64,
    pub refused: i64,
    pub companies_created: i64,
    /// Records taken back.
    pub undone: i64,
    /// Records that had been changed or used since and stayed.
    pub kept: i64,
    /// What a trial of the whole file came to; null until there is one, and once how it is read has been changed.
    pub trial: Option<ImportTrialView>,
    /// Why it cannot start, or why it stopped.
    pub error: Option<Remark>,
    pub member_id: Option<MemberId>,
    pub started_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
    pub undone_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// `update`, `preview`, `try`, `start`, `undo`, `delete`, `download_refused`, `download_trial`.
    pub actions: Vec<&'static str>,
}

/// How rows are taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportOptions {
    pub duplicates: Duplicates,
    pub match_by: Vec<MatchBy>,
    #[schema(example = "ES")]
    pub default_country: String,
    pub date_order: Option<Order>,
    /// What fields get in rows that leave them blank, by target.
    #[schema(value_type = std::collections::HashMap<String, String>, example = json!({ "tags": "fair" }))]
    pub defaults: Defaults,
}

/// A field a column may feed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportTarget {
    #[schema(example = "given_name")]
    pub key: String,
    /// What the workspace calls a field of its own; null for ours, which every language has a word for.
    pub label: Option<String>,
    /// What its cells look like: `text`, `email`, `phone`, `date` and so on.
    pub kind: String,
    /// May several columns feed it?
    pub repeatable: bool,
}

/// May the caller see the file as it stands? An amount may be in any column, so only who sees amounts, and who brought it.
pub fn shows_cells(import: &Import, caller: &Caller) -> bool {
    caller.sees_amounts() || import.member_id.is_some_and(|by| caller.member_id() == Some(by))
}

pub fn view(import: Import, own: &Own, trial: Option<ImportTrial>, caller: &Caller) -> ImportView {
    let shows_cells = shows_cells(&import, caller);
    let actions = [
        ("update", import.is_editable()),
        ("preview", import.blob_id.is_some() && !import.columns.0.is_empty()),
        ("try", import.is_triable()),
        ("download_trial", trial.as_ref().is_some_and(|trial| trial.blob_id.is_some())),
        ("start", import.is_startable()),
        ("undo", import.is_undoable()),
        ("delete", import.is_deletable()),
        ("download_refused", import.refused > 0 && import.blob_id.is_some()),
    ];
    ImportView {
        id: import.id,
        version: import.version,
        noun: import.noun,
        state: import.state,
        blob_id: import.blob_id,
        file_name: import.file_name,
        size: import.size,
        format: import.format,
        sheets: import.sheets.0,
        sheet: import.sheet,
        dialect: ImportDialect::from(&import.dialect.0),
        confidence: import.confidence,
        columns: if shows_cells { import.columns.0 } else { without_samples(import.columns.0) },
        targets: targets(own, caller),
        naming: own.noun.naming().targets.to_vec(),
        matching: own.noun.matching(own),
        options: ImportOptions {
            duplicates: import.duplicates,
            match_by: import.match_by.0,
            default_country: import.default_country,
            date_order: import.date_order,
            defaults: import.defaults.0,
        },
        rows_estimated: import.rows_estimated,
        rows_total: import.rows_total,
        rows_done: import.rows_done,
        bytes_done: import.bytes_done,
        created: import.created,
        linked: import.linked,
        updated: import.updated,
        skipped: import.skipped,
        refused: import.refused,
        companies_created: import.companies_created,
        undone: import.undone,
        kept: import.kept,
        trial: trial.map(ImportTrialView::from),
        error: import.error_code.zip(import.error).map(|(code, message)| Remark { code, message }),
        member_id: import.member_id,
        started_at: import.started_at,
        finished_at: import.finished_at,
        undone_at: import.undone_at,
        created_at: import.created_at,
        updated_at: import.updated_at,
        actions: actions.into_iter().filter_map(|(action, may)| may.then_some(action)).collect(),
    }
}

fn targets(own: &Own, caller: &Caller) -> Vec<ImportTarget> {
    own.offered(caller)
        .iter()
        .map(|field| ImportTarget {
            label: own.label(&field.key),
            key: field.key.to_string(),
            kind: target::kind(field.kind),
            repeatable: field.repeatable,
        })
        .collect()
}
