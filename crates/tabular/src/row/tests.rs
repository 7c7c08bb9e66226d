//! Reading rows out of bytes: quotes, line ends, encodings, limits.
use proptest::prelude::*;

use super::*;
use crate::dialect::{Dialect, Terminator, TextEncoding};

fn plain() -> Dialect {
    Dialect { encoding: TextEncoding::UTF_8, has_header: false, terminator: Terminator::Any, ..Dialect::export() }
}

fn read_with(text: &[u8], dialect: &Dialect, limits: Limits) -> Vec<String> {
    let rows = Rows::open(text, dialect, limits).unwrap();
    rows.map(|record| match record.unwrap() {
        Record::Row(row) => format!("{}@{} {}", row.number, row.line, row.cells.join("·")),
        Record::Refused(row) => format!("{}@{}-{} {}", row.number, row.line, row.end_line, row.code),
    })
    .collect()
}

fn read(text: &str) -> Vec<String> {
    read_with(text.as_bytes(), &plain(), Limits::default())
}

#[test]
fn cells_quotes_and_line_ends_of_every_kind() {
    assert_eq!(read("a,b\nc,d"), ["1@1 a·b", "2@2 c·d"]);
    assert_eq!(read("a,b\r\nc,d\r\n"), ["1@1 a·b", "2@2 c·d"]);
    assert_eq!(read("a,b\rc,d\r"), ["1@1 a·b", "2@2 c·d"]);
    assert_eq!(read("a,\"b \"\"x\"\", y\"\n"), ["1@1 a·b \"x\", y"]);
    assert_eq!(read("a,\"l1\nl2\r\nl3\"\nc,d\n"), ["1@1 a·l1\nl2\r\nl3", "2@4 c·d"]);
    assert_eq!(read("5\" pipe,b\n"), ["1@1 5\" pipe·b"]);
    assert_eq!(read(",\n\"\",\"\"\n"), ["1@2 ·"], "delimiters alone are a blank line, quoted empty cells are not");
    assert_eq!(read("a,b\n\n  \n,,,\nc,d\n\n"), ["1@1 a·b", "2@5 c·d"]);
    assert_eq!(read("one\n\ntwo\n"), ["1@1 one", "2@3 two"]);
    assert_eq!(read(""), Vec::<String>::new());
    assert_eq!(read("\u{FEFF}a,b"), ["1@1 a·b"]);
}

#[test]
fn a_lone_carriage_return_is_data_where_lines_end_otherwise() {
    let dialect = Dialect { terminator: Terminator::Lf, ..plain() };
    assert_eq!(read_with(b"a\rb,c\r\nd,e\n", &dialect, Limits::default()), ["1@1 a\rb·c", "2@2 d·e"]);
}

#[test]
fn rows_of_another_width_are_refused_with_their_cells() {
    assert_eq!(
        read("a,b\nc\nd,e,f\ng,h,\ni,j\n"),
        ["1@1 a·b", "2@2-2 too_few_columns", "3@3-3 too_many_columns", "4@4 g·h", "5@5 i·j"]
    );
    let padded = Dialect { pad_short_rows: true, ..plain() };
    assert_eq!(read_with(b"a,b\nc\n", &padded, Limits::default()), ["1@1 a·b", "2@2 c·"]);
    let mut rows = Rows::open(&b"a,b\nc,d,e\n"[..], &plain(), Limits::default()).unwrap().skip(1);
    let Some(Ok(Record::Refused(row))) = rows.next() else { panic!() };
    assert_eq!(
        (row.raw.as_str(), row.cells, row.truncated),
        ("c,d,e", vec!["c".into(), "d".into(), "e".into()], false)
    );
    assert!(row.message.contains("3 columns instead of 2"), "{}", row.message);
}

