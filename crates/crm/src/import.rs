//! An import: one file of records of one noun (a table of text, a workbook, address cards), how it is read, and what became of
//! each of its rows.
//!
//! Invariants:
//! - Every row of the file is counted once: made, skipped as a duplicate, or refused with one reason.
//! - A row is taken by the rules of the form, no others: those of the noun's own verbs.
//! - Rows and the count of rows done are written in one transaction, so that a worker that dies doubles nothing.
//! - What an import made can be taken back; what was changed or used since stays and is counted.
//!
//! A row about somebody or something that is there already is skipped, made anew, or changes that record, as the person chose.
//!
//! It knows no noun: each brings what is asked of it ([`noun::ImportNoun`]) and is added to [`Imports`]. Contacts are taken in
//! bulk ([`contact`]); others by the verbs of their noun ([`of`]).

mod carried;
mod chunk;
mod column;
mod company;
mod contact;
mod create;
mod delete;
mod dialect;
mod forget;
mod lay;
mod list;
mod mapping;
mod match_by;
mod noun;
pub mod of;
mod plan;
mod preview;
mod reading;
mod refused;
mod routes;
mod row;
mod run;
mod sheet;
mod start;
mod target;
#[cfg(test)]
mod tests;
mod trial;
mod undo;
mod update;
mod upload;
mod view;

use chrono::{DateTime, Utc};
use files::BlobId;
use kernel::{Error, Json, MemberId, Result};
use tabular::{Dialect, value::DateOrder};

pub use column::ImportColumn;
pub use contact::language;
pub use lay::Format;
pub use mapping::{SavedMapping, SavedMappingId};
pub use match_by::MatchBy;
pub use noun::{Imports, Naming};
pub use routes::routes;
pub use run::{Pace, jobs, jobs_at};
pub use upload::MaxUpload;

/// What fields get in rows that leave them blank, by target.
pub type Defaults = std::collections::BTreeMap<String, String>;

kernel::id!(/// An import of a file.
    pub ImportId, "imp");

kernel::states! {
    pub enum ImportState {
        /// The file is there and its table cannot be read yet, or no column names anybody: the person must help.
        Uploaded = "uploaded",
        /// It can be started.
        Ready = "ready",
        Running = "running",
        /// Every row has been dealt with.
        Done = "done",
        /// It stopped for a reason that it carries; what was made until then stays.
        Failed = "failed",
        Undoing = "undoing",
        Undone = "undone",
    }
}

kernel::states! {
    /// What becomes of a row that is about a record which is there already.
    pub enum Duplicates {
        /// The row is passed over and counted.
        Skip = "skip",
        /// A second record is made.
        Create = "create",
        /// The record is changed; what is not there is made.
        Update = "update",
        /// The record is changed; what is not there is passed over.
        UpdateOnly = "update_only",
    }
}

impl Duplicates {
    /// Are records changed that are there already?
    pub fn updates(self) -> bool {
        matches!(self, Duplicates::Update | Duplicates::UpdateOnly)
    }
}

kernel::states! {
    /// The order of day, month and year in dates such as 01/02/2020.
    pub enum Order { Ymd = "ymd", Dmy = "dmy", Mdy = "mdy" }
}

impl From<Order> for DateOrder {
    fn from(order: Order) -> DateOrder {
        match order {
            Order::Ymd => DateOrder::Ymd,
            Order::Dmy => DateOrder::Dmy,
            Order::Mdy => DateOrder::Mdy,
        }
    }
}

