//! What a receiver finds in the file.

use super::super::*;
use super::samples::{all, code, document, line, of, t, tax};
use crate::totals::Category::S;

fn written(name: &str) -> (String, String) {
    let invoice = all().into_iter().find(|(of, _)| *of == name).unwrap().1;
    (String::from_utf8(ubl::write(&invoice)).unwrap(), String::from_utf8(cii::write(&invoice)).unwrap())
}

#[test]
fn a_credit_note_is_one_by_its_root_and_keeps_positive_amounts() {
    let (ubl, cii) = written("credit-note");
    assert!(ubl.contains("<CreditNote ") && ubl.contains("<cbc:CreditNoteTypeCode>381<"));
    assert!(ubl.contains("<cbc:CreditedQuantity unitCode=\"C62\">2<"));
    assert!(
        ubl.contains("<cac:PaymentMeans><cbc:PaymentMeansCode name=\"SEPA credit transfer\">58</cbc:PaymentMeansCode>")
    );
    assert!(ubl.contains("<cbc:PaymentDueDate>2026-12-23<"));
    assert!(cii.contains("<ram:TypeCode>381<") && cii.contains("<ram:IssuerAssignedID>F-2026-0041<"));
}

#[test]
fn texts_are_escaped_and_what_xml_forbids_is_dropped() {
    let (ubl, cii) = written("scripts");
    for xml in [ubl, cii] {
        assert!(xml.contains("شركة الفجر للتجارة 🚀"));
        assert!(xml.contains("&amp; &lt;בנים&gt; 𠮷野家"));
        assert!(xml.contains("]]&gt; &amp;amp;"));
        assert!(xml.contains("First line\nsecond line<"));
    }
    assert_eq!(Text::from(" \u{1}a\r\nb\rc\u{fffe}\u{7f} ").as_str(), "a\nb\nc\u{7f}");
    assert_eq!(Text::some("\u{0}\u{b} "), None);
}

#[test]
fn amounts_have_the_decimals_of_their_currency_and_two_at_most_where_that_says_it() {
    let (ubl, _) = written("yen");
    assert!(ubl.contains("<cbc:PayableAmount currencyID=\"JPY\">") && !ubl.contains("currencyID=\"JPY\">1.0"));
    let mut invoice = of(&document(vec![line("1", "1", &[tax(S, "21")])]));
    invoice.currency = iso_currency::Currency::KWD;
    invoice.sums.payable = 1_500;
    invoice.sums.gross = -1_505;
    let ubl = String::from_utf8(ubl::write(&invoice)).unwrap();
    assert!(ubl.contains("<cbc:PayableAmount currencyID=\"KWD\">1.50<"));
    assert!(ubl.contains("<cbc:TaxInclusiveAmount currencyID=\"KWD\">-1.505<"));
}

#[test]
fn each_profile_names_itself() {
    let (ubl, cii) = written("peppol");
    assert!(ubl.contains("<cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0<"));
    assert!(cii.contains("#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0<"));
    let (ubl, cii) = written("standard");
    assert!(ubl.contains("<cbc:CustomizationID>urn:cen.eu:en16931:2017<") && !ubl.contains("ProfileID"));
    assert!(cii.contains("<ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn:cen.eu:en16931:2017<"));
}

#[test]
fn nothing_empty_is_written() {
    for (name, invoice) in all() {
        for xml in [ubl::write(&invoice), cii::write(&invoice)] {
            let xml = String::from_utf8(xml).unwrap();
            let is_demanded = |at: usize| xml[..at].ends_with("<ram:ApplicableHeaderTradeDelivery>");
            let empty = xml.match_indices("></").find(|(at, _)| {
                let open = xml[..*at].rfind('<').unwrap();
                !xml[open..].starts_with("</") && !is_demanded(at + 1)
            });
            assert_eq!(empty, None, "{name}");
        }
    }
}

#[test]
fn a_kind_is_of_the_list() {
    assert_eq!((Kind::parse("380"), Kind::parse(" 381 ")), (Some(Kind::INVOICE), Some(Kind::CREDIT_NOTE)));
    assert_eq!((Kind::parse("999"), Kind::parse("x"), Kind::parse("")), (None, None, None));
    assert!(Kind::parse("396").unwrap().is_credit_note() && !Kind::CORRECTED.is_credit_note());
    assert_eq!((code("58").to_string(), t("x").to_string()), ("58".into(), "x".into()));
}

#[test]
fn a_unit_as_people_write_it_has_a_code_of_the_list() {
    for (written, expected) in [
        (Some("h"), "HUR"),
        (Some(" Horas "), "HUR"),
        (Some("Uds."), "C62"),
        (Some("m²"), "MTK"),
        (Some("KGM"), "KGM"),
        (Some("sessions"), "C62"),
        (Some(""), "C62"),
        (None, "C62"),
    ] {
        assert_eq!(unit(written), expected, "{written:?}");
    }
    let mut invoice = of(&document(vec![line("1", "1", &[tax(S, "21")])]));
    for written in ["min", "day", "week", "month", "year", "g", "t", "lb", "oz", "m", "cm", "mm", "km", "ft", "in"] {
        invoice.lines[0].unit = unit(Some(written));
        assert_eq!(check(&invoice), [], "{written}");
        assert_ne!(invoice.lines[0].unit, "C62", "{written}");
    }
    for written in ["mi", "m3", "ft2", "l", "ml", "gal", "kwh", "set", "pair", "dozen", "box", "pack", "forfait", "%"] {
        invoice.lines[0].unit = unit(Some(written));
        assert_eq!(check(&invoice), [], "{written}");
    }
}
