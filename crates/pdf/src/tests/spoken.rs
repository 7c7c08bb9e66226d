//! The same document said in each language, region by region; one case a row.

use super::reading::{flat, pages};
use super::samples;
use crate::document::{Document, Kind, PaymentFieldKind};
use crate::region::Locale;

pub(super) const PAYMENT_KINDS: [PaymentFieldKind; 11] = [
    PaymentFieldKind::Bank,
    PaymentFieldKind::Holder,
    PaymentFieldKind::Account,
    PaymentFieldKind::Iban,
    PaymentFieldKind::Bic,
    PaymentFieldKind::Clabe,
    PaymentFieldKind::Routing,
    PaymentFieldKind::Transit,
    PaymentFieldKind::Pix,
    PaymentFieldKind::Reference,
    PaymentFieldKind::Link,
];

/// White space of any kind as one plain space, so that expectations can be typed.
fn plain(document: &Document) -> String {
    flat(document).replace(['\u{a0}', '\u{202f}'], " ")
}

fn says(document: &Document, expected: &[&str]) {
    let text = plain(document);
    for words in expected {
        assert!(text.contains(words), "{words:?} is not in: {text}");
    }
}

#[test]
fn english() {
    says(
        &samples::quote_us(),
        &[
            "Quote",
            "Q-00087",
            "Nov 23, 2026",
            "$5,031.07 valid until Dec 15, 2026",
            "View and accept online",
            "Replacement burner assembly, stainless",
            "389.99",
            "100.00",
            "WA sales tax 10.35%",
            "on 1,459.96",
            "Total",
            "Half on acceptance",
            "(EN 16931)",
            "Page 1 of 1",
        ],
    );
}

#[test]
fn spanish_of_mexico() {
    says(
        &samples::invoice_mx(),
        &[
            "Factura",
            "A-1042",
            "$33,798.86 · vence el 23 dic 2026",
            "RFC TCJ180312AB4",
            "12 h",
            "950.50",
            "10%",
            "18.3745",
            "IVA 16%",
            "sobre 38,765.40",
            "−356.25",
            "Total de impuestos",
            "Saldo pendiente",
            "−20,000.00",
            "CLABE",
            "(CFDI 4.0)",
            "Página 1 de 1",
        ],
    );
}

#[test]
fn spanish_of_spain() {
    says(
        &samples::invoice_es(),
        &[
            "3.007,38 € · vence el 23 dic 2026",
            "Base imponible",
            "2.847,00",
            "37,5 h",
            "Retención IRPF 15 %",
            "−348,75",
            "ES91 2100 0418 4502 0005 1332",
            "Fecha de operación",
            "20 nov 2026",
        ],
    );
    says(
        &samples::credit_note_es(),
        &[
            "Factura rectificativa",
            "−3.007,38 €",
            "2026-0117 · 23 nov 2026",
            "Devolución de la partida completa",
            "348,75",
        ],
    );
}

#[test]
fn portuguese() {
    says(
        &samples::invoice_br(),
        &[
            "Fatura",
            "R$ 18.887,40 a pagar até 3 de dez. de 2026",
            "CNPJ 11.222.333/0001-81",
            "149,90",
            "Chave Pix",
            "Página 1 de 3",
            "Página 3 de 3",
        ],
    );
}

#[test]
fn french() {
    says(
        &samples::invoice_fr(),
        &[
            "Facture",
            "1 422,82 $ à payer au plus tard le 31 juill. 2026",
            "TVQ 9,975 %",
            "sur 1 237,50",
            "Page 1 sur 1",
        ],
    );
}

#[test]
fn receipts_and_acceptances() {
    says(&samples::receipt_us(), &["Receipt", "$5,031.07 paid on Dec 1, 2026", "Visa ending in 4242", "Received from"]);
    says(
        &samples::accepted_quote_us(),
        &["Grace Okafor accepted this document on Nov 24, 2026, 16:05 UTC from 203.0.113.7.", "View online"],
    );
}

