//! Files that are no text table, told by their first bytes, and what to do about each.

use super::FileRefusal;

const fn refusal(code: &'static str, message: &'static str) -> FileRefusal {
    FileRefusal { code, message }
}

const EMPTY: FileRefusal = refusal("file_is_empty", "The file is empty. Export it again and check that it has rows.");
const SPREADSHEET: FileRefusal = refusal(
    "file_is_spreadsheet",
    "This workbook is of an old or another kind, or protected by a password. Open it, choose Save as, take .xlsx or \
     \"CSV UTF-8\" without a password, and bring that file.",
);
const ARCHIVE: FileRefusal = refusal(
    "file_is_archive",
    "This is a compressed archive. Unpack it and bring the CSV, Excel or vCard file inside.",
);
const DOCUMENT: FileRefusal =
    refusal("file_is_document", "This is a document, not a table. Export the data as CSV from where it is kept.");
const IMAGE: FileRefusal =
    refusal("file_is_image", "This is a picture or a recording. Bring a CSV, Excel or vCard file.");
const PROGRAM: FileRefusal = refusal("file_is_program", "This is a program. Bring a CSV, Excel or vCard file.");
const WEB_PAGE: FileRefusal = refusal(
    "file_is_web_page",
    "This is a web page or XML, though its name may say otherwise. Open it in a spreadsheet and save it as CSV.",
);
const JSON: FileRefusal = refusal("file_is_json", "This is JSON. Export the data as CSV.");
const VCARD: FileRefusal =
    refusal("file_is_vcard", "These are address cards (vCard). Export the contacts as CSV instead.");
const BINARY: FileRefusal =
    refusal("file_is_binary", "This file holds binary data, not text. Export the data as CSV and bring that file.");

/// All of them, for the list of codes.
pub(super) static ALL: [FileRefusal; 10] =
    [EMPTY, SPREADSHEET, ARCHIVE, DOCUMENT, IMAGE, PROGRAM, WEB_PAGE, JSON, VCARD, BINARY];

const MAGIC: &[(&[u8], FileRefusal)] = &[
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", SPREADSHEET), // OLE2: xls; also doc and ppt, whose owners are told the same
    (b"\x09\x08\x10\x00", SPREADSHEET),                 // BIFF without a container
    (b"\x1F\x8B", ARCHIVE),
    (b"7z\xBC\xAF\x27\x1C", ARCHIVE),
    (b"Rar!\x1A\x07", ARCHIVE),
    (b"BZh", ARCHIVE),
    (b"\xFD7zXZ\x00", ARCHIVE),
    (b"\x28\xB5\x2F\xFD", ARCHIVE),
    (b"%PDF-", DOCUMENT),
    (b"{\\rtf", DOCUMENT),
    (b"\x89PNG\r\n\x1A\n", IMAGE),
    (b"\xFF\xD8\xFF", IMAGE),
    (b"GIF87a", IMAGE),
    (b"GIF89a", IMAGE),
    (b"RIFF", IMAGE),
    (b"\x7FELF", PROGRAM),
    (b"\xCF\xFA\xED\xFE", PROGRAM),
    (b"\xCA\xFE\xBA\xBE", PROGRAM),
    (b"SQLite format 3\x00", BINARY),
];

/// Refuses by first bytes, and by NUL bytes that are not those of UTF-16.
pub(super) fn refuse(sample: &[u8]) -> Result<(), FileRefusal> {
    if sample.is_empty() || matches!(sample, b"\xEF\xBB\xBF" | b"\xFF\xFE" | b"\xFE\xFF") {
        return Err(EMPTY);
    }
    if sample.starts_with(b"PK\x03\x04") || sample.starts_with(b"PK\x05\x06") {
        return Err(inside_zip(sample));
    }
    if let Some((_, refusal)) = MAGIC.iter().find(|(magic, _)| sample.starts_with(magic)) {
        return Err(refusal.clone());
    }
    // Two letters are a weak sign: "MZ" may begin a name, but not one followed by binary.
    let has_nul = sample.contains(&0);
    if has_nul && sample.starts_with(b"MZ") {
        return Err(PROGRAM);
    }
    if has_nul && super::encoding::utf16_guess(sample).is_none() {
        return Err(BINARY);
    }
    Ok(())
}

/// xlsx, ods and docx are zip files that name their parts in the clear.
fn inside_zip(sample: &[u8]) -> FileRefusal {
    let mentions = |needle: &[u8]| sample.windows(needle.len()).any(|window| window == needle);
    if mentions(b"xl/") || mentions(b"opendocument.spreadsheet") {
        SPREADSHEET
    } else if mentions(b"word/") || mentions(b"ppt/") || mentions(b"opendocument.") {
        DOCUMENT
    } else if mentions(b"[Content_Types].xml") {
        SPREADSHEET
    } else {
        ARCHIVE
    }
}

/// Refuses text that is markup or data of another kind, and text full of control characters.
pub(super) fn refuse_text(text: &str) -> Result<(), FileRefusal> {
    let begin = text.trim_start();
    if begin.is_empty() {
        return Err(EMPTY);
    }
    let start: String = begin.chars().take(64).collect::<String>().to_ascii_lowercase();
    if ["<!doctype", "<html", "<?xml", "<table", "<head", "<meta", "<!--"].iter().any(|tag| start.starts_with(tag)) {
        return Err(WEB_PAGE);
    }
    if start.starts_with("begin:vcard") {
        return Err(VCARD);
    }
    if is_json(begin) {
        return Err(JSON);
    }
    let odd = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{1A}' | '\u{85}');
    let (mut controls, mut all) = (0usize, 0usize);
    for c in text.chars() {
        all += 1;
        if c == '\0' {
            return Err(BINARY);
        }
        controls += usize::from(odd(c));
    }
    if controls * 100 > all { Err(BINARY) } else { Ok(()) }
}

/// `{"name":` or `[{` or `[[`: a table does not begin like that.
fn is_json(begin: &str) -> bool {
    let mut compact = begin.chars().filter(|c| !c.is_whitespace());
    match compact.next() {
        Some('{') => matches!(compact.next(), Some('"' | '}')),
        Some('[') => matches!(compact.next(), Some('{' | '[')),
        _ => false,
    }
}
