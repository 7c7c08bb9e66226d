//! Listing forms.

use kernel::{Page, PageRequest, Result};
use serde::Deserialize;
use store::{Sort, SortKind, Tx};

use super::{Form, FormState};

const SORTS: &[Sort] = &[Sort::descending("created_at", "created_at", SortKind::Time)];

/// Which forms.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FormFilter {
    pub state: Option<FormState>,
    /// `true` lists what was deleted, and nothing else.
    pub deleted: Option<bool>,
}

pub async fn list(tx: &mut Tx, filter: FormFilter, page: &PageRequest) -> Result<Page<Form>> {
    let select = tx
        .select::<Form>()
        .push(if filter.deleted.unwrap_or(false) {
            " AND web_form.deleted_at IS NOT NULL"
        } else {
            " AND web_form.deleted_at IS NULL"
        })
        .and_if("web_form.state =", filter.state);
    tx.page(select, SORTS, page).await
}
