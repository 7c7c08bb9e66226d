//! How much one document may hold. Far beyond any real one; they bound the time and the pages one request can cost.

use image::ImageReader;
use std::io::Cursor;

use chrono::Datelike;

use crate::document::{Document, Logo, LogoKind, Party};
use crate::error::{LogoFault, PdfError};

/// Lines on one document.
pub const MOST_LINES: usize = 2_000;
/// Rows of the tax breakdown, payment fields, address lines.
pub const MOST_ROWS: usize = 40;
/// Names, numbers, labels; in characters.
pub const LONGEST_NAME: usize = 300;
/// Description and details of one line.
pub const LONGEST_DESCRIPTION: usize = 10_000;
/// Notes, terms and legend.
pub const LONGEST_TEXT: usize = 50_000;
/// A web address.
pub const LONGEST_ADDRESS: usize = 2_000;
const LOGO_BYTES: usize = 2 * 1024 * 1024;
const LOGO_PIXELS: u32 = 4096;

/// Refuses what is beyond the limits, naming the field.
pub(crate) fn check(document: &Document) -> Result<(), PdfError> {
    let d = document;
    if !(1..=9999).contains(&d.issue_date.year()) {
        return Err(PdfError::IssueDate);
    }
    count("lines", d.lines.len(), MOST_LINES)?;
    count("breakdown", d.breakdown.len(), MOST_ROWS)?;
    count("payment", d.payment.len(), MOST_ROWS)?;
    party("issuer", &d.issuer)?;
    party("customer", &d.customer)?;
    for line in &d.lines {
        text("description", Some(&line.description), LONGEST_DESCRIPTION)?;
        text("details", line.details.as_ref(), LONGEST_DESCRIPTION)?;
        text("unit", line.unit.as_ref(), LONGEST_NAME)?;
        text("tax_label", Some(&line.tax_label), LONGEST_NAME)?;
    }
    for row in &d.breakdown {
        text("breakdown label", Some(&row.label), LONGEST_NAME)?;
    }
    for field in &d.payment {
        text("payment value", Some(&field.value), LONGEST_NAME)?;
    }
    names(d)?;
    text("notes", d.notes.as_ref(), LONGEST_TEXT)?;
    text("terms", d.terms.as_ref(), LONGEST_TEXT)?;
    text("legend", d.legend.as_ref(), LONGEST_TEXT)?;
    text("public_url", d.public_url.as_ref(), LONGEST_ADDRESS)?;
    d.logo.as_ref().map_or(Ok(()), logo)
}

fn names(d: &Document) -> Result<(), PdfError> {
    let corrects = d.corrects.as_ref();
    let accepted = d.accepted.as_ref();
    let fields: [(&'static str, Option<&String>); 9] = [
        ("number", d.number.as_ref()),
        ("payment_method", d.payment_method.as_ref()),
        ("currency", Some(&d.currency.code)),
        ("reference", d.reference.as_ref()),
        ("corrects number", corrects.map(|c| &c.number)),
        ("corrects reason", corrects.and_then(|c| c.reason.as_ref())),
        ("accepted name", accepted.map(|a| &a.name)),
        ("accepted ip", accepted.and_then(|a| a.ip.as_ref())),
        ("content_hash", d.content_hash.as_ref()),
    ];
    fields
        .into_iter()
        .try_for_each(|(field, value)| text(field, value, LONGEST_NAME))
}

fn party(field: &'static str, party: &Party) -> Result<(), PdfError> {
    count(field, party.address_lines.len(), MOST_ROWS)?;
    text(field, Some(&party.name), LONGEST_NAME)?;
    for value in [&party.tax_id_label, &party.tax_id, &party.email, &party.phone] {
        text(field, value.as_ref(), LONGEST_NAME)?;
    }
    party
        .address_lines
        .iter()
        .try_for_each(|line| text(field, Some(line), LONGEST_NAME))
}

fn count(field: &'static str, count: usize, max: usize) -> Result<(), PdfError> {
    if count > max {
        Err(PdfError::TooMany { field, count, max })
    } else {
        Ok(())
    }
}

fn text(field: &'static str, value: Option<&String>, max: usize) -> Result<(), PdfError> {
    let is_longer = value.is_some_and(|value| value.chars().nth(max).is_some());
    if is_longer {
        Err(PdfError::TextTooLong { field, max })
    } else {
        Ok(())
    }
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
    ImageReader::with_format(Cursor::new(&logo.bytes), format)
        .decode()
        .map_err(|_| LogoFault::Unreadable)?;
    Ok(())
}
