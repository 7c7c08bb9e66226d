//! What is written says what was there, whatever was there.

mod lists;

use proptest::prelude::*;

use super::{vcard::Card, workbook::fitting};

/// Lines put together again.
fn unfolded(card: &str) -> String {
    card.replace("\r\n ", "")
}

/// A text as a reader of vCards takes it.
fn read(value: &str) -> String {
    let (mut out, mut chars) = (String::new(), value.chars());
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(c) => out.push(c),
                None => panic!("a value ends within an escape: {value}"),
            },
            ',' | ';' => panic!("a bare separator in {value}"),
            c => out.push(c),
        }
    }
    out
}

proptest! {
    #[test]
    fn a_text_comes_out_of_its_card_as_it_went_in(text in "(\\PC|\n|\t){1,300}") {
        let mut card = Card::new();
        card.text("NOTE", Some(&text));
        let card = card.end();
        prop_assert!(card.split("\r\n").all(|line| line.len() <= 75), "{card}");
        let whole = unfolded(&card);
        let lines: Vec<&str> = whole.split("\r\n").collect();
        prop_assert_eq!(lines.len(), 5, "begin, version, note, end, nothing");
        prop_assert_eq!(read(lines[2].strip_prefix("NOTE:").unwrap()), text);
    }

    #[test]
    fn components_stay_apart(parts in proptest::collection::vec("\\PC{0,40}", 2..6)) {
        prop_assume!(parts.iter().any(|part| !part.is_empty()));
        let mut card = Card::new();
        card.parts("N", &parts.iter().map(|part| Some(&**part)).collect::<Vec<_>>(), ";");
        let whole = unfolded(&card.end());
        let value = whole.split("\r\n").nth(2).unwrap().strip_prefix("N:").unwrap().to_owned();
        // A separator counts where an even number of backslashes stands before it.
        let (mut found, mut escape) = (vec![String::new()], false);
        for c in value.chars() {
            match c {
                ';' if !escape => found.push(String::new()),
                c => found.last_mut().unwrap().push(c),
            }
            escape = c == '\\' && !escape;
        }
        prop_assert_eq!(found.iter().map(|part| read(part)).collect::<Vec<_>>(), parts);
    }

    #[test]
    fn a_cell_holds_as_much_as_excel_allows(text in "[a🙂]{0,40}", times in 1_usize..2000) {
        let long = text.repeat(times);
        let cell = fitting(&long);
        prop_assert!(long.starts_with(cell) && cell.encode_utf16().count() <= 32_767);
        prop_assert!(cell.len() == long.len() || cell.encode_utf16().count() >= 32_766);
    }
}
