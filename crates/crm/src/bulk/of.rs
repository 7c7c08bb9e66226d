//! Every noun that is [`Changeable`], as one type: what is refused at the door, what is done to a record, and what puts it
//! back.

use std::{collections::HashMap, marker::PhantomData};

use kernel::{MemberId, Result, Uuid, error::Fields, id::Id};
use serde_json::{Map, Value, json};
use store::Tx;

use super::{
    BulkAction,
    image::{self, FieldImage, Image},
    noun::{BulkNoun, Changeable, PutBack, no_stages, read},
    part,
};
use crate::{
    field::custom::{self, Values, fill},
    member,
    pipeline::{self, StageId},
};

/// A noun as a value.
pub struct Of<R>(PhantomData<fn() -> R>);

impl<R> Default for Of<R> {
    fn default() -> Self {
        Of(PhantomData)
    }
}

/// Refuses fields that no record of the noun has, and values of another type, each by its name.
fn check_fields<R: Changeable>(fields: &Map<String, Value>) -> Result<()> {
    let mut refused = Fields::default();
    for (name, value) in fields {
        let path = format!("action.fields.{name}");
        if !R::FIELDS.contains(&name.as_str()) && name != "custom" {
            refused.refuse(path, "unknown_field", "There is no such field to set. Leave it out.");
        } else if let Err(error) = read::<R>(Map::from_iter([(name.clone(), value.clone())])) {
            refused.take::<()>(&path, Err(error));
        }
    }
    refused.finish()
}

async fn check_custom<R: Changeable>(tx: &mut Tx, of: &str, fields: &Map<String, Value>) -> Result<()> {
    let Some(custom) = fields.get("custom").and_then(Value::as_object) else { return Ok(()) };
    let Some(object) = R::object(of) else {
        let sentence = "These records have no fields of your own. Leave it out.";
        return Err(kernel::Error::invalid("action.fields.custom", "unknown_field", sentence));
    };
    // Of any of the records.
    let live = custom::live(tx, object).await?;
    fill::keep_amounts(tx, &live, custom, |_| true)?;
    let home = identity::tenant::current(tx).await?.country;
    fill::change(tx, object, &Values::new(), custom, &home).await.map(|_| ())
}

impl<R: Changeable> Of<R> {
    async fn set(tx: &mut Tx, record: R, fields: &Map<String, Value>) -> Result<Option<Image>> {
        let before = record.held();
        if record.deleted_at().is_none() && image::holds(&before, fields) {
            return Ok(None);
        }
        let after = record.change(tx, read::<R>(fields.clone())?).await?;
        Ok(fields_image::<R>(&before, &after))
    }

    async fn assign(tx: &mut Tx, record: R, owner: Option<MemberId>) -> Result<Option<Image>> {
        let before = record.held();
        if record.deleted_at().is_none() && *image::held(&before, R::OWNER) == json!(owner) {
            return Ok(None);
        }
        let after = record.assign(tx, owner).await?;
        Ok(fields_image::<R>(&before, &after))
    }

    async fn tag(tx: &mut Tx, record: R, add: &[String], remove: &[String]) -> Result<Option<Image>> {
        let before = tags(&record.held());
        let mut after: Vec<String> = before.iter().filter(|tag| !remove.contains(tag)).cloned().collect();
        after.extend(add.iter().filter(|tag| !after.contains(tag)).cloned().collect::<Vec<_>>());
        if record.deleted_at().is_none() && after == before {
            return Ok(None);
        }
        let added = after.iter().filter(|tag| !before.contains(tag)).cloned().collect();
        let removed = before.iter().filter(|tag| !after.contains(tag)).cloned().collect();
        Self::with_tags(tx, record, after).await?;
        Ok(Some(Image::Tags { added, removed }))
    }

    async fn with_tags(tx: &mut Tx, record: R, tags: Vec<String>) -> Result<R> {
        record.change(tx, read::<R>(Map::from_iter([("tags".to_owned(), json!(tags))]))?).await
    }

    async fn tags_back(tx: &mut Tx, record: R, added: &[String], removed: &[String]) -> Result<PutBack> {
        let now = tags(&record.held());
        let mut back: Vec<String> = now.iter().filter(|tag| !added.contains(tag)).cloned().collect();
        back.extend(removed.iter().filter(|tag| !now.contains(tag)).cloned());
        if back != now {
            Self::with_tags(tx, record, back).await?;
        }
        Ok(PutBack::Whole)
    }

    async fn stage_back(tx: &mut Tx, record: R, from: StageId, to: StageId) -> Result<PutBack> {
        if *image::held(&record.held(), "stage_id") != json!(to) {
            return Ok(PutBack::Partly);
        }
        record.move_to(tx, from).await?;
        Ok(PutBack::Whole)
    }
}

/// Puts back the fields that are still as they were left.
pub(crate) async fn fields_back<R: Changeable>(tx: &mut Tx, record: R, images: &[FieldImage]) -> Result<PutBack> {
    let now = record.held();
    let (same, other): (Vec<_>, Vec<_>) =
        images.iter().partition(|image| *image::held(&now, &image.field) == image.after);
    if !same.is_empty() {
        record.change(tx, read::<R>(image::back(same))?).await?;
    }
    Ok(if other.is_empty() { PutBack::Whole } else { PutBack::Partly })
}

