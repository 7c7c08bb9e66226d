//! What becomes of a chunk's rows, decided before anything is written.
//!
//! Invariant: an import and the trial of it decide here, so that they cannot differ; the trial writes nothing, and carries what
//! the rows before would have left in the database.

use kernel::{Result, Uuid, id::Id};
use store::{Tx, search::Document};
use tabular::Record;

use super::{
    Duplicates, Import,
    candidate::{Candidate, Stood, sort_out},
    carried::Carried,
    company::Companies,
    duplicate::Known,
    overwrite::{Overwrite, Overwriting, overwriting},
    reading::Reading,
    row::Refusal,
};
use crate::{
    contact::{self, Contact},
    field::custom::fill::Row as OwnValue,
};

/// What a chunk comes to.
#[derive(Default)]
pub struct Plan {
    pub refused: Vec<(Stood, Refusal)>,
    pub companies: Companies,
    pub contacts: Vec<Contact>,
    pub documents: Vec<Document>,
    pub values: Vec<OwnValue>,
    pub made: Vec<(&'static str, Uuid)>,
    pub overwrites: Vec<Overwriting>,
    /// Of each row, what becomes of it: only where it is asked for.
    pub outcomes: Vec<(Stood, Outcome)>,
}

/// What becomes of a row.
pub enum Outcome {
    Create,
    /// Fields that get another value.
    Change(Vec<String>),
    Skip,
    Refuse(Refusal),
}

/// Decides on each row and counts it. `carried` is that of a trial.
pub async fn judge(
    tx: &mut Tx,
    reading: &Reading,
    import: &mut Import,
    records: Vec<Record>,
    mut carried: Option<&mut Carried>,
) -> Result<Plan> {
    let sorted = sort_out(tx, reading, import.duplicates, records).await?;
    let candidates = || sorted.iter().filter_map(|(_, candidate)| candidate.as_ref().ok());
    let contacts: Vec<&Contact> = candidates().map(|candidate| &candidate.contact).collect();
    let mut known = match import.duplicates {
        Duplicates::Create => None,
        Duplicates::Skip | Duplicates::Update | Duplicates::UpdateOnly => {
            Some(Known::load(tx, import, &contacts, carried.as_deref()).await?)
        }
    };
    let firms: Vec<_> = candidates().filter_map(|candidate| candidate.company.as_ref()).collect();
    let mut plan = Plan { companies: Companies::load(tx, &firms).await?, ..Plan::default() };
    for (stood, candidate) in sorted {
        let outcome = match candidate {
            Ok(candidate) => {
                one(tx, reading, import, &mut plan, &mut known, *candidate, carried.as_deref_mut()).await?
            }
            Err(refusal) => {
                import.refused += 1;
                Outcome::Refuse(refusal)
            }
        };
        match (outcome, carried.is_some()) {
            (outcome, true) => plan.outcomes.push((stood, outcome)),
            (Outcome::Refuse(refusal), false) => plan.refused.push((stood, refusal)),
            _ => {}
        }
    }
    if let Some(carried) = carried {
        carried.take(&plan);
    }
    Ok(plan)
}

async fn one(
    tx: &mut Tx,
    reading: &Reading,
    import: &mut Import,
    plan: &mut Plan,
    known: &mut Option<Known>,
    candidate: Candidate,
    carried: Option<&mut Carried>,
) -> Result<Outcome> {
    let Candidate { given, mut contact, company, custom, company_custom } = candidate;
    let there = known.as_ref().and_then(|known| known.find(&contact));
    // Who was made by this very file is not changed by it, so that taking it back takes them back.
    let changes = there.filter(|there| import.duplicates.updates() && !there.of_this_file);
    let passed_over = there.is_some() || import.duplicates == Duplicates::UpdateOnly;
    if passed_over && changes.is_none() {
        import.skipped += 1;
        return Ok(Outcome::Skip);
    }
    let linked =
        company.map(|company| plan.companies.link(company, company_custom, carried.as_deref().map(Carried::companies)));
    if let Some(linked) = &linked {
        contact.company_id = Some(linked.id);
        import.linked += i64::from(changes.is_none());
        if linked.new {
            import.companies_created += 1;
            plan.made.push(("company", linked.id.uuid()));
        }
    }
    if let Some(there) = changes {
        let company_id = contact.company_id;
        let wanted = Overwrite { id: there.id, row: contact, custom: given, company_id };
        let Some((overwriting, fields)) =
            overwriting(tx, reading, &plan.overwrites, wanted, carried.as_deref()).await?
        else {
            import.skipped += 1;
            return Ok(Outcome::Skip);
        };
        import.updated += 1;
        plan.overwrites.push(overwriting);
        return Ok(Outcome::Change(fields));
    }
    if let Some(known) = known {
        known.add(&contact);
    }
    let mut document = contact::document(&contact, linked.as_ref().map(|linked| linked.name.as_str()));
    document.text.extend(custom.words.iter().cloned());
    plan.documents.push(document);
    plan.values.extend(custom.rows(contact.id.uuid()));
    import.created += 1;
    plan.made.push(("contact", contact.id.uuid()));
    plan.contacts.push(contact);
    Ok(Outcome::Create)
}
