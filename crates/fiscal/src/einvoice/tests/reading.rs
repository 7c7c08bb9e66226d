//! Documents as others write them: other prefixes, parts we do not keep, and what is missing.

use super::super::*;
use super::samples::{all, code, d, t};

fn text(name: &str, write: fn(&Invoice) -> Vec<u8>) -> (Invoice, String) {
    let invoice = all().into_iter().find(|(of, _)| *of == name).unwrap().1;
    let text = String::from_utf8(write(&invoice)).unwrap();
    (invoice, text)
}

#[test]
fn prefixes_comments_extensions_and_white_space_do_not_matter() {
    let (invoice, written) = text("standard", ubl::write);
    let extension = "<ext:UBLExtensions xmlns:ext=\"urn:x\"><ext:ID>1</ext:ID><cbc:ID>2</cbc:ID></ext:UBLExtensions>";
    let other = written
        .replace("xmlns=\"", "xmlns:n0=\"")
        .replace("<Invoice", "<n0:Invoice")
        .replace("</Invoice", "</n0:Invoice")
        .replace("cbc:", "b:")
        .replace(":cbc=", ":b=")
        .replace("><b:", ">\r\n  <!-- x --><b:")
        .replacen("<b:CustomizationID", &format!("{}<b:CustomizationID", extension.replace("cbc:", "b:")), 1);
    assert_eq!(ubl::read(other.as_bytes()).as_ref(), Ok(&invoice));
    let (invoice, written) = text("standard", cii::write);
    let other = written.replace("ram:", "a:").replace(":ram=", ":a=").replace("><a:", ">\n<a:");
    assert_eq!(cii::read(other.as_bytes()).as_ref(), Ok(&invoice));
}

#[test]
fn an_error_says_where_and_not_what() {
    let (_, written) = text("standard", ubl::write);
    let wrong = |from: &str, to: &str| ubl::read(written.replacen(from, to, 1).as_bytes()).unwrap_err();
    let error = wrong("<cbc:IssueDate>2026-11-23", "<cbc:IssueDate>23.11.2026");
    assert_eq!((error.at.as_str(), error.problem), ("IssueDate", Problem::Date));
    let error = wrong("<cbc:PriceAmount currencyID=\"EUR\">37.76", "<cbc:PriceAmount currencyID=\"EUR\">1e3");
    assert_eq!((error.at.as_str(), error.problem), ("InvoiceLine[1]/Price/PriceAmount", Problem::Number));
    let error = wrong("<cbc:ID>S</cbc:ID>", "<cbc:ID>Q</cbc:ID>");
    assert_eq!((error.at.as_str(), error.problem), ("TaxTotal/TaxSubtotal[1]/TaxCategory/ID", Problem::Code));
    let error = wrong("<cbc:PayableAmount currencyID=\"EUR\">", "<cbc:PayableAmount currencyID=\"EUR\">0.001");
    assert_eq!((error.at.as_str(), error.problem), ("LegalMonetaryTotal/PayableAmount", Problem::Amount));
    let error = wrong("<cac:AccountingCustomerParty>", "<cac:AccountingOtherParty>");
    assert_eq!(error.problem, Problem::Malformed);
    let (_, written) = text("standard", cii::write);
    let error = cii::read(written.replacen("unitCode=\"C62\"", "", 1).as_bytes()).unwrap_err();
    let at = "IncludedSupplyChainTradeLineItem[1]/SpecifiedLineTradeDelivery/BilledQuantity/@unitCode";
    assert_eq!((error.at.as_str(), error.problem, error.code()), (at, Problem::Missing, "einvoice_missing"));
    assert!(error.to_string().contains("missing"));
}

#[test]
fn numbers_are_read_as_the_schema_writes_them() {
    let (_, written) = text("standard", ubl::write);
    let quantity = |number: &str| {
        let from = "<cbc:InvoicedQuantity unitCode=\"C62\">2.5<";
        assert!(written.contains(from));
        let to = format!("<cbc:InvoicedQuantity unitCode=\"C62\">{number}<");
        ubl::read(written.replacen(from, &to, 1).as_bytes()).map(|invoice| invoice.lines[0].quantity)
    };
    for (number, value) in [("+2.50", "2.5"), (" 2. ", "2"), (".5", "0.5"), ("-0", "0"), ("007", "7")] {
        assert_eq!(quantity(number), Ok(d(value)), "{number}");
    }
    for number in ["1e3", "NaN", "1,5", "--1", ".", "0x10", "99999999999999999999999999999999", "1 0"] {
        assert_eq!(quantity(number).unwrap_err().problem, Problem::Number, "{number}");
    }
}

#[test]
fn profiles_without_lines_are_read_without_lines() {
    let (invoice, written) = text("standard", cii::write);
    let start = written.find("<ram:IncludedSupplyChainTradeLineItem>").unwrap();
    let end = written.rfind("</ram:IncludedSupplyChainTradeLineItem>").unwrap();
    let without = format!("{}{}", &written[..start], &written[end + "</ram:IncludedSupplyChainTradeLineItem>".len()..]);
    let without = without.replace("urn:cen.eu:en16931:2017", "urn:factur-x.eu:1p0:basicwl");
    let read = cii::read(without.as_bytes()).unwrap();
    assert!(read.lines.is_empty());
    assert_eq!((read.sums, read.profile.specification()), (invoice.sums, "urn:factur-x.eu:1p0:basicwl"));
    assert!(check(&read).iter().any(|fault| fault.rule == "BR-16"));
}

#[test]
fn an_iban_is_told_from_other_account_numbers() {
    assert!(matches!(AccountNumber::from(t("ES91 2100 0418 4502 0005 1332")), AccountNumber::Iban(_)));
    assert_eq!(AccountNumber::from(t("032180000118359719")), AccountNumber::Other(t("032180000118359719")));
    assert_eq!(Code::parse(" A b "), None);
    assert_eq!(Code::parse(" EUR "), Some(code("EUR")));
}
