//! What a receiver's validator would refuse, said before it is sent: the rules of EN 16931 as its official artefacts have
//! them (1.3.16), those of Peppol BIS Billing and XRechnung where the invoice names them, and that of Factur-X.
//!
//! A [`Fault`] names the rule, the business term, the line, and a stable code that the reader's language puts into words
//! of what to do.
//!
//! By construction, because no value of the model can break them: BR-01, BR-03 to BR-05, BR-08, BR-10, BR-12 to BR-15,
//! BR-22 to BR-24, BR-26, BR-31, BR-32, BR-36, BR-37, BR-41, BR-43, BR-45 to BR-49, BR-53, BR-CO-03, BR-CO-04,
//! BR-CO-21 to BR-CO-24 (the same as BR-33, BR-38, BR-42, BR-44), BR-CL-01, BR-CL-03, BR-CL-05, BR-CL-17, BR-CL-18, the
//! UBL-SR and UBL-CR rules, PEPPOL-EN16931-R001, R004, R007, R008, R043, R044, R046, R051, R053, R054 and R130. About
//! what the model has no place for: BR-18 to BR-20, BR-52, BR-54, BR-56, BR-65, BR-CL-06, BR-CL-07, BR-CL-13, BR-CL-24,
//! BR-CL-26. Not decidable by a program: BR-CO-05 to BR-CO-08 (whether code and words mean the same). Rules of Peppol for
//! single countries are not here.

mod adjustments;
mod category;
mod decimals;
mod fault;
mod head;
mod lines;
mod lists;
mod parties;
mod payment;
mod peppol;
mod sums;
mod units;
mod xrechnung;

pub use fault::Fault;
pub(super) use units::is_unit;

use fault::Faults;

use super::{Invoice, Profile};

/// Every fault, in the order of the document; empty when the invoice keeps the rules of its profile.
pub fn check(invoice: &Invoice) -> Vec<Fault> {
    let mut faults = Faults::default();
    head::check(invoice, &mut faults);
    parties::check(invoice, &mut faults);
    payment::check(invoice, &mut faults);
    adjustments::check(invoice, &mut faults);
    sums::check(invoice, &mut faults);
    category::check(invoice, &mut faults);
    decimals::check(invoice, &mut faults);
    lines::check(invoice, &mut faults);
    match invoice.profile {
        Profile::PeppolBis3 => peppol::check(invoice, &mut faults),
        Profile::XRechnung3 => {
            peppol::shared(invoice, &mut faults);
            xrechnung::check(invoice, &mut faults);
        }
        Profile::En16931 | Profile::Other { .. } => {}
    }
    faults.0
}

/// The same, and what a Factur-X of the profile EN 16931 asks besides: that very profile, and when the goods or services
/// were delivered, as a day, a period, or a period of each line (BR-FX-EN-04).
pub fn check_facturx(invoice: &Invoice) -> Vec<Fault> {
    let mut faults = Faults(check(invoice));
    if invoice.profile != Profile::En16931 {
        faults.add("FX-SCH-A-000556", "BT-24", fault::PROFILE);
    }
    if !is_delivery_dated(invoice) {
        faults.add("BR-FX-EN-04", "BT-72", fault::DELIVERY_DATE);
    }
    faults.0
}

/// Every code that a fault may have.
#[cfg(test)]
pub(super) fn fault_codes() -> &'static [&'static str] {
    fault::CODES
}

/// Whether a day or a period of delivery is stated, for the document or for each line.
fn is_delivery_dated(invoice: &Invoice) -> bool {
    invoice.delivery.as_ref().is_some_and(|delivery| delivery.date.is_some())
        || invoice.period.is_some()
        || (!invoice.lines.is_empty() && invoice.lines.iter().all(|line| line.period.is_some()))
}
