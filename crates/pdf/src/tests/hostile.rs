//! Text that people, scripts and attackers put into documents. It must be printed as typed, or visibly replaced; it is
//! never obeyed, never spills out of its place, never stops the document.

use proptest::prelude::*;

use super::paging::assert_inside;
use super::reading::{flat, pages};
use super::samples::{invoice_mx, line, quote_us};
use crate::document::{Document, PaymentField, PaymentFieldKind};
use crate::text::printable;

/// Puts `text` wherever a person can type.
fn filled(text: &str) -> Document {
    let mut d = invoice_mx();
    d.lines.truncate(1);
    let owned = || Some(text.to_owned());
    for party in [&mut d.issuer, &mut d.customer] {
        party.name = text.to_owned();
        party.address_lines = vec![text.to_owned(), text.to_owned()];
        (party.tax_id_label, party.tax_id, party.email, party.phone) = (owned(), owned(), owned(), owned());
    }
    for line in &mut d.lines {
        line.description = text.to_owned();
        line.tax_label = text.to_owned();
        (line.details, line.unit) = (owned(), owned());
    }
    d.breakdown.iter_mut().for_each(|row| row.label = text.to_owned());
    d.payment.iter_mut().for_each(|field| field.value = text.to_owned());
    (d.number, d.reference, d.notes, d.terms, d.legend) = (owned(), owned(), owned(), owned(), owned());
    (d.content_hash, d.payment_method, d.public_url) = (owned(), owned(), owned());
    d
}

fn survives(text: &str) {
    let d = filled(text);
    let read = pages(&d);
    assert_inside(&read);
    for run in read.iter().flat_map(|page| &page.runs) {
        assert!(!run.has_missing_glyph, "{text:?} leaves a missing glyph in {:?}", run.text);
    }
    crate::render(&d).unwrap();
}

#[test]
fn markup_is_printed_as_typed() {
    const TYPED: [&str; 16] = [
        "#[bold] #let x = 1 #panic(\"no\")",
        "#import \"@preview/x:1.0.0\": *",
        "#read(\"/etc/passwd\") #image(\"logo\")",
        "$ x^2 $ costs $5 and *stars* _lines_ `code`",
        "\\ backslash \\u{41} \\n end \\",
        "= Heading",
        "- item + item / term: x",
        "@cite <label> // comment /* block */",
        "a ~ b -- c --- d ... \"quoted\" 'single' -> => 10x10 1/2",
        "{x} {y} {{ minijinja }} %s ${env} { $fluent }",
        "<b>bold</b> &amp; <script>alert(1)</script>",
        "](https://example.com) [link]",
        "'; DROP TABLE invoices; --",
        "=CMD('calc')",
        "fi ffl (c) 1st",
        "#",
    ];
    let mut d = quote_us();
    d.lines = TYPED.iter().map(|text| line(text, "1", None, "1", 100, "Exempt")).collect();
    d.notes = Some(TYPED.join("\n"));
    let read = pages(&d);
    let lines: Vec<&str> = read.iter().flat_map(|page| &page.runs).map(|run| run.text.as_str()).collect();
    for text in TYPED {
        assert_eq!(lines.iter().filter(|line| **line == text).count(), 2, "{text:?} is not as typed in {lines:?}");
    }
}

#[test]
fn a_number_full_of_placeholders_leaves_the_page_count_alone() {
    let mut d = quote_us();
    d.number = Some("{x}/{y}".into());
    let printed = flat(&d);
    assert!(printed.contains("Quote {x}/{y}") && printed.contains("Page 1 of 1"), "{printed}");
}

#[test]
fn every_script_stays_in_its_place() {
    survives("Грузинская дорога, Ελληνική Α.Ε., Công ty hữu hạn, ՕՐԻՆԱԿ ՍՊԸ, შპს მაგალითი, ኢትዮጵያ ንግድ");
    survives(
        "شركة الأمل للتجارة חברת הדוגמה בע״מ 株式会社サンプル商事 示例科技 주식회사 예시 บริษัท ตัวอย่าง उदाहरण लिमिटेड",
    );
    survives("🎉 Party 🚀 ✅ 👩‍👩‍👧‍👦 🇲🇽 👍🏽 ตัวอย่าง mixed عربي 日本 mix");
}

#[test]
fn fragments_of_text_do_no_harm() {
    survives(
        "\u{301}leading Z\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}algo a\u{30a} a\u{93f}b क\u{301}",
    );
    survives("\u{1F9FF}\u{10FFFF}\u{E000}\u{FDD0}\u{200d}\u{200c}\u{fe0f} \t\u{0}\u{7}\u{1b}[31m\n\n");
    survives("");
    survives(" \n ");
}