#[test]
fn a_draft_says_so_on_every_page_and_an_issued_document_never() {
    let mut document = samples::invoice_br();
    document.lines.truncate(24);
    for (tag, word) in [("en-US", "DRAFT"), ("es-ES", "BORRADOR"), ("pt-BR", "RASCUNHO"), ("fr-FR", "BROUILLON")] {
        document.locale = Locale::from_tag(tag);
        let issued = serde_json::to_string(&crate::sheet::Sheet::of(&document)).unwrap();
        assert!(!issued.contains(word), "{tag}");
        let draft = Document { number: None, ..document.clone() };
        let drafted = pages(&draft);
        assert!(drafted.len() > 1);
        assert!(drafted.iter().all(|page| page.text().contains(word)), "{tag}");
    }
    assert!(!flat(&document).contains("BROUILLON"));
}

/// The words follow the kind.
#[test]
fn each_kind_has_its_title() {
    let titles = [
        ("es-MX", ["Cotización", "Factura", "Nota de crédito", "Nota de débito", "Recibo"]),
        ("es-ES", ["Presupuesto", "Factura", "Factura rectificativa", "Nota de débito", "Recibo"]),
        ("fr-FR", ["Devis", "Facture", "Avoir", "Note de débit", "Reçu"]),
        ("fr-CA", ["Soumission", "Facture", "Note de crédit", "Note de débit", "Reçu"]),
        ("pt-PT", ["Orçamento", "Fatura", "Nota de crédito", "Nota de débito", "Recibo"]),
        ("en-CA", ["Quote", "Invoice", "Credit note", "Debit note", "Receipt"]),
    ];
    for (tag, titles) in titles {
        for (kind, title) in Kind::ALL.into_iter().zip(titles) {
            let mut d = samples::quote_us();
            (d.kind, d.locale) = (kind, Locale::from_tag(tag));
            let sheet = serde_json::to_value(crate::sheet::Sheet::of(&d)).unwrap();
            assert_eq!(sheet["title"], title, "{tag} {kind:?}");
        }
    }
}

#[test]
fn the_paper_follows_the_region() {
    let mut d = samples::quote_us();
    for (tags, paper, width, height) in [
        (&["en-US", "en-CA", "fr-CA", "es-CO", "es-MX"], "us-letter", 612.0, 792.0),
        (&["en", "pt-BR", "fr-FR", "en-GB", "es-ES"], "a4", 595.3, 841.9),
    ] {
        for tag in tags {
            d.locale = Locale::from_tag(tag);
            assert_eq!(d.locale.paper(), paper, "{tag}");
        }
        let page = &pages(&d)[0];
        assert!((page.width - width).abs() < 0.1 && (page.height - height).abs() < 0.1, "{paper}");
    }
}

/// Nothing is asked of the reader that has been settled.
#[test]
fn a_paid_invoice_asks_for_nothing() {
    let mut d = samples::invoice_es();
    (d.paid, d.balance) = (d.total, 0);
    says(&d, &["3.007,38 € pagado", "−3.007,38", "Pendiente de pago", "0,00 €"]);
    assert!(!plain(&d).contains("vence el"));
    assert!(!plain(&samples::receipt_us()).contains("How to pay"));
}

/// Lines, less the document's discount, are the net: without its row nobody could add the page up.
#[test]
fn a_discount_on_the_document_stands_between_its_lines_and_its_net() {
    let mut d = samples::quote_us();
    d.allowance = 101;
    let labels = |d: &Document| {
        let sheet = serde_json::to_value(crate::sheet::Sheet::of(d)).unwrap();
        let rows = sheet["totals"].as_array().unwrap().clone();
        rows.iter().take(2).map(|row| (row["label"].clone(), row["value"].to_string())).collect::<Vec<_>>()
    };
    let with = labels(&d);
    assert_eq!(with[0].0, "Discount", "{with:?}");
    assert!(with[0].1.contains("1.01") && with[1].0 == "Subtotal", "{with:?}");
    d.allowance = 0;
    assert_eq!(labels(&d)[0].0, "Subtotal");
}
