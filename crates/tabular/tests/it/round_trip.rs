//! What is exported can be imported unchanged, and nothing makes the reader panic or lose lines.

use proptest::collection::vec;
use proptest::prelude::*;
use tabular::{
    CsvWriter, Dialect, ExportOptions, Limits, Record, Rows, TextEncoding, contact_fields, guess, sniff, value,
};

fn read(bytes: &[u8], dialect: &Dialect, limits: Limits) -> Vec<Record> {
    let Ok(rows) = Rows::open(bytes, dialect, limits) else { return Vec::new() };
    rows.map_while(Result::ok).collect()
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[-=+@'\"\t\r\n,; a0-9]{0,8}",
        "\\PC{0,12}",
        "(=|\\+|-|@)[A-Z0-9()!|']{0,12}",
        Just(String::new()),
        Just("+34612345678".to_owned()),
    ]
    .prop_filter("rows with these are refused on purpose", |cell| !cell.contains(['\0', '\u{FFFD}']))
}

fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    (1usize..5).prop_flat_map(|width| vec(vec(cell(), width), 1..12))
}

fn dialect() -> impl Strategy<Value = Dialect> {
    let json = (
        prop_oneof![Just("utf-8"), Just("utf-16le"), Just("utf-16be"), Just("windows-1252"), Just("shift_jis")],
        prop_oneof![Just(','), Just(';'), Just('\t'), Just('|'), Just(':'), Just(' ')],
        prop_oneof![Just(Some('"')), Just(Some('\'')), Just(None)],
        any::<[bool; 3]>(),
        prop_oneof![Just("lf"), Just("crlf"), Just("cr"), Just("any")],
        0u32..3,
    );
    json.prop_map(|(encoding, delimiter, quote, [has_header, trim, pad], terminator, skip_lines)| Dialect {
        encoding: TextEncoding::by_label(encoding).unwrap(),
        delimiter,
        quote,
        has_header,
        terminator: serde_json::from_str(&format!("\"{terminator}\"")).unwrap(),
        trim,
        skip_lines,
        columns: None,
        pad_short_rows: pad,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn an_export_reads_back_as_it_was(table in table(), bom in any::<bool>()) {
        let mut writer = CsvWriter::new(Vec::new(), ExportOptions { bom, ..Default::default() }).unwrap();
        for row in &table {
            writer.write(row).unwrap();
        }
        let bytes = writer.finish().unwrap();
        let dialect = Dialect { has_header: false, ..Dialect::export() };
        let back: Vec<Vec<String>> = read(&bytes, &dialect, Limits::default())
            .into_iter()
            .map(|record| match record {
                Record::Row(row) => row.cells,
                Record::Refused(refused) => panic!("{refused:?}"),
            })
            .collect();
        prop_assert_eq!(back, table);
    }

    #[test]
    fn an_export_is_recognised_as_what_it_is(rows in vec(["[a-z]{1,8}", "[a-z]{1,5}@[a-z]{1,5}\\.com", "\\+34[67][0-9]{8}"], 2..20)) {
        let mut writer = CsvWriter::new(Vec::new(), ExportOptions::default()).unwrap();
        writer.write(["given_name", "email", "mobile"]).unwrap();
        for row in &rows {
            writer.write(row).unwrap();
        }
        let bytes = writer.finish().unwrap();
        let sniffed = sniff(&bytes, bytes.len() as u64).unwrap();
        prop_assert_eq!(&sniffed.dialect, &Dialect::export());
        let expected: Vec<Vec<String>> = rows.iter().map(|row| row.to_vec()).collect();
        prop_assert_eq!(&sniffed.sample_rows, &expected);
        let guesses = guess(sniffed.header.as_deref(), &sniffed.sample_rows, &contact_fields());
        let targets: Vec<Option<&str>> = guesses.iter().map(|g| g.target.as_deref()).collect();
        prop_assert_eq!(targets, [Some("given_name"), Some("email"), Some("mobile")]);
    }

    #[test]
    fn any_bytes_are_read_in_any_dialect_without_panic(
        bytes in prop_oneof![vec(any::<u8>(), 0..400), vec(prop::sample::select(b"\",;\n\r a'\xc3\xa9\0=".to_vec()), 0..400)],
        dialect in dialect(),
        small in any::<bool>(),
    ) {
        let limits = if small { Limits { max_row_bytes: 60, max_cell_bytes: 30, max_columns: 6 } } else { Limits::default() };
        for record in read(&bytes, &dialect, limits) {
            if let Record::Refused(refused) = record {
                prop_assert!(refused.end_line >= refused.line && tabular::CODES.contains(&refused.code));
            }
        }
        let _ = tabular::examine(&bytes, bytes.len() as u64 + 7, &dialect);
    }

    #[test]
    fn any_bytes_are_sniffed_and_mapped_without_panic(
        bytes in prop_oneof![vec(any::<u8>(), 0..600), "\\PC{0,200}".prop_map(String::into_bytes), "([a-zA-Z0-9@. ]{0,9}[,;\t|:\n]){0,60}".prop_map(String::into_bytes)],
        more in 0u64..10_000,
    ) {
        match sniff(&bytes, bytes.len() as u64 + more) {
            Ok(sniffed) => {
                prop_assert!(sniffed.dialect.check().is_ok() && sniffed.confidence <= 100);
                let targets = contact_fields();
                let guesses = guess(sniffed.header.as_deref(), &sniffed.sample_rows, &targets);
                for target in targets.iter().filter(|target| !target.repeatable) {
                    prop_assert!(guesses.iter().filter(|g| g.target.as_deref() == Some(&*target.key)).count() <= 1);
                }
            }
            Err(refusal) => prop_assert!(tabular::CODES.contains(&refusal.code)),
        }
    }

    #[test]
    fn any_cell_is_judged_without_panic(cell in "\\PC{0,40}|[0-9+()/. exE,-]{0,25}|[a-z0-9@.<>,; -]{0,30}", region in "[A-Z]{2}") {
        let reading = value::DateReading { order: value::DateOrder::Dmy, two_digit_years_until: Some(2026) };
        let codes = [
            value::email(&cell).err().map(|e| e.code),
            value::emails(&cell).err().map(|e| e.code),
            value::phone(&cell, Some(&region)).err().map(|e| e.code),
            value::phone(&cell, None).err().map(|e| e.code),
            value::date(&cell, &reading).err().map(|e| e.code),
            value::country(&cell).err().map(|e| e.code),
            value::text(&cell, 20).err().map(|e| e.code),
            value::tags(&cell).err().map(|e| e.code),
            value::website(&cell).err().map(|e| e.code),
            value::number(&cell, value::DecimalMark::Comma).err().map(|e| e.code),
        ];
        for code in codes.into_iter().flatten() {
            prop_assert!(tabular::CODES.contains(&code), "{}", code);
        }
        let _ = value::person_name(&cell);
    }
}

#[test]
fn no_region_and_no_digits_make_the_phone_reader_panic() {
    let regions = tabular::value::country_codes().collect::<Vec<_>>();
    assert!(regions.len() > 240);
    let mut seed = 7u64;
    for region in regions {
        for _ in 0..6 {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let digits = format!("{:020}", seed);
            let number = &digits[..3 + (seed >> 60) as usize];
            for written in [
                number.to_owned(),
                format!("0{number}"),
                format!("00{number}"),
                format!("+{number}"),
                format!("+*{number}"),
            ] {
                if let Ok(found) = value::phone(&written, Some(region)) {
                    assert!(found.e164.starts_with('+') && found.e164.len() <= 18, "{found:?}");
                }
            }
        }
    }
}
