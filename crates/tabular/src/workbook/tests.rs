//! Workbooks as programs write them, and as those do who mean harm.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook as Writer, Worksheet};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{Bounds, Workbook};
use crate::{Laid, LayError, Limits, Record, Rows};

fn written(fill: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut book = Writer::new();
    fill(&mut book);
    book.save_to_buffer().unwrap()
}

fn one(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    written(|book| fill(book.add_worksheet()))
}

fn open(file: &[u8]) -> Result<Workbook<Cursor<&[u8]>>, LayError> {
    Workbook::open(Cursor::new(file), &Bounds::default())
}

fn laid(file: &[u8]) -> (Laid, Vec<(u64, Vec<String>)>) {
    let mut book = open(file).unwrap();
    let sheet = book.sheets().remove(0);
    let mut table = Vec::new();
    let laid = book.lay(&sheet, &mut table).unwrap();
    let dialect = crate::Dialect { skip_lines: 0, has_header: false, ..laid.dialect.clone() };
    let rows = Rows::open(&*table, &dialect, Limits::default()).unwrap().laid();
    let rows = rows.map(|record| match record.unwrap() {
        Record::Row(row) => (row.line, row.cells),
        Record::Refused(refused) => panic!("{refused:?}"),
    });
    (laid, rows.collect())
}

fn code(result: Result<impl Sized, LayError>) -> &'static str {
    match result {
        Err(LayError::Refused(refusal)) => refusal.code,
        Err(error) => panic!("{error}"),
        Ok(_) => "taken",
    }
}

#[test]
fn cells_become_what_was_typed_and_rows_keep_their_numbers() {
    let file = one(|sheet| {
        sheet.write_string(0, 0, "Customers").unwrap();
        for (column, name) in
            (0..).zip(["name", "postal code", "phone", "born", "seen", "amount", "vip", "sum", "notes"])
        {
            sheet.write_string(2, column, name).unwrap();
        }
        sheet.write_string(3, 0, "Ana \"la\" Ruiz, 日本").unwrap();
        sheet.write_number_with_format(3, 1, 1001, &Format::new().set_num_format("00000")).unwrap();
        sheet.write_number(3, 2, 34_612_345_678_f64).unwrap();
        let day = ExcelDateTime::from_ymd(1985, 4, 12).unwrap();
        sheet.write_datetime_with_format(3, 3, &day, &Format::new().set_num_format("dd/mm/yy")).unwrap();
        let moment = ExcelDateTime::from_ymd(2026, 2, 3).unwrap().and_hms(14, 30, 0).unwrap();
        sheet.write_datetime_with_format(3, 4, &moment, &Format::new().set_num_format("yyyy-mm-dd hh:mm")).unwrap();
        sheet.write_number(3, 5, 0.1 + 0.2).unwrap();
        sheet.write_boolean(3, 6, true).unwrap();
        sheet.write_formula(3, 7, Formula::new("=1+2").set_result("3")).unwrap();
        sheet.write_string(3, 8, "=cmd|' /C calc'!A0\nsecond line").unwrap();
        sheet.write_string(9, 0, "Luis").unwrap();
    });
    let (laid, rows) = laid(&file);
    assert_eq!((laid.dialect.skip_lines, laid.dialect.columns, laid.rows, laid.above), (2, Some(9), 4, 1));
    let lines: Vec<u64> = rows.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [1, 3, 4, 10], "as the sheet numbers them");
    assert_eq!(
        rows[2].1,
        [
            "Ana \"la\" Ruiz, 日本",
            "01001",
            "34612345678",
            "1985-04-12",
            "2026-02-03 14:30:00",
            "0.3",
            "true",
            "3",
            "=cmd|' /C calc'!A0\nsecond line"
        ]
    );
}

#[test]
fn merged_cells_speak_for_every_row_beside_them_and_for_one_column() {
    let file = one(|sheet| {
        for (row, (firm, name)) in (0..).zip([("Firm", "Name"), ("", "Ana"), ("", "Luis"), ("Other", "Eva")]) {
            sheet.write_string(row, 0, firm).unwrap();
            sheet.write_string(row, 1, name).unwrap();
        }
        sheet.merge_range(1, 0, 2, 0, "Acme", &Format::new()).unwrap();
        sheet.merge_range(4, 0, 4, 1, "The end", &Format::new()).unwrap();
    });
    let (_, rows) = laid(&file);
    let cells: Vec<_> = rows.iter().map(|(_, cells)| cells.join("|")).collect();
    assert_eq!(cells, ["Firm|Name", "Acme|Ana", "Acme|Luis", "Other|Eva", "The end|"]);
}

#[test]
fn sheets_are_chosen_by_name_and_hidden_ones_come_last() {
    let file = written(|book| {
        book.add_worksheet().set_name("Old").unwrap().set_hidden(true).write_string(0, 0, "x").unwrap();
        book.add_worksheet().set_name("Empty").unwrap().set_active(true);
        book.add_worksheet().set_name("People").unwrap().write_string(0, 0, "name").unwrap();
    });
    let mut book = open(&file).unwrap();
    assert_eq!(book.sheets(), ["Empty", "People", "Old"]);
    assert_eq!(code(book.lay("Empty", Vec::new())), "workbook_is_empty");
    assert_eq!(code(book.lay("Nowhere", Vec::new())), "workbook_is_empty");
    assert_eq!(book.lay("People", Vec::new()).unwrap().rows, 1);
}

