//! Pairs and searches as the API shows them.

use chrono::{DateTime, Utc};
use kernel::{MemberId, Page, PageRequest, Result, id::Id};
use serde::{Deserialize, Serialize};
use store::{Sort, SortKind, Sql, Tx};
use utoipa::ToSchema;

use super::{
    DuplicatePair, DuplicatePairId, DuplicateSweep, Noun, PairState, SweepState,
    rule::{Reason, Rule},
    rule_of,
};
use crate::{
    company::{Company, CompanyId, view::CompanyView},
    contact::{Contact, ContactId, view::ContactView},
    name::{self, Ref},
};

const SORTS: &[Sort] = &[Sort::descending("score", "score", SortKind::Int)];

/// Which pairs.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PairFilter {
    /// `contact` or `company`.
    #[param(example = "contact")]
    pub noun: Noun,
    /// `open` unless given.
    pub state: Option<PairState>,
}

/// Two records that are likely the same.
#[derive(Debug, Serialize, ToSchema)]
pub struct PairView {
    pub id: DuplicatePairId,
    pub version: i64,
    pub noun: Noun,
    pub state: PairState,
    /// How likely, in percent.
    #[schema(example = 96)]
    pub score: i64,
    pub reasons: Vec<Reason>,
    /// Both, when they are contacts.
    pub contacts: Vec<ContactView>,
    /// Both, when they are companies.
    pub companies: Vec<CompanyView>,
    /// Who said that they are not the same.
    pub settled_by: Option<Ref<MemberId>>,
    pub settled_at: Option<DateTime<Utc>>,
    /// `merge`, `dismiss` and `reopen`, where this caller may do it now.
    pub actions: Vec<&'static str>,
}

/// A search for duplicates.
#[derive(Debug, Serialize, ToSchema)]
pub struct SweepView {
    pub noun: Noun,
    /// None: there has been no search yet.
    pub state: Option<SweepState>,
    /// Percent.
    pub progress: i64,
    /// How many records were looked at.
    pub records: i64,
    /// How many pairs were open after it.
    pub pairs: i64,
    pub started_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
    /// `start`, where this caller may.
    pub actions: Vec<&'static str>,
}

/// The rule by which duplicates of a noun are found.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleView {
    pub noun: Noun,
    pub rule: Rule,
    /// Is it the tenant's own, or the one we suggest?
    pub own: bool,
}

/// ` AND` both are there, as far as the caller sees.
fn both(noun: Noun) -> &'static str {
    match noun {
        Noun::Contact => {
            " AND (SELECT count(*) FROM contact WHERE contact.tenant_id = duplicate_pair.tenant_id \
             AND contact.id IN (duplicate_pair.first_id, duplicate_pair.second_id) AND contact.deleted_at IS NULL) = 2"
        }
        Noun::Company => {
            " AND (SELECT count(*) FROM company WHERE company.tenant_id = duplicate_pair.tenant_id \
             AND company.id IN (duplicate_pair.first_id, duplicate_pair.second_id) AND company.deleted_at IS NULL) = 2"
        }
    }
}

/// A page of pairs whose two are both there, the likeliest first.
pub async fn list(tx: &mut Tx, filter: &PairFilter, page: &PageRequest) -> Result<Page<PairView>> {
    filter.noun.must_read(tx.caller())?;
    let select = tx
        .select::<DuplicatePair>()
        .and("duplicate_pair.noun =", filter.noun)
        .and("duplicate_pair.state =", filter.state.unwrap_or(PairState::Open))
        .push(both(filter.noun));
    let found: Page<DuplicatePair> = tx.page(select, SORTS, page).await?;
    Ok(Page { items: views(tx, found.items).await?, next_cursor: found.next_cursor })
}

