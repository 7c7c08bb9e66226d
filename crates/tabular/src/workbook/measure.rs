//! How much a workbook unpacks to, found out by unpacking it into nothing.
//!
//! What is measured is what the reader behind would hold: parts it reads whole, the longest stretch of a sheet between two
//! tags, and the number of texts a file announces, for which room would be made. The sizes a zip file states are not believed.

use std::io::{Read, Seek, SeekFrom};

use zip::ZipArchive;

use super::{BOMB, OTHER_FORMAT, UNREADABLE, stretch::Stretch};
use crate::laid::LayError;

/// What a workbook may come to. Sizes are of what is unpacked, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Files in the package.
    pub parts: u64,
    /// All sheets together.
    pub sheets: u64,
    /// The texts the cells share, which are held in memory.
    pub texts: u64,
    /// Any other part of XML.
    pub other: u64,
    /// All parts that are none of these, together: pictures, and what goes by another name and is a sheet all the same.
    pub others: u64,
    /// The longest stretch between two tags, which is held in memory.
    pub stretch: u64,
    /// Merged areas, which are held in memory.
    pub merges: u64,
}

impl Default for Bounds {
    /// Room for a sheet of a million rows, and for some 100 MB of different texts.
    fn default() -> Self {
        Bounds {
            parts: 10_000,
            sheets: 4 << 30,
            texts: 128 << 20,
            other: 32 << 20,
            others: 512 << 20,
            stretch: 1 << 20,
            merges: 1_000_000,
        }
    }
}

/// Looks of cells; spreadsheets write 65,490 at most, each of them copied with its font and its format.
const MOST_STYLES: u64 = 100_000;
/// The longest stretch among them: a format has 255 characters at most.
const STYLE_STRETCH: u64 = 2 << 10;

pub(super) struct Measured {
    /// Does a sheet have merged cells?
    pub(super) merges: bool,
}

/// What a part is, by its name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Sheet,
    Texts,
    Styles,
    Other,
    /// No XML by its name. A workbook may call its sheets what it likes, so that it is measured all the same.
    Foreign,
}

impl Part {
    fn of(name: &str) -> Part {
        if !(name.ends_with(".xml") || name.ends_with(".rels")) {
            return Part::Foreign;
        }
        match name {
            _ if name.contains("/worksheets/") && name.ends_with(".xml") => Part::Sheet,
            _ if name.ends_with("sharedstrings.xml") => Part::Texts,
            _ if name.ends_with("styles.xml") => Part::Styles,
            _ => Part::Other,
        }
    }
}

pub(super) fn measure<R: Read + Seek>(reader: &mut R, bounds: &Bounds) -> Result<Measured, LayError> {
    if parts(reader)?.is_none_or(|parts| parts > bounds.parts) {
        return Err(BOMB.into());
    }
    reader.rewind()?;
    let mut archive = ZipArchive::new(reader).map_err(|_| UNREADABLE)?;
    let (mut sheets, mut texts, mut others, mut merged, mut workbook) = (0, 0, 0, 0, false);
    for at in 0..archive.len() {
        let name = archive.name_for_index(at).and_then(Result::ok).map(|name| name.replace('\\', "/").to_lowercase());
        let name = name.ok_or(UNREADABLE)?;
        if name == "mimetype" || name.ends_with(".bin") && name.contains("workbook") {
            return Err(OTHER_FORMAT.into());
        }
        workbook |= name.ends_with("workbook.xml");
        let part = Part::of(&name);
        // What was unpacked before counts: entries of a package may share their bytes.
        let (sum, most) = match part {
            Part::Sheet => (&mut sheets, bounds.sheets),
            Part::Texts => (&mut texts, bounds.texts),
            Part::Styles | Part::Other | Part::Foreign => (&mut others, bounds.others),
        };
        let left = most.saturating_sub(*sum);
        let most = if matches!(part, Part::Styles | Part::Other) { left.min(bounds.other) } else { left };
        let found = unpacked(archive.by_index(at).map_err(|_| UNREADABLE)?, part, most, bounds.stretch)?;
        *sum += found.bytes;
        merged += if part == Part::Sheet { found.tags } else { 0 };
        // Each text takes five bytes of XML at least.
        let too_many = part == Part::Styles && found.tags > MOST_STYLES || merged > bounds.merges;
        if too_many || found.announced > found.bytes / 5 {
            return Err(BOMB.into());
        }
    }
    if workbook { Ok(Measured { merges: merged > 0 }) } else { Err(OTHER_FORMAT.into()) }
}

