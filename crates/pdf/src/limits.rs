//! How much one document may hold. Far beyond any real one; they bound the time and the pages one request can cost.

use std::io::Cursor;

use chrono::Datelike;
use image::ImageReader;

use crate::document::{Document, Logo, LogoKind};
use crate::error::{LogoFault, PdfError};

/// Lines on one document.
pub const MOST_LINES: usize = 2_000;
/// Rows of the tax breakdown, payment fields, address lines.
pub const MOST_ROWS: usize = 40;
/// Names, numbers, labels; in characters.
pub const LONGEST_NAME: usize = 300;
/// A currency code; ISO 4217 has three letters.
pub const LONGEST_CODE: usize = 8;
/// Description and details of one line.
pub const LONGEST_DESCRIPTION: usize = 10_000;
/// Notes, terms and legend.
pub const LONGEST_TEXT: usize = 50_000;
/// A web address.
pub const LONGEST_ADDRESS: usize = 2_000;
const LOGO_BYTES: usize = 2 * 1024 * 1024;
const LOGO_PIXELS: u32 = 4096;

/// All text of one document together.
pub const LONGEST_DOCUMENT: usize = 500_000;

/// One text a person typed, with the name of its field and how many characters it may have.
pub(crate) struct Text<'a> {
    pub(crate) field: &'static str,
    pub(crate) value: &'a str,
    pub(crate) most: usize,
}

/// Refuses what is beyond the limits, naming the field.
pub(crate) fn check(document: &Document) -> Result<(), PdfError> {
    let d = document;
    if !(1..=9999).contains(&d.issue_date.year()) {
        return Err(PdfError::IssueDate);
    }
    for (field, count, max) in [
        ("lines", d.lines.len(), MOST_LINES),
        ("breakdown", d.breakdown.len(), MOST_ROWS),
        ("payment", d.payment.len(), MOST_ROWS),
        ("issuer address", d.issuer.address_lines.len(), MOST_ROWS),
        ("customer address", d.customer.address_lines.len(), MOST_ROWS),
    ] {
        if count > max {
            return Err(PdfError::TooMany { field, count, max });
        }
    }
    let mut all = 0;
    for Text { field, value, most: max } in texts(document) {
        let count = value.chars().count();
        if count > max {
            return Err(PdfError::TextTooLong { field, max });
        }
        all += count;
    }
    if all > LONGEST_DOCUMENT {
        return Err(PdfError::TextTooLong { field: "the whole document", max: LONGEST_DOCUMENT });
    }
    d.logo.as_ref().map_or(Ok(()), logo)
}

/// Every text of the document: what is not listed here would be neither limited nor searched for missing glyphs.
pub(crate) fn texts(document: &Document) -> Vec<Text<'_>> {
    let d = document;
    let (corrects, accepted) = (d.corrects.as_ref(), d.accepted.as_ref());
    let mut all = vec![
        ("number", d.number.as_ref(), LONGEST_NAME),
        ("payment_method", d.payment_method.as_ref(), LONGEST_NAME),
        ("currency", Some(&d.currency.code), LONGEST_CODE),
        ("reference", d.reference.as_ref(), LONGEST_NAME),
        ("corrects number", corrects.map(|c| &c.number), LONGEST_NAME),
        ("corrects reason", corrects.and_then(|c| c.reason.as_ref()), LONGEST_NAME),
        ("accepted name", accepted.map(|a| &a.name), LONGEST_NAME),
        ("accepted ip", accepted.and_then(|a| a.ip.as_ref()), LONGEST_NAME),
        ("content_hash", d.content_hash.as_ref(), LONGEST_NAME),
        ("public_url", d.public_url.as_ref(), LONGEST_ADDRESS),
        ("notes", d.notes.as_ref(), LONGEST_TEXT),
        ("terms", d.terms.as_ref(), LONGEST_TEXT),
        ("legend", d.legend.as_ref(), LONGEST_TEXT),
    ];
    for (field, party) in [("issuer", &d.issuer), ("customer", &d.customer)] {
        let particulars = [&party.tax_id_label, &party.tax_id, &party.email, &party.phone];
        let texts = particulars.into_iter().filter_map(Option::as_ref).chain(&party.address_lines).chain([&party.name]);
        all.extend(texts.map(|text| (field, Some(text), LONGEST_NAME)));
    }
    for line in &d.lines {
        all.push(("description", Some(&line.description), LONGEST_DESCRIPTION));
        all.push(("details", line.details.as_ref(), LONGEST_DESCRIPTION));
        all.push(("unit", line.unit.as_ref(), LONGEST_NAME));
        all.push(("tax_label", Some(&line.tax_label), LONGEST_NAME));
    }
    all.extend(d.breakdown.iter().map(|row| ("breakdown label", Some(&row.label), LONGEST_NAME)));
    all.extend(d.payment.iter().map(|field| ("payment value", Some(&field.value), LONGEST_NAME)));
    let written = all.into_iter().filter_map(|(field, value, most)| Some(Text { field, value: value?, most }));
    written.collect()
}

/// Reads the head of the picture before anything decodes it: a small file may unpack to gigabytes.
fn logo(logo: &Logo) -> Result<(), PdfError> {
    if logo.bytes.len() > LOGO_BYTES {
        return Err(LogoFault::TooLarge.into());
    }
    let format = match logo.kind {
        LogoKind::Png => image::ImageFormat::Png,
        LogoKind::Jpeg => image::ImageFormat::Jpeg,
        LogoKind::Webp => image::ImageFormat::WebP,
    };
    let reader = ImageReader::with_format(Cursor::new(&logo.bytes), format);
    let (width, height) = reader.into_dimensions().map_err(|_| LogoFault::Unreadable)?;
    if width == 0 || height == 0 {
        return Err(LogoFault::Unreadable.into());
    }
    if width > LOGO_PIXELS || height > LOGO_PIXELS {
        return Err(LogoFault::TooManyPixels.into());
    }
    // Decoded once here so that a broken body is refused as a logo, not as a failed document.
    ImageReader::with_format(Cursor::new(&logo.bytes), format).decode().map_err(|_| LogoFault::Unreadable)?;
    Ok(())
}
