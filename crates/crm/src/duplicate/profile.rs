//! A record as the matcher sees it: its values in their normal forms.

use chrono::NaiveDate;
use kernel::{Uuid, id::Id};

use super::form;
use crate::{company::Company, contact::Contact, field::linkedin};

/// What is compared. Empty where the record says nothing.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    pub id: Uuid,
    pub name: Vec<String>,
    /// A second name, such as the one of the register.
    pub other_name: Vec<String>,
    pub emails: Vec<String>,
    pub phones: Vec<String>,
    pub tax_id: Option<String>,
    pub domain: Option<String>,
    pub linkedin: Option<String>,
    pub street: String,
    pub city: String,
    pub postal_code: String,
    pub birth_date: Option<NaiveDate>,
    pub company: Option<Uuid>,
}

fn line(text: Option<&str>) -> String {
    text.map(|text| form::words(text).join(" ")).unwrap_or_default()
}

fn each<'a>(values: impl Iterator<Item = &'a String>, read: fn(&str) -> Option<String>) -> Vec<String> {
    let mut all: Vec<String> = values.filter_map(|value| read(value)).collect();
    all.sort();
    all.dedup();
    all
}

impl From<&Contact> for Profile {
    fn from(contact: &Contact) -> Self {
        let names = [contact.given_name.as_deref(), contact.family_name.as_deref()];
        Self {
            id: contact.id.uuid(),
            name: form::words(&names.into_iter().flatten().collect::<Vec<_>>().join(" ")),
            emails: each(contact.email.iter().chain(&contact.emails.0), form::email),
            phones: each(contact.phone.iter().chain(&contact.phones.0), form::phone),
            linkedin: contact
                .linkedin_url
                .as_deref()
                .map(|url| linkedin::page(url).to_owned())
                .or_else(|| contact.about.as_deref().and_then(form::linkedin)),
            street: line(contact.street.as_deref()),
            city: line(contact.city.as_deref()),
            postal_code: line(contact.postal_code.as_deref()),
            birth_date: contact.birth_date,
            company: contact.company_id.map(|id| id.uuid()),
            ..Self::default()
        }
    }
}

impl From<&Company> for Profile {
    fn from(company: &Company) -> Self {
        let said = [company.website.as_deref(), company.about.as_deref()];
        Self {
            id: company.id.uuid(),
            name: form::company_words(&company.name),
            other_name: company.legal_name.as_deref().map(form::company_words).unwrap_or_default(),
            emails: each(company.email.iter(), form::email),
            phones: each(company.phone.iter(), form::phone),
            tax_id: company.tax_id.as_ref().and_then(|id| form::tax_id(id.reveal())),
            domain: company.domain.as_deref().and_then(form::domain),
            linkedin: said.into_iter().flatten().find_map(form::linkedin),
            street: line(company.street.as_deref()),
            city: line(company.city.as_deref()),
            postal_code: line(company.postal_code.as_deref()),
            ..Self::default()
        }
    }
}
