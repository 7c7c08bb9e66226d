//! A table laid out: what was a workbook or a pile of address cards, written as rows that [`Rows`](crate::Rows) reads, so
//! that everything behind it knows one kind of file.
//!
//! Invariants: a row stands on the line of its own number in the source, whatever line breaks its cells hold; reading it
//! gives each cell as it was; what is written is bounded.

mod write;

pub(crate) use write::LINE_BREAK;
pub use write::TableWriter;

use crate::{
    dialect::{Dialect, Terminator, TextEncoding},
    sniff::FileRefusal,
};

/// What a file is, by its first bytes and not by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A table of text, or something that [`sniff`](crate::sniff()) refuses.
    Text,
    /// An Office Open XML workbook.
    Workbook,
    /// vCards.
    Cards,
}

/// The kind of a file; 16 bytes are enough, fewer when it has no more.
pub fn kind(beginning: &[u8]) -> FileKind {
    if beginning.starts_with(b"PK\x03\x04") {
        return FileKind::Workbook;
    }
    let wide = beginning.starts_with(b"\xFF\xFE") || beginning.starts_with(b"\xFE\xFF");
    let text = beginning.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(beginning);
    let letters = text.iter().filter(|b| !(wide && matches!(**b, 0 | 0xFE | 0xFF)));
    let word: Vec<u8> = letters.skip_while(|b| b.is_ascii_whitespace()).take(7).map(u8::to_ascii_uppercase).collect();
    // "BEGIN:V" of a wide text is cut by the 16 bytes; a table whose first name is that does not exist.
    if b"BEGIN:VCARD".starts_with(&word) && word.len() >= 6 { FileKind::Cards } else { FileKind::Text }
}

/// How a laid table is read, and what was seen on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Laid {
    /// How to read the table; `skip_lines` is where its header was seen.
    pub dialect: Dialect,
    /// Rows with anything in them.
    pub rows: u64,
    /// Of those, the ones above the header.
    pub above: u64,
    /// Bytes of the table.
    pub bytes: u64,
}

impl Laid {
    fn new(width: usize, header_line: u64, (rows, above): (u64, u64), bytes: u64) -> Laid {
        Laid {
            dialect: Dialect {
                encoding: TextEncoding::UTF_8,
                delimiter: ',',
                quote: Some('"'),
                has_header: true,
                terminator: Terminator::Lf,
                trim: false,
                skip_lines: u32::try_from(header_line).unwrap_or_default(),
                columns: u16::try_from(width.max(1)).ok(),
                pad_short_rows: true,
            },
            rows,
            above,
            bytes,
        }
    }
}

/// A file that was not laid out.
#[derive(Debug, thiserror::Error)]
pub enum LayError {
    /// It is not what it seems, or beyond what is taken.
    #[error(transparent)]
    Refused(#[from] FileRefusal),
    /// The disk did not do as asked.
    #[error("The file could not be read to its end: {0}")]
    Io(#[from] std::io::Error),
}

/// Bytes of the largest table.
pub const MOST_TABLE_BYTES: u64 = 1 << 30;
/// Columns of the widest table, as [`Limits`](crate::Limits) has it.
pub const MOST_COLUMNS: usize = 512;

pub(crate) const TABLE_TOO_LARGE: FileRefusal = FileRefusal {
    code: "file_holds_too_much",
    message: "Unpacked, this file is larger than what can be brought in at once. Divide it and bring in the parts.",
};
pub(crate) const TABLE_TOO_WIDE: FileRefusal = FileRefusal {
    code: "file_is_too_wide",
    message: "The table has more than 512 columns. Take out those that are not needed and bring it again.",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_what_is_in_it() {
        for (bytes, wanted) in [
            (&b"PK\x03\x04\x14\0"[..], FileKind::Workbook),
            (b"BEGIN:VCARD\r\nVERSION", FileKind::Cards),
            (b"\xEF\xBB\xBF\r\nbegin:vcard\n", FileKind::Cards),
            (b"\xFF\xFEB\0E\0G\0I\0N\0:\0V\0", FileKind::Cards),
            (b"\xFE\xFF\0B\0E\0G\0I\0N\0:\0V", FileKind::Cards),
            (b"Begin,End\n1,2", FileKind::Text),
            (b"BEGIN", FileKind::Text),
            (b"", FileKind::Text),
            (b"name,email\n", FileKind::Text),
        ] {
            assert_eq!(kind(bytes), wanted, "{bytes:?}");
        }
    }
}
