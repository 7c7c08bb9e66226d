//! Laying out a workbook or address cards as the table an import reads: once, when the file arrives or another sheet of it
//! is chosen. The file itself is kept as well.
//!
//! Invariant: it happens outside any transaction, of a few files at once, and what cannot be laid out is refused with words.

use std::{
    fs::File,
    io::{BufReader, BufWriter, Read, Seek},
    time::{Duration, Instant},
};

use bytes::Bytes;
use files::{Blobs, Upload};
use kernel::{Error, Result, TenantId};
use tabular::{
    FileKind, Laid, LayError, SAMPLE_BYTES, Sniffed, card,
    sniff::seen,
    workbook::{Bounds, Workbook},
};
use tokio::sync::Semaphore;

use super::run::apart;

kernel::states! {
    /// What a file is, by what is in it.
    pub enum Format {
        /// A table of text, however it is delimited.
        Csv = "csv",
        /// A workbook, of which one sheet is read.
        Xlsx = "xlsx",
        /// Address cards.
        Vcard = "vcard",
    }
}

impl Format {
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Csv => "text/csv",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Vcard => "text/vcard",
        }
    }
}

impl From<FileKind> for Format {
    fn from(kind: FileKind) -> Format {
        match kind {
            FileKind::Text => Format::Csv,
            FileKind::Workbook => Format::Xlsx,
            FileKind::Cards => Format::Vcard,
        }
    }
}

/// Files laid out at once; each may hold the texts of a workbook in memory.
static PLACES: Semaphore = Semaphore::const_new(2);
/// Names of sheets that are kept to choose from.
const MOST_SHEETS: usize = 200;
/// How long sheets without rows are gone through in search of one that has some: two hundred names may mean one endless sheet,
/// and others wait for the place.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes handed to the object store at a time.
const PIECE: usize = 1 << 20;

/// A file, laid out.
pub struct Table {
    pub sniffed: Sniffed,
    pub sheets: Vec<String>,
    pub sheet: Option<String>,
    file: File,
}

/// Lays a file out; of a workbook the sheet of that name, or the first that has rows.
pub async fn lay(file: File, format: Format, sheet: Option<String>) -> Result<Table> {
    let _place = PLACES.acquire().await.map_err(Error::internal)?;
    let laid = apart(move || table(file, format, sheet)).await?;
    laid.map_err(|error| match error {
        LayError::Refused(refusal) => Error::invalid("file", refusal.code, refusal.message),
        LayError::Io(error) => disk(error),
    })
}

fn table(mut file: File, format: Format, sheet: Option<String>) -> std::result::Result<Table, LayError> {
    file.rewind()?;
    let mut out = tempfile::tempfile()?;
    let (laid, sheets, sheet) = match format {
        Format::Xlsx => {
            let mut book = Workbook::open(BufReader::new(file), &Bounds::default())?;
            let mut sheets = book.sheets();
            sheets.truncate(MOST_SHEETS);
            let (laid, sheet) =
                first_filled(&mut book, sheet.map_or_else(|| sheets.clone(), |sheet| vec![sheet]), &mut out)?;
            (laid, sheets, Some(sheet))
        }
        Format::Csv | Format::Vcard => (card::lay(file, BufWriter::new(&out))?, Vec::new(), None),
    };
    out.rewind()?;
    let mut sample = Vec::new();
    (&out).take(SAMPLE_BYTES as u64).read_to_end(&mut sample)?;
    out.rewind()?;
    // The header of a table of ours can be read: what cannot be is a row.
    let sniffed = seen(&sample, &laid).map_err(std::io::Error::other)?;
    Ok(Table { sniffed, sheets, sheet, file: out })
}

fn first_filled(
    book: &mut Workbook<BufReader<File>>,
    sheets: Vec<String>,
    out: &mut File,
) -> std::result::Result<(Laid, String), LayError> {
    let mut empty = None;
    let began = Instant::now();
    for sheet in sheets {
        if began.elapsed() > PATIENCE {
            break;
        }
        out.set_len(0)?;
        out.rewind()?;
        match book.lay(&sheet, BufWriter::new(&*out)) {
            Ok(laid) => return Ok((laid, sheet)),
            Err(LayError::Refused(refusal)) if refusal.code == "workbook_is_empty" => empty = Some(refusal),
            Err(error) => return Err(error),
        }
    }
    Err(empty.map_or_else(|| std::io::Error::other("a workbook without sheets").into(), LayError::Refused))
}

impl Table {
    /// Brings the table to the object store; its row is written when the upload is finished.
    pub async fn stored(&mut self, blobs: &Blobs, tenant: TenantId) -> Result<Upload> {
        let mut upload = blobs.upload(tenant).await?;
        loop {
            let file = self.file.try_clone().map_err(disk)?;
            let piece = apart(move || {
                let mut piece = Vec::with_capacity(PIECE);
                file.take(PIECE as u64).read_to_end(&mut piece).map(|_| piece)
            });
            let piece = piece.await?.map_err(disk)?;
            if piece.is_empty() {
                return Ok(upload);
            }
            upload.write(Bytes::from(piece)).await?;
        }
    }
}

pub fn disk(error: std::io::Error) -> Error {
    Error::Unavailable { code: "files_unavailable", retry_after_seconds: 5, operator: error.to_string() }
}
