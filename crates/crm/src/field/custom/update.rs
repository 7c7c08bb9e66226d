//! Changing what a custom field is called, offers and asks. Its kind has a verb of its own.

use kernel::{Change, Patch, Result, error::Fields};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{CustomChoice, CustomField, create, event};
use crate::field;

/// What changes; an absent field stays, null clears.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeCustomField {
    #[schema(example = "Customer since")]
    pub label: Option<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub help: Patch<String>,
    pub required: Option<bool>,
    /// All choices in their new order. One left out is archived: records that have it keep it.
    pub choices: Option<Vec<ChangeCustomChoice>>,
}

/// A choice: one that is there by its id, or a new one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeCustomChoice {
    #[serde(default)]
    pub id: Option<String>,
    #[schema(example = "Gold")]
    pub label: String,
}

pub async fn update(tx: &mut Tx, before: CustomField, change: ChangeCustomField) -> Result<CustomField> {
    before.must_be_live()?;
    before.must_be_at_rest()?;
    let mut refused = Fields::default();
    let mut after = before.clone();
    if let Some(label) = change.label {
        after.label = create::label(&mut refused, "label", &label);
    }
    match change.help {
        Patch::Keep => {}
        Patch::Clear => after.help = None,
        Patch::Set(help) => after.help = field::take(&mut refused, field::text("help", Some(&help), 500)),
    }
    after.required = change.required.unwrap_or(before.required);
    if let Some(choices) = change.choices {
        if before.kind.has_choices() {
            after.choices.0 = renamed(&mut refused, &before.choices.0, choices);
            create::check(&mut refused, &after.choices.0);
        } else {
            refused.refuse("choices", "no_choices", "Only a field of choices has choices.");
        }
    }
    refused.finish()?;
    let after = tx.update(&after).await?;
    tx.audit(Change::new("custom_field.update", after.id).before(&before).after(&after)).await?;
    tx.emit(event("custom_field.updated", &after)).await?;
    Ok(after)
}

/// The choices in their new order, those left out behind them. An id is never given twice.
fn renamed(refused: &mut Fields, before: &[CustomChoice], given: Vec<ChangeCustomChoice>) -> Vec<CustomChoice> {
    let number = |choice: &CustomChoice| choice.id.trim_start_matches('c').parse::<usize>().unwrap_or(0);
    let mut last = before.iter().map(number).max().unwrap_or(0);
    let mut after: Vec<CustomChoice> = Vec::new();
    for (at, choice) in given.into_iter().enumerate() {
        let label = create::label(refused, &format!("choices.{at}.label"), &choice.label);
        let id = match choice.id {
            Some(id) if before.iter().any(|had| had.id == id) && !after.iter().any(|had| had.id == id) => id,
            Some(_) => {
                let sentence = "There is no such choice, or it is named twice. Leave the id out to make a new one.";
                refused.refuse(format!("choices.{at}.id"), "choice_unknown", sentence);
                continue;
            }
            None => {
                last += 1;
                format!("c{last:03}")
            }
        };
        after.push(CustomChoice { id, label, archived: false });
    }
    let gone: Vec<CustomChoice> = before.iter().filter(|had| !after.iter().any(|c| c.id == had.id)).cloned().collect();
    after.extend(gone.into_iter().map(|choice| CustomChoice { archived: true, ..choice }));
    after
}
