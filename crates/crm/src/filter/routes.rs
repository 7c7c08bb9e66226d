//! What lists can be filtered by, on the wire: for programs, and for the screen that builds a filter.

use axum::extract::State;
use edge::{App, Json, May, Query};
use kernel::{Error, Page};
use serde::{Deserialize, Serialize};
use store::Store;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    catalogue::{FilterKind, FilterOp, Noun},
    read,
};
use crate::{
    field::custom::{self, CustomChoice},
    group::{self, AggregateOp},
    object,
    search::UseSearch,
};

/// The conditions a list takes.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FilterQuery {
    /// A tree of conditions as JSON: see docs/views.md and `GET /api/v1/filter-fields`.
    #[param(example = "{\"field\":\"owner_id\",\"op\":\"is\",\"value\":\"me\"}")]
    pub filter: Option<String>,
}

/// Of which noun.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FilterFieldsQuery {
    pub noun: Noun,
}

/// A field that may be asked about.
#[derive(Debug, Serialize, ToSchema)]
pub struct FilterField {
    /// Its name in a filter: a built-in field's own, or `custom.` and the key.
    #[schema(example = "owner_id")]
    pub name: String,
    /// What people call it; null for built-in fields, which the reader's language names.
    pub label: Option<String>,
    pub kind: FilterKind,
    pub ops: Vec<FilterOp>,
    /// The words that a built-in field may be.
    pub words: Vec<String>,
    /// The choices of a custom field.
    pub choices: Vec<CustomChoice>,
    /// What a relation points at: `company`, `contact`, `deal`, `lead`, the id of a custom object, or for built-in fields
    /// `stage` and `pipeline` too.
    #[schema(example = "company")]
    pub target: Option<String>,
    /// A list can be grouped by it.
    pub groups: bool,
    /// What a list makes of its values.
    pub aggregates: Vec<AggregateOp>,
}

#[utoipa::path(get, path = "/api/v1/filter-fields", operation_id = "filter_field_list", tag = "views", params(FilterFieldsQuery),
    responses((status = 200, description = "The fields, built-in ones first", body = Page<FilterField>)))]
async fn filter_field_list(
    May(can): May<UseSearch>,
    State(store): State<Store>,
    Query(wanted): Query<FilterFieldsQuery>,
) -> edge::Result<Json<Page<FilterField>>> {
    if !can.caller().holds(wanted.noun.permission()) {
        return Err(Error::Forbidden { permission: wanted.noun.permission() }.into());
    }
    let mut tx = store.read(&can).await?;
    if let Noun::Own(id) = wanted.noun {
        object::one(&mut tx, id).await?;
    }
    let shown = |column: &&super::catalogue::Column| !tx.hides(column.table(), column.column());
    let mut items: Vec<FilterField> = wanted.noun.columns().iter().filter(shown).map(built_in).collect();
    if let Some(object) = wanted.noun.custom() {
        items.extend(custom::live(&mut tx, object).await?.into_iter().map(own));
    }
    // What would be refused is not offered.
    if !can.caller().sees_amounts() {
        items.retain(|field| field.kind != FilterKind::Money);
    }
    Ok(Json(Page { items, next_cursor: None }))
}

fn built_in(column: &super::catalogue::Column) -> FilterField {
    let target = match column.of.first() {
        Some(&"com") => Some("company"),
        Some(&"con") => Some("contact"),
        Some(&"stg") => Some("stage"),
        Some(&"pip") => Some("pipeline"),
        _ => None,
    };
    let words = if column.kind == FilterKind::Choice { column.of } else { &[] };
    FilterField {
        name: column.name.to_owned(),
        label: None,
        kind: column.kind,
        ops: column.kind.ops().to_vec(),
        words: words.iter().map(|word| (*word).to_owned()).collect(),
        choices: Vec::new(),
        target: target.map(str::to_owned),
        groups: group::read::groups(column),
        aggregates: group::read::aggregates(column.kind).to_vec(),
    }
}

fn own(field: custom::CustomField) -> FilterField {
    let kind = read::kind_of(&field);
    FilterField {
        name: field.path(),
        label: Some(field.label),
        kind,
        ops: kind.ops().to_vec(),
        words: Vec::new(),
        groups: group::read::groups_own(field.kind),
        aggregates: group::read::aggregates(kind).to_vec(),
        choices: field.choices.0,
        target: field.target.map(|target| target.to_string()),
    }
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(filter_field_list))
}