fn fields_image<R: Changeable>(before: &Map<String, Value>, after: &R) -> Option<Image> {
    let images = image::differing(R::FIELDS, before, &after.held());
    (!images.is_empty()).then_some(Image::Fields(images))
}

fn tags(held: &Map<String, Value>) -> Vec<String> {
    let list = image::held(held, "tags").as_array().cloned().unwrap_or_default();
    list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[async_trait::async_trait]
impl<R: Changeable> BulkNoun for Of<R> {
    fn is(&self, noun: &str) -> bool {
        R::is(noun)
    }

    fn prefix(&self) -> &'static str {
        R::Id::PREFIX
    }

    fn reads(&self) -> &'static str {
        R::rights().read
    }

    fn right(&self, action: &BulkAction) -> &'static str {
        match action {
            BulkAction::Delete | BulkAction::Restore => R::rights().delete,
            _ => R::rights().edit,
        }
    }

    async fn check(&self, tx: &mut Tx, of: &str, action: &BulkAction) -> Result<()> {
        match action {
            BulkAction::Set { fields } => {
                check_fields::<R>(fields)?;
                check_custom::<R>(tx, of, fields).await
            }
            BulkAction::Assign { owner_id } => member::must_exist(tx, "action.owner_id", *owner_id).await,
            BulkAction::Tag { .. } if !R::TAGS => {
                let sentence = "These records have no tags. Set a field instead.";
                Err(kernel::Error::invalid("action.kind", "no_tags", sentence))
            }
            BulkAction::Move { .. } if !R::STAGES => Err(no_stages()),
            BulkAction::Move { stage_id } => pipeline::must_have(tx, "action.stage_id", *stage_id).await,
            BulkAction::Tag { .. } | BulkAction::Delete | BulkAction::Restore => Ok(()),
        }
    }

    async fn find(&self, tx: &mut Tx, of: &str, query: &str) -> Result<Vec<Uuid>> {
        part::must_be_known::<R>(of, query)?;
        let select = R::matching(tx, of, query).await?;
        part::found(tx, select, R::ID).await
    }

    async fn any(&self, tx: &mut Tx, of: &str, ids: &[Uuid]) -> Result<bool> {
        let select = R::visible(tx, of)?.only(R::ID).push(" AND ").push(R::ID).push(" IN ");
        Ok(tx.optional::<(Uuid,)>(select.bind_list(ids.iter().copied()).push(" LIMIT 1")).await?.is_some())
    }

    async fn apply(&self, tx: &mut Tx, of: &str, id: Uuid, action: &BulkAction) -> Result<Option<Image>> {
        let record = R::locked(tx, of, id).await?;
        match action {
            BulkAction::Set { fields } => Self::set(tx, record, fields).await,
            BulkAction::Assign { owner_id } => Self::assign(tx, record, *owner_id).await,
            BulkAction::Tag { add, remove } => Self::tag(tx, record, add, remove).await,
            BulkAction::Move { stage_id } => {
                let held = record.held();
                let Ok(from) = serde_json::from_value::<StageId>(image::held(&held, "stage_id").clone()) else {
                    return Err(no_stages());
                };
                if record.deleted_at().is_none() && from == *stage_id {
                    return Ok(None);
                }
                record.move_to(tx, *stage_id).await?;
                Ok(Some(Image::Stage { from, to: *stage_id }))
            }
            BulkAction::Delete if record.deleted_at().is_some() => Ok(None),
            BulkAction::Delete => {
                let at = record.delete(tx).await?.deleted_at();
                Ok(at.map(|at| Image::Deleted { at }))
            }
            BulkAction::Restore if record.deleted_at().is_none() => Ok(None),
            BulkAction::Restore => Ok(Some(Image::Restored { version: record.restore(tx).await?.version() })),
        }
    }

    async fn put_back(&self, tx: &mut Tx, of: &str, id: Uuid, image: &Image) -> Result<PutBack> {
        let record = R::locked(tx, of, id).await?;
        match image {
            Image::Deleted { at } if record.deleted_at() == Some(*at) => {
                record.restore(tx).await.map(|_| PutBack::Whole)
            }
            _ if record.deleted_at().is_some() => Ok(PutBack::Partly),
            Image::Deleted { .. } => Ok(PutBack::Partly),
            Image::Restored { version } if record.version() == *version => {
                record.delete(tx).await.map(|_| PutBack::Whole)
            }
            Image::Restored { .. } => Ok(PutBack::Partly),
            Image::Fields(images) => fields_back(tx, record, images).await,
            Image::Tags { added, removed } => Self::tags_back(tx, record, added, removed).await,
            Image::Stage { from, to } => Self::stage_back(tx, record, *from, *to).await,
        }
    }

    async fn names(&self, tx: &mut Tx, of: &str, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
        let select = R::visible(tx, of)?.push(" AND ").push(R::ID).push(" IN ").bind_list(ids.iter().copied());
        let records: Vec<R> = tx.all(select).await?;
        Ok(records.iter().map(|record| (record.id(), record.called())).collect())
    }
}
