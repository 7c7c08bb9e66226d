//! The table of a trial: of each row where it stands, what would become of it, which fields would change, why it would be
//! refused, and its cells as they stood.

use std::{
    fs::File,
    io::{BufWriter, Read, Seek},
};

use bytes::Bytes;
use files::{Blobs, Upload};
use kernel::{Error, Result, TenantId};
use tabular::{CsvWriter, ExportOptions};

use crate::import::{Import, lay::disk, plan::Outcome, row::Stood, run::apart};

/// Bytes handed to the object store at a time.
const PIECE: u64 = 1 << 20;

/// The table under way, on this machine's disk.
pub struct Report {
    csv: CsvWriter<BufWriter<File>>,
    width: usize,
}

impl Report {
    pub fn new(import: &Import) -> Result<Report> {
        let file = tempfile::tempfile().map_err(disk)?;
        let mut csv = CsvWriter::new(BufWriter::new(file), ExportOptions::default()).map_err(Error::internal)?;
        let named = |column: &crate::import::ImportColumn| {
            column.header.clone().unwrap_or_else(|| format!("column {}", column.column + 1))
        };
        let header = ["line", "outcome", "fields", "reason"].map(str::to_owned).into_iter();
        csv.write(header.chain(import.columns.0.iter().map(named))).map_err(Error::internal)?;
        Ok(Report { csv, width: import.columns.0.len() })
    }

    pub fn rows(&mut self, rows: Vec<(Stood, Outcome)>) -> Result<()> {
        for (stood, outcome) in rows {
            let (word, fields, reason) = match outcome {
                Outcome::Create => ("create", String::new(), String::new()),
                Outcome::Change(fields) => ("change", fields.join(", "), String::new()),
                Outcome::Skip => ("skip", String::new(), String::new()),
                Outcome::Refuse(refusal) => ("refuse", refusal.field, refusal.reason),
            };
            let mut cells = stood.cells;
            cells.resize(self.width.max(cells.len()), String::new());
            let row = [stood.line.to_string(), word.to_owned(), fields, reason].into_iter().chain(cells);
            self.csv.write(row).map_err(Error::internal)?;
        }
        Ok(())
    }

    /// Brings the table to the object store.
    pub async fn stored(self, blobs: &Blobs, tenant: TenantId) -> Result<Upload> {
        let buffer = self.csv.finish().map_err(Error::internal)?;
        let mut file = buffer.into_inner().map_err(|error| disk(error.into_error()))?;
        file.rewind().map_err(disk)?;
        let mut upload = blobs.upload(tenant).await?;
        loop {
            let part = file.try_clone().map_err(disk)?;
            let piece = apart(move || {
                let mut piece = Vec::new();
                part.take(PIECE).read_to_end(&mut piece).map(|_| piece)
            });
            let piece = piece.await?.map_err(disk)?;
            if piece.is_empty() {
                return Ok(upload);
            }
            upload.write(Bytes::from(piece)).await?;
        }
    }
}
