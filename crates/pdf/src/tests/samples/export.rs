//! France, selling abroad: a logo, long names, several scripts in one document.

use std::io::Cursor;

use super::{currency, day, line, party, pay};
use crate::document::*;
use crate::region::Locale;

pub(in crate::tests) fn invoice_export() -> Document {
    let issuer = party(
        "Manufacture Générale des Étiquettes, Emballages et Conditionnements du Sud-Ouest SAS",
        "TVA",
        "FR40303265045",
        &["Zone artisanale de la Croix-Blanche, bâtiment C, 3e étage", "33700 Mérignac", "France"],
        "comptabilite.fournisseurs.internationaux@etiquettes-sud-ouest.example",
        "+33 5 56 00 11 22",
    );
    let customer = party(
        "شركة الأمل للتجارة والمقاولات · 示例科技有限公司",
        "VAT",
        "100123456700003",
        &["شارع الشيخ زايد، برج الأعمال 14", "دبي", "الإمارات العربية المتحدة"],
        "ap@alamal.example",
        "+971 4 000 1234",
    );
    let mut d =
        Document::new(Kind::Invoice, Locale::from_tag("fr-FR"), currency("EUR", 2), day(2026, 7, 1), issuer, customer);
    d.number = Some("EXP-2026-0000000000000000000071".into());
    d.due = Some(day(2026, 7, 31));
    let mut labels = line(
        "Étiquettes 日本語ラベル imprimées 🎉, שלום, สวัสดี",
        "125000",
        Some("pièces"),
        "0.01735",
        216_875,
        "Exonéré",
    );
    labels.details = Some(
        "Référence Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft\nLot 7, ኢትዮጵያ"
            .into(),
    );
    d.lines = vec![labels, line("Transport", "1", None, "1250000.5", 125_000_050, "Exonéré, art. 262 ter I du CGI")];
    d.breakdown =
        vec![TaxRow { label: "TVA 0 %, art. 262 ter I du CGI".into(), base: 125_216_925, tax: 0, withheld: false }];
    (d.net, d.total, d.balance) = (125_216_925, 125_216_925, 125_216_925);
    d.payment = vec![
        pay(
            PaymentFieldKind::Holder,
            "Manufacture Générale des Étiquettes, Emballages et Conditionnements du Sud-Ouest SAS",
        ),
        pay(PaymentFieldKind::Iban, "FR1420041010050500013M02606"),
        pay(PaymentFieldKind::Bic, "PSSTFRPPPAR"),
        pay(PaymentFieldKind::Link, "https://pay.example/i/EXP-2026-71"),
    ];
    d.legend = Some("Exonération de TVA, article 262 I du code général des impôts.".into());
    d.logo = Some(Logo { bytes: logo(), kind: LogoKind::Png });
    d
}

/// A plain mark with a transparent ground.
fn logo() -> Vec<u8> {
    let picture = image::RgbaImage::from_fn(480, 160, |x, y| {
        let (dx, dy) = (i64::from(x) - 80, i64::from(y) - 80);
        let in_disc = dx * dx + dy * dy < 70 * 70;
        let in_bar = x > 180 && (40..120).contains(&y) && (x / 40) % 2 == 0;
        if in_disc || in_bar { image::Rgba([28, 98, 140, 255]) } else { image::Rgba([0, 0, 0, 0]) }
    });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}
