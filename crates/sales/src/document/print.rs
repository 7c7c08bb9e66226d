//! From the frozen picture to the PDF. Nothing is computed here: figures are carried over.

use fiscal::totals::{Norm, Tax, TaxSubtotal};
use kernel::{Error, Language, Result};
use pdf::{Kind, Locale, Party, PaymentField, PaymentKind, Rounding, TaxRow};

use super::{PartySnapshot, Snapshot};

/// The PDF of a snapshot, typeset off the workers that answer requests.
pub async fn typeset(kind: Kind, snapshot: &Snapshot, extra: Extra) -> Result<Vec<u8>> {
    let document = document(kind, snapshot, extra);
    tokio::task::spawn_blocking(move || pdf::render(&document))
        .await
        .map_err(Error::internal)?
        .map_err(|e| Error::conflict("document_not_typeset", format!("The PDF cannot be made: {e}")))
}

/// What is shown besides the snapshot.
#[derive(Debug, Clone, Default)]
pub struct Extra {
    pub draft: bool,
    pub public_url: Option<String>,
}

/// The locale figures and dates are written in.
pub fn locale(language: Language, country: &str) -> Locale {
    Locale::from_tag(&locale::tag(language, country))
}

fn document(kind: Kind, snapshot: &Snapshot, extra: Extra) -> pdf::Document {
    let locale = locale(snapshot.language, &snapshot.country);
    let currency = pdf::Currency { code: snapshot.currency.code().into(), exponent: snapshot.currency.exponent() as u8 };
    let totals = &snapshot.totals;
    let mut document = pdf::Document::new(
        kind,
        locale.clone(),
        snapshot.issue_date,
        party(&snapshot.issuer),
        party(&snapshot.customer),
        currency,
    );
    document.number = (!extra.draft).then(|| snapshot.number.clone());
    document.due = Some(snapshot.due);
    document.lines = snapshot
        .lines
        .iter()
        .zip(&totals.lines)
        .map(|(line, total)| pdf::Line {
            description: line.description.clone(),
            details: line.details.clone(),
            quantity: line.quantity,
            unit: line.unit.clone(),
            unit_price: line.unit_price,
            discount: line.discount.as_ref().map(|discount| match discount {
                fiscal::totals::Discount::Percent(percent) => pdf::Discount::Percent(*percent),
                fiscal::totals::Discount::Amount(_) => pdf::Discount::Amount(total.discount),
            }),
            net: total.net,
            tax_label: line.taxes.iter().map(|tax| tax_label(tax, &locale)).collect::<Vec<_>>().join(", "),
        })
        .collect();
    document.breakdown = totals.breakdown.iter().map(|row| tax_row(row, &locale)).collect();
    document.net = totals.net;
    document.tax = totals.tax;
    document.withheld = totals.withheld;
    document.total = totals.payable;
    document.paid = 0;
    document.balance = totals.payable;
    document.notes = snapshot.notes.clone();
    document.terms = snapshot.terms.clone();
    document.reference = snapshot.reference.clone();
    document.payment = snapshot
        .payment_instructions
        .iter()
        .map(|text| PaymentField { kind: PaymentKind::Account, value: text.clone() })
        .collect();
    document.rounding = Some(match totals.norm {
        Norm::ByCategory => Rounding::PerCategory,
        Norm::ByLine => Rounding::PerLineSix,
    });
    document.public_url = extra.public_url;
    document
}

fn party(party: &PartySnapshot) -> Party {
    Party {
        name: party.name.clone(),
        tax_id_label: party.tax_id.as_ref().map(|_| fiscal::tax_id::label(party.country.as_deref().unwrap_or_default()).to_owned()),
        tax_id: party.tax_id.clone(),
        address_lines: party.address_lines.iter().cloned().chain(party.country.clone()).collect(),
        email: party.email.clone(),
        phone: party.phone.clone(),
    }
}

/// `IVA 21 %`.
pub fn tax_label(tax: &Tax, locale: &Locale) -> String {
    format!("{} {}", tax.name, pdf::format::percent(tax.rate, locale))
}

fn tax_row(row: &TaxSubtotal, locale: &Locale) -> TaxRow {
    TaxRow {
        label: format!("{} {}", row.name, pdf::format::percent(row.rate, locale)),
        base: row.base,
        tax: row.tax,
        withheld: row.withheld,
    }
}
