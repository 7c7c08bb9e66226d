//! The first rows as they will be stored: what a trial of them would say.

use kernel::{Result, id::Id};
use store::Tx;
use tabular::Record;

use super::{Importable, Left, judge::decide};
use crate::import::{
    Import,
    plan::Outcome,
    preview::{PreviewCompany, PreviewRecord, PreviewRow},
    reading::Reading,
};

pub async fn preview<R: Importable>(
    tx: &mut Tx,
    reading: &Reading,
    import: &Import,
    records: Vec<Record>,
) -> Result<Vec<PreviewRow>> {
    let (mut counted, mut left) = (import.clone(), Left::default());
    let (decided, _) = decide::<R>(tx, reading, &mut counted, records, Some(&mut left)).await?;
    let mut rows = Vec::with_capacity(decided.len());
    for (stood, decided) in decided {
        let mut row = PreviewRow::of(stood);
        row.updates = decided.changes.map(|id| R::Id::from_uuid(id).to_string());
        row.duplicate = matches!(decided.outcome, Outcome::Skip);
        row.record = decided.name.map(|name| PreviewRecord { name, fields: decided.shown });
        if let Some(company) = decided.company {
            row.company = Some(PreviewCompany::of(tx, company).await?);
        }
        if let Outcome::Refuse(refusal) = decided.outcome {
            row.refused = Some(refusal.into());
        }
        rows.push(row);
    }
    Ok(rows)
}