#[test]
fn words_wider_than_their_place_break() {
    survives(&"W".repeat(200));
    survives(
        &("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft ".to_owned()
            + &"i".repeat(200)),
    );
}

#[test]
fn addresses_wider_than_their_place_break() {
    survives(&"an.extremely.long.mailbox.name@subdomain.of.a.long.example.org".repeat(3));
    survives(&("https://example.org/".to_owned() + &"path/".repeat(40)));
}

#[test]
fn long_words_of_other_scripts_break() {
    survives(&("أ".repeat(100) + " " + &"語".repeat(100)));
    survives(&("🎉".repeat(100) + " " + &"word ".repeat(30)));
}

#[test]
fn breaking_adds_nothing_to_the_text() {
    let mut d = quote_us();
    let long = "abcdefghij".repeat(30);
    d.lines[0].description = long.clone();
    let printed = flat(&d);
    assert!(printed.replace(' ', "").contains(&long) && !printed.contains('\u{200b}'));
}

#[test]
fn huge_figures_stay_in_their_columns() {
    let mut d = invoice_mx();
    for line in &mut d.lines {
        line.quantity = rust_decimal::Decimal::MAX;
        line.unit_price = "0.1234567890123456789012345678".parse().unwrap();
        line.net = i64::MIN;
    }
    for row in &mut d.breakdown {
        (row.base, row.tax) = (i64::MIN, i64::MIN);
    }
    (d.net, d.tax, d.withheld, d.total, d.paid, d.balance) =
        (i64::MIN, i64::MAX, i64::MIN, i64::MIN, i64::MAX, i64::MAX);
    assert_inside(&pages(&d));
    crate::render(&d).unwrap();
}

/// A name with an override mark would read backwards; an invisible mark would hide a difference.
#[test]
fn marks_that_turn_or_hide_text_are_dropped() {
    for (typed, printed) in [
        ("pay \u{202e}05\u{202c} now", "pay 05 now"),
        ("\u{2066}A\u{2069}B\u{200f}C\u{200b}D\u{feff}E\u{ad}F", "ABCDEF"),
        ("a\r\nb\rc\u{2028}d\u{85}e\u{0}f\tg", "a\nb\nc\nd\nef g"),
        ("ok\u{fe0f} e\u{301}", "ok e\u{301}"),
        ("\u{e000}\u{1240}", "\u{25a1}\u{25a1}"),
    ] {
        assert_eq!(printable(typed), printed, "{typed:?}");
    }
}

#[test]
fn scripts_without_a_font_are_reported_and_others_not() {
    let mut d = quote_us();
    assert_eq!(crate::uncovered(&d), []);
    d.customer.name = "ኢትዮጵያ ንግድ ባንክ".into();
    d.notes = Some("தமிழ் and Ελληνικά, 日本, عربي, 🎉 👍🏽, \u{202e}x".into());
    let found = crate::uncovered(&d);
    let scripts: Vec<&str> = found.iter().map(|entry| entry.script).collect();
    assert_eq!(scripts.len(), 2, "{found:?}");
    assert!(scripts.contains(&"Ethiopic") && scripts.contains(&"Tamil"), "{found:?}");
    assert!(found.iter().all(|entry| (1..=8).contains(&entry.sample.chars().count())));
    assert!(flat(&d).contains("\u{25a1}"));
}

/// Only web addresses are made into links.
#[test]
fn other_addresses_are_not_linked() {
    let mut d = quote_us();
    for (url, is_link) in [("https://a.example/q", true), ("javascript:alert(1)", false), ("file:///etc/passwd", false)]
    {
        d.public_url = Some(url.into());
        assert_eq!(flat(&d).contains("View and accept online"), is_link, "{url}");
        let bytes = crate::render(&d).unwrap();
        let written = bytes.windows(url.len()).any(|window| window == url.as_bytes());
        assert_eq!(written, is_link, "{url}");
    }
    d.public_url = None;
    let links = |d: &Document| crate::render(d).unwrap().windows(4).filter(|window| window == b"/URI").count();
    d.payment = vec![PaymentField { kind: PaymentFieldKind::Link, value: "javascript:alert(1)".into() }];
    assert_eq!(links(&d), 0);
    d.payment[0].value = "https://pay.example/1".into();
    assert!(links(&d) > 0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 20, ..ProptestConfig::default() })]

    /// Any text at all, in every place a person can type.
    #[test]
    fn any_text_survives(text in "\\PC{0,40}|[\\x00-\\u{2fff}]{0,40}|[#$*_\\\\\\[\\]{}`@<>~=/\"a-z \n]{0,100}") {
        survives(&text);
    }
}
