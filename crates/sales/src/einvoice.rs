//! Electronic invoices: an issued invoice or note as the structured document of EN 16931, and before it is issued,
//! everything that would make a receiver refuse it.
//!
//! Invariant: it is made of the same frozen picture as the PDF, by the figures that stand there; it says nothing the PDF
//! does not say, and no cent of it differs.

mod model;
mod parties;
pub mod preflight;
pub mod routes;

use fiscal::einvoice::{Profile, check_facturx, cii};
use kernel::Result;

pub use model::{Unwritable, of};

use crate::{document::Snapshot, invoice::Invoice};

/// What the PDF of an issued document carries within: itself as CII, where a receiver takes it. One that would be refused
/// is better not there, since the PDF then says nothing wrong.
pub fn facturx(invoice: &Invoice, snapshot: &Snapshot) -> Result<Option<Vec<u8>>> {
    if !model::is_european(snapshot) {
        return Ok(None);
    }
    let written = of(invoice, snapshot, Profile::En16931)?.ok();
    Ok(written.filter(|written| check_facturx(written).is_empty()).map(|written| cii::write(&written)))
}
