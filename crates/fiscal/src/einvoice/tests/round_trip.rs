//! What is written is read back as it was, from either syntax.

use proptest::prelude::*;

use super::super::*;
use super::any::any_invoice;
use super::samples::all;

#[test]
fn every_shape_comes_back_from_both_syntaxes() {
    for (name, invoice) in all() {
        assert_eq!(ubl::read(&ubl::write(&invoice)).as_ref(), Ok(&invoice), "{name} in UBL");
        assert_eq!(cii::read(&cii::write(&invoice)).as_ref(), Ok(&invoice), "{name} in CII");
    }
}

#[test]
fn the_same_invoice_gives_the_same_bytes() {
    for (name, invoice) in all() {
        assert!(ubl::write(&invoice) == ubl::write(&invoice.clone()), "{name}");
        assert!(cii::write(&invoice) == cii::write(&invoice.clone()), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_invoice_comes_back_from_both_syntaxes(invoice in any_invoice()) {
        let from_ubl = ubl::read(&ubl::write(&invoice)).unwrap();
        prop_assert_eq!(&from_ubl, &invoice);
        // From one syntax to the other by the model alone.
        prop_assert_eq!(&cii::read(&cii::write(&from_ubl)).unwrap(), &invoice);
    }

    #[test]
    fn checking_any_invoice_never_panics(invoice in any_invoice()) {
        for fault in check_facturx(&invoice) {
            prop_assert!(!fault.to_string().is_empty() && !fault.path().is_empty());
        }
    }
}
