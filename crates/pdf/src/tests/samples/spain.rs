//! Spain: two rates and IRPF, the credit note of it, a draft.

use super::{currency, day, line, party, pay};
use crate::document::*;
use crate::region::Locale;

/// Spain: two rates and IRPF, paid by transfer.
pub(in crate::tests) fn invoice_es() -> Document {
    let issuer = party(
        "Estudio Alameda, S.L.",
        "NIF",
        "B12345674",
        &["Calle de Alcalá 45, 2.º B", "28014 Madrid", "España"],
        "facturas@alameda.example",
        "+34 910 000 412",
    );
    let customer = party(
        "Bodegas Ribera Alta, S.A.",
        "NIF",
        "A28000727",
        &["Ctra. N-122 km 302", "47300 Peñafiel, Valladolid"],
        "admin@ribera.example",
        "+34 983 000 110",
    );
    let mut d = Document::new(
        Kind::Invoice,
        Locale::from_tag("es-ES"),
        currency("EUR", 2),
        day(2026, 11, 23),
        issuer,
        customer,
    );
    d.number = Some("2026-0117".into());
    d.due = Some(day(2026, 12, 23));
    d.supplied_on = Some(day(2026, 11, 20));
    d.lines = vec![
        line("Consultoría de exportación", "37.5", Some("h"), "62", 232_500, "IVA 21 %"),
        line("Manual técnico impreso", "120", Some("ud"), "4.35", 52_200, "IVA 4 %"),
    ];
    d.breakdown = vec![
        TaxRow { label: "IVA 21 %".into(), base: 232_500, tax: 48_825, withheld: false },
        TaxRow { label: "IVA 4 %".into(), base: 52_200, tax: 2_088, withheld: false },
        TaxRow { label: "Retención IRPF 15 %".into(), base: 232_500, tax: 34_875, withheld: true },
    ];
    (d.net, d.tax, d.withheld, d.total, d.balance) = (284_700, 50_913, 34_875, 300_738, 300_738);
    d.payment =
        vec![pay(PaymentFieldKind::Iban, "ES9121000418450200051332"), pay(PaymentFieldKind::Bic, "CAIXESBBXXX")];
    d.rounding = Some(Rounding::PerCategory);
    d
}

/// The Spanish invoice taken back, amounts negative.
pub(in crate::tests) fn credit_note_es() -> Document {
    let mut d = invoice_es();
    d.kind = Kind::CreditNote;
    d.number = Some("R-2026-0009".into());
    d.due = None;
    d.corrects = Some(Corrects {
        number: "2026-0117".into(),
        date: Some(day(2026, 11, 23)),
        reason: Some("Devolución de la partida completa".into()),
    });
    for line in &mut d.lines {
        line.quantity = -line.quantity;
        line.net = -line.net;
    }
    for row in &mut d.breakdown {
        (row.base, row.tax) = (-row.base, -row.tax);
    }
    (d.net, d.tax, d.withheld, d.total, d.balance) = (-d.net, -d.tax, -d.withheld, -d.total, 0);
    d
}

pub(in crate::tests) fn draft_es() -> Document {
    let mut d = invoice_es();
    d.number = None;
    d
}
