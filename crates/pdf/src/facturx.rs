//! Factur-X (ZUGFeRD 2): a PDF/A-3 that people read with an invoice in CII inside that programs read, profile EN 16931.
//!
//! Invariants: picture and file are of one document because one caller hands over both; the invoice is attached as
//! `factur-x.xml` with the relationship `Alternative`, and the metadata says so by the extension schema of Factur-X; the
//! same document and invoice give the same bytes. What the invoice says is not looked at here.
//!
//! Reading trusts nothing: the file, its streams together and the invoice are bounded, and whatever is not there or is
//! not what it should be is an error or nothing, never a panic of ours.

mod read;
mod xmp;

use lopdf::{Document as File, Object};

pub use read::{FacturXError, MOST_BYTES, MOST_INVOICE, xml};

use crate::document::Document;
use crate::error::PdfError;
use crate::{limits, typeset};

/// The name of the attachment, which is also how readers find it.
pub const FILE: &str = "factur-x.xml";

/// The PDF of `document` with `invoice` in it: CII of the profile EN 16931, as `fiscal::einvoice::cii::write` gives it.
///
/// # Errors
/// As [`render`](crate::render()).
pub fn render(document: &Document, invoice: &[u8]) -> Result<Vec<u8>, PdfError> {
    limits::check(document)?;
    let bytes = typeset::pdf(document, Some(invoice))?;
    let failed = |error: lopdf::Error| PdfError::Export(error.to_string());
    let mut file = File::load_mem(&bytes).map_err(failed)?;
    let metadata = file.catalog().and_then(|catalog| catalog.get(b"Metadata")).and_then(Object::as_reference);
    let packet = file.get_object_mut(metadata.map_err(failed)?).and_then(Object::as_stream_mut).map_err(failed)?;
    let described = std::str::from_utf8(&packet.content).ok().and_then(xmp::described);
    // PDF/A wants the metadata uncompressed, so that also programs that know nothing of PDF find it.
    packet.set_plain_content(described.ok_or(PdfError::Export("the metadata is not as expected".into()))?.into_bytes());
    let mut written = Vec::with_capacity(bytes.len() + 4096);
    file.save_to(&mut written).map_err(|error| PdfError::Export(error.to_string()))?;
    Ok(written)
}
