//! Mexico: IVA, ISR withheld, CFDI rounding.

use super::{currency, day, line, number, party, pay};
use crate::document::*;
use crate::region::Locale;

/// Mexico: IVA on the base, ISR and IVA withheld, CFDI rounding.
pub(in crate::tests) fn invoice_mx() -> Document {
    let issuer = party(
        "Taller Creativo Jacaranda, S.A. de C.V.",
        "RFC",
        "TCJ180312AB4",
        &["Av. Álvaro Obregón 151, Int. 302", "Col. Roma Norte, Cuauhtémoc", "06700 Ciudad de México, CDMX"],
        "cobranza@jacaranda.example",
        "+52 55 5004 2210",
    );
    let customer = party(
        "Comercializadora del Bajío, S. de R.L. de C.V.",
        "RFC",
        "CBA150824KL1",
        &["Blvd. Adolfo López Mateos 2220", "Col. Jardines del Moral", "37160 León, Guanajuato"],
        "cuentas.por.pagar@bajio.example",
        "+52 477 710 1188",
    );
    let mut d = Document::new(
        Kind::Invoice,
        Locale::from_tag("es-MX"),
        currency("MXN", 2),
        day(2026, 11, 23),
        issuer,
        customer,
    );
    d.number = Some("A-1042".into());
    d.due = Some(day(2026, 12, 23));
    d.reference = Some("OC-2026-0318".into());
    let mut design = line("Diseño de identidad corporativa", "1", Some("servicio"), "28500", 2_850_000, "IVA 16%");
    design.details = Some("Logotipo, manual de marca y papelería básica.\nIncluye dos rondas de cambios.".into());
    let mut photos = line("Sesión fotográfica de producto", "12", Some("h"), "950.50", 1_026_540, "IVA 16%");
    photos.discount = Some(Discount::Percent(number("10")));
    let print =
        line("Impresión de catálogos, 48 páginas, papel couché", "500", Some("pza"), "18.3745", 918_725, "IVA 0%");
    d.lines = vec![design, photos, print];
    d.breakdown = vec![
        TaxRow { label: "IVA 16%".into(), base: 3_876_540, tax: 620_246, withheld: false },
        TaxRow { label: "IVA 0%".into(), base: 918_725, tax: 0, withheld: false },
        TaxRow { label: "ISR retenido 1.25%".into(), base: 2_850_000, tax: 35_625, withheld: true },
    ];
    (d.net, d.tax, d.withheld, d.total) = (4_795_265, 620_246, 35_625, 5_379_886);
    (d.paid, d.balance) = (2_000_000, 3_379_886);
    d.payment = vec![
        pay(PaymentFieldKind::Bank, "Banco del Centro"),
        pay(PaymentFieldKind::Holder, "Taller Creativo Jacaranda, S.A. de C.V."),
        pay(PaymentFieldKind::Clabe, "032180000118359719"),
        pay(PaymentFieldKind::Reference, "A-1042"),
    ];
    d.notes = Some("Gracias por su preferencia. Los archivos finales se entregan al liquidar el saldo.".into());
    d.rounding = Some(Rounding::PerLineSix);
    d.public_url = Some("https://app.example/i/8Kq2vT0a".into());
    d.content_hash = Some("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into());
    d
}
