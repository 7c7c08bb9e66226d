//! CII D16B: `CrossIndustryInvoice`, by the binding of EN 16931-3-3. It is what a Factur-X carries, whose profile
//! EN 16931 has the same guideline; elements stand in the order that its narrower schema has.
//!
//! The schema of D16B has room for one preceding invoice (BG-3), later ones and Factur-X for any number. All are written;
//! who has to keep to D16B states one.

mod read;
mod write;

pub use read::read;
pub use write::write;

const RSM: &str = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100";
const RAM: &str = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100";
const QDT: &str = "urn:un:unece:uncefact:data:standard:QualifiedDataType:100";
const UDT: &str = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100";

/// The way all dates are written: year, month, day without separators.
const DAY: &str = "102";
