//! Contacts as rows.

use kernel::{Result, Sealed, Uuid, id::Id};
use store::Tx;

use super::{Exported, PAGE, named, own};
use crate::{
    company::CompanyId,
    contact::{Contact, ExportContacts},
    field::custom::{CustomField, CustomObject},
};

#[derive(Clone)]
pub struct Contacts;

impl Exported for Contacts {
    type May = ExportContacts;
    const TABLE: &'static str = "contact";
    const ACTION: &'static str = "contact.export";
    const HEADER: &'static [&'static str] = &[
        "external_id",
        "given_name",
        "family_name",
        "email",
        "phone",
        "mobile",
        "job_title",
        "linkedin_url",
        "company_name",
        "company_tax_id",
        "company_website",
        "street",
        "city",
        "region",
        "postal_code",
        "country",
        "birth_date",
        "language",
        "tags",
        "notes",
    ];

    fn file(&self) -> &str {
        "contacts"
    }

    fn object(&self) -> CustomObject {
        CustomObject::Contact
    }

    async fn page(&self, tx: &mut Tx, after: Uuid, fields: &[CustomField]) -> Result<(Vec<Vec<String>>, Option<Uuid>)> {
        let (contacts, companies) = read(tx, after).await?;
        let last = contacts.last().map(|contact| contact.id.uuid());
        let names = named(tx, contacts.iter().map(|record| &record.custom.0)).await?;
        let whole = |record: Contact| {
            let mut cells = own(fields, &record.custom.0, &names);
            cells.splice(0..0, row(record, &companies));
            cells
        };
        Ok((contacts.into_iter().map(whole).collect(), last))
    }
}

/// The contacts after one, and whom they work for.
pub(super) async fn read(tx: &mut Tx, after: Uuid) -> Result<(Vec<Contact>, Vec<Employer>)> {
    let query = tx.select::<Contact>().push(" AND contact.deleted_at IS NULL").and("contact.id >", after);
    let contacts: Vec<Contact> = tx.all(query.push(" ORDER BY contact.id LIMIT ").bind(PAGE)).await?;
    let companies = tx.select::<Employer>().push(" AND company.id IN ");
    let companies = companies.bind_list(contacts.iter().filter_map(|c| c.company_id).map(Id::uuid));
    let companies = tx.all(companies).await?;
    Ok((contacts, companies))
}

store::record! {
    /// What a contact's row says of the company.
    pub(super) struct Employer in company { id: CompanyId, name: String, tax_id: Option<Sealed>, website: Option<String> }
}

pub(super) fn employer_of<'e>(contact: &Contact, employers: &'e [Employer]) -> Option<&'e Employer> {
    employers.iter().find(|company| Some(company.id) == contact.company_id)
}

fn row(contact: Contact, companies: &[Employer]) -> Vec<String> {
    let employer = employer_of(&contact, companies).cloned();
    let (company, tax_id, website) =
        employer.map_or((None, None, None), |company| (Some(company.name), company.tax_id, company.website));
    let emails = contact.email.into_iter().chain(contact.emails.0).collect::<Vec<_>>().join("; ");
    let further = contact.phones.0.join("; ");
    let cells = [
        contact.external_id,
        contact.given_name,
        contact.family_name,
        Some(emails),
        contact.phone,
        Some(further),
        contact.job_title,
        contact.linkedin_url,
        company,
        tax_id.map(|id| id.reveal().to_owned()),
        website,
        contact.street,
        contact.city,
        contact.region,
        contact.postal_code,
        contact.country,
        contact.birth_date.map(|day| day.to_string()),
        contact.language.map(|language| language.to_string()),
        Some(contact.tags.0.join(", ")),
        contact.about,
    ];
    cells.into_iter().map(Option::unwrap_or_default).collect()
}
