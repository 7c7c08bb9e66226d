//! Changing the kind of a field: what would become of its values, and doing it.
//!
//! A value becomes what its text reads as: as if it had been exported and imported again.

use std::collections::BTreeMap;

use kernel::{Change, Error, Json, Result, error::Fields};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{EnqueueJob, Tx};
use tabular::value::{DateOrder, DateReading};
use utoipa::ToSchema;

use super::{
    CustomField, CustomKind, CustomObject,
    cell::{self, Habits},
    create, event,
    value::{self, Kept},
    view::count,
    work::{RewriteCustomValues, batch_of},
};

/// What a field becomes.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConvertCustomField {
    #[schema(example = "long_text")]
    pub kind: CustomKind,
    /// The labels of the choices, where the new kind has them and the old had none.
    #[serde(default)]
    pub choices: Vec<String>,
    /// What a relation points at.
    #[serde(default)]
    pub target: Option<CustomObject>,
}

/// What would become of the values.
#[derive(Debug, Serialize, ToSchema)]
pub struct CustomFieldConversion {
    /// Records with a value.
    pub values: i64,
    /// Values that are none of the new kind; the kind changes only where there is none such.
    pub failing: i64,
}

/// The country and currency of the house.
pub struct Home {
    pub country: String,
    pub currency: kernel::Currency,
}

impl Home {
    pub async fn read(tx: &mut Tx) -> Result<Home> {
        let tenant = identity::tenant::current(tx).await?;
        Ok(Home { country: tenant.country, currency: tenant.currency })
    }
}

/// The field as it would be.
pub fn becoming(field: &CustomField, wanted: &ConvertCustomField) -> Result<CustomField> {
    field.must_be_live()?;
    field.must_be_at_rest()?;
    let mut refused = Fields::default();
    if wanted.kind == field.kind {
        refused.refuse("kind", "kind_same", "The field is of this kind already. Choose another.");
    }
    let kept = field.kind.has_choices() && wanted.kind.has_choices();
    let choices = if kept {
        field.choices.0.clone()
    } else {
        create::new_choices(&mut refused, wanted.kind, wanted.choices.clone())
    };
    let target = create::target(&mut refused, wanted.kind, wanted.target);
    refused.finish()?;
    Ok(CustomField { kind: wanted.kind, choices: Json(choices), target, ..field.clone() })
}

/// The value as one of the new kind. None: it is none.
pub fn converted(from: &CustomField, to: &CustomField, value: &Value, home: &Home) -> Option<Kept> {
    let labels: Vec<String> = match (from.kind, to.kind.has_choices(), value) {
        // The ids stay where the choices do.
        (CustomKind::Choice, true, Value::String(id)) => {
            return value::read(to, &Value::from(vec![id.clone()]), &home.country, Some(value)).ok().flatten();
        }
        (CustomKind::MultiChoice, true, Value::Array(ids)) => match ids.as_slice() {
            [one] => return value::read(to, one, &home.country, Some(one)).ok().flatten(),
            _ => return None,
        },
        _ => vec![cell::write(from, value)],
    };
    let habits = Habits {
        country: &home.country,
        currency: home.currency,
        dates: &DateReading { order: DateOrder::Ymd, two_digit_years_until: None },
        marks: &BTreeMap::new(),
        people: &[],
    };
    let input = cell::read(to, labels.first()?, &habits).ok()?;
    // A text that merely looks like an id has never been asked for.
    if matches!(to.kind, CustomKind::Person | CustomKind::Relation) {
        return None;
    }
    value::read(to, &input, &home.country, None).ok().flatten()
}

/// Reads every value. Writes nothing.
pub async fn preview(tx: &mut Tx, field: &CustomField, wanted: &ConvertCustomField) -> Result<CustomFieldConversion> {
    let to = becoming(field, wanted)?;
    let home = Home::read(tx).await?;
    let (mut values, mut failing, mut after) = (0, 0, None);
    loop {
        let batch = batch_of(tx, field, after).await?;
        let Some((last, _)) = batch.last() else { break };
        after = Some(*last);
        for (_, value) in batch {
            let Some(value) = value else { continue };
            values += 1;
            failing += i64::from(converted(field, &to, &value, &home).is_none());
        }
    }
    Ok(CustomFieldConversion { values, failing })
}

/// Begins: at once where there is no value, else by a job that looks at every value before it writes one.
pub async fn convert(tx: &mut Tx, before: CustomField, wanted: &ConvertCustomField) -> Result<CustomField> {
    let to = becoming(&before, wanted)?;
    create::must_take_fields(tx, "target", wanted.target).await?;
    let values = count(tx, before.id).await?;
    let after = if values == 0 {
        CustomField { work_failed: 0, ..to }
    } else {
        if matches!(to.kind, CustomKind::Person | CustomKind::Relation) {
            let sentence = "Values cannot become people or records. Make a new field, or delete the values first.";
            return Err(Error::conflict("kind_not_convertible", sentence));
        }
        CustomField {
            kind: before.kind,
            // Both kinds find their choices by id; the new ones wait for their kind.
            choices: if before.kind.has_choices() { before.choices.clone() } else { to.choices },
            work: Some(to.kind.to_string()),
            work_total: values,
            work_done: 0,
            work_after: None,
            work_failed: 0,
            ..before.clone()
        }
    };
    let after = tx.update(&after).await?;
    if after.work.is_some() {
        tx.enqueue(&RewriteCustomValues { field_id: after.id }).await?;
    }
    tx.audit(Change::new("custom_field.convert", after.id).before(&before).after(&after)).await?;
    tx.emit(event("custom_field.updated", &after)).await?;
    Ok(after)
}
