//! Search over everything the caller may read.

#[cfg(test)]
mod tests;

use axum::extract::State;
use edge::{App, Json, May, Query};
use kernel::{Caller, Page, Permission, permissions};
use serde::{Deserialize, Serialize};
use store::{Store, search::Hit};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    company::ReadCompanies,
    contact::ReadContacts,
    deal::ReadDeals,
    record::{ReadCustomRecords, object_names},
};

permissions! {
    /// Search among the records one may read.
    pub UseSearch = "search.use": [Administrator, Sales, Billing, Marketing, Support, ReadOnly];
}

/// What can be found, with the permission to read it. Nouns of domains above are named as text: their documents are
/// found here, and nothing else is known of them.
const NOUNS: [(&str, &str); 7] = [
    ("company", ReadCompanies::NAME),
    ("contact", ReadContacts::NAME),
    ("deal", ReadDeals::NAME),
    ("record", ReadCustomRecords::NAME),
    ("lead", "lead.read"),
    ("quote", "quote.read"),
    ("invoice", "invoice.read"),
];

/// Those whose second line, and so whose index, has an amount in it.
const WITH_AMOUNTS: [&str; 3] = ["deal", "quote", "invoice"];

/// What to look for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SearchFilter {
    /// Beginnings of words; accents and capitals do not matter.
    #[param(example = "aurora")]
    pub q: String,
    /// How many, 1 to 50; 20 unless given.
    pub limit: Option<u32>,
}

/// A record that was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct SearchHit {
    #[schema(example = "com_019abc0123457def8123456789abcdef")]
    pub id: String,
    #[schema(example = "company")]
    pub noun: String,
    #[schema(example = "Talleres Aurora")]
    pub title: String,
    pub subtitle: Option<String>,
}

#[utoipa::path(get, path = "/api/v1/search", operation_id = "search", tag = "search", params(SearchFilter),
    responses((status = 200, description = "Records whose words begin with those looked for, last changed first", body = Page<SearchHit>)))]
async fn search(
    May(can): May<UseSearch>,
    State(store): State<Store>,
    Query(filter): Query<SearchFilter>,
) -> edge::Result<Json<Page<SearchHit>>> {
    let mut tx = store.read(&can).await?;
    let nouns = readable(can.caller());
    let hits = tx.search(&filter.q, &nouns, filter.limit.unwrap_or(20).clamp(1, 50)).await?;
    // What a record of the tenant's own is called may have changed since it was indexed.
    let mut own = object_names(&mut tx, hits.iter().filter_map(|hit| hit.record.parse().ok())).await?;
    let shown = can.caller().sees_amounts();
    let named = |mut hit: Hit| {
        if !shown && WITH_AMOUNTS.contains(&hit.noun.as_str()) {
            hit.subtitle.clear();
        }
        hit.subtitle = own.remove(&hit.record).unwrap_or(hit.subtitle);
        view(hit)
    };
    Ok(Json(Page { items: hits.into_iter().map(named).collect(), next_cursor: None }))
}

fn readable(caller: &Caller) -> Vec<&'static str> {
    NOUNS.into_iter().filter(|(_, permission)| caller.holds(permission)).map(|(noun, _)| noun).collect()
}

fn view(hit: Hit) -> SearchHit {
    SearchHit {
        id: hit.record,
        noun: hit.noun,
        title: hit.title,
        subtitle: Some(hit.subtitle).filter(|s| !s.is_empty()),
    }
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(search))
}
