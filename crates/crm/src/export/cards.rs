//! Contacts as address cards, which telephones and mail programs take in. Fields of the tenant's own have no property of the
//! standard and stay out; the id a contact was brought in with has a property of ours, and an import knows it.

use axum::{body::Body, response::Response};
use bytes::Bytes;
use futures::stream;
use kernel::{Can, Error, Result, Uuid, id::Id};
use store::Store;

use super::{
    Exported, attachment, begin,
    contacts::{Contacts, Employer, employer_of, read},
    vcard::Card,
};
use crate::contact::{Contact, ExportContacts};

pub(super) async fn as_cards(store: Store, can: Can<ExportContacts>) -> Result<Response> {
    begin(&Contacts, &store, &can, "vcard").await?;
    let pages = stream::try_unfold(Some(Uuid::nil()), move |after| {
        let (store, can) = (store.clone(), can.clone());
        async move {
            let Some(after) = after else { return Ok::<_, Error>(None) };
            let (contacts, employers) = read(&mut store.read(&can).await?, after).await?;
            let last = contacts.last().map(|contact| contact.id.uuid());
            let cards: String =
                contacts.iter().map(|contact| card(contact, employer_of(contact, &employers))).collect();
            Ok(Some((Bytes::from(cards), last)))
        }
    });
    let name = format!("{}.vcf", Contacts.file());
    Ok(attachment("text/vcard; charset=utf-8", &name, Body::from_stream(pages)))
}

/// RFC 6350, section 6 names the properties. FN is the one each card must have.
fn card(contact: &Contact, employer: Option<&Employer>) -> String {
    let mut card = Card::new();
    card.text("UID", Some(&format!("urn:uuid:{}", contact.id.uuid())));
    card.text("FN", Some(&contact.display_name));
    card.parts("N", &[contact.family_name.as_deref(), contact.given_name.as_deref(), None, None, None], ";");
    for (place, address) in contact.email.iter().chain(&contact.emails.0).enumerate() {
        card.text(if place == 0 { "EMAIL;PREF=1" } else { "EMAIL" }, Some(address));
    }
    for (place, number) in contact.phone.iter().chain(&contact.phones.0).enumerate() {
        let name = if place == 0 { "TEL;VALUE=uri;PREF=1" } else { "TEL;VALUE=uri" };
        card.text(name, Some(&format!("tel:{number}")));
    }
    card.text("ORG", employer.map(|employer| &*employer.name));
    card.text("TITLE", contact.job_title.as_deref());
    card.text("X-SOCIALPROFILE;TYPE=linkedin", contact.linkedin_url.as_deref());
    let address = [&contact.street, &contact.city, &contact.region, &contact.postal_code, &contact.country];
    let address = address.map(|part| part.as_deref());
    card.parts("ADR", &[&[None, None], &address[..]].concat(), ";");
    card.text("BDAY", contact.birth_date.map(|day| day.format("%Y%m%d").to_string()).as_deref());
    card.text("LANG", contact.language.map(|language| language.to_string()).as_deref());
    let tags: Vec<Option<&str>> = contact.tags.0.iter().map(|tag| Some(&**tag)).collect();
    card.parts("CATEGORIES", &tags, ",");
    card.text("NOTE", contact.about.as_deref());
    card.text("REV", Some(&contact.updated_at.format("%Y%m%dT%H%M%SZ").to_string()));
    card.text("PRODID", Some("-//OMB Cloud//Contacts//EN"));
    card.text("X-OMB-EXTERNAL-ID", contact.external_id.as_deref());
    card.end()
}