store::record! {
    /// An import as stored. The audit trail names the file's columns nowhere: they carry samples of people's data.
    pub struct Import in import {
        id: ImportId,
        version: i64,
        /// What its rows are: `contact`, `deal`, `lead`, or the id of a custom object.
        noun: String,
        state: ImportState,
        /// The file; None once it has been forgotten.
        blob_id: Option<BlobId>,
        file_name: String,
        /// Bytes.
        size: i64,
        format: Format,
        /// What a workbook or cards were laid out as: these rows are read, not those of the file.
        table_id: Option<BlobId>,
        /// Its bytes.
        table_size: Option<i64>,
        /// Names of the sheets of a workbook, and the one that is read.
        sheets: Json<Vec<String>>,
        sheet: Option<String>,
        dialect: Json<Dialect>,
        /// How sure the guessed dialect is, 0 to 100; 100 when a person set it.
        confidence: i64,
        #[serde(skip_serializing)]
        columns: Json<Vec<ImportColumn>>,
        duplicates: Duplicates,
        match_by: Json<Vec<MatchBy>>,
        /// Country by whose habits phone numbers and tax ids are read in rows that name none.
        default_country: String,
        /// None: what the dates of the file themselves say.
        date_order: Option<Order>,
        /// What a field gets in rows that leave it blank, by target.
        defaults: Json<Defaults>,
        rows_estimated: i64,
        /// Known once the end of the file has been reached.
        rows_total: Option<i64>,
        rows_done: i64,
        bytes_done: i64,
        created: i64,
        /// Of the created, those that belong to a company.
        linked: i64,
        /// Records that were there and have been changed.
        updated: i64,
        skipped: i64,
        refused: i64,
        companies_created: i64,
        /// Records taken back, and records that had been changed or used and stayed.
        undone: i64,
        kept: i64,
        error_code: Option<String>,
        error: Option<String>,
        /// Who brought the file.
        member_id: Option<MemberId>,
        started_at: Option<DateTime<Utc>>,
        finished_at: Option<DateTime<Utc>>,
        undone_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

impl Import {
    /// The file as it was brought.
    pub fn file(&self) -> Result<BlobId> {
        let sentence = "The file of this import has been removed. Upload it again.";
        self.blob_id.ok_or_else(|| Error::conflict("import_file_gone", sentence))
    }

    /// Where its rows are read from.
    pub fn rows_from(&self) -> Result<BlobId> {
        Ok(self.table_id.unwrap_or(self.file()?))
    }

    /// Bytes of what its rows are read from.
    pub fn rows_size(&self) -> u64 {
        u64::try_from(self.table_size.unwrap_or(self.size)).unwrap_or_default()
    }

    /// Bytes of the file that correspond to bytes of what is read.
    pub fn progress(&self, read: u64) -> i64 {
        let part = u128::from(read) * u128::try_from(self.size).unwrap_or_default();
        i64::try_from(part / u128::from(self.rows_size().max(1))).unwrap_or(i64::MAX).min(self.size)
    }

    /// May its reading still be changed? Not once a row has been taken by it.
    pub fn is_editable(&self) -> bool {
        match self.state {
            ImportState::Uploaded | ImportState::Ready => self.blob_id.is_some(),
            ImportState::Failed => self.rows_done == 0 && self.blob_id.is_some(),
            ImportState::Running | ImportState::Done | ImportState::Undoing | ImportState::Undone => false,
        }
    }

    /// May it be started, or go on where it failed?
    pub fn is_startable(&self) -> bool {
        self.blob_id.is_some() && matches!(self.state, ImportState::Ready | ImportState::Failed)
    }

    /// May the whole file be gone through without writing?
    pub fn is_triable(&self) -> bool {
        self.is_startable() && self.rows_done == 0
    }

    /// May what it made be taken back? Also while it runs, which stops it.
    pub fn is_undoable(&self) -> bool {
        matches!(self.state, ImportState::Running | ImportState::Done | ImportState::Failed)
            && self.made_or_changed() > 0
    }

    /// What there is to take back; what was overwritten is known as long as the file is.
    fn made_or_changed(&self) -> i64 {
        self.created + self.companies_created + if self.blob_id.is_some() { self.updated } else { 0 }
    }

    /// May it be thrown away with its file? Not while anything it made could still be taken back.
    pub fn is_deletable(&self) -> bool {
        match self.state {
            ImportState::Uploaded | ImportState::Ready => true,
            ImportState::Failed => self.made_or_changed() == 0,
            ImportState::Running | ImportState::Done | ImportState::Undoing | ImportState::Undone => false,
        }
    }

    /// The word its records carry as their source.
    pub fn source(&self) -> String {
        self.id.to_string()
    }
}