/// The pairs with both their records.
pub async fn views(tx: &mut Tx, pairs: Vec<DuplicatePair>) -> Result<Vec<PairView>> {
    let settlers = name::members(tx, pairs.iter().map(|pair| pair.settled_by)).await?;
    let mut views = Vec::with_capacity(pairs.len());
    for pair in pairs {
        let reasons = shown(tx, pair.noun, &pair.reasons.0);
        // That two are alike in what the caller is not shown would tell of it.
        if reasons.is_empty() && !pair.reasons.0.is_empty() {
            continue;
        }
        let ids = [pair.first_id, pair.second_id];
        let (mut contacts, mut companies) = (Vec::new(), Vec::new());
        match pair.noun {
            Noun::Contact => {
                for id in ids {
                    contacts.extend(tx.find::<Contact>(ContactId::from_uuid(id)).await?);
                }
            }
            Noun::Company => {
                for id in ids {
                    companies.extend(tx.find::<Company>(CompanyId::from_uuid(id)).await?);
                }
            }
        }
        views.push(PairView {
            id: pair.id,
            version: pair.version,
            noun: pair.noun,
            state: pair.state,
            score: pair.score,
            reasons,
            contacts: crate::contact::view::views(tx, contacts).await?,
            companies: crate::company::view::views(tx, companies).await?,
            settled_by: settlers.maybe(pair.settled_by),
            settled_at: pair.settled_at,
            actions: match (pair.noun.may_merge(tx.caller()), pair.state) {
                (false, _) => Vec::new(),
                (true, PairState::Open) => vec!["merge", "dismiss"],
                (true, PairState::Distinct) => vec!["reopen"],
            },
        });
    }
    Ok(views)
}

/// The reasons that tell nothing of what the caller is not shown.
fn shown(tx: &Tx, noun: Noun, reasons: &[Reason]) -> Vec<Reason> {
    let is_shown = |reason: &&Reason| !tx.hides(noun.name(), reason.field.column());
    reasons.iter().filter(is_shown).cloned().collect()
}

/// The search as the caller may know of it: who sees a part of the records is told how many of those there are.
pub async fn seen_sweep(tx: &mut Tx, noun: Noun, sweep: Option<DuplicateSweep>) -> Result<SweepView> {
    let mut view = sweep_view(tx, noun, sweep);
    if tx.caller().reach.narrows_records() && view.state.is_some() {
        let table = if noun == Noun::Contact { "contact" } else { "company" };
        let records = Sql::new("SELECT count(*) FROM ").push(table).push(" WHERE deleted_at IS NULL AND tenant_id = ");
        view.records = tx.count(records.bind(tx.tenant_id())).await?;
        let pairs = Sql::new("SELECT count(*) FROM duplicate_pair WHERE tenant_id = ").bind(tx.tenant_id());
        let pairs = pairs.and("noun =", noun).and("state =", PairState::Open).push(both(noun));
        view.pairs = tx.count(pairs).await?;
    }
    Ok(view)
}

fn sweep_view(tx: &Tx, noun: Noun, sweep: Option<DuplicateSweep>) -> SweepView {
    let idle = sweep.as_ref().is_none_or(|sweep| sweep.state == SweepState::Done);
    let actions = if idle && noun.may_merge(tx.caller()) { vec!["start"] } else { Vec::new() };
    SweepView {
        noun,
        state: sweep.as_ref().map(|sweep| sweep.state),
        progress: sweep.as_ref().map_or(0, |sweep| sweep.progress),
        records: sweep.as_ref().map_or(0, |sweep| sweep.records),
        pairs: sweep.as_ref().map_or(0, |sweep| sweep.pairs),
        started_at: sweep.as_ref().and_then(|sweep| sweep.started_at),
        finished_at: sweep.as_ref().and_then(|sweep| sweep.finished_at),
        actions,
    }
}

pub async fn rule_view(tx: &mut Tx, noun: Noun) -> Result<RuleView> {
    let (rule, own) = rule_of(tx, noun).await?;
    Ok(RuleView { noun, rule, own })
}
