//! What becomes of a chunk's rows of contacts.

use kernel::{Result, id::Id};
use store::{Tx, search::Document};
use tabular::Record;

use super::{
    candidate::{Candidate, sort_out},
    carried::Carried,
    duplicate::Known,
    overwrite::{self, Overwrite, Overwriting, overwriting},
};
use crate::{
    contact::{self, Contact},
    field::custom::fill::{self, Row as OwnValue},
    import::{
        Duplicates, Import,
        company::Companies,
        plan::{Made, Outcome, Plan, Writes},
        reading::Reading,
        refused::Refusal,
    },
};

/// What a chunk comes to.
#[derive(Default)]
pub struct Writing {
    pub companies: Companies,
    pub contacts: Vec<Contact>,
    documents: Vec<Document>,
    values: Vec<OwnValue>,
    made: Vec<Made>,
    pub overwrites: Vec<Overwriting>,
}

#[async_trait::async_trait]
impl Writes for Writing {
    async fn write(self: Box<Self>, tx: &mut Tx, import: &Import) -> Result<Vec<Made>> {
        self.companies.write(tx).await?;
        tx.insert_all(&self.contacts).await?;
        fill::put(tx, self.values);
        tx.index_all(self.documents).await?;
        overwrite::write_all(tx, import.id, self.overwrites).await?;
        Ok(self.made)
    }
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
    let mut writing = Writing { companies: Companies::load(tx, &firms).await?, ..Writing::default() };
    let (mut refused, mut outcomes) = (Vec::new(), Vec::new());
    for (stood, candidate) in sorted {
        let outcome = match candidate {
            Ok(candidate) => {
                one(tx, reading, import, &mut writing, &mut known, *candidate, carried.as_deref_mut()).await?
            }
            Err(refusal) => {
                import.refused += 1;
                Outcome::Refuse(refusal)
            }
        };
        match (outcome, carried.is_some()) {
            (outcome, true) => outcomes.push((stood, outcome)),
            (Outcome::Refuse(refusal), false) => refused.push((stood, refusal)),
            _ => {}
        }
    }
    if let Some(carried) = carried {
        carried.take(&writing);
    }
    Ok(Plan { refused, outcomes, writes: Box::new(writing) })
}

async fn one(
    tx: &mut Tx,
    reading: &Reading,
    import: &mut Import,
    plan: &mut Writing,
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
        // A field that may be given once, and is there.
        if let Err(error) = tx.as_written(&overwriting.after).await {
            import.refused += 1;
            return Ok(Outcome::Refuse(Refusal::from_error(error.into(), "")?));
        }
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
