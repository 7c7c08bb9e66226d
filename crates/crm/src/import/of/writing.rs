//! Writing what was decided: by the verbs of the noun, in the order of the rows; what is overwritten is kept.
//!
//! Invariants: what a field held before is kept, sealed, in the words of the noun's own change, until it is put back or the file
//! is forgotten; of two rows about one record, the first one's before and the last one's after.

use std::collections::HashMap;

use kernel::{Result, SealedJson, Uuid};
use store::Tx;

use super::Importable;
use crate::{
    bulk::image::{FieldImage, differing},
    field::custom::draft::Draft,
    import::{
        Import, ImportId,
        company::Companies,
        contact::OverwrittenId,
        plan::{Made, Writes},
    },
    merge::fields::{changed, with},
};

/// What becomes of one row.
pub enum Step<R> {
    Make(Draft<R>),
    Change { before: Box<R>, drafted: Draft<R> },
}

/// What a chunk comes to.
pub struct Writing<R> {
    pub companies: Companies,
    pub steps: Vec<Step<R>>,
    pub made: Vec<Made>,
}

store::record! {
    /// What an import overwrote of one record.
    pub struct Overwritten in import_changed {
        id: OverwrittenId,
        import_id: ImportId,
        record_id: Uuid,
        #[serde(skip_serializing)]
        image: SealedJson<Vec<FieldImage>>,
    }
}

/// The field by which a deal stands where it does: moved by a verb of its own.
pub const STAGE: &str = "stage_id";

impl<R> Writing<R> {
    pub fn new(companies: Companies) -> Self {
        Writing { companies, steps: Vec::new(), made: Vec::new() }
    }
}

#[async_trait::async_trait]
impl<R: Importable> Writes for Writing<R> {
    async fn write(self: Box<Self>, tx: &mut Tx, import: &Import) -> Result<Vec<Made>> {
        self.companies.write(tx).await?;
        let mut written: HashMap<Uuid, R> = HashMap::new();
        for step in self.steps {
            match step {
                Step::Make(drafted) => {
                    R::make(tx, drafted).await?;
                }
                Step::Change { before, drafted } => {
                    // The row before may have been about the same record, which is of a later version by now.
                    let now = written.remove(&before.id()).unwrap_or_else(|| (*before).clone());
                    let said: Vec<_> = changed(&*before, &drafted.record)
                        .into_iter()
                        .map(|(name, _, value)| (name.to_owned(), value))
                        .collect();
                    let record = with(&now, &said)?;
                    let after = R::write(tx, now.clone(), Draft { record, filled: drafted.filled }).await?;
                    keep(tx, import.id, &now, &after).await?;
                    written.insert(after.id(), after);
                }
            }
        }
        Ok(self.made)
    }
}

/// Remembers what was there before.
async fn keep<R: Importable>(tx: &mut Tx, import: ImportId, before: &R, after: &R) -> Result<()> {
    let (had, has) = (before.held(), after.held());
    let fields: Vec<&str> = R::FIELDS.iter().copied().chain(R::STAGES.then_some(STAGE)).collect();
    let mut images = differing(&fields, &had, &has);
    let query = tx.select::<Overwritten>().and("import_id =", import).and("record_id =", before.id());
    if let Some(earlier) = tx.optional::<Overwritten>(query).await? {
        let mut kept = earlier.image.0;
        images.retain(|image| match kept.iter_mut().find(|one| one.field == image.field) {
            Some(one) => {
                one.after = image.after.clone();
                false
            }
            None => true,
        });
        images.splice(0..0, kept);
        tx.delete::<Overwritten>(earlier.id).await?;
    }
    let record =
        Overwritten { id: OverwrittenId::new(), import_id: import, record_id: before.id(), image: SealedJson(images) };
    Ok(tx.insert(&record).await?)
}
