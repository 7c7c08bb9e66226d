//! Parties and addresses.

use crate::einvoice::xml::Writer;
use crate::einvoice::{Address, Code, Identifier, Party, Payee, Text};

pub(super) fn party(w: &mut Writer, party: &Party) {
    let (schemed, plain): (Vec<_>, Vec<_>) = party.ids.iter().partition(|id| id.scheme.is_some());
    for id in plain {
        w.text("ram:ID", id.id.as_str());
    }
    for id in schemed {
        identifier(w, "ram:GlobalID", id);
    }
    w.text("ram:Name", party.name.as_str());
    w.maybe("ram:Description", party.legal_form.as_ref().map(Text::as_str));
    w.node("ram:SpecifiedLegalOrganization", |w| {
        if let Some(id) = &party.legal_id {
            identifier(w, "ram:ID", id);
        }
        w.maybe("ram:TradingBusinessName", party.trading_name.as_ref().map(Text::as_str));
    });
    if let Some(contact) = &party.contact {
        w.node("ram:DefinedTradeContact", |w| {
            w.maybe("ram:PersonName", contact.name.as_ref().map(Text::as_str));
            w.node("ram:TelephoneUniversalCommunication", |w| {
                w.maybe("ram:CompleteNumber", contact.phone.as_ref().map(Text::as_str));
            });
            w.node("ram:EmailURIUniversalCommunication", |w| {
                w.maybe("ram:URIID", contact.email.as_ref().map(Text::as_str));
            });
        });
    }
    address(w, &party.address);
    w.node("ram:URIUniversalCommunication", |w| {
        if let Some(address) = &party.electronic {
            identifier(w, "ram:URIID", address);
        }
    });
    for (id, scheme) in [(&party.vat_id, "VA"), (&party.tax_registration, "FC")] {
        if let Some(id) = id {
            w.node("ram:SpecifiedTaxRegistration", |w| w.with("ram:ID", Some(("schemeID", scheme)), id.as_str()));
        }
    }
}

pub(super) fn payee(w: &mut Writer, payee: &Payee) {
    if let Some(id) = &payee.id {
        identifier(w, if id.scheme.is_some() { "ram:GlobalID" } else { "ram:ID" }, id);
    }
    w.text("ram:Name", payee.name.as_str());
    w.node("ram:SpecifiedLegalOrganization", |w| {
        if let Some(id) = &payee.legal_id {
            identifier(w, "ram:ID", id);
        }
    });
}

pub(super) fn address(w: &mut Writer, address: &Address) {
    w.node("ram:PostalTradeAddress", |w| {
        w.maybe("ram:PostcodeCode", address.post_code.as_ref().map(Text::as_str));
        w.maybe("ram:LineOne", address.line1.as_ref().map(Text::as_str));
        w.maybe("ram:LineTwo", address.line2.as_ref().map(Text::as_str));
        w.maybe("ram:LineThree", address.line3.as_ref().map(Text::as_str));
        w.maybe("ram:CityName", address.city.as_ref().map(Text::as_str));
        w.maybe("ram:CountryID", address.country.as_ref().map(Code::as_str));
        w.maybe("ram:CountrySubDivisionName", address.region.as_ref().map(Text::as_str));
    });
}

pub(super) fn identifier(w: &mut Writer, name: &str, identifier: &Identifier) {
    let scheme = identifier.scheme.as_ref().map(|scheme| ("schemeID", scheme.as_str()));
    w.with(name, scheme, identifier.id.as_str());
}