#[test]
fn an_unbalanced_quote_refuses_its_line_and_names_where_it_opened() {
    assert_eq!(read("a,b\n1,\"x\n2,y\n3,z\n"), ["1@1 a·b", "2@2-2 quote_never_closed", "3@3 2·y", "4@4 3·z"]);
    assert_eq!(read("1,\"x\n2,\"y\"\n3,z\n"), ["1@1-1 quote_never_closed", "2@2 2·y", "3@3 3·z"]);
    assert_eq!(read("1,\"x"), ["1@1-1 quote_never_closed"]);
    assert_eq!(read("1,\"a\nb\",\"x\n2,y,z\n"), ["1@1-2 quote_never_closed", "2@3 2·y·z"]);
    assert_eq!(read("1,\"Bob\" Smith\n2,y\n"), ["1@1-1 text_after_quote", "2@2 2·y"]);
    let text = "a,b\n1,\"x\n2,y\n";
    let mut rows = Rows::open(text.as_bytes(), &plain(), Limits::default()).unwrap().skip(1);
    let Some(Ok(Record::Refused(row))) = rows.next() else { panic!() };
    assert!(row.message.contains("opened on line 2"), "{}", row.message);
    let no_quotes = Dialect { quote: None, ..plain() };
    assert_eq!(read_with(b"1,\"x\n2,y\n", &no_quotes, Limits::default()), ["1@1 1·\"x", "2@2 2·y"]);
}

#[test]
fn blanks_around_cells_go_when_asked() {
    let dialect = Dialect { trim: true, ..plain() };
    let text = "a , b,\tc \n \"x, \" , y ,\n";
    assert_eq!(read_with(text.as_bytes(), &dialect, Limits::default()), ["1@1 a·b·c", "2@2 x, ·y·"]);
    assert_eq!(read(" a , b\n"), ["1@1  a · b"]);
}

#[test]
fn limits_refuse_one_row_each() {
    let limits = Limits { max_row_bytes: 20, max_cell_bytes: 10, max_columns: 3 };
    let text = "a,b\n12345678901,x\n12345678,12345678,123456\na,b,c,d\n\"12345678901\",x\ny,z\n";
    assert_eq!(
        read_with(text.as_bytes(), &plain(), limits),
        [
            "1@1 a·b",
            "2@2-2 cell_too_large",
            "3@3-3 row_too_large",
            "4@4-4 too_many_columns",
            "5@5-5 cell_too_large",
            "6@6 y·z"
        ]
    );
}

#[test]
fn bytes_that_are_not_text_refuse_their_row() {
    let text = b"a,b\nJos\xe9,c\nd,\0\ne,f\n";
    assert_eq!(
        read_with(text, &plain(), Limits::default()),
        ["1@1 a·b", "2@2-2 unreadable_characters", "3@3-3 binary_in_row", "4@4 e·f"]
    );
    let latin = Dialect { encoding: TextEncoding::by_label("windows-1252").unwrap(), ..plain() };
    assert_eq!(read_with(b"Jos\xe9,c\n", &latin, Limits::default()), ["1@1 José·c"]);
    let wide: Vec<u8> = "é,ñ\nx,y".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf16 = Dialect { encoding: TextEncoding::by_label("utf-16le").unwrap(), ..plain() };
    assert_eq!(read_with(&wide, &utf16, Limits::default()), ["1@1 é·ñ", "2@2 x·y"]);
}

#[test]
fn headers_are_read_padded_or_refused() {
    let dialect = Dialect { has_header: true, ..plain() };
    let rows = Rows::open(&b"\n name ,mail\n1,2\n"[..], &dialect, Limits::default()).unwrap();
    assert_eq!((rows.header().unwrap(), rows.width()), (&["name".to_owned(), "mail".to_owned()][..], 2));
    let code = |text: &[u8], dialect: &Dialect| Rows::open(text, dialect, Limits::default()).err().map(|e| e.code());
    assert_eq!(code(b"", &dialect), Some("header_missing"));
    assert_eq!(code(b"\n\n", &dialect), Some("header_missing"));
    assert_eq!(code(b"a,\"b\n", &dialect), Some("header_unreadable"));
    assert_eq!(code(b"a,b", &dialect), None);
    assert_eq!(code(b"a", &Dialect { delimiter: 'x', ..plain() }), Some("delimiter_invalid"));
    let wider = Dialect { columns: Some(3), ..dialect.clone() };
    let rows = Rows::open(&b"a,b\n1,2,3\n"[..], &wider, Limits::default()).unwrap();
    assert_eq!(rows.header().unwrap(), ["a", "b", ""]);
    let skipping = Dialect { skip_lines: 2, ..dialect };
    let rows = Rows::open(&b"sep=,\r\n\"\na,b\n1,2\n"[..], &skipping, Limits::default()).unwrap();
    assert_eq!(rows.header().unwrap(), ["a", "b"]);
}