/// A zip file of these parts.
fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn what_would_unpack_to_too_much_is_refused_before_it_is_read() {
    let bounds = Bounds {
        parts: 20,
        sheets: 200_000,
        texts: 100_000,
        other: 50_000,
        others: 120_000,
        stretch: 10_000,
        merges: 100,
    };
    let of = |parts: &[(&str, &[u8])]| code(Workbook::open(Cursor::new(&packed(parts)[..]), &bounds));
    let long = |tag: &str, times: usize| tag.repeat(times).into_bytes();
    let book: (&str, &[u8]) = ("xl/workbook.xml", b"<workbook/>");
    let sheet = "xl/worksheets/sheet1.xml";
    assert_eq!(of(&[book, (sheet, &long("<c/>", 60_000))]), "workbook_unpacks_to_too_much");
    let two = "xl/worksheets/sheet2.xml";
    let half = long("<c/>", 30_000);
    assert_eq!(of(&[book, (sheet, &half), (two, &half)]), "workbook_unpacks_to_too_much", "together");
    assert_eq!(of(&[book, ("xl/sharedStrings.xml", &long("<si/>", 30_000))]), "workbook_unpacks_to_too_much");
    assert_eq!(of(&[book, ("xl/styles.xml", &long("<xf/>", 30_000))]), "workbook_unpacks_to_too_much");
    assert_eq!(of(&[book, (sheet, &long("x", 20_000))]), "workbook_unpacks_to_too_much", "one long text");
    let hidden = format!("<c r=\"{}\"/>", "<".repeat(20_000)).into_bytes();
    assert_eq!(of(&[book, (sheet, &hidden)]), "workbook_unpacks_to_too_much", "one long attribute");
    assert_eq!(of(&[book, ("xl/worksheets/sheet1.dat", &long("<c/>", 60_000))]), "workbook_unpacks_to_too_much");
    let some = long("<a/>", 10_000);
    let names = ["xl/a.xml", "xl/b.xml", "xl/c.xml", "xl/d.xml"];
    let parts: Vec<(&str, &[u8])> = std::iter::once(book).chain(names.map(|name| (name, &some[..]))).collect();
    assert_eq!(of(&parts), "workbook_unpacks_to_too_much", "other parts together");
    assert_eq!(of(&[book, (sheet, &long("<mergeCell ref=\"A1:A2\"/>", 101))]), "workbook_unpacks_to_too_much");
    let format = format!("<numFmt numFmtId=\"164\" formatCode=\"{}\"/>", "0".repeat(9_000)).into_bytes();
    assert_eq!(of(&[book, ("xl/styles.xml", &format)]), "workbook_unpacks_to_too_much", "a format copied to each look");
    let announced = br#"<sst count="1" uniqueCount="99999999999999"><si><t>a</t></si></sst>"#;
    assert_eq!(of(&[book, ("xl/sharedStrings.xml", announced)]), "workbook_unpacks_to_too_much");
    assert_eq!(of(&[book, (sheet, b"<!DOCTYPE x [<!ENTITY a \"b\">]><c/>")]), "workbook_unreadable");
    let many: Vec<String> = (0..30).map(|n| format!("xl/{n}.xml")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (&**name, &b"<a/>"[..])).collect();
    assert_eq!(of(&many), "workbook_unpacks_to_too_much", "many parts");
}

#[test]
fn a_cell_no_spreadsheet_would_take_is_refused() {
    let shared = format!("<sst><si>{}</si></sst>", format!("<r><t>{}</t></r>", "x".repeat(30_000)).repeat(5));
    let file = packed(&[
        (
            "_rels/.rels",
            br#"<Relationships><Relationship Id="r" Type="a/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            br#"<Relationships><Relationship Id="s" Type="a/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/workbook.xml", br#"<workbook><sheets><sheet name="S" r:id="s"/></sheets></workbook>"#),
        ("xl/sharedStrings.xml", shared.as_bytes()),
        (
            "xl/worksheets/sheet1.xml",
            br#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>"#,
        ),
    ]);
    let mut book = open(&file).unwrap();
    assert_eq!(book.sheets(), ["S"]);
    assert_eq!(code(book.lay("S", Vec::new())), "workbook_unpacks_to_too_much");
}

#[test]
fn what_is_no_workbook_is_refused_with_what_to_do() {
    for (name, content, wanted) in [
        ("word/document.xml", "<a/>", "workbook_of_other_format"),
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "workbook_of_other_format"),
        ("xl/workbook.bin", "x", "workbook_of_other_format"),
        ("xl/workbook.xml", "<workbook", "workbook_unreadable"),
    ] {
        assert_eq!(code(open(&packed(&[(name, content.as_bytes())]))), wanted, "{name}");
    }
    let good = one(|sheet| {
        sheet.write_string(0, 0, "name").unwrap();
    });
    assert_eq!(code(open(&good)), "taken");
    assert_eq!(code(open(&good[..good.len() / 2])), "workbook_unreadable", "cut off");
    // Flip what is packed: no panic, whatever it then says.
    for at in (0..good.len()).step_by(7) {
        let mut bad = good.clone();
        bad[at] ^= 0x5A;
        if let Ok(mut book) = open(&bad) {
            for sheet in book.sheets() {
                let _ = book.lay(&sheet, Vec::new());
            }
        }
    }
}
