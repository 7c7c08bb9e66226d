//! Workbooks and piles of cards of 200,000 rows: laid out in memory that does not grow with them.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, Write};

use tabular::workbook::{Bounds, Workbook};
use tabular::{Limits, Record, Rows, card};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const ROWS: u64 = 200_000;

/// The most memory this process has had, in bytes; None where the system does not say.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kilobytes| kilobytes << 10)
}

/// What laying a file out took, and the rows of the table.
fn counted(table: &mut File, laid: &tabular::Laid) -> u64 {
    table.rewind().unwrap();
    let rows = Rows::open(BufReader::new(table), &laid.dialect, Limits::default()).unwrap().laid();
    rows.map(|record| u64::from(matches!(record.unwrap(), Record::Row(_)))).sum()
}

/// Cards as they are read, never held.
struct Cards {
    next: u64,
    ready: Vec<u8>,
    at: usize,
}

impl Read for Cards {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.ready.len() && self.next < ROWS {
            let n = self.next;
            self.ready =
                format!("BEGIN:VCARD\r\nVERSION:3.0\r\nN:Ruiz{n};Ana;;;\r\nEMAIL:a{n}@example.com\r\nEND:VCARD\r\n")
                    .into_bytes();
            (self.next, self.at) = (n + 1, 0);
        }
        let some = into.len().min(self.ready.len() - self.at);
        into[..some].copy_from_slice(&self.ready[self.at..self.at + some]);
        self.at += some;
        Ok(some)
    }
}

#[test]
fn two_hundred_thousand_cards_are_laid_out_one_by_one() {
    let before = peak();
    let mut table = tempfile::tempfile().unwrap();
    let laid = card::lay(Cards { next: 0, ready: Vec::new(), at: 0 }, BufWriter::new(&table)).unwrap();
    let grown = peak().zip(before).map(|(after, before)| after - before);
    println!("{} bytes of table, {grown:?} bytes of memory", laid.bytes);
    assert!(grown.is_none_or(|grown| grown < 16 << 20), "{grown:?} bytes: the cards are being held");
    assert_eq!(counted(&mut table, &laid), ROWS);
}

/// A sheet of a text that is shared, one of its own, and a number in each row.
fn sheet() -> File {
    let mut zip = ZipWriter::new(BufWriter::new(tempfile::tempfile().unwrap()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut part = |name: &str, fill: &dyn Fn(&mut dyn Write)| {
        zip.start_file(name, stored).unwrap();
        fill(&mut zip);
    };
    part("[Content_Types].xml", &|out| {
        out.write_all(br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#).unwrap();
    });
    part("_rels/.rels", &|out| {
        out.write_all(
            br#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        )
        .unwrap();
    });
    part("xl/workbook.xml", &|out| {
        out.write_all(
            br#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="People" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        )
        .unwrap();
    });
    part("xl/_rels/workbook.xml.rels", &|out| {
        out.write_all(
            br#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        )
        .unwrap();
    });
    part("xl/sharedStrings.xml", &|out| {
        write!(out, r#"<sst uniqueCount="{ROWS}">"#).unwrap();
        for n in 0..ROWS {
            write!(out, "<si><t>Ana Ruiz the {n}th of her name</t></si>").unwrap();
        }
        out.write_all(b"</sst>").unwrap();
    });
    part("xl/worksheets/sheet1.xml", &|out| {
        out.write_all(b"<worksheet><sheetData>").unwrap();
        for n in 0..ROWS {
            write!(
                out,
                r#"<row r="{0}"><c r="A{0}" t="s"><v>{n}</v></c><c r="B{0}" t="inlineStr"><is><t>a{n}@example.com</t></is></c><c r="C{0}"><v>{n}</v></c></row>"#,
                n + 1
            )
            .unwrap();
        }
        out.write_all(b"</sheetData></worksheet>").unwrap();
    });
    let mut file = zip.finish().unwrap().into_inner().unwrap();
    file.rewind().unwrap();
    file
}

#[test]
fn a_sheet_of_two_hundred_thousand_rows_is_laid_out_in_the_memory_of_its_texts() {
    let file = sheet();
    let before = peak();
    let mut table = tempfile::tempfile().unwrap();
    let mut book = Workbook::open(BufReader::new(file), &Bounds::default()).unwrap();
    let laid = book.lay("People", BufWriter::new(&table)).unwrap();
    let grown = peak().zip(before).map(|(after, before)| after - before);
    println!("{} bytes of table, {grown:?} bytes of memory", laid.bytes);
    // 200,000 texts of 40 bytes, each with its place in a list and what an allocation costs.
    assert!(grown.is_none_or(|grown| grown < 48 << 20), "{grown:?} bytes: the sheet is being held");
    assert_eq!(counted(&mut table, &laid) + u64::from(laid.dialect.has_header), ROWS);
}
