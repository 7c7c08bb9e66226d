//! Bank identifiers against published examples and single wrong characters.
use super::*;

#[test]
fn iban_is_kept_compact_and_printed_in_fours() {
    let iban = Iban::parse(" es91 2100 0418 4502 0005 1332 ").unwrap();
    assert_eq!(iban.value(), "ES9121000418450200051332");
    assert_eq!(iban.display(), "ES91 2100 0418 4502 0005 1332");
    assert_eq!(iban.country(), "ES");
    assert_eq!(iban.masked(), "ES•• •••• 1332");
    assert_eq!(serde_json::to_string(&iban).unwrap(), "\"ES9121000418450200051332\"");
}

#[test]
fn published_examples_of_the_registry_are_accepted() {
    for iban in [
        "BR1800360305000010009795493C1",
        "CR05015202001026284066",
        "DE89370400440532013000",
        "DO28BAGR00000001212453611324",
        "FR1420041010050500013M02606",
        "GB29NWBK60161331926819",
        "GT82TRAJ01020000001210029690",
        "IT60X0542811101000000123456",
        "LC55HEMM000100010012001200023015",
        "MT84MALT011000012345MTLCAST001S",
        "NL91ABNA0417164300",
        "NO9386011117947",
        "PT50000201231234567890154",
        "SV62CENR00000000000000700025",
        "XK051212012345678906",
    ] {
        assert_eq!(Iban::parse(iban).map(|i| i.display().replace(' ', "")), Ok(iban.to_owned()));
    }
}

#[test]
fn iban_refusals() {
    let code = |text: &str| Iban::parse(text).unwrap_err().code();
    assert_eq!(code("ES9121000418450200051333"), "bank_id_check_digit");
    // Right by modulo 97, wrong by the account's own digits.
    for national in ["ES2921000418460200051332", "BE41539007547035", "NO6686011117948"] {
        assert_eq!(code(national), "bank_id_check_digit", "{national}");
    }
    assert_eq!(code("ES912100041845020005133"), "bank_id_length");
    assert_eq!(code("DE8937040044053201300A"), "bank_id_shape");
    assert_eq!(code("US9121000418450200051332"), "bank_id_country");
    assert_eq!(code("ES91 2100-0418_4502"), "bank_id_characters");
    assert_eq!(code("ES"), "bank_id_length");
    assert_eq!(code(""), "bank_id_length");
    assert_eq!(code(&"9".repeat(10_000)), "bank_id_length");
}

#[test]
fn one_changed_character_is_always_found() {
    let good = "DE89370400440532013000";
    for at in 2..good.len() {
        for digit in '0'..='9' {
            let mut changed = good.to_owned();
            changed.replace_range(at..=at, &digit.to_string());
            assert_eq!(Iban::parse(&changed).is_ok(), changed == good, "{changed}");
        }
    }
}

#[test]
fn bic_of_eight_or_eleven() {
    assert_eq!(Bic::parse("abna be 2a").unwrap().value(), "ABNABE2A");
    assert_eq!(Bic::parse("AGRIFRPP882").unwrap().country(), "FR");
    let code = |text: &str| Bic::parse(text).unwrap_err().code();
    assert_eq!(code("AGRIFRPP88"), "bank_id_length");
    assert_eq!(code("AGR1FRPP"), "bank_id_shape");
    assert_eq!(code("DMUTDQFF"), "bank_id_country");
    assert_eq!(code("AGRIFRP*"), "bank_id_characters");
}

mod any_input {
    use proptest::prelude::*;

    use super::super::*;

    proptest! {
        #[test]
        fn never_panics(input in "\\PC{0,40}", near in "[A-Z]{2}[0-9]{2}[0-9A-Zñ ]{0,32}") {
            let _ = (Iban::parse(&input), Iban::parse(&near), Bic::parse(&input), Bic::parse(&near));
        }
    }
}
