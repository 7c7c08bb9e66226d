//! From the frozen picture to the PDF. Nothing is computed here: figures are carried over.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use fiscal::totals::{Norm, Tax, TaxSubtotal};
use kernel::{Error, Language, Result};
use pdf::{Corrects, Kind, Locale, Party, PaymentField, PaymentFieldKind, Rounding, TaxRow};
use serde::Deserialize;

use super::{PartySnapshot, Snapshot};
use crate::invoice::InvoiceKind;

/// The PDF of a snapshot, typeset off the workers that answer requests.
///
/// `electronic` is the same document as XML (CII); with it the PDF is a Factur-X.
pub async fn typeset(kind: Kind, snapshot: &Snapshot, copy: Copy, electronic: Option<Vec<u8>>) -> Result<Vec<u8>> {
    let kind = match snapshot.correction.as_ref().map(|correction| correction.kind) {
        Some(InvoiceKind::CreditNote) => Kind::CreditNote,
        Some(InvoiceKind::DebitNote) => Kind::DebitNote,
        Some(InvoiceKind::Invoice) | None => kind,
    };
    let document = document(kind, snapshot, copy);
    let render = move || match electronic {
        Some(xml) => pdf::facturx::render(&document, &xml),
        None => pdf::render(&document),
    };
    tokio::task::spawn_blocking(render)
        .await
        .map_err(Error::internal)?
        .map_err(|e| Error::conflict("document_not_typeset", format!("The PDF cannot be made: {e}")))
}

/// Which copy is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copy {
    /// The one that was sent or issued: it carries its number and the digest of its content.
    Original,
    /// A look before that: marked as a draft on each page, without a number.
    Draft,
}

/// The locale figures and dates are written in.
pub fn locale(language: Language, country: &str) -> Locale {
    Locale::from_tag(&locale::tag(language, country))
}

/// The currency as the typesetter names it.
pub fn currency(currency: kernel::Currency) -> pdf::Currency {
    pdf::Currency { code: currency.code().into(), exponent: u8::try_from(currency.exponent()).unwrap_or(2) }
}

pub(crate) fn document(kind: Kind, snapshot: &Snapshot, copy: Copy) -> pdf::Document {
    let locale = locale(snapshot.language, &snapshot.country);
    let totals = &snapshot.totals;
    let mut document = pdf::Document::new(
        kind,
        locale,
        currency(snapshot.currency),
        snapshot.issue_date,
        party(&snapshot.issuer, snapshot.is_abroad()),
        party(&snapshot.customer, snapshot.is_abroad()),
    );
    if copy == Copy::Original {
        document.number = Some(snapshot.number.clone());
        document.content_hash = Some(snapshot.sha256());
    }
    // A credit note asks for nothing, so that there is no day to pay it by.
    document.due = (kind != Kind::CreditNote).then_some(snapshot.due);
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
            tax_label: line.taxes.iter().map(|tax| tax_label(tax, &locale)).collect::<Vec<_>>().join("\n"),
        })
        .collect();
    document.breakdown = totals.breakdown.iter().map(|row| tax_row(row, &locale)).collect();
    document.allowance = totals.allowance;
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
        .map(|text| PaymentField { kind: PaymentFieldKind::Account, value: text.clone() })
        .collect();
    document.corrects = snapshot.correction.as_ref().map(|correction| Corrects {
        number: correction.number.clone(),
        date: Some(correction.issue_date),
        reason: (!correction.reason.is_empty()).then(|| correction.reason.clone()),
    });
    document.rounding = Some(match totals.norm {
        Norm::ByCategory => Rounding::PerCategory,
        Norm::ByLine => Rounding::PerLineSix,
    });
    document
}

fn party(party: &PartySnapshot, abroad: bool) -> Party {
    Party {
        name: party.name.clone(),
        tax_id_label: party
            .tax_id
            .as_ref()
            .map(|_| fiscal::tax_id::label(party.country.as_deref().unwrap_or_default()).to_owned()),
        tax_id: party.tax_id.clone(),
        address_lines: party.address_lines.iter().cloned().chain(party.country.clone().filter(|_| abroad)).collect(),
        email: party.email.clone(),
        phone: party.phone.clone(),
    }
}

/// `IVA 21 %`.
pub fn tax_label(tax: &Tax, locale: &Locale) -> String {
    format!("{} {}", tax.name, pdf::format::percent(tax.rate, locale))
}

/// A row of the tax breakdown in words.
pub fn tax_row(row: &TaxSubtotal, locale: &Locale) -> TaxRow {
    TaxRow {
        label: format!("{} {}", row.name, pdf::format::percent(row.rate, locale)),
        base: row.base,
        tax: row.tax,
        withheld: row.withheld,
    }
}

/// A PDF as an answer that a browser shows, or saves when `download` is set.
pub fn answer(file_name: &str, bytes: Vec<u8>, download: bool) -> Response {
    let place = if download { "attachment" } else { "inline" };
    let disposition = format!("{place}; {}", files::serve::file_name(file_name));
    ([(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response()
}

/// How a PDF is wanted.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PdfQuery {
    /// `1`: to save rather than to show.
    pub download: Option<String>,
}

impl PdfQuery {
    pub fn wanted(&self) -> bool {
        self.download.as_deref().is_some_and(|d| !matches!(d, "" | "0" | "false"))
    }
}
