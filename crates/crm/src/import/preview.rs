//! The first rows as they will be stored, or the reason why one will not be.

use chrono::NaiveDate;
use files::Blobs;
use kernel::{Error, Language, Result};
use serde::{Deserialize, Serialize};
use store::Tx;
use tabular::ReadError;
use utoipa::{IntoParams, ToSchema};

use super::{
    Import,
    company::existing,
    noun::Imports,
    refused::Refusal,
    row::Stood,
    run::{apart, open, rows},
};
use crate::{company::Company, contact::Contact, field::custom::Values};

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
    /// What else than a contact it will be stored as.
    pub record: Option<PreviewRecord>,
    pub company: Option<PreviewCompany>,
    /// Somebody or something like that is there already, or stands further up; by the options the row will be skipped.
    pub duplicate: bool,
    /// The id of what is there and will be changed by the row; what it leaves blank stays.
    #[schema(example = "con_01890a5d000070008000000000000001")]
    pub updates: Option<String>,
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

/// A deal, a lead, or a record of a custom object as it would be stored.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewRecord {
    pub name: String,
    /// What the row says, as it was understood.
    pub fields: Vec<PreviewField>,
}

/// One field.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PreviewField {
    /// The key of the target.
    #[schema(example = "stage")]
    pub target: String,
    #[schema(example = "Proposal")]
    pub text: String,
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

impl PreviewRow {
    /// Of which nothing is known yet.
    pub(super) fn of(stood: Stood) -> PreviewRow {
        PreviewRow {
            number: stood.number,
            line: stood.line,
            contact: None,
            record: None,
            company: None,
            duplicate: false,
            updates: None,
            refused: None,
            cells: stood.cells,
        }
    }
}

impl PreviewCompany {
    /// As a row has it.
    pub(super) async fn of(tx: &mut Tx, company: Company) -> Result<PreviewCompany> {
        let exists = existing(tx, &company).await?.is_some();
        Ok(PreviewCompany {
            name: company.name,
            tax_id: company.tax_id.map(|id| id.reveal().to_owned()),
            website: company.website,
            exists,
        })
    }
}

/// Reads the first rows of the file anew. Writes nothing.
pub async fn preview(
    tx: &mut Tx,
    blobs: &Blobs,
    imports: &Imports,
    import: &Import,
    request: &PreviewRequest,
) -> Result<ImportPreview> {
    let most = request.limit.unwrap_or(20).clamp(1, 100) as usize;
    let (file, reading) = open(tx, blobs, imports, import).await?;
    let of = import.clone();
    let records = apart(move || rows(file, &of)?.take(most).collect::<Result<Vec<_>, ReadError>>()).await?;
    let records = records.map_err(|error| Error::invalid("dialect", error.code(), error.to_string()))?;
    Ok(ImportPreview { rows: reading.noun.preview(tx, &reading, import, records).await? })
}
