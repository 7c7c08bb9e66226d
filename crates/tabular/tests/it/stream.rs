//! Files far larger than memory should be: generated as they are read, never held.

use std::io::Read;
use std::time::Instant;

use tabular::{Dialect, Limits, ReadError, Record, Rows};

/// Yields a line again and again up to a size; remembers how far it was asked to run ahead of the rows taken.
struct Endless {
    line: Vec<u8>,
    left: usize,
    at: usize,
}

impl Endless {
    fn new(line: &str, size: usize) -> Endless {
        Endless { line: line.as_bytes().to_vec(), left: size, at: 0 }
    }
}

impl Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let wanted = into.len().min(self.left);
        for byte in &mut into[..wanted] {
            *byte = self.line[self.at];
            self.at = (self.at + 1) % self.line.len();
        }
        self.left -= wanted;
        Ok(wanted)
    }
}

fn plain() -> Dialect {
    Dialect { has_header: false, ..Dialect::export() }
}

const LINE: &str =
    "c-1001,Ana María,López García,ana.lopez@example.com,+34 612 345 678,\"Calle Mayor, 1\",Madrid,28001,ES\r\n";

#[test]
fn fifty_megabytes_are_read_row_by_row() {
    let size = 50 << 20;
    let started = Instant::now();
    let mut rows = Rows::open(Endless::new(LINE, size), &plain(), Limits::default()).unwrap();
    let (mut good, mut taken) = (0u64, 0u64);
    while let Some(record) = rows.next() {
        match record.unwrap() {
            Record::Row(row) => {
                assert_eq!(row.cells.len(), 9);
                good += 1;
                taken = row.number * LINE.len() as u64;
            }
            // The last line is cut by the size.
            Record::Refused(refused) => assert_eq!(refused.number, good + 1),
        }
        assert!(rows.bytes_read() < taken + (1 << 20), "it runs ahead of the rows: the file is being held");
    }
    let seconds = started.elapsed().as_secs_f64();
    println!("{good} rows, {} MiB in {seconds:.1} s: {:.0} rows a second", size >> 20, good as f64 / seconds);
    assert_eq!(good, (size / LINE.len()) as u64);
}

#[test]
fn an_open_quote_loses_one_row_of_a_large_file() {
    let before = "1,a\r\n2,\"never closed\r\n".as_bytes();
    let rows = Rows::open(before.chain(Endless::new("3,c\r\n", 4 << 20)), &plain(), Limits::default()).unwrap();
    let (mut good, mut refused) = (0, Vec::new());
    for record in rows {
        match record.unwrap() {
            Record::Row(_) => good += 1,
            Record::Refused(row) => refused.push(row),
        }
    }
    assert_eq!(good, 1 + (4 << 20) / 5 + 1);
    assert_eq!((refused[0].code, refused[0].line, refused[0].end_line), ("quote_never_closed", 2, 2));
    assert_eq!(refused[0].raw, "2,\"never closed");
    assert_eq!(refused.len(), 1);
}

#[test]
fn a_line_without_end_is_refused_without_being_held() {
    let long = "a,b\r\n".as_bytes().chain(Endless::new("xé", 8 << 20)).chain("\r\nc,d\r\n".as_bytes());
    let records: Vec<Record> = Rows::open(long, &plain(), Limits::default()).unwrap().map(Result::unwrap).collect();
    let [Record::Row(_), Record::Refused(refused), Record::Row(last)] = &records[..] else {
        panic!("{}", records.len())
    };
    assert_eq!((refused.code, refused.line, refused.truncated), ("cell_too_large", 2, true));
    assert!(refused.raw.len() <= 4096);
    assert_eq!((last.line, last.number, last.cells.as_slice()), (3, 3, &["c".to_owned(), "d".to_owned()][..]));
}

#[test]
fn quotes_that_never_match_end_the_reading_instead_of_taking_for_ever() {
    let rows = Rows::open(Endless::new("x\",\"y\r\n", 3 << 20), &plain(), Limits::default()).unwrap();
    let started = Instant::now();
    let mut last = None;
    for record in rows {
        last = record.err();
    }
    println!("gave up or finished after {:.1} s", started.elapsed().as_secs_f64());
    assert!(last.is_none_or(|error| matches!(error, ReadError::QuotesBeyondRepair { .. })));
}
