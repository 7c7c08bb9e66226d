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
}

pub async fn list(tx: &mut Tx, filter: FormFilter, page: &PageRequest) -> Result<Page<Form>> {
    let select = tx.select::<Form>().and_if("web_form.state =", filter.state);
    tx.page(select, SORTS, page).await
}
