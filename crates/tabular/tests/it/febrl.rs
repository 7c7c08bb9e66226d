//! The real contact file: sniffed, mapped and read to its end.

use std::fs::File;
use std::io::Read;

use tabular::{Limits, Record, Rows, SAMPLE_BYTES, contact_fields, guess, sniff};

#[test]
fn the_febrl_file_is_recognised_mapped_and_read() {
    let Some(path) = super::spec("contacts/febrl-dataset1.csv") else { return };
    let mut sample = Vec::new();
    File::open(&path).unwrap().take(SAMPLE_BYTES as u64).read_to_end(&mut sample).unwrap();
    let size = std::fs::metadata(&path).unwrap().len();
    let sniffed = sniff(&sample, size).unwrap();
    assert_eq!((sniffed.dialect.delimiter, sniffed.dialect.trim, sniffed.dialect.has_header), (',', true, true));
    assert_eq!((sniffed.columns, sniffed.dialect.encoding.label().as_str()), (11, "utf-8"));
    assert!(sniffed.confidence >= 90, "{sniffed:?}");
    assert_eq!((sniffed.estimated_rows, sniffed.refused.len()), (1000, 0));

    let guesses = guess(sniffed.header.as_deref(), &sniffed.sample_rows, &contact_fields());
    let mapped: Vec<(&str, Option<&str>)> =
        guesses.iter().map(|g| (g.header.as_deref().unwrap(), g.target.as_deref())).collect();
    assert_eq!(
        mapped,
        [
            ("rec_id", Some("external_id")),
            ("given_name", Some("given_name")),
            ("surname", Some("family_name")),
            ("street_number", Some("street_number")),
            ("address_1", Some("street")),
            ("address_2", Some("address_2")),
            ("suburb", Some("city")),
            ("postcode", Some("postal_code")),
            ("state", Some("region")),
            ("date_of_birth", Some("birth_date")),
            ("soc_sec_id", None),
        ]
    );
    assert_eq!(guesses[10].left_out.as_ref().unwrap().code, "sensitive_national_id");
    assert!(guesses[10].samples.is_empty() && guesses.iter().all(|g| g.warning.is_none()));

    let rows = Rows::open(File::open(&path).unwrap(), &sniffed.dialect, Limits::default()).unwrap();
    let mut dates = (0, 0);
    let mut read = 0;
    for record in rows {
        let Record::Row(row) = record.unwrap() else { panic!("refused") };
        assert!(row.cells.iter().all(|cell| cell.trim() == cell) && row.line == row.number + 1);
        read += 1;
        if !row.cells[9].is_empty() {
            let reading =
                tabular::value::DateReading { order: tabular::value::DateOrder::Ymd, two_digit_years_until: None };
            match tabular::value::date(&row.cells[9], &reading) {
                Ok(_) => dates.0 += 1,
                Err(_) => dates.1 += 1,
            }
        }
    }
    println!("febrl: {read} rows; dates of birth: {} read, {} refused", dates.0, dates.1);
    assert_eq!(read, 1000);
    assert!(dates.0 > 900 && dates.1 < 20, "{dates:?}");
}
