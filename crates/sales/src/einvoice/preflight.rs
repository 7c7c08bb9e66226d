//! Before it is issued: everything that would make a receiver of the electronic invoice refuse it, each with what to do.

use fiscal::einvoice::{Profile, check};
use kernel::Result;
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{is_european, of};
use crate::{document::Snapshot, invoice::Invoice};

/// What stands between a document and its electronic picture.
#[derive(Debug, Serialize, ToSchema)]
pub struct Preflight {
    /// Is there an electronic invoice of such a document at all? There is none where taxes are rounded line by line.
    pub applies: bool,
    /// In the order of the document; empty when a receiver takes it.
    pub faults: Vec<PreflightFault>,
}

/// One thing that would be refused.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreflightFault {
    /// Stable.
    #[schema(example = "einvoice_buyer_vat")]
    pub code: &'static str,
    /// The rule it breaks, where it is one of the standard's.
    #[schema(example = "BR-AE-02")]
    pub rule: Option<String>,
    /// The business term it is about.
    #[schema(example = "BT-48")]
    pub term: Option<&'static str>,
    /// The line it is about, from 1.
    #[schema(example = 2)]
    pub line: Option<usize>,
    /// What to do.
    #[schema(example = "Enter the VAT number of the customer; this tax category needs it.")]
    pub message: String,
}

/// Looks at the document as it would be issued, or was.
pub fn preflight(invoice: &Invoice, snapshot: &Snapshot, profile: Profile) -> Result<Preflight> {
    if !is_european(snapshot) {
        return Ok(Preflight { applies: false, faults: Vec::new() });
    }
    let faults = match of(invoice, snapshot, profile)? {
        Err(unwritable) => vec![PreflightFault {
            code: unwritable.code(),
            rule: None,
            term: None,
            line: unwritable.line().map(|line| line + 1),
            message: unwritable.to_string(),
        }],
        Ok(written) => check(&written)
            .into_iter()
            // A draft has no number yet; it gets one.
            .filter(|fault| !(snapshot.number.is_empty() && fault.code() == "einvoice_number"))
            .map(|fault| PreflightFault {
                code: fault.code(),
                line: fault.line.map(|line| line + 1),
                message: fault.to_string(),
                term: Some(fault.term),
                rule: Some(fault.rule),
            })
            .collect(),
    };
    Ok(Preflight { applies: true, faults })
}
