//! What strangers send.

use proptest::collection::vec;
use proptest::prelude::*;

use super::super::*;
use super::samples::all;

fn both(bytes: &[u8]) -> [Result<Invoice, ReadError>; 2] {
    [ubl::read(bytes), cii::read(bytes)]
}

fn problems(bytes: &[u8]) -> [Problem; 2] {
    both(bytes).map(|read| read.unwrap_err().problem)
}

fn sample(name: &str) -> String {
    let invoice = all().into_iter().find(|(of, _)| *of == name).unwrap().1;
    String::from_utf8(ubl::write(&invoice)).unwrap()
}

#[test]
fn document_types_and_entities_are_refused() {
    let laughs = "<!DOCTYPE Invoice [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>";
    let outside = "<!DOCTYPE Invoice SYSTEM \"file:///etc/passwd\">";
    for declared in [laughs, outside, "<!DOCTYPE Invoice>"] {
        let text = sample("standard").replacen("<Invoice", &format!("{declared}<Invoice"), 1);
        assert_eq!(problems(text.as_bytes()), [Problem::Doctype; 2]);
    }
    let entity = sample("standard").replace("Thank you", "&secret;");
    assert_eq!(ubl::read(entity.as_bytes()).unwrap_err().problem, Problem::Malformed);
    let numbered = sample("standard").replace("Thank you", "&#84;hank&#x20;you");
    assert_eq!(ubl::read(numbered.as_bytes()).unwrap().notes[0].text.as_str(), "Thank you for your order.");
}

#[test]
fn what_is_too_large_too_deep_or_too_many_is_refused() {
    let large = vec![b' '; 32 * 1024 * 1024 + 1];
    assert_eq!(problems(&large), [Problem::TooLarge; 2]);
    let head = "<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\">";
    let deep = format!("{head}{}", "<a>".repeat(100_000));
    assert_eq!(ubl::read(deep.as_bytes()).unwrap_err().problem, Problem::TooLarge);
    let foreign = format!("{head}{}", "<a xmlns=\"x\">".repeat(100_000));
    assert_eq!(ubl::read(foreign.as_bytes()).unwrap_err().problem, Problem::TooLarge);
    let many = format!("{head}{}</Invoice>", "<a/>".repeat(1_000_001));
    assert_eq!(ubl::read(many.as_bytes()).unwrap_err().problem, Problem::TooLarge);
    let attributes: String = (0..1_000).map(|at| format!(" a{at}=\"\"")).collect();
    let wide = format!("{head}<a{attributes}/></Invoice>");
    assert_eq!(ubl::read(wide.as_bytes()).unwrap_err().problem, Problem::TooLarge);
}

#[test]
fn other_encodings_and_other_documents_are_told_from_broken_ones() {
    let latin = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><Invoice/>";
    assert_eq!(problems(latin.as_bytes()), [Problem::Encoding; 2]);
    assert_eq!(problems(&[0xff, 0xfe, b'<', 0]), [Problem::Encoding; 2]);
    assert_eq!(problems(b""), [Problem::NotAnInvoice; 2]);
    assert_eq!(problems(b"<html/>"), [Problem::NotAnInvoice; 2]);
    assert_eq!(problems(b"plain words"), [Problem::Malformed; 2]);
    let standard = sample("standard");
    assert_eq!(cii::read(standard.as_bytes()).unwrap_err().problem, Problem::NotAnInvoice);
    assert_eq!(ubl::read(&standard.as_bytes()[..standard.len() / 2]).unwrap_err().problem, Problem::Malformed);
    let twice = format!("{standard}{}", &standard[standard.find("<Invoice").unwrap()..]);
    assert_eq!(ubl::read(twice.as_bytes()).unwrap_err().problem, Problem::Malformed);
    let marked = format!("\u{feff}{standard}");
    assert!(ubl::read(marked.as_bytes()).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in vec(any::<u8>(), 0..400)) {
        for read in both(&bytes) {
            prop_assert!(read.is_err());
        }
    }

    #[test]
    fn no_change_of_a_valid_document_makes_a_reader_panic(
        which in any::<prop::sample::Index>(),
        changes in vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..3), 1..8),
    ) {
        let samples = all();
        let (_, invoice) = &samples[which.index(samples.len())];
        for mut bytes in [ubl::write(invoice), cii::write(invoice)] {
            for (at, byte, how) in &changes {
                let at = at.index(bytes.len());
                match how {
                    0 => bytes[at] = *byte,
                    1 => bytes.insert(at, *byte),
                    _ => drop(bytes.drain(at..(at + usize::from(*byte)).min(bytes.len()))),
                }
            }
            for read in both(&bytes) {
                match read {
                    Ok(invoice) => drop(check(&invoice)),
                    Err(error) => prop_assert!(!error.to_string().is_empty() && !error.code().is_empty()),
                }
            }
        }
    }

    /// Values are exchanged for others within their element: the document stays well-formed.
    #[test]
    fn no_value_makes_a_reader_panic(value in "[-+0-9.eE:TZ#]{0,40}", which in any::<prop::sample::Index>()) {
        let text = sample("standard");
        let ends: Vec<usize> = text.match_indices("</cbc:").map(|(at, _)| at).collect();
        let end = ends[which.index(ends.len())];
        let start = text[..end].rfind('>').unwrap() + 1;
        let changed = format!("{}{value}{}", &text[..start], &text[end..]);
        if let Ok(invoice) = ubl::read(changed.as_bytes()) {
            drop(check(&invoice));
            prop_assert_eq!(ubl::read(&ubl::write(&invoice)).unwrap(), invoice);
        }
    }
}
