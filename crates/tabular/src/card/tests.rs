//! Cards of three versions, as programs write them and as nobody should.

use super::lay;
use crate::{Limits, Record, Rows};

/// The rows, each as what is filled in it.
fn rows(file: &[u8]) -> Vec<Vec<(String, String)>> {
    let mut table = Vec::new();
    let laid = lay(file, &mut table).unwrap();
    let rows = Rows::open(&*table, &laid.dialect, Limits::default()).unwrap().laid();
    let header: Vec<String> = rows.header().unwrap().to_vec();
    let filled = |record: Result<Record, _>| match record.unwrap() {
        Record::Row(row) => header.iter().cloned().zip(row.cells).filter(|(_, cell)| !cell.is_empty()).collect(),
        Record::Refused(refused) => panic!("{refused:?}"),
    };
    rows.map(filled).collect()
}

fn only(file: &str) -> Vec<(String, String)> {
    let mut rows = rows(file.as_bytes());
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.remove(0)
}

fn says(row: &[(String, String)], wanted: &[(&str, &str)]) {
    let row: Vec<(&str, &str)> = row.iter().map(|(name, cell)| (&**name, &**cell)).collect();
    assert_eq!(row, wanted);
}

#[test]
fn a_card_of_the_current_standard() {
    let card = only(
        "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1\r\nFN:Ana Ruiz\r\n\
         N:Ruiz;Ana;María;;\r\nEMAIL:second@example.com\r\nEMAIL;PREF=1;TYPE=work:ana@example.com\r\n\
         TEL;VALUE=uri;TYPE=\"voice,cell\":tel:+34-612-345-678;ext=5\r\nTEL;TYPE=fax:+34 911 000 000\r\n\
         ORG:Puerto\\, SL;Compras\r\nTITLE:Jefa\r\nURL:https://puerto.example\r\n\
         ADR;TYPE=work:;Piso 2;Calle Mayor 6;Vigo;Pontevedra;36202;España\r\nADR;TYPE=home:;;Rúa 1;Lugo;;27001;ES\r\n\
         BDAY:19850412\r\nLANG:es\r\nCATEGORIES:vip,trade\\, fair\r\nNOTE:One\\nTwo\\; three\r\nEND:VCARD\r\n",
    );
    says(
        &card,
        &[
            ("external_id", "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1"),
            ("given_name", "Ana María"),
            ("family_name", "Ruiz"),
            ("email", "ana@example.com; second@example.com"),
            ("phone", "+34-612-345-678 ext. 5"),
            ("job_title", "Jefa"),
            ("company_name", "Puerto, SL"),
            ("company_website", "https://puerto.example"),
            ("street", "Calle Mayor 6"),
            ("address_2", "Piso 2"),
            ("city", "Vigo"),
            ("region", "Pontevedra"),
            ("postal_code", "36202"),
            ("country", "España"),
            ("birth_date", "1985-04-12"),
            ("language", "es"),
            ("tags", "vip\ntrade, fair"),
            ("notes", "One\nTwo; three\nFax: +34 911 000 000\nCompras\nRúa 1, Lugo, 27001, ES"),
        ],
    );
}

#[test]
fn old_cards_with_quoted_printable_and_their_own_charset() {
    let mut file = b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;LANGUAGE=de;CHARSET=utf-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=BC=\r\nrgen\r\n\
        TEL;CELL;VOICE:+49 170 1234567\r\nTEL;WORK;FAX:+49 30 1\r\nEMAIL;PREF;INTERNET:j@example.com\r\nBDAY:--0412\r\n\
        NOTE;ENCODING=QUOTED-PRINTABLE:a=0D=0Ab\r\nPHOTO;ENCODING=BASE64;TYPE=JPEG:/9j/4AAQ\r\n SkZJRg\r\n\r\n"
        .to_vec();
    // An umlaut of Windows, and text that was folded before the blank it had.
    file.extend_from_slice(b"TITLE:Gesch\xe4fts\r\n  leiter\r\nEND:VCARD\r\n");
    says(
        &rows(&file)[0],
        &[
            ("given_name", "Jürgen"),
            ("family_name", "Müller"),
            ("email", "j@example.com"),
            ("phone", "+49 170 1234567"),
            ("job_title", "Geschäfts  leiter"),
            ("notes", "a\nb\nFax: +49 30 1\nBirthday: --0412"),
        ],
    );
}

