//! Records of custom objects from files, each file of one object.

use std::sync::LazyLock;

use kernel::Result;
use store::Tx;
use tabular::TargetField;

use super::{
    CustomRecord,
    create::{self, NewCustomRecord},
    update::{self, ChangeCustomRecord},
};
use crate::{
    field::{
        custom::{Values, draft::Draft},
        folded,
    },
    import::{
        MatchBy, Naming,
        of::{Cell, Importable, Said, Words},
    },
    object,
};

#[async_trait::async_trait]
impl Importable for CustomRecord {
    const NOUN: &'static str = "record";
    const WITHOUT: &'static str = "import.noun NOT LIKE 'obj%'";
    const NAMING: Naming = Naming {
        targets: &["name"],
        code: "mapping_names_nothing",
        sentence: "No column says what a record is called. Choose one for its name.",
    };
    const MATCHED: &'static [MatchBy] = &[MatchBy::Name];
    const MATCHED_BY_OWN: bool = true;
    const CREATED: &'static str = "custom_record.created";
    const DELETED: &'static str = "custom_record.deleted";
    type Named = ();

    fn fields() -> &'static [TargetField] {
        static FIELDS: LazyLock<Vec<TargetField>> = LazyLock::new(tabular::record_fields);
        &FIELDS
    }

    async fn ready(tx: &mut Tx, of: &str) -> Result<()> {
        object::held(tx, super::bulk::of(of)?).await?.must_take_records()
    }

    async fn look(_: &mut Tx, _: &[Said<'_>]) -> Result<()> {
        Ok(())
    }

    fn put(words: &mut Words, cell: &Cell<'_>, (): &()) -> Result<()> {
        if cell.target == "name" {
            words.say("name", cell.text);
        }
        Ok(())
    }

    fn column(_: &MatchBy) -> &'static str {
        "custom_record.name_folded"
    }
    fn key(_: &MatchBy, words: &Words) -> Option<String> {
        words.text("name").map(folded)
    }
    fn key_of(&self, _: &MatchBy) -> Option<String> {
        Some(self.name_folded.clone())
    }
    fn values_of_own(&self) -> &Values {
        &self.custom.0
    }

    async fn draft(tx: &mut Tx, of: &str, words: &Words) -> Result<Draft<CustomRecord>> {
        words.must_say("name")?;
        create::draft(tx, super::bulk::of(of)?, words.read::<NewCustomRecord>(&[])?).await
    }
    async fn make(tx: &mut Tx, drafted: Draft<CustomRecord>) -> Result<CustomRecord> {
        create::make(tx, drafted).await
    }
    async fn redraft(tx: &mut Tx, before: &CustomRecord, words: &Words) -> Result<Draft<CustomRecord>> {
        update::draft(tx, before, words.read::<ChangeCustomRecord>(&[])?).await
    }
    async fn write(tx: &mut Tx, before: CustomRecord, drafted: Draft<CustomRecord>) -> Result<CustomRecord> {
        update::write(tx, before, drafted).await
    }
}
