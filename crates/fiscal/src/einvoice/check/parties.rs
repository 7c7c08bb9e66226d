//! Who sells, who buys, who is paid.

use super::super::{Identifier, Invoice, Party, Text};
use super::fault::{self, Faults};
use super::lists::{is_address, is_country, is_scheme};

/// The terms of a party, by the side it is on.
struct Terms {
    country: &'static str,
    country_rule: &'static str,
    id: &'static str,
    legal_id: &'static str,
    vat_id: &'static str,
    address: &'static str,
    address_rule: &'static str,
}

const SELLER: Terms = Terms {
    country: "BT-40",
    country_rule: "BR-09",
    id: "BT-29",
    legal_id: "BT-30",
    vat_id: "BT-31",
    address: "BT-34",
    address_rule: "BR-62",
};
const BUYER: Terms = Terms {
    country: "BT-55",
    country_rule: "BR-11",
    id: "BT-46",
    legal_id: "BT-47",
    vat_id: "BT-48",
    address: "BT-49",
    address_rule: "BR-63",
};

pub(super) fn check(invoice: &Invoice, faults: &mut Faults) {
    let (seller, buyer) = (&invoice.seller, &invoice.buyer);
    if seller.name.is_empty() {
        faults.add("BR-06", "BT-27", fault::SELLER_NAME);
    }
    party(seller, &SELLER, faults);
    if seller.ids.is_empty() && seller.legal_id.is_none() && seller.vat_id.is_none() {
        faults.add("BR-CO-26", "BT-31", fault::SELLER_ID);
    }
    if buyer.name.is_empty() {
        faults.add("BR-07", "BT-44", fault::BUYER_NAME);
    }
    party(buyer, &BUYER, faults);
    if buyer.ids.len() > 1 {
        faults.add("UBL-SR-16", "BT-46", fault::BUYER_IDS);
    }
    if let Some(payee) = &invoice.payee {
        if payee.name.is_empty() {
            faults.add("BR-17", "BT-59", fault::PAYEE_NAME);
        }
        for (id, rule, term) in [(&payee.id, "BR-CL-10", "BT-60"), (&payee.legal_id, "BR-CL-11", "BT-61")] {
            if id.as_ref().is_some_and(is_mislabelled) {
                faults.add(rule, term, fault::ID_SCHEME);
            }
        }
    }
}

fn party(party: &Party, terms: &Terms, faults: &mut Faults) {
    match &party.address.country {
        None => faults.add(terms.country_rule, terms.country, fault::COUNTRY),
        Some(code) if !is_country(code.as_str()) => faults.add("BR-CL-14", terms.country, fault::COUNTRY),
        Some(_) => {}
    }
    if party.ids.iter().any(is_mislabelled) {
        faults.add("BR-CL-10", terms.id, fault::ID_SCHEME);
    }
    if party.legal_id.as_ref().is_some_and(is_mislabelled) {
        faults.add("BR-CL-11", terms.legal_id, fault::ID_SCHEME);
    }
    if party.vat_id.as_ref().is_some_and(|id| !has_prefix(id)) {
        faults.add("BR-CO-09", terms.vat_id, fault::VAT_PREFIX);
    }
    match party.electronic.as_ref().map(|address| &address.scheme) {
        Some(None) => faults.add(terms.address_rule, terms.address, fault::ADDRESS_SCHEME),
        Some(Some(code)) if !is_address(code) => faults.add("BR-CL-25", terms.address, fault::ADDRESS_SCHEME),
        _ => {}
    }
}

/// An identifier may do without a scheme, but not with one that is not on the list.
fn is_mislabelled(id: &Identifier) -> bool {
    id.scheme.is_some() && !is_scheme(id)
}

fn has_prefix(vat_id: &Text) -> bool {
    vat_id.as_str().get(..2).is_some_and(|prefix| is_country(prefix) || prefix == "EL")
}
