//! One row of the file as the contact and the company it speaks of.
//!
//! Invariant: nothing a mapped cell says is dropped in silence: it becomes a value, a line of the notes, or the reason
//! why the row is refused.

use kernel::{Language, Result};
use tabular::value;

use crate::import::{
    reading::Reading,
    row::{archived, invalid, said},
    target::{OF_COMPANY, OF_RECORD},
};
use crate::{
    company::create::NewCompany,
    contact::create::NewContact,
    field::custom::{Values, cell},
};

/// What a row gives.
#[derive(Debug, Default)]
pub struct Given {
    pub contact: NewContact,
    pub company: Option<NewCompany>,
}

/// The parts of a row that are put together from several columns.
#[derive(Default)]
struct Parts {
    full_name: Option<String>,
    street: Option<String>,
    number: Option<String>,
    second: Option<String>,
    company: NewCompany,
    phones: Vec<String>,
    notes: Vec<String>,
    custom: Values,
    company_custom: Values,
}

/// Reads the mapped cells. The country comes first, because phone numbers are read by it.
pub fn read(reading: &Reading, cells: &[String]) -> Result<Given> {
    let mut contact = NewContact::default();
    let mut parts = Parts::default();
    let mapped = said(reading, cells);
    for (_, cell) in mapped.iter().filter(|(target, _)| *target == "country") {
        contact.country = Some(value::country(cell).map_err(invalid("country"))?.to_owned());
    }
    let country = contact.country.clone().unwrap_or_else(|| reading.country.clone());
    for (target, cell) in mapped.iter().filter(|(target, _)| *target != "country") {
        put(&mut contact, &mut parts, reading, &country, target, cell)?;
    }
    if let Some(name) = parts.full_name.as_deref().and_then(value::person_name) {
        contact.given_name.get_or_insert(name.given);
        contact.family_name.get_or_insert(name.family);
    }
    contact.street = street(&country, parts.street, parts.number, parts.second);
    let mut phones = parts.phones.into_iter();
    contact.phone = phones.next();
    contact.phones = phones.filter(|phone| Some(phone) != contact.phone.as_ref()).collect();
    contact.about = (!parts.notes.is_empty()).then(|| parts.notes.join("\n"));
    contact.custom = parts.custom;
    parts.company.custom = parts.company_custom;
    let company = company(parts.company, &country, contact.country.as_deref());
    Ok(Given { contact, company })
}

fn put(
    contact: &mut NewContact,
    parts: &mut Parts,
    reading: &Reading,
    country: &str,
    target: &str,
    cell: &str,
) -> Result<()> {
    if target.starts_with(OF_RECORD) || target.starts_with(OF_COMPANY) {
        return own(parts, reading, country, target, cell);
    }
    let text = || Some(cell.to_owned());
    match target {
        "external_id" => contact.external_id = text(),
        "given_name" => contact.given_name = text(),
        "family_name" => contact.family_name = text(),
        "full_name" => parts.full_name = text(),
        "email" => {
            let mut addresses = value::emails(cell).map_err(invalid("email"))?.into_iter();
            contact.email = addresses.next();
            contact.emails = addresses.collect();
        }
        "phone" | "mobile" => {
            // The main number comes first, whichever column stands first.
            let first = if target == "phone" { 0 } else { parts.phones.len() };
            let numbers = cell.split([';', '\n']).map(str::trim).filter(|one| !one.is_empty());
            for (at, one) in (first..).zip(numbers) {
                let phone = value::phone(one, Some(country)).map_err(invalid("phone"))?;
                if phone.extension.is_some() {
                    parts.notes.push(one.to_owned());
                }
                parts.phones.insert(at, phone.e164);
            }
        }
        "job_title" => contact.job_title = text(),
        "linkedin_url" => contact.linkedin_url = text(),
        "company_name" => parts.company.name = cell.to_owned(),
        "company_tax_id" => parts.company.tax_id = text(),
        "company_website" => {
            parts.company.website = Some(value::website(cell).map_err(invalid("company_website"))?.url)
        }
        "street" => parts.street = text(),
        "street_number" => parts.number = text(),
        "address_2" => parts.second = text(),
        "city" => contact.city = text(),
        "region" => contact.region = text(),
        "postal_code" => contact.postal_code = text(),
        "birth_date" => contact.birth_date = Some(value::date(cell, &reading.dates).map_err(invalid("birth_date"))?),
        "language" => match language(cell) {
            Some(language) => contact.language = Some(language),
            // A language the product does not speak is still worth knowing.
            None => parts.notes.push(cell.to_owned()),
        },
        "tags" => contact.tags.extend(value::tags(cell).map_err(invalid("tags"))?),
        "notes" => parts.notes.push(value::paragraph(cell, 10_000).map_err(invalid("notes"))?),
        _ => {}
    }
    Ok(())
}

