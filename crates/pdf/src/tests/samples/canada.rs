//! Canada, in French: two taxes on a line, three decimals in a rate.

use super::{currency, day, line, party};
use crate::document::*;
use crate::region::Locale;

/// Canada in French: two taxes on a line, three decimals in a rate.
pub(in crate::tests) fn invoice_fr() -> Document {
    let issuer = party(
        "Atelier Boréal inc.",
        "NE",
        "123456782 RT0001",
        &["4200, boul. Saint-Laurent", "Montréal (Québec)  H2W 2R2"],
        "comptes@boreal.example",
        "+1 514 555 0198",
    );
    let customer = party(
        "Érablière du Lac ltée",
        "NE",
        "987654321 RT0001",
        &["12, rang des Érables", "Sainte-Adèle (Québec)  J8B 1A1"],
        "paie@erabliere.example",
        "+1 450 555 0107",
    );
    let mut d =
        Document::new(Kind::Invoice, Locale::from_tag("fr-CA"), currency("CAD", 2), day(2026, 7, 1), issuer, customer);
    d.number = Some("F-2026-044".into());
    d.due = Some(day(2026, 7, 31));
    d.lines = vec![line(
        "Étiquettes imprimées, rouleau de 1 000",
        "3",
        Some("rouleaux"),
        "412.5",
        123_750,
        "TPS 5 %\nTVQ 9,975 %",
    )];
    d.breakdown = vec![
        TaxRow { label: "TPS 5 %".into(), base: 123_750, tax: 6_188, withheld: false },
        TaxRow { label: "TVQ 9,975 %".into(), base: 123_750, tax: 12_344, withheld: false },
    ];
    (d.net, d.tax, d.total, d.balance) = (123_750, 18_532, 142_282, 142_282);
    d.rounding = Some(Rounding::PerLine);
    d
}
