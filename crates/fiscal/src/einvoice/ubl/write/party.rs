//! Parties and addresses.

use super::super::SEPA;
use crate::einvoice::xml::Writer;
use crate::einvoice::{Address, Code, Identifier, Party, Payee, Text};

pub(super) fn party(w: &mut Writer, party: &Party, creditor: Option<&Text>) {
    w.node("cac:Party", |w| {
        if let Some(address) = &party.electronic {
            identifier(w, "cbc:EndpointID", address);
        }
        for id in &party.ids {
            w.node("cac:PartyIdentification", |w| identifier(w, "cbc:ID", id));
        }
        if let Some(creditor) = creditor {
            w.node("cac:PartyIdentification", |w| w.with("cbc:ID", Some(("schemeID", SEPA)), creditor.as_str()));
        }
        w.node("cac:PartyName", |w| w.maybe("cbc:Name", party.trading_name.as_ref().map(Text::as_str)));
        address(w, "cac:PostalAddress", &party.address);
        tax_scheme(w, party.vat_id.as_ref(), "VAT");
        tax_scheme(w, party.tax_registration.as_ref(), "TAX");
        w.node("cac:PartyLegalEntity", |w| {
            w.text("cbc:RegistrationName", party.name.as_str());
            if let Some(id) = &party.legal_id {
                identifier(w, "cbc:CompanyID", id);
            }
            w.maybe("cbc:CompanyLegalForm", party.legal_form.as_ref().map(Text::as_str));
        });
        if let Some(contact) = &party.contact {
            w.node("cac:Contact", |w| {
                w.maybe("cbc:Name", contact.name.as_ref().map(Text::as_str));
                w.maybe("cbc:Telephone", contact.phone.as_ref().map(Text::as_str));
                w.maybe("cbc:ElectronicMail", contact.email.as_ref().map(Text::as_str));
            });
        }
    });
}

pub(super) fn payee(w: &mut Writer, payee: &Payee) {
    w.node("cac:PartyIdentification", |w| {
        if let Some(id) = &payee.id {
            identifier(w, "cbc:ID", id);
        }
    });
    w.node("cac:PartyName", |w| w.text("cbc:Name", payee.name.as_str()));
    w.node("cac:PartyLegalEntity", |w| {
        if let Some(id) = &payee.legal_id {
            identifier(w, "cbc:CompanyID", id);
        }
    });
}

pub(super) fn address(w: &mut Writer, name: &str, address: &Address) {
    w.node(name, |w| {
        w.maybe("cbc:StreetName", address.line1.as_ref().map(Text::as_str));
        w.maybe("cbc:AdditionalStreetName", address.line2.as_ref().map(Text::as_str));
        w.maybe("cbc:CityName", address.city.as_ref().map(Text::as_str));
        w.maybe("cbc:PostalZone", address.post_code.as_ref().map(Text::as_str));
        w.maybe("cbc:CountrySubentity", address.region.as_ref().map(Text::as_str));
        w.node("cac:AddressLine", |w| w.maybe("cbc:Line", address.line3.as_ref().map(Text::as_str)));
        w.node("cac:Country", |w| w.maybe("cbc:IdentificationCode", address.country.as_ref().map(Code::as_str)));
    });
}

pub(super) fn identifier(w: &mut Writer, name: &str, identifier: &Identifier) {
    let scheme = identifier.scheme.as_ref().map(|scheme| ("schemeID", scheme.as_str()));
    w.with(name, scheme, identifier.id.as_str());
}

fn tax_scheme(w: &mut Writer, id: Option<&Text>, scheme: &str) {
    if let Some(id) = id {
        w.node("cac:PartyTaxScheme", |w| {
            w.text("cbc:CompanyID", id.as_str());
            w.node("cac:TaxScheme", |w| w.text("cbc:ID", scheme));
        });
    }
}
