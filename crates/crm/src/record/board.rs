//! The board of a custom object: its records by one of its fields of a single choice, a column for each choice and one for
//! records without any, newest first. What a column does not show is read on from the list.

use kernel::{Error, MemberId, PageRequest, Result};
use serde::{Deserialize, Serialize};
use store::Tx;
use utoipa::ToSchema;

use super::{
    list::{CustomRecordFilter, list},
    view::{CustomRecordView, views},
};
use crate::{
    field::custom::{self, CustomKind, CustomObject},
    object::ObjectId,
};

/// Records shown in a column.
const SHOWN: u32 = 50;
/// Columns of a board: more is no board any more.
const MOST: usize = 30;

/// Which board.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CustomBoardFilter {
    /// The key of a field of the kind `choice`; the first such field unless given.
    #[param(example = "state")]
    pub field: Option<String>,
    pub owner_id: Option<MemberId>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CustomBoard {
    /// Records without a choice first, then the choices in their order; an archived one only while records have it.
    pub columns: Vec<CustomBoardColumn>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CustomBoardColumn {
    /// The choice; null for records that have none.
    #[schema(example = "c001")]
    pub choice: Option<String>,
    #[schema(example = "In the workshop")]
    pub label: Option<String>,
    /// No longer offered: nothing can be put here.
    pub archived: bool,
    /// The first 50.
    pub items: Vec<CustomRecordView>,
    /// There are more: the list narrowed by `custom.<field>` continues here.
    pub next_cursor: Option<String>,
}

pub async fn board(tx: &mut Tx, object: ObjectId, filter: CustomBoardFilter) -> Result<CustomBoard> {
    let fields = custom::live(tx, CustomObject::Own(object)).await?;
    let wanted = |key: &str| filter.field.as_deref().is_none_or(|wanted| wanted == key);
    let field = fields.into_iter().find(|field| field.kind == CustomKind::Choice && wanted(&field.key));
    let field = field.ok_or_else(|| {
        Error::invalid("field", "unknown_field", "Name a field of this object from which one choice is made.")
    })?;
    let offered = field.choices.0.iter().filter(|choice| !choice.archived).count();
    if offered > MOST {
        return Err(Error::invalid("field", "too_many", format!("A board has at most {MOST} columns.")));
    }
    let choices = field.choices.0.iter().take(200).map(Some);
    let narrow = CustomRecordFilter { owner_id: filter.owner_id, deleted: None };
    let mut columns = Vec::new();
    for choice in std::iter::once(None).chain(choices) {
        let asked = match choice {
            Some(choice) => (format!("custom.{}", field.key), choice.id.clone()),
            None => (format!("custom.{}.set", field.key), "false".to_owned()),
        };
        let request = PageRequest { limit: Some(SHOWN), ..PageRequest::default() };
        let page = list(tx, object, &narrow, &vec![asked], &request).await?;
        let archived = choice.is_some_and(|choice| choice.archived);
        if archived && page.items.is_empty() {
            continue;
        }
        columns.push(CustomBoardColumn {
            choice: choice.map(|choice| choice.id.clone()),
            label: choice.map(|choice| choice.label.clone()),
            archived,
            items: views(tx, page.items).await?,
            next_cursor: page.next_cursor,
        });
    }
    Ok(CustomBoard { columns })
}
