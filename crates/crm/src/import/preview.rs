//! The first rows as they will be stored, or the reason why one will not be.

use chrono::NaiveDate;
use files::Blobs;
use kernel::{Error, Language, Result};
use serde::{Deserialize, Serialize};
use store::Tx;
use tabular::{ReadError, Record};
use utoipa::{IntoParams, ToSchema};

use super::{
    Duplicates, Import,
    candidate::{as_it_stood, parsed},
    company::existing,
    duplicate::Known,
    row::Refusal,
    run::{apart, open, rows},
};
use crate::{
    company::Company,
    contact::{Contact, ContactId},
    field::custom::Values,
};

/// How many rows.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PreviewRequest {
    /// 1 to 100; 20 unless given.
    pub limit: Option<u32>,
}

/// The first rows of a file.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportPreview {
    pub rows: Vec<PreviewRow>,
}

/// One row as it will be stored, or the reason why it will not be.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewRow {
    /// Its place among the rows of the file, from 1.
    pub number: u64,
    /// The line it begins on.
    pub line: u64,
    pub contact: Option<PreviewContact>,
    pub company: Option<PreviewCompany>,
    /// Somebody like that is there already, or stands further up; by the options the row will be skipped.
    pub duplicate: bool,
    /// Who is there and will be changed by the row; what it leaves blank stays.
    pub updates: Option<ContactId>,
    pub refused: Option<PreviewRefusal>,
    /// The row as it stands in the file.
    pub cells: Vec<String>,
}

/// A contact as it would be stored.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewContact {
    pub display_name: String,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
    pub job_title: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub emails: Vec<String>,
    pub phones: Vec<String>,
    pub street: Option<String>,
    pub city: Option<String>,
    pub region: Option<String>,
    pub postal_code: Option<String>,
    pub country: Option<String>,
    pub birth_date: Option<NaiveDate>,
    pub language: Option<Language>,
    pub tags: Vec<String>,
    pub about: Option<String>,
    pub external_id: Option<String>,
    /// Values of the workspace's own fields, by key.
    #[schema(value_type = std::collections::HashMap<String, serde_json::Value>, example = json!({}))]
    pub custom: Values,
}

/// The company of a row.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewCompany {
    pub name: String,
    pub tax_id: Option<String>,
    pub website: Option<String>,
    /// It is there already and will be linked to.
    pub exists: bool,
}

/// Why a row will not be stored.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewRefusal {
    /// The field concerned; empty when the row as a whole cannot be read.
    pub field: String,
    pub code: String,
    pub message: String,
}

impl From<Refusal> for PreviewRefusal {
    fn from(refusal: Refusal) -> Self {
        PreviewRefusal { field: refusal.field, code: refusal.code, message: refusal.reason }
    }
}

impl From<Contact> for PreviewContact {
    fn from(contact: Contact) -> Self {
        PreviewContact {
            display_name: contact.display_name,
            given_name: contact.given_name,
            family_name: contact.family_name,
            job_title: contact.job_title,
            email: contact.email,
            phone: contact.phone,
            emails: contact.emails.0,
            phones: contact.phones.0,
            street: contact.street,
            city: contact.city,
            region: contact.region,
            postal_code: contact.postal_code,
            country: contact.country,
            birth_date: contact.birth_date,
            language: contact.language,
            tags: contact.tags.0,
            about: contact.about,
            external_id: contact.external_id,
            custom: contact.custom.0,
        }
    }
}

/// A row on its way to the preview.
enum Seen {
    Taken(Box<Contact>, Option<Box<Company>>),
    Refused(Refusal),
}

/// Reads the first rows of the file anew. Writes nothing.
pub async fn preview(tx: &mut Tx, blobs: &Blobs, import: &Import, request: &PreviewRequest) -> Result<ImportPreview> {
    let most = request.limit.unwrap_or(20).clamp(1, 100) as usize;
    let (file, reading) = open(tx, blobs, import).await?;
    let of = import.clone();
    let records = apart(move || rows(file, &of)?.take(most).collect::<Result<Vec<_>, ReadError>>()).await?;
    let records = records.map_err(|error| Error::invalid("dialect", error.code(), error.to_string()))?;
    let width = reading.targets.len();
    let mut read = Vec::with_capacity(records.len());
    for record in records {
        read.push(match record {
            Record::Refused(refused) => {
                let refusal =
                    Refusal { field: String::new(), code: refused.code.to_owned(), reason: refused.message.clone() };
                (refused.number, refused.line, as_it_stood(refused, width), Seen::Refused(refusal))
            }
            Record::Row(row) => {
                let seen = match parsed(tx, &reading, import.duplicates, &row.cells)? {
                    Ok((contact, company)) => Seen::Taken(Box::new(contact), company.map(Box::new)),
                    Err(refusal) => Seen::Refused(refusal),
                };
                (row.number, row.line, row.cells, seen)
            }
        });
    }
    shown(tx, import, read).await
}

/// Compares the rows with who is there already and with each other.
async fn shown(tx: &mut Tx, import: &Import, rows: Vec<(u64, u64, Vec<String>, Seen)>) -> Result<ImportPreview> {
    let contacts: Vec<&Contact> = rows
        .iter()
        .filter_map(|(.., seen)| match seen {
            Seen::Taken(contact, _) => Some(&**contact),
            Seen::Refused(_) => None,
        })
        .collect();
    let mut known = match import.duplicates {
        Duplicates::Create => None,
        Duplicates::Skip | Duplicates::Update | Duplicates::UpdateOnly => {
            Some(Known::load(tx, import, &contacts, None).await?)
        }
    };
    let mut shown = Vec::with_capacity(rows.len());
    for (number, line, cells, seen) in rows {
        let mut row = PreviewRow {
            number,
            line,
            contact: None,
            company: None,
            duplicate: false,
            updates: None,
            refused: None,
            cells,
        };
        match seen {
            Seen::Refused(refusal) => row.refused = Some(refusal.into()),
            Seen::Taken(contact, company) => {
                let there = known.as_ref().and_then(|known| known.find(&contact));
                let changes = there.filter(|there| import.duplicates.updates() && !there.of_this_file);
                // Whom the one who imports does not see is left as they are, and not named.
                row.updates = match changes {
                    Some(there) => tx.find::<Contact>(there.id).await?.map(|seen| seen.id),
                    None => None,
                };
                let passed_over = there.is_some() || import.duplicates == Duplicates::UpdateOnly;
                row.duplicate = passed_over && row.updates.is_none();
                if let (None, Some(known)) = (there, &mut known) {
                    known.add(&contact);
                }
                if let Some(company) = company {
                    let exists = existing(tx, &company).await?.is_some();
                    row.company = Some(PreviewCompany {
                        name: company.name,
                        tax_id: company.tax_id.map(|id| id.reveal().to_owned()),
                        website: company.website,
                        exists,
                    });
                }
                row.contact = Some((*contact).into());
            }
        }
        shown.push(row);
    }
    Ok(ImportPreview { rows: shown })
}
