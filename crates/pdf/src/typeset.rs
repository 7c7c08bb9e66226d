//! From the sheet to bytes: compile the template, write PDF/A-3b.

use chrono::Datelike;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::document::Document;
use crate::error::PdfError;
use crate::facturx::FILE;
use crate::sheet::Sheet;
use crate::world::Desk;

/// Renders after which an unused cached layout is dropped; the library and the fonts' shaping stay warm.
const CACHE_AGE: usize = 3;

/// The pages of `document`, before they are written, with the invoice that is attached to them.
pub(crate) fn pages(document: &Document, invoice: Option<&[u8]>) -> Result<PagedDocument, PdfError> {
    let sheet = Sheet::of(document);
    let sheet = if invoice.is_some() { sheet.attaching(FILE) } else { sheet };
    let data = serde_json::to_vec(&sheet).map_err(|error| PdfError::Typesetting(error.to_string()))?;
    let logo = document.logo.as_ref().map(|logo| logo.bytes.clone());
    let desk = Desk::new(data, logo, invoice.map(<[u8]>::to_vec));
    typst::compile::<PagedDocument>(&desk).output.map_err(|errors| PdfError::Typesetting(first(&errors)))
}

/// The file. Its only dates are the issue date and its only identity is what the document says, so it does not depend
/// on when or where it is made.
pub(crate) fn pdf(document: &Document, invoice: Option<&[u8]>) -> Result<Vec<u8>, PdfError> {
    let written = pages(document, invoice).and_then(|pages| {
        let options = PdfOptions {
            ident: Smart::Custom(identity(document)),
            creator: Smart::Custom(Some("OMB Cloud".to_owned())),
            timestamp: Some(Timestamp::new_utc(midnight(document)?)),
            page_ranges: None,
            standards: PdfStandards::new(&[PdfStandard::A_3b])
                .map_err(|error| PdfError::Export(error.message().to_string()))?,
            tagged: true,
            pretty: false,
        };
        typst_pdf::pdf(&pages, &options).map_err(|errors| PdfError::Export(first(&errors)))
    });
    typst::comemo::evict(CACHE_AGE);
    written
}

fn midnight(document: &Document) -> Result<Datetime, PdfError> {
    let date = document.issue_date;
    let (month, day) = (u8::try_from(date.month()).ok(), u8::try_from(date.day()).ok());
    let (Some(month), Some(day)) = (month, day) else {
        return Err(PdfError::IssueDate);
    };
    Datetime::from_ymd_hms(date.year(), month, day, 0, 0, 0).ok_or(PdfError::IssueDate)
}

/// Hashed by the writer into the file's identifier; not readable from the file.
fn identity(document: &Document) -> String {
    let tax_id = document.issuer.tax_id.as_deref().unwrap_or(&document.issuer.name);
    let number = document.number.as_deref().unwrap_or("draft");
    format!("{:?}/{tax_id}/{number}/{}", document.kind, document.issue_date)
}

fn first(errors: &[SourceDiagnostic]) -> String {
    errors.first().map(|error| error.message.to_string()).unwrap_or_default()
}
