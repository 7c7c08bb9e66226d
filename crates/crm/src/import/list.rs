//! The imports that the caller may know of.

use std::collections::HashMap;

use axum::{Extension, extract::State};
use edge::{Json, May, Query};
use kernel::{Page, PageRequest};
use serde::Deserialize;
use store::{Sort, SortKind, Store};
use utoipa::IntoParams;

use super::{
    Import, ImportState,
    noun::Imports,
    target::Own,
    trial,
    view::{ImportView, view},
};
use crate::contact::ImportContacts;

const SORTS: &[Sort] = &[Sort::descending("created_at", "created_at", SortKind::Time)];

/// Which imports.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ImportFilter {
    /// Only imports in this state.
    state: Option<ImportState>,
    /// Only imports of this noun.
    noun: Option<String>,
}

#[utoipa::path(get, path = "/api/v1/imports", operation_id = "import_list", tag = "imports", params(PageRequest, ImportFilter),
    responses((status = 200, description = "Imports, newest first", body = Page<ImportView>)))]
pub async fn import_list(
    May(can): May<ImportContacts>,
    State(store): State<Store>,
    Extension(nouns): Extension<Imports>,
    Query(page): Query<PageRequest>,
    Query(filter): Query<ImportFilter>,
) -> edge::Result<Json<Page<ImportView>>> {
    let mut tx = store.read(&can).await?;
    let select = tx.select::<Import>().and_if("import.state =", filter.state).and_if("import.noun =", filter.noun);
    let select = nouns.only(can.caller(), select);
    let imports = tx.page::<Import>(select, SORTS, &page).await?;
    let mut own: HashMap<String, Own> = HashMap::new();
    for import in &imports.items {
        if !own.contains_key(&import.noun) {
            own.insert(import.noun.clone(), Own::read(&mut tx, &nouns, &import.noun).await?);
        }
    }
    let mut trials = trial::of_all(&mut tx, &imports.items).await?;
    let mut trial = |import: &Import| {
        let at = trials.iter().position(|trial| trial.import_id == import.id)?;
        Some(trials.swap_remove(at))
    };
    let shown = imports.map(|import| {
        let (trial, own) = (trial(&import), &own[&import.noun]);
        view(import, own, trial, can.caller())
    });
    Ok(Json(shown))
}