#[test]
fn a_failing_reader_is_reported_once_and_ends_the_rows() {
    struct Broken(bool);
    impl std::io::Read for Broken {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            if self.0 {
                return Err(std::io::Error::other("unplugged"));
            }
            self.0 = true;
            into[..4].copy_from_slice(b"a,b\n");
            Ok(4)
        }
    }
    let mut rows = Rows::open(Broken(false), &plain(), Limits::default()).unwrap();
    assert!(matches!(rows.next(), Some(Ok(Record::Row(_)))));
    assert_eq!(rows.next().unwrap().unwrap_err().code(), "read_failed");
    assert!(rows.next().is_none());
}

/// Hands out one byte at a time: the worst chunking there is.
struct Drip<'a>(&'a [u8]);

impl std::io::Read for Drip<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
        into[0] = *first;
        self.0 = rest;
        Ok(1)
    }
}

proptest! {
    #[test]
    fn chunks_make_no_difference(text in "([aé,\"\n\r ']|\"\"|\r\n){0,80}", trim in any::<bool>(), small in any::<bool>()) {
        let dialect = Dialect { trim, ..plain() };
        let limits = if small { Limits { max_row_bytes: 12, max_cell_bytes: 6, max_columns: 4 } } else { Limits::default() };
        let whole: Vec<_> = Rows::open(text.as_bytes(), &dialect, limits).unwrap().map(Result::unwrap).collect();
        let dripped: Vec<_> = Rows::open(Drip(text.as_bytes()), &dialect, limits).unwrap().map(Result::unwrap).collect();
        prop_assert_eq!(whole, dripped);
    }

    #[test]
    fn every_line_with_something_in_it_is_answered_for(text in "([aé,\"\n ]|\"\"){0,120}") {
        let lines: Vec<&str> = text.split('\n').collect();
        let mut answered = vec![false; lines.len() + 1];
        let mut last = 0;
        for record in Rows::open(text.as_bytes(), &plain(), Limits::default()).unwrap() {
            let (line, end) = match record.unwrap() {
                Record::Row(row) => {
                    let breaks: usize = row.cells.iter().map(|cell| cell.matches('\n').count()).sum();
                    (row.line, row.line + breaks as u64)
                }
                Record::Refused(row) => (row.line, row.end_line),
            };
            prop_assert!(line > last, "line {} twice", line);
            last = end;
            (line..=end).for_each(|line| answered[line as usize] = true);
        }
        for (at, line) in lines.iter().enumerate() {
            // Of an empty cell beyond the columns nothing is left, its quotes and its line breaks neither.
            let blank = line.chars().all(|c| matches!(c, ',' | ' ' | '"'));
            prop_assert!(answered[at + 1] || blank, "line {} {:?} is lost", at + 1, line);
        }
    }

    #[test]
    fn well_formed_tables_read_as_the_csv_crate_reads_them(table in prop::collection::vec(prop::collection::vec("[a-zé \",;\n]{0,6}", 3), 1..8)) {
        let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
        table.iter().for_each(|row| writer.write_record(row).unwrap());
        let bytes = writer.into_inner().unwrap();
        let dialect = Dialect { terminator: Terminator::Lf, ..plain() };
        let ours: Vec<Vec<String>> = Rows::open(&bytes[..], &dialect, Limits::default()).unwrap()
            .map(|record| match record.unwrap() { Record::Row(row) => row.cells, Record::Refused(row) => panic!("{row:?}") })
            .collect();
        let theirs: Vec<Vec<String>> = table.into_iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty() || cell.contains('\n'))).collect();
        prop_assert_eq!(ours, theirs);
    }
}
