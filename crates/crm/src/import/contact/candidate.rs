//! Rows as they would be stored, by the rules of the form; those that break one, with the reason.

use kernel::Result;
use store::Tx;
use tabular::Record;

use super::row;
use crate::import::{Duplicates, plan::stand, reading::Reading, refused::Refusal, row::Stood};
use crate::{
    company::{self, Company},
    contact::{self, Contact},
    field::custom::{
        Values,
        fill::{self, Filled},
    },
};

/// A row that can be stored.
pub struct Candidate {
    /// The row's values of the tenant's own fields as they were read.
    pub given: Values,
    pub contact: Contact,
    pub company: Option<Company>,
    pub custom: Filled,
    pub company_custom: Filled,
}

/// What a row came to.
pub type Sorted = (Stood, std::result::Result<Box<Candidate>, Refusal>);

/// Parses each row.
pub async fn sort_out(
    tx: &mut Tx,
    reading: &Reading,
    duplicates: Duplicates,
    records: Vec<Record>,
) -> Result<Vec<Sorted>> {
    let mut sorted = Vec::with_capacity(records.len());
    for record in records {
        sorted.push(match stand(record, reading.targets.len()) {
            Ok(stood) => {
                let judged = confirmed(tx, reading, candidate(tx, reading, duplicates, &stood.cells)?).await?;
                (stood, judged.map(Box::new))
            }
            Err((stood, refusal)) => (stood, Err(refusal)),
        });
    }
    Ok(sorted)
}

/// The row, if the records its own fields point at are there.
async fn confirmed(
    tx: &mut Tx,
    reading: &Reading,
    row: std::result::Result<Candidate, Refusal>,
) -> Result<std::result::Result<Candidate, Refusal>> {
    let Ok(candidate) = row else { return Ok(row) };
    for (fields, filled) in
        [(&reading.own.record, &candidate.custom), (&reading.own.company, &candidate.company_custom)]
    {
        if let Err(error) = filled.confirm(tx, fields).await {
            return Refusal::from_error(error, "").map(Err);
        }
    }
    Ok(Ok(candidate))
}

/// The row as it would be stored, or why it is not.
fn candidate(
    tx: &Tx,
    reading: &Reading,
    duplicates: Duplicates,
    cells: &[String],
) -> Result<std::result::Result<Candidate, Refusal>> {
    let given = match row::read(reading, cells) {
        Ok(given) => given,
        Err(error) => return Refusal::from_error(error, "").map(Err),
    };
    let country = given.contact.country.clone().unwrap_or_else(|| reading.country.clone());
    let none = Values::new();
    let own_values = given.contact.custom.clone();
    // A row that changes somebody need not say again what is asked for of new ones.
    let custom = match fill::read(&reading.own.record, &none, &own_values, &country, !duplicates.updates()) {
        Ok(filled) => filled,
        Err(error) => return Refusal::from_error(error, "").map(Err),
    };
    // A company that is made by the way need not have what is asked for where one is made by hand.
    let of_company = given.company.as_ref().map_or(&none, |company| &company.custom);
    let company_custom = match fill::read(&reading.own.company, &none, of_company, &country, false) {
        Ok(filled) => filled,
        Err(error) => return Refusal::from_error(error, "company.").map(Err),
    };
    let mut contact = match contact::create::parse(tx, given.contact, &reading.source, &reading.country) {
        Ok(contact) => contact,
        Err(error) => return Refusal::from_error(error, "").map(Err),
    };
    contact.custom.0.clone_from(&custom.values);
    let mut company =
        match given.company.map(|new| company::create::parse(tx, new, &reading.source, &reading.country)).transpose() {
            Ok(company) => company,
            Err(error) => return Refusal::from_error(error, "company_").map(Err),
        };
    if let Some(company) = &mut company {
        company.custom.0.clone_from(&company_custom.values);
    }
    Ok(Ok(Candidate { given: own_values, contact, company, custom, company_custom }))
}

/// The contact and company a row would become: what the preview shows.
pub fn parsed(
    tx: &Tx,
    reading: &Reading,
    duplicates: Duplicates,
    cells: &[String],
) -> Result<std::result::Result<(Contact, Option<Company>), Refusal>> {
    Ok(candidate(tx, reading, duplicates, cells)?.map(|candidate| (candidate.contact, candidate.company)))
}
