//! The first rows of contacts as they will be stored.

use kernel::Result;
use store::Tx;
use tabular::Record;

use super::{candidate::parsed, duplicate::Known};
use crate::{
    company::Company,
    contact::Contact,
    import::{
        Duplicates, Import,
        plan::stand,
        preview::{PreviewCompany, PreviewRow},
        reading::Reading,
        refused::Refusal,
        row::Stood,
    },
};

/// A row on its way to the preview.
enum Seen {
    Taken(Box<Contact>, Option<Box<Company>>),
    Refused(Refusal),
}

pub async fn preview(tx: &mut Tx, reading: &Reading, import: &Import, records: Vec<Record>) -> Result<Vec<PreviewRow>> {
    let width = reading.targets.len();
    let mut read = Vec::with_capacity(records.len());
    for record in records {
        read.push(match stand(record, width) {
            Err((stood, refusal)) => (stood, Seen::Refused(refusal)),
            Ok(stood) => {
                let seen = match parsed(tx, reading, import.duplicates, &stood.cells)? {
                    Ok((contact, company)) => Seen::Taken(Box::new(contact), company.map(Box::new)),
                    Err(refusal) => Seen::Refused(refusal),
                };
                (stood, seen)
            }
        });
    }
    shown(tx, import, read).await
}

/// Compares the rows with who is there already and with each other.
async fn shown(tx: &mut Tx, import: &Import, rows: Vec<(Stood, Seen)>) -> Result<Vec<PreviewRow>> {
    let contacts: Vec<&Contact> = rows
        .iter()
        .filter_map(|(_, seen)| match seen {
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
    for (stood, seen) in rows {
        let mut row = PreviewRow::of(stood);
        match seen {
            Seen::Refused(refusal) => row.refused = Some(refusal.into()),
            Seen::Taken(contact, company) => {
                let there = known.as_ref().and_then(|known| known.find(&contact));
                let changes = there.filter(|there| import.duplicates.updates() && !there.of_this_file);
                // Whom the one who imports does not see is left as they are, and not named.
                row.updates = match changes {
                    Some(there) => tx.find::<Contact>(there.id).await?.map(|seen| seen.id.to_string()),
                    None => None,
                };
                let passed_over = there.is_some() || import.duplicates == Duplicates::UpdateOnly;
                row.duplicate = passed_over && row.updates.is_none();
                if let (None, Some(known)) = (there, &mut known) {
                    known.add(&contact);
                }
                if let Some(company) = company {
                    row.company = Some(PreviewCompany::of(tx, *company).await?);
                }
                row.contact = Some((*contact).into());
            }
        }
        shown.push(row);
    }
    Ok(shown)
}
