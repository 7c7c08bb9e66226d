//! Parties and addresses.

use super::super::SEPA;
use crate::einvoice::xml::Element;
use crate::einvoice::{Address, Contact, Identifier, Party, Payee, ReadError, Text};

pub(super) fn party(root: &Element, path: &str) -> Result<Party, ReadError> {
    let element = root.needed(path)?;
    let read = || {
        let (vat_id, tax_registration) = tax_ids(element);
        let ids = element.all("PartyIdentification").filter_map(|id| id.at("ID")).filter(|id| !is_creditor(id));
        let postal = element.at("PostalAddress").map(address).transpose()?;
        let contact = Contact {
            name: element.text("Contact/Name"),
            phone: element.text("Contact/Telephone"),
            email: element.text("Contact/ElectronicMail"),
        };
        Ok(Party {
            name: element.words("PartyLegalEntity/RegistrationName"),
            trading_name: element.text("PartyName/Name"),
            ids: ids.map(identifier).filter_map(Result::transpose).collect::<Result<_, ReadError>>()?,
            legal_id: element.at("PartyLegalEntity/CompanyID").map_or(Ok(None), identifier)?,
            vat_id,
            tax_registration,
            legal_form: element.text("PartyLegalEntity/CompanyLegalForm"),
            electronic: element.at("EndpointID").map_or(Ok(None), identifier)?,
            address: postal.unwrap_or_default(),
            contact: (contact != Contact::default()).then_some(contact),
        })
    };
    read().map_err(|error: ReadError| error.within(path))
}

pub(super) fn payee(root: &Element) -> Result<Option<Payee>, ReadError> {
    let Some(element) = root.at("PayeeParty") else { return Ok(None) };
    let ids = element.all("PartyIdentification").filter_map(|id| id.at("ID")).find(|id| !is_creditor(id));
    let payee = Payee {
        name: element.words("PartyName/Name"),
        id: ids.map_or(Ok(None), identifier).map_err(|error| error.within("PayeeParty"))?,
        legal_id: element.at("PartyLegalEntity/CompanyID").map_or(Ok(None), identifier)?,
    };
    Ok((payee != Payee::default()).then_some(payee))
}

/// The creditor identifier (BT-90): it stands among the identifiers of who is paid.
pub(super) fn creditor(root: &Element) -> Option<Text> {
    let parties = ["PayeeParty", "AccountingSupplierParty/Party"].into_iter().filter_map(|path| root.at(path));
    let mut ids = parties.flat_map(|party| party.all("PartyIdentification")).filter_map(|id| id.at("ID"));
    ids.find(|id| is_creditor(id)).and_then(|id| Text::some(id.raw()))
}

fn is_creditor(id: &Element) -> bool {
    id.attribute("schemeID").is_some_and(|scheme| scheme.eq_ignore_ascii_case(SEPA))
}

/// VAT identifier and other registration: which is which, the scheme says.
fn tax_ids(party: &Element) -> (Option<Text>, Option<Text>) {
    let is_vat =
        |scheme: &&Element| scheme.at("TaxScheme/ID").is_some_and(|id| id.raw().trim().eq_ignore_ascii_case("VAT"));
    let vat = party.all("PartyTaxScheme").find(is_vat).and_then(|scheme| scheme.text("CompanyID"));
    let other = party.all("PartyTaxScheme").find(|scheme| !is_vat(scheme)).and_then(|scheme| scheme.text("CompanyID"));
    (vat, other)
}

pub(super) fn identifier(element: &Element) -> Result<Option<Identifier>, ReadError> {
    let scheme = element.code_in("schemeID")?;
    Ok(Text::some(element.raw()).map(|id| Identifier { id, scheme }))
}

pub(super) fn address(element: &Element) -> Result<Address, ReadError> {
    Ok(Address {
        line1: element.text("StreetName"),
        line2: element.text("AdditionalStreetName"),
        line3: element.text("AddressLine/Line"),
        city: element.text("CityName"),
        post_code: element.text("PostalZone"),
        region: element.text("CountrySubentity"),
        country: element.code("Country/IdentificationCode")?,
    })
}