#[test]
fn groups_folds_and_cards_within_cards() {
    let file = "\u{FEFF}begin:vcard\nversion:3.0\nitem1.EMAIL;type=INTERNET;type=pref:a@exam\n ple.com\nitem1.X-ABLabel:x\nFN:A@Example.com\n\
        AGENT:\nBEGIN:VCARD\nFN:Nobody\nEMAIL:nobody@example.com\nEND:VCARD\nEND:VCARD\n\n\
        BEGIN:VCARD\nFN:Acme\nORG:Acme\nTEL:123\nEND:VCARD\nnoise\n\
        BEGIN:VCARD\nFN:Unended\nBEGIN:VCARD\nFN:Last One\nEND:VCARD\n\
        BEGIN:VCARD\nKIND:group\nFN:All\nMEMBER:urn:uuid:x\nEND:VCARD\nBEGIN:VCARD\nEND:VCARD\n";
    let rows = rows(file.as_bytes());
    let flat: Vec<_> = rows.iter().map(|row| row.iter().map(|(_, cell)| cell.as_str()).collect::<Vec<_>>()).collect();
    assert_eq!(flat, [vec!["a@example.com"], vec!["123", "Acme"], vec!["Unended"], vec!["Last One"]]);
}

#[test]
fn wide_text_and_every_script() {
    let text = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:السعدي;ليلى;;;\r\nNOTE:👩‍💻 日本語\r\nEND:VCARD\r\n";
    let mut wide = vec![0xFF, 0xFE];
    wide.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    let mut high = vec![0xFE, 0xFF];
    high.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    for file in [text.as_bytes(), &wide, &high] {
        says(&rows(file)[0], &[("given_name", "ليلى"), ("family_name", "السعدي"), ("notes", "👩‍💻 日本語")]);
    }
}

#[test]
fn a_page_of_a_person_is_not_the_website_of_their_company() {
    let card = only(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ana\nORG:Puerto\nURL:https://www.linkedin.com/in/ana-ruiz\n\
         URL:https://es-es.facebook.com/puerto\nURL:https://puerto.example\nEND:VCARD\n",
    );
    says(
        &card,
        &[
            ("full_name", "Ana"),
            ("linkedin_url", "https://www.linkedin.com/in/ana-ruiz"),
            ("company_name", "Puerto"),
            ("company_website", "https://puerto.example"),
            ("notes", "https://es-es.facebook.com/puerto"),
        ],
    );
    let apple =
        only("BEGIN:VCARD\nVERSION:3.0\nFN:Ana\nX-SOCIALPROFILE;type=linkedin:http://linkedin.com/in/ana\nEND:VCARD\n");
    says(&apple, &[("full_name", "Ana"), ("linkedin_url", "http://linkedin.com/in/ana")]);
}

#[test]
fn what_holds_no_card_is_refused_and_what_holds_too_much_is_seen() {
    for file in ["BEGIN:VCARD", "BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n", "BEGIN:VCARD\nKIND:group\nFN:x\n"] {
        let error = lay(file.as_bytes(), Vec::new()).unwrap_err();
        assert!(error.to_string().starts_with("There is no whole address card"), "{file}: {error}");
    }
    let long =
        format!("BEGIN:VCARD\nFN:Ana\nNOTE:{}\nEND:VCARD\nBEGIN:VCARD\nFN:Luis\nEND:VCARD\n", "x".repeat(300_000));
    let mut table = Vec::new();
    let laid = lay(long.as_bytes(), &mut table).unwrap();
    let read: Vec<_> = Rows::open(&*table, &laid.dialect, Limits::default()).unwrap().map(Result::unwrap).collect();
    assert!(
        matches!(&read[0], Record::Refused(refused) if refused.code == "cell_too_large"),
        "nothing is cut in silence"
    );
    assert!(matches!(&read[1], Record::Row(row) if row.cells[1] == "Luis"));
}

proptest::proptest! {
    #[test]
    fn no_file_makes_it_panic(tail in "(\\PC|[:;=,\\\\\n\r\t]|BEGIN:VCARD\n|END:VCARD\n|AGENT:\n|;ENCODING=QUOTED-PRINTABLE:=){0,60}") {
        let _ = lay(format!("BEGIN:VCARD\n{tail}").as_bytes(), Vec::new());
    }
}