/// A field of the tenant's own.
fn own(parts: &mut Parts, reading: &Reading, country: &str, target: &str, cell: &str) -> Result<()> {
    let Some((field, is_company)) = reading.own.find(target) else {
        return Err(archived(target));
    };
    let value = cell::read(field, cell, &reading.habits(country))?;
    let values = if is_company { &mut parts.company_custom } else { &mut parts.custom };
    values.insert(field.key.clone(), value);
    Ok(())
}

/// The company of the row, if it says anything of one. Without a name it goes by its domain or its tax id.
pub fn company(given: NewCompany, country: &str, named: Option<&str>) -> Option<NewCompany> {
    let domain = given.website.as_deref().and_then(crate::field::domain);
    let name =
        Some(given.name.clone()).filter(|name| !name.trim().is_empty()).or(domain).or_else(|| given.tax_id.clone())?;
    // A tax id is one of a country; without one the company's country is only known when the row says so.
    let country = if given.tax_id.is_some() { Some(country) } else { named };
    Some(NewCompany { name, country: country.map(str::to_owned), ..given })
}

/// Countries that write the number of the house before the street.
const NUMBER_FIRST: [&str; 12] = ["AU", "CA", "FR", "GB", "IE", "IL", "IN", "LU", "NZ", "SG", "US", "ZA"];

fn street(country: &str, street: Option<String>, number: Option<String>, second: Option<String>) -> Option<String> {
    let first = match (street, number) {
        (Some(street), Some(number)) if NUMBER_FIRST.contains(&country) => Some(format!("{number} {street}")),
        (Some(street), Some(number)) => Some(format!("{street} {number}")),
        (street, number) => street.or(number),
    };
    match (first, second) {
        (Some(first), Some(second)) => Some(format!("{first}, {second}")),
        (first, second) => first.or(second),
    }
}

/// A language of ours by its code or by what it is called in one of the four.
pub fn language(cell: &str) -> Option<Language> {
    let folded = crate::field::folded(cell);
    let word = folded.split(' ').next().unwrap_or_default();
    word.parse().ok().or(match word {
        "english" | "ingles" | "anglais" | "eng" => Some(Language::En),
        "spanish" | "espanol" | "castellano" | "espagnol" | "espanhol" | "spa" => Some(Language::Es),
        "portuguese" | "portugues" | "portugais" | "por" => Some(Language::Pt),
        "french" | "frances" | "francais" | "fra" | "fre" => Some(Language::Fr),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_written_as_its_country_does() {
        let of =
            |country| street(country, Some("Main Street".into()), Some("6".into()), Some("Flat 2".into())).unwrap();
        assert_eq!(of("AU"), "6 Main Street, Flat 2");
        assert_eq!(of("ES"), "Main Street 6, Flat 2");
        assert_eq!(street("ES", None, None, None), None);
    }

    #[test]
    fn languages_are_known_by_code_and_name() {
        for (cell, wanted) in [
            ("es-MX", Some(Language::Es)),
            ("Français", Some(Language::Fr)),
            ("PT", Some(Language::Pt)),
            ("Deutsch", None),
        ] {
            assert_eq!(language(cell), wanted, "{cell}");
        }
    }
}
