//! Parties and addresses.

use crate::einvoice::xml::Element;
use crate::einvoice::{Address, Contact, Identifier, Party, Payee, ReadError, Text};

pub(super) fn party(agreement: &Element, name: &str) -> Result<Party, ReadError> {
    let element = agreement.needed(name)?;
    let read = || {
        let contact = Contact {
            name: element
                .text("DefinedTradeContact/PersonName")
                .or_else(|| element.text("DefinedTradeContact/DepartmentName")),
            phone: element.text("DefinedTradeContact/TelephoneUniversalCommunication/CompleteNumber"),
            email: element.text("DefinedTradeContact/EmailURIUniversalCommunication/URIID"),
        };
        let postal = element.at("PostalTradeAddress").map(address).transpose()?;
        Ok(Party {
            name: element.words("Name"),
            trading_name: element.text("SpecifiedLegalOrganization/TradingBusinessName"),
            ids: ids(element).collect::<Result<_, ReadError>>()?,
            legal_id: element.at("SpecifiedLegalOrganization/ID").map_or(Ok(None), identifier)?,
            vat_id: registration(element, "VA"),
            tax_registration: registration(element, "FC"),
            legal_form: element.text("Description"),
            electronic: element.at("URIUniversalCommunication/URIID").map_or(Ok(None), identifier)?,
            address: postal.unwrap_or_default(),
            contact: (contact != Contact::default()).then_some(contact),
        })
    };
    read().map_err(|error: ReadError| error.within(name))
}

pub(super) fn payee(settlement: &Element) -> Result<Option<Payee>, ReadError> {
    let Some(element) = settlement.at("PayeeTradeParty") else { return Ok(None) };
    let payee = Payee {
        name: element.words("Name"),
        id: ids(element).next().transpose()?,
        legal_id: element.at("SpecifiedLegalOrganization/ID").map_or(Ok(None), identifier)?,
    };
    Ok((payee != Payee::default()).then_some(payee))
}

/// Identifiers without a scheme, then those with one.
fn ids(party: &Element) -> impl Iterator<Item = Result<Identifier, ReadError>> {
    party.all("ID").chain(party.all("GlobalID")).map(identifier).filter_map(Result::transpose)
}

fn registration(party: &Element, scheme: &str) -> Option<Text> {
    let ids = party.all("SpecifiedTaxRegistration").filter_map(|registration| registration.at("ID"));
    let is_of = |id: &&Element| id.attribute("schemeID").is_some_and(|of| of.trim() == scheme);
    ids.into_iter().find(is_of).and_then(|id| Text::some(id.raw()))
}

pub(super) fn identifier(element: &Element) -> Result<Option<Identifier>, ReadError> {
    let scheme = element.code_in("schemeID")?;
    Ok(Text::some(element.raw()).map(|id| Identifier { id, scheme }))
}

pub(super) fn address(element: &Element) -> Result<Address, ReadError> {
    Ok(Address {
        line1: element.text("LineOne"),
        line2: element.text("LineTwo"),
        line3: element.text("LineThree"),
        city: element.text("CityName"),
        post_code: element.text("PostcodeCode"),
        region: element.text("CountrySubDivisionName"),
        country: element.code("CountryID")?,
    })
}
