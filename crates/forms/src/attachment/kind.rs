//! What a file is, by its content and never by its name. What is not on the list is refused: pages, drawings with script and
//! programs above all.

use kernel::{Error, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a form may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    Pdf,
    /// JPEG, PNG and WebP; kept without what the camera added.
    Picture,
    /// Text documents and presentations: Office Open XML and OpenDocument, without macros.
    Document,
    /// Spreadsheets, and CSV.
    Table,
    /// Plain text in UTF-8.
    Text,
}

/// All of them, in the order in which they are offered.
pub const KINDS: [FileKind; 5] =
    [FileKind::Pdf, FileKind::Picture, FileKind::Document, FileKind::Table, FileKind::Text];

impl FileKind {
    /// What a browser offers for choosing (HTML 4.10.5.1.17); what arrives is looked at all the same.
    pub(crate) const fn accept(self) -> &'static str {
        match self {
            FileKind::Pdf => ".pdf",
            FileKind::Picture => ".jpg,.jpeg,.png,.webp",
            FileKind::Document => ".docx,.odt,.pptx,.odp",
            FileKind::Table => ".xlsx,.ods,.csv",
            FileKind::Text => ".txt,.md",
        }
    }

    /// What the page calls it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            FileKind::Pdf => "form-kind-pdf",
            FileKind::Picture => "form-kind-picture",
            FileKind::Document => "form-kind-document",
            FileKind::Table => "form-kind-table",
            FileKind::Text => "form-kind-text",
        }
    }
}

/// A kind with its media type and the ending its name gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Known {
    pub kind: FileKind,
    pub media_type: &'static str,
    pub ending: &'static str,
}

const fn known(kind: FileKind, media_type: &'static str, ending: &'static str) -> Known {
    Known { kind, media_type, ending }
}

const PDF: Known = known(FileKind::Pdf, "application/pdf", "pdf");
pub(crate) const JPEG: Known = known(FileKind::Picture, "image/jpeg", "jpg");
pub(crate) const PNG: Known = known(FileKind::Picture, "image/png", "png");
pub(crate) const WEBP: Known = known(FileKind::Picture, "image/webp", "webp");
const TEXT: Known = known(FileKind::Text, "text/plain", "txt");
const CSV: Known = known(FileKind::Table, "text/csv", "csv");

/// By the part that makes it what it is.
const OPEN_XML: [(&str, Known); 3] = [
    (
        "word/document.xml",
        known(FileKind::Document, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    ),
    (
        "xl/workbook.xml",
        known(FileKind::Table, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    ),
    (
        "ppt/presentation.xml",
        known(FileKind::Document, "application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
    ),
];

/// By what their first part says (OpenDocument 1.3, part 2, 3.3).
const OPEN_DOCUMENT: [Known; 3] = [
    known(FileKind::Document, "application/vnd.oasis.opendocument.text", "odt"),
    known(FileKind::Table, "application/vnd.oasis.opendocument.spreadsheet", "ods"),
    known(FileKind::Document, "application/vnd.oasis.opendocument.presentation", "odp"),
];

/// What the bytes are. The name only says whether text is a table.
///
/// # Errors
/// `file_empty`, `file_kind`.
pub(crate) fn sniff(field: &str, bytes: &[u8], name: &str) -> Result<Known> {
    let refused =
        || Error::invalid(field, "file_kind", "Choose a PDF, a picture, an office document, a table or a text.");
    if bytes.is_empty() {
        return Err(Error::invalid(field, "file_empty", "This file is empty. Choose another."));
    }
    let found = match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(PDF),
        [0xFF, 0xD8, 0xFF, ..] => Some(JPEG),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(PNG),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(WEBP),
        [b'P', b'K', 3, 4, ..] => office(bytes),
        _ => text(bytes, name),
    };
    found.ok_or_else(refused)
}

/// Readable text that no browser would take for a page and no shell for a program.
fn text(bytes: &[u8], name: &str) -> Option<Known> {
    let text = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}');
    if text.chars().any(|c| c.is_control() && !"\n\r\t".contains(c)) {
        return None;
    }
    let start: String = text.trim_start().chars().take(1_000).collect::<String>().to_lowercase();
    let page = ["<html", "<svg", "<script", "<!doctype", "<?xml", "<body", "<iframe"];
    let made = start.starts_with('<') || start.starts_with("#!") || start.starts_with("{\\rtf");
    if made || page.iter().any(|mark| start.contains(mark)) {
        return None;
    }
    Some(if name.to_lowercase().ends_with(".csv") { CSV } else { TEXT })
}

/// A document in an archive, by the names of its parts. One with macros or a program in it is none.
fn office(bytes: &[u8]) -> Option<Known> {
    let names = parts(bytes)?;
    let bad = |name: &String| {
        let name = name.to_lowercase();
        ["vbaproject.bin", ".exe", ".dll", ".js", ".vbs", ".bat", ".cmd"].iter().any(|ending| name.ends_with(ending))
            || name.starts_with("basic/")
            || name.starts_with("scripts/")
            || name.contains("..")
    };
    if names.iter().any(bad) {
        return None;
    }
    if names.iter().any(|name| name == "[Content_Types].xml") {
        return OPEN_XML.iter().find(|(part, _)| names.iter().any(|name| name == part)).map(|(_, known)| *known);
    }
    let first = bytes.get(30..38)? == b"mimetype";
    let length = usize::from(u16::from_le_bytes([*bytes.get(28)?, *bytes.get(29)?]));
    let said = bytes.get(38 + length..)?;
    // The next part begins where the type ends, so that a template is not taken for a document.
    let is =
        |known: &&Known| said.strip_prefix(known.media_type.as_bytes()).is_some_and(|rest| rest.starts_with(b"PK"));
    OPEN_DOCUMENT.iter().filter(|_| first).find(is).copied()
}

/// More than this no document has.
const MOST_NAMES: usize = 10_000;

/// The names in an archive's directory (APPNOTE 4.3.12, 4.3.16), all of them; None where it has none that can be read, or has
/// more than it says, which readers make different things of.
fn parts(bytes: &[u8]) -> Option<Vec<String>> {
    let u16_at = |at: usize| Some(usize::from(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?])));
    let u32_at = |at: usize| Some(u16_at(at)? | (u16_at(at + 2)? << 16));
    // The end of the directory stands at the end, before a comment of at most 65,535 bytes.
    let from = bytes.len().saturating_sub(22 + 65_535);
    let end = from + bytes.get(from..)?.windows(4).rposition(|four| four == b"PK\x05\x06")?;
    let (count, mut at) = (u16_at(end + 10)?, u32_at(end + 16)?);
    if count > MOST_NAMES {
        return None;
    }
    let mut names = Vec::new();
    for _ in 0..count {
        if bytes.get(at..at + 4)? != b"PK\x01\x02" {
            return None;
        }
        let (name, extra, comment) = (u16_at(at + 28)?, u16_at(at + 30)?, u16_at(at + 32)?);
        names.push(String::from_utf8_lossy(bytes.get(at + 46..at + 46 + name)?).into_owned());
        at += 46 + name + extra + comment;
    }
    (at == end).then_some(names)
}
