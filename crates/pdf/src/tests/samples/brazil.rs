//! Brazil: sixty lines.

use super::{currency, day, line, party, pay};
use crate::document::*;
use crate::region::Locale;

/// Brazil, 60 lines.
pub(in crate::tests) fn invoice_br() -> Document {
    let issuer = party(
        "Oficina Três Irmãos Ltda.",
        "CNPJ",
        "11.222.333/0001-81",
        &["Rua Augusta, 1508, conj. 41", "Consolação", "01304-001 São Paulo, SP"],
        "financeiro@tresirmaos.example",
        "+55 11 3003 4070",
    );
    let customer = party(
        "Distribuidora Rio Claro S.A.",
        "CNPJ",
        "45.997.418/0001-53",
        &["Avenida das Américas, 3500", "22640-102 Rio de Janeiro, RJ"],
        "contas@rioclaro.example",
        "+55 21 3501 2200",
    );
    let mut d =
        Document::new(Kind::Invoice, Locale::from_tag("pt-BR"), currency("BRL", 2), day(2026, 11, 3), issuer, customer);
    d.number = Some("2026/000318".into());
    d.due = Some(day(2026, 12, 3));
    let things =
        ["Revisão completa do veículo", "Troca de óleo e filtros", "Pastilhas de freio dianteiras", "Alinhamento"];
    d.lines = (0..60)
        .map(|place| {
            let mut line = line(things[place % 4], "2", Some("un"), "149.90", 29_980, "ISS 5%");
            line.details =
                (place % 7 == 0).then(|| format!("Ordem de serviço {:04}, placa BRA{}E19", 4100 + place, place % 10));
            line
        })
        .collect();
    d.breakdown = vec![TaxRow { label: "ISS 5%".into(), base: 1_798_800, tax: 89_940, withheld: false }];
    (d.net, d.tax, d.total, d.balance) = (1_798_800, 89_940, 1_888_740, 1_888_740);
    d.payment = vec![
        pay(PaymentFieldKind::Bank, "Banco Paulista"),
        pay(PaymentFieldKind::Pix, "financeiro@tresirmaos.example"),
    ];
    d
}
