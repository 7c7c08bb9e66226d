//! What the cells of a chunk of deals name: pipelines and stages, contacts, reasons.

use std::collections::{HashMap, HashSet};

use kernel::{Error, Result, Uuid, id::Id};
use store::Tx;

use crate::{
    contact::{Contact, ContactId},
    deal::lost::{LostReason, LostReasonId},
    field::{custom::CustomObject, folded},
    import::of::{Said, by_name},
    pipeline::{self, PipelineId, StageId},
};

/// A pipeline with its stages; names folded.
struct Board {
    id: PipelineId,
    name: String,
    stages: Vec<(StageId, String)>,
}

/// See the module.
pub struct Named {
    /// In their order.
    pipelines: Vec<Board>,
    /// By address and by folded name.
    contacts: HashMap<String, HashSet<Uuid>>,
    reasons: HashMap<String, LostReasonId>,
}

/// The contacts that cells name, by address or by name, as far as the caller sees them.
async fn contacts<'r>(tx: &mut Tx, cells: impl Iterator<Item = &'r str>) -> Result<HashMap<String, HashSet<Uuid>>> {
    let (addresses, names): (Vec<&str>, Vec<&str>) = cells.partition(|cell| cell.contains('@'));
    let addresses: HashSet<String> = addresses.into_iter().map(str::to_lowercase).collect();
    let names: HashSet<String> = names.into_iter().map(folded).collect();
    let mut found: HashMap<String, HashSet<Uuid>> = HashMap::new();
    if !addresses.is_empty() {
        let query = tx.select::<Contact>().push(" AND contact.deleted_at IS NULL");
        let query = tx.and_among(query, "contact.email", addresses);
        for contact in tx.all::<Contact>(query).await? {
            found.entry(contact.email.unwrap_or_default()).or_default().insert(contact.id.uuid());
        }
    }
    if !names.is_empty() {
        for (name, id) in by_name(tx, CustomObject::Contact, names).await? {
            found.entry(name).or_default().insert(id);
        }
    }
    Ok(found)
}

impl Named {
    pub async fn load(tx: &mut Tx, rows: &[Said<'_>]) -> Result<Named> {
        let pipelines = pipeline::all(tx).await?.into_iter().map(|(pipeline, stages)| {
            let stages = stages.into_iter().map(|stage| (stage.id, folded(&stage.name))).collect();
            Board { id: pipeline.id, name: folded(&pipeline.name), stages }
        });
        let reasons: Vec<LostReason> = tx.all(tx.select::<LostReason>()).await?;
        let reasons = reasons.into_iter().map(|reason| (folded(&reason.label), reason.id)).collect();
        let cells = rows.iter().flatten().filter(|(target, _)| *target == "contact").map(|(_, text)| *text);
        Ok(Named { pipelines: pipelines.collect(), reasons, contacts: contacts(tx, cells).await? })
    }

    pub fn contact(&self, cell: &str) -> Result<String> {
        if cell.parse::<ContactId>().is_ok() {
            return Ok(cell.to_owned());
        }
        let key = if cell.contains('@') { cell.to_lowercase() } else { folded(cell) };
        let refuse = |code, sentence| Error::invalid("contact", code, sentence);
        let mut found = self.contacts.get(&key).into_iter().flatten();
        match (found.next(), found.next()) {
            (Some(one), None) => Ok(ContactId::from_uuid(*one).to_string()),
            (Some(_), Some(_)) => {
                Err(refuse("contact_ambiguous", "Several contacts are meant by this. Write the address of the one."))
            }
            (None, _) => Err(refuse("contact_unknown", "There is no such contact. Bring the contacts in first.")),
        }
    }

    pub fn reason(&self, cell: &str) -> Result<LostReasonId> {
        let sentence = "There is no such reason. Choose one from the list, or write it as the note.";
        self.reasons.get(&folded(cell)).copied().ok_or_else(|| Error::invalid("lost_for", "reason_unknown", sentence))
    }

    /// The pipeline and the stage that are named; a stage alone is that of the first pipeline that has one so called.
    pub fn place(&self, pipeline: Option<&str>, stage: Option<&str>) -> Result<(Option<PipelineId>, Option<StageId>)> {
        let is = |cell: &str, id: String, name: &str| cell == id || folded(cell) == *name;
        let mut open: Vec<_> = self.pipelines.iter().collect();
        if let Some(cell) = pipeline {
            open.retain(|board| is(cell, board.id.to_string(), &board.name));
            if open.is_empty() {
                let sentence = "There is no such pipeline. Write its name as it stands.";
                return Err(Error::invalid("pipeline", "pipeline_unknown", sentence));
            }
        }
        let named = pipeline.and(open.first()).map(|board| board.id);
        let Some(cell) = stage else { return Ok((named, None)) };
        let stages = open.into_iter().flat_map(|board| board.stages.iter().map(move |stage| (board.id, stage)));
        let found = stages.into_iter().find(|(_, (id, name))| is(cell, id.to_string(), name));
        let sentence = "There is no such stage. Write its name as it stands in the pipeline.";
        let (pipeline, (stage, _)) = found.ok_or_else(|| Error::invalid("stage", "stage_unknown", sentence))?;
        Ok((Some(pipeline), Some(*stage)))
    }
}