/// The files a package says it holds, told by the end of its directory; None where that is beyond what the short form tells
/// or cannot be found.
fn parts<R: Read + Seek>(reader: &mut R) -> Result<Option<u64>, LayError> {
    const TAIL: u64 = 22 + 65_535;
    let size = reader.seek(SeekFrom::End(0))?;
    reader.seek(SeekFrom::Start(size.saturating_sub(TAIL)))?;
    let mut tail = Vec::new();
    reader.take(TAIL).read_to_end(&mut tail)?;
    let Some(at) = tail.windows(4).rposition(|window| window == b"PK\x05\x06") else { return Err(UNREADABLE.into()) };
    let count = tail.get(at + 10..at + 12).and_then(|bytes| bytes.try_into().ok()).map(u16::from_le_bytes);
    let Some(count) = count else { return Err(UNREADABLE.into()) };
    // The long form, which may tell another number. Programs that stream write it for small files too.
    if at >= 20 && tail[at - 20..].starts_with(b"PK\x06\x07") {
        let record = tail.windows(4).rposition(|window| window == b"PK\x06\x06");
        let count = record.and_then(|at| tail.get(at + 32..at + 40)).and_then(|bytes| bytes.try_into().ok());
        return Ok(count.map(u64::from_le_bytes));
    }
    Ok((count != u16::MAX).then_some(u64::from(count)))
}

#[derive(Default)]
struct Found {
    bytes: u64,
    /// Texts that are announced.
    announced: u64,
    /// Merged areas of a sheet, or looks of cells.
    tags: u64,
}

/// Unpacks a part into nothing.
fn unpacked(mut from: impl Read, part: Part, most: u64, stretch: u64) -> Result<Found, LayError> {
    let mut stretch = match part {
        Part::Sheet | Part::Texts => Some(Stretch::new(stretch)),
        Part::Styles => Some(Stretch::new(stretch.min(STYLE_STRETCH))),
        Part::Other | Part::Foreign => None,
    };
    let tag: &[u8] = match part {
        Part::Sheet => b"mergeCell",
        Part::Styles => b"xf",
        Part::Texts | Part::Other | Part::Foreign => b"",
    };
    let mut found = Found::default();
    let mut buffer = vec![0_u8; 64 << 10];
    let mut kept = 0_usize;
    loop {
        let read = from.read(&mut buffer[kept..]).map_err(|_| UNREADABLE)?;
        if read == 0 {
            return Ok(found);
        }
        found.bytes += read as u64;
        if found.bytes > most {
            return Err(BOMB.into());
        }
        let end = kept + read;
        if let Some(stretch) = &mut stretch {
            stretch.follow(&buffer[kept..end])?;
        }
        if !tag.is_empty() {
            found.tags += tags(&buffer[kept.saturating_sub(tag.len())..end], tag);
        }
        found.announced = found.announced.max(announced(&buffer[..end]));
        // The end of what was seen is looked at again with what follows: a word may lie across.
        kept = end.min(64);
        buffer.copy_within(end - kept..end, 0);
    }
}

/// How many elements are begun whose name begins so, under whatever prefix.
fn tags(bytes: &[u8], name: &[u8]) -> u64 {
    let begun = |window: &&[u8]| matches!(window[0], b'<' | b':') && &window[1..] == name;
    bytes.windows(name.len() + 1).filter(begun).count() as u64
}

/// The largest number after `uniqueCount`.
fn announced(bytes: &[u8]) -> u64 {
    const WORD: &[u8] = b"uniqueCount";
    let mut most = 0;
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|b| *b == b'u') {
        let rest = &bytes[from + at..];
        if let Some(rest) = rest.strip_prefix(WORD) {
            let digits = rest.iter().skip_while(|b| b"= \t\r\n\"'".contains(b)).take_while(|b| b.is_ascii_digit());
            most = most.max(digits.fold(0_u64, |n, b| n.saturating_mul(10).saturating_add(u64::from(b - b'0'))));
        }
        from += at + 1;
    }
    most
}
