//! What the garage sells.

use fiscal::totals::{Category, Tax};
use kernel::Decimal;
use sales::document::DocumentLine;

/// Description, unit and price in cents.
const SOLD: [(&str, &str, i64); 9] = [
    ("Revisión completa de furgoneta", "ud", 18_900),
    ("Mano de obra", "h", 4_850),
    ("Pastillas de freno delanteras", "jgo", 3_776),
    ("Aceite 5W-30 y filtro", "ud", 6_425),
    ("Neumático 205/75 R16", "ud", 11_290),
    ("Diagnóstico electrónico", "ud", 4_500),
    ("Batería 80 Ah", "ud", 12_980),
    ("Preparación para la ITV", "ud", 5_500),
    ("Alineación y equilibrado", "ud", 4_990),
];

/// A line of the `nth` thing sold, taxed at the Spanish standard rate.
pub fn line(nth: usize, quantity: i64) -> DocumentLine {
    let (description, unit, cents) = SOLD[nth % SOLD.len()];
    DocumentLine {
        description: description.to_owned(),
        details: None,
        quantity: Decimal::from(quantity),
        unit: Some(unit.to_owned()),
        unit_price: Decimal::new(cents, 2),
        discount: None,
        taxes: vec![Tax {
            category: Category::S,
            rate: Decimal::from(21),
            name: "IVA".to_owned(),
            withheld: false,
            exemption_code: None,
        }],
    }
}
