//! Deals from files. What is only said of new ones: how they ended, which a person says of those that are there.

mod closed;
mod named;

use std::sync::LazyLock;

use kernel::{Currency, Error, Money, Result, Uuid};
use serde_json::json;
use store::{Tx, sql};
use tabular::TargetField;

use super::{
    Deal, DealState,
    create::{self, NewDeal},
    place,
    update::{self, ChangeDeal},
};
use crate::{
    company::CompanyId,
    field::{
        custom::{Values, draft::Draft},
        folded,
    },
    import::{
        MatchBy, Naming,
        of::{Cell, Importable, Said, Words},
    },
    pipeline,
};
use closed::{close, closed_at, state};
use named::Named;

/// What a change of a deal that is there does not take as a field.
const PLACE: [&str; 2] = ["pipeline_id", "stage_id"];

#[async_trait::async_trait]
impl Importable for Deal {
    const NOUN: &'static str = "deal";
    const WITHOUT: &'static str = "import.noun <> 'deal'";
    const NAMING: Naming = Naming {
        targets: &["name"],
        code: "mapping_names_nothing",
        sentence: "No column says what a deal is called. Choose one for its name.",
    };
    const MATCHED: &'static [MatchBy] = &[MatchBy::Name];
    const AMOUNTS: &'static [&'static str] = &["amount"];
    const COMPANY: bool = true;
    const CREATED: &'static str = "deal.created";
    const DELETED: &'static str = "deal.deleted";
    type Named = Named;

    fn fields() -> &'static [TargetField] {
        static FIELDS: LazyLock<Vec<TargetField>> = LazyLock::new(tabular::deal_fields);
        &FIELDS
    }

    async fn ready(tx: &mut Tx, _: &str) -> Result<()> {
        pipeline::ensure_first(tx).await.map(|_| ())
    }

    async fn look(tx: &mut Tx, rows: &[Said<'_>]) -> Result<Named> {
        Named::load(tx, rows).await
    }

    fn put(words: &mut Words, cell: &Cell<'_>, named: &Named) -> Result<()> {
        match cell.target {
            "name" => words.say("name", cell.text),
            "contact" => words.say("contact_id", named.contact(cell.text)?),
            "amount" => {
                let (amount, has_currency) = cell.amount("amount")?;
                words.keep("amount_currency", if has_currency { "named" } else { "" });
                words.say("amount", amount);
            }
            "expected_close" => words.say("expected_close", cell.day("expected_close")?.to_string()),
            "closed_at" => words.keep("closed_at", closed_at(cell)?.to_rfc3339()),
            "state" => words.keep("state", state(cell.text)?.to_string()),
            "currency" => {
                let sentence = "There is no such currency. Write its code, such as EUR.";
                let code: Currency = cell
                    .text
                    .to_uppercase()
                    .parse()
                    .map_err(|_| Error::invalid("currency", "currency_unknown", sentence))?;
                words.keep("currency", code.code());
            }
            "pipeline" => words.keep("pipeline", cell.text),
            "stage" => words.keep("stage", cell.text),
            "lost_for" => words.keep("lost_for", named.reason(cell.text)?.to_string()),
            "lost_reason" => words.keep("lost_reason", cell.text),
            _ => {}
        }
        Ok(())
    }

    fn whole(words: &mut Words, named: &Named) -> Result<()> {
        if let Some(currency) = words.part("currency").map(str::to_owned) {
            match words.said("amount").cloned() {
                None => {}
                Some(amount) if words.part("amount_currency") == Some("named") && amount["currency"] != currency => {
                    let sentence = "The amount is in another currency than the column says. Leave one of the two out.";
                    return Err(Error::invalid("currency", "currency_differs", sentence));
                }
                Some(amount) => words.say("amount", json!({ "amount": amount["amount"], "currency": currency })),
            }
        }
        if let Some(amount) = words.said("amount") {
            let money: Money = serde_json::from_value(amount.clone())
                .map_err(|error| Error::invalid("amount", "amount_invalid", error.to_string()))?;
            words.show("amount", money.to_string());
        }
        let (pipeline, stage) = named.place(words.part("pipeline"), words.part("stage"))?;
        for (field, id) in
            [("pipeline_id", pipeline.map(|id| id.to_string())), ("stage_id", stage.map(|id| id.to_string()))]
        {
            if let Some(id) = id {
                words.say(field, id);
            }
        }
        Ok(())
    }

    fn column(_: &MatchBy) -> &'static str {
        "deal.name_folded"
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
    fn detail(&self) -> String {
        self.company_id.map(|id| id.to_string()).unwrap_or_default()
    }
    /// Deals of two companies are two deals, whatever they are called.
    fn meets(_: &MatchBy, _: &Words, company: Option<CompanyId>, detail: &str) -> bool {
        company.is_none_or(|company| detail == company.to_string())
    }
    fn belong_to(&mut self, company: CompanyId) {
        self.company_id = Some(company);
    }

    async fn draft(tx: &mut Tx, _: &str, words: &Words) -> Result<Draft<Deal>> {
        words.must_say("name")?;
        let mut drafted = create::draft(tx, words.read::<NewDeal>(&[])?).await?;
        if let (None, Some(currency)) = (words.said("amount"), words.part("currency")) {
            drafted.record.currency = currency.parse().unwrap_or(drafted.record.currency);
        }
        close(&mut drafted.record, words, tx.now())?;
        Ok(drafted)
    }

    async fn make(tx: &mut Tx, drafted: Draft<Deal>) -> Result<Deal> {
        create::make(tx, drafted).await
    }

    async fn redraft(tx: &mut Tx, before: &Deal, words: &Words) -> Result<Draft<Deal>> {
        let (said, held) = (words.part("state"), before.state.to_string());
        if said.is_some_and(|said| said != held) {
            let sentence = "This deal is there and has another state. Win, lose or reopen it by hand.";
            return Err(Error::invalid("state", "state_by_hand", sentence));
        }
        if words.said("amount").is_none() && words.part("currency").is_some_and(|code| code != before.currency.code()) {
            let sentence = "This deal has an amount in another currency. Say the amount as well.";
            return Err(Error::invalid("currency", "amount_needed", sentence));
        }
        let mut drafted = update::draft(tx, before, words.read::<ChangeDeal>(&PLACE)?).await?;
        let stage = match (words.text("stage_id"), words.text("pipeline_id")) {
            (Some(stage), _) => stage.parse().ok(),
            (None, Some(pipeline)) if pipeline != before.pipeline_id.to_string() => {
                Some(pipeline::first_stage(tx, pipeline.parse().ok()).await?.id)
            }
            _ => None,
        };
        if let Some(stage) = stage.filter(|stage| *stage != before.stage_id) {
            if before.state != DealState::Open {
                return Err(Error::conflict("deal_closed", "Only an open deal can be moved. Reopen it first."));
            }
            (drafted.record.stage_id, drafted.record.pipeline_id) =
                (stage, create::stage(tx, stage).await?.pipeline_id);
        }
        Ok(drafted)
    }

    async fn write(tx: &mut Tx, before: Deal, drafted: Draft<Deal>) -> Result<Deal> {
        let to = drafted.record.stage_id;
        let record = Deal { stage_id: before.stage_id, pipeline_id: before.pipeline_id, ..drafted.record };
        let after = update::write(tx, before, Draft { record, filled: drafted.filled }).await?;
        if to == after.stage_id { Ok(after) } else { place::move_to(tx, after, to, None).await }
    }

    async fn forget(tx: &mut Tx, made: &[Uuid]) -> Result<()> {
        let stays = sql!("DELETE FROM deal_stage WHERE tenant_id = {} AND deal_id IN ", tx.tenant_id());
        tx.execute(stays.bind_list(made.iter().copied())).await?;
        Ok(())
    }
}
