//! Guessing how a file is written, on small and on hostile samples.
use super::*;

fn of(text: &str) -> Sniffed {
    sniff(text.as_bytes(), text.len() as u64).unwrap()
}

fn refusal(bytes: &[u8]) -> Option<&'static str> {
    sniff(bytes, bytes.len() as u64).err().map(|refusal| refusal.code)
}

#[test]
fn files_that_are_no_tables_are_refused_by_what_they_are() {
    let cases: &[(&[u8], &str)] = &[
        (b"", "file_is_empty"),
        (b"\xEF\xBB\xBF", "file_is_empty"),
        (b"  \r\n \n", "file_is_empty"),
        (b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml xl/workbook.xml", "file_is_spreadsheet"),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "file_is_spreadsheet"),
        (b"PK\x03\x04\x14\x00word/document.xml", "file_is_document"),
        (b"PK\x03\x04\x14\x00contacts.csv", "file_is_archive"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\x00\x00", "file_is_spreadsheet"),
        (b"\x1F\x8B\x08\x00", "file_is_archive"),
        (b"%PDF-1.7\n%\xE2\xE3", "file_is_document"),
        (b"\x89PNG\r\n\x1A\n\x00\x00", "file_is_image"),
        (b"\xFF\xD8\xFF\xE0\x00\x10JFIF", "file_is_image"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "file_is_program"),
        (b"\x7FELF\x02\x01\x01\x00", "file_is_program"),
        (b"<!DOCTYPE html><table><tr><td>a", "file_is_web_page"),
        (b"\xEF\xBB\xBF<?xml version=\"1.0\"?><Workbook>", "file_is_web_page"),
        (b"  [{\"name\": \"Ana\"}]", "file_is_json"),
        (b"{\n \"contacts\": []}", "file_is_json"),
        (b"BEGIN:VCARD\r\nVERSION:3.0\r\n", "file_is_vcard"),
        (b"a,b\n1,\x00\x002\n3,4\n", "file_is_binary"),
        (b"\x01\x02\x03\x04\x05\x06\x07\x08", "file_is_binary"),
        (b"SQLite format 3\x00\x10\x00", "file_is_binary"),
    ];
    for (bytes, code) in cases {
        assert_eq!(refusal(bytes), Some(*code), "{:?}", String::from_utf8_lossy(bytes));
    }
    assert_eq!(refusal(b"MZ,name\n1,Ana\n"), None);
    assert!(refusals().all(|refusal| refusal.message.ends_with('.') && refusal.message.len() > 30));
}

#[test]
fn the_delimiter_is_the_one_that_cuts_equal_rows() {
    for (text, delimiter, columns) in [
        ("name,email\nAna,ana@example.com\nBo,bo@example.com\n", ',', 2),
        ("nombre;importe\nAna;1,50\nBo;2,75\n", ';', 2),
        ("10;1,5\n20;2,5\n30;3,5\n", ';', 2),
        ("name\temail\nAna\tana@example.com\n", '\t', 2),
        ("name|note\nAna|a, b; c\nBo|x, y\n", '|', 2),
        ("name:email\nAna:ana@example.com\nBo:bo@example.com\n", ':', 2),
        ("name;note\nAna;\"a;b\nc;d\"\nBo;x\n", ';', 2),
        ("time,name\n10:30,Ana\n11:45,Bo\n", ',', 2),
    ] {
        let found = of(text);
        assert_eq!((found.dialect.delimiter, found.columns), (delimiter, columns), "{text:?} {found:?}");
        assert!(found.confidence >= 50 && found.refused.is_empty(), "{text:?} {found:?}");
    }
}

#[test]
fn one_column_is_a_table_too() {
    let found = of("email\nana@example.com\nbo@example.com\n");
    assert_eq!(
        (found.columns, found.header.as_deref().unwrap(), found.estimated_rows),
        (1, &["email".to_owned()][..], 2)
    );
    let found = of("ana@example.com\nbo@example.com");
    assert_eq!((found.columns, found.header, found.sample_rows.len()), (1, None, 2));
    let found = of("email");
    assert_eq!((found.columns, found.sample_rows.len(), found.dialect.has_header), (1, 0, true));
}

#[test]
fn excel_announces_its_delimiter() {
    let found = of("sep=;\r\nname;email\r\nAna;ana@example.com\r\n");
    assert_eq!((found.dialect.delimiter, found.dialect.skip_lines, found.columns), (';', 1, 2));
    assert_eq!(found.header.unwrap(), ["name", "email"]);
    assert_eq!(found.sample_rows, [["Ana", "ana@example.com"]]);
}

#[test]
fn encodings_are_told_by_mark_by_zeros_by_validity_and_by_letters() {
    let text = "nombre;correo\r\nJosé Muñoz Peña;jose@example.com\r\nÁngela Güell;angela@example.com\r\n";
    let label = |bytes: &[u8]| {
        let found = sniff(bytes, bytes.len() as u64).unwrap();
        assert_eq!(found.sample_rows[0][0], "José Muñoz Peña", "{found:?}");
        found.dialect.encoding.label()
    };
    let utf16 = |order: fn(u16) -> [u8; 2], mark: bool| -> Vec<u8> {
        let marked = if mark { format!("\u{FEFF}{text}") } else { text.to_owned() };
        marked.encode_utf16().flat_map(order).collect()
    };
    assert_eq!(label(text.as_bytes()), "utf-8");
    assert_eq!(label(format!("\u{FEFF}{text}").as_bytes()), "utf-8-bom");
    assert_eq!(label(&utf16(u16::to_le_bytes, true)), "utf-16le");
    assert_eq!(label(&utf16(u16::to_be_bytes, true)), "utf-16be");
    assert_eq!(label(&utf16(u16::to_le_bytes, false)), "utf-16le");
    assert_eq!(label(&utf16(u16::to_be_bytes, false)), "utf-16be");
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    assert_eq!(label(&latin), "windows-1252");
}

#[test]
fn central_european_letters_are_told_from_western_ones() {
    let text = "imię;miasto\nŁukasz Żółć;Łódź\nZbigniew Wiśniewski;Kraków\nMałgorzata Dąbrowska;Gdańsk\n";
    let (bytes, encoding, _) = encoding_rs::ISO_8859_2.encode(text);
    let found = sniff(&bytes, bytes.len() as u64).unwrap();
    assert_eq!((found.dialect.encoding.label(), encoding.name()), ("iso-8859-2".into(), "ISO-8859-2"));
    assert_eq!(found.sample_rows[0][0], "Łukasz Żółć");
}

#[test]
fn a_stray_byte_does_not_turn_utf8_into_another_encoding() {
    let mut bytes = b"name\n".to_vec();
    (0..30).for_each(|_| bytes.extend("José\n".as_bytes()));
    bytes.extend(b"Jos\xe9\n");
    let found = sniff(&bytes, bytes.len() as u64).unwrap();
    assert_eq!(found.dialect.encoding.label(), "utf-8");
    assert_eq!(
        found.refused.iter().map(|row| (row.line, row.code)).collect::<Vec<_>>(),
        [(32, "unreadable_characters")]
    );
}

#[test]
fn headers_are_told_from_data() {
    for (text, header) in [
        ("name,email\nAna,ana@example.com\n", true),
        ("Ana,ana@example.com\nBo,bo@example.com\n", false),
        ("xyzzy,plugh\n1,2020-01-01\n2,2020-01-02\n", true),
        ("1,2020-01-01\n2,2020-01-02\n", false),
        ("alpha,beta\ngamma,delta\n", true),
        ("x,x\ny,z\n", false),
    ] {
        assert_eq!(of(text).dialect.has_header, header, "{text:?}");
    }
}

#[test]
fn quotes_of_another_kind_and_quotes_that_are_text() {
    let found = of("name,note\n'Ana','a, b'\n'Bo','c'\n");
    assert_eq!((found.dialect.quote, found.sample_rows[0][1].as_str()), (Some('\''), "a, b"));
    let found = of("size,name\n\"5 inch,pipe\n\"6 inch,tube\n\"7 inch,rod\n");
    assert_eq!((found.dialect.quote, found.sample_rows[0][0].as_str()), (None, "\"5 inch"));
}

#[test]
fn a_sample_cut_in_the_middle_of_a_row_refuses_nothing() {
    let text = "name,note\n".to_owned() + &"Ana,\"one\ntwo\"\n".repeat(50) + "Bo,\"cut";
    let found = sniff(text.as_bytes(), 1_000_000).unwrap();
    assert_eq!((found.dialect.delimiter, found.refused.len()), (',', 0));
    assert!(found.estimated_rows > 50_000, "{}", found.estimated_rows);
}

#[test]
fn a_header_shorter_than_the_rows_does_not_refuse_them_all() {
    let found = of("name,email\nAna,ana@example.com,x\nBo,bo@example.com,y\n");
    assert_eq!((found.columns, found.refused.len(), found.header.unwrap()[2].as_str()), (3, 0, ""));
    assert!(found.evidence.iter().any(|evidence| evidence.code == "header_is_short"));
}

#[test]
fn a_dialect_edited_by_hand_is_answered_in_the_same_shape() {
    let text = b"name;email\nAna;ana@example.com\n";
    let mut dialect = of("name;email\nAna;ana@example.com\n").dialect;
    dialect.delimiter = ',';
    let found = examine(text, text.len() as u64, &dialect).unwrap();
    assert_eq!((found.columns, found.confidence), (1, 100));
    dialect.delimiter = 'x';
    assert_eq!(examine(text, text.len() as u64, &dialect).unwrap_err().code(), "delimiter_invalid");
}
