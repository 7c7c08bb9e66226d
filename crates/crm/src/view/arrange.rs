//! How a view stands: as a table, a board or a calendar, in groups, with figures.
//!
//! Invariant: what is kept can be shown; what cannot be shown any more, because its field has gone, is said by the view.

use kernel::{Error, Result};
use store::Tx;

use super::{SavedView, ViewLayout};
use crate::{
    field::custom::CustomKind,
    filter::{Reader, catalogue::FilterKind},
    group::{GroupQuery, MOST_AGGREGATES, read::Of, read::Wanted},
};

pub(super) async fn checked(tx: &mut Tx, view: &SavedView) -> Result<()> {
    let reader = Reader::new(tx, view.noun).await?;
    read(&reader, view)
}

/// Reads it with what there is now.
pub(super) fn read(reader: &Reader, view: &SavedView) -> Result<()> {
    // Blank ones are none to a group, and would be kept all the same.
    if view.aggregates.0.len() > MOST_AGGREGATES {
        let sentence = format!("Ask for at most {MOST_AGGREGATES} aggregates.");
        return Err(Error::invalid("aggregates", "too_many", sentence));
    }
    let query = GroupQuery {
        by: view.group_by.clone(),
        aggregate: Some(view.aggregates.0.join(",")).filter(|asked| !asked.is_empty()),
        q: None,
    };
    Wanted::read(reader, &query).map_err(as_kept)?;
    let field = view.layout_field.as_deref().map(|name| Of::find(reader, name, "layout_field")).transpose()?;
    let fits = match (view.layout, &field) {
        (ViewLayout::Table, None) => true,
        (ViewLayout::Board, Some(Of::Column(column))) => column.kind == FilterKind::Choice,
        (ViewLayout::Board, Some(Of::Own(field))) => field.kind == CustomKind::Choice,
        (ViewLayout::Calendar, Some(of)) => matches!(of.kind(), FilterKind::Date | FilterKind::Time),
        _ => false,
    };
    if fits {
        return Ok(());
    }
    let sentence = "A board stands by a field of one choice, a calendar by a field of days or moments.";
    Err(Error::invalid("layout_field", "layout_unfit", sentence))
}

/// The names that a view has for what groups call `by` and `aggregate`.
fn as_kept(error: Error) -> Error {
    let Error::Invalid { mut fields } = error else { return error };
    for field in &mut fields {
        field.field = match field.field.as_str() {
            "by" => "group_by".into(),
            "aggregate" => "aggregates".into(),
            other => other.into(),
        };
    }
    Error::Invalid { fields }
}
