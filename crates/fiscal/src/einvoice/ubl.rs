//! UBL 2.1: `Invoice` and `CreditNote`, by the binding of EN 16931-3-2.
//!
//! Two things UBL has no place for are written so that they come back: a note's subject stands before it as `#PMD#`, and
//! a credit note without payment instructions carries its due date in instructions of the means "not defined".

mod read;
mod write;

pub use read::read;
pub use write::write;

const INVOICE: &str = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";
const CREDIT_NOTE: &str = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2";
const CAC: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
const CBC: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";

/// Payment means "instrument not defined" of UNTDID 4461.
const NOT_DEFINED: &str = "1";
/// Scheme of the creditor identifier (BT-90) among the seller's identifiers.
const SEPA: &str = "SEPA";
/// Stands for the network of a card, which the schema demands and the standard does not know.
const NO_NETWORK: &str = "NA";
