//! Listing activities, and which of them a caller may see.

use chrono::{Datelike, NaiveDate, TimeDelta};
use kernel::{Error, MemberId, Page, PageRequest, Permission, Result};
use serde::Deserialize;
use store::{Sort, SortKind, Sql, Tx, sql};

use super::{Activity, ActivityKind, ReadActivities, link};
use crate::{day, notification::setting, subject::may_read};

const SORTS: &[Sort] = &[
    Sort::descending("created_at", "created_at", SortKind::Time),
    // When it is or is due, the earliest first.
    Sort::ascending("due", "stands_at", SortKind::Time),
];

kernel::states! {
    /// Still to come, or behind us.
    pub enum ActivityState { Open = "open", Done = "done" }
}

/// Which activities.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ActivityFilter {
    pub kind: Option<ActivityKind>,
    /// The record they are about or the person who takes part.
    #[param(example = "com_019abc0123457def8123456789abcdef")]
    pub subject: Option<String>,
    pub assignee_id: Option<MemberId>,
    /// `open`: tasks not finished, calls and meetings still to come. `done`: the others.
    #[param(inline)]
    pub state: Option<ActivityState>,
    /// The first day they are or are due on, by the reader's clock.
    #[param(example = "2026-03-01")]
    pub from: Option<NaiveDate>,
    /// The last day.
    #[param(example = "2026-03-31")]
    pub to: Option<NaiveDate>,
    /// `true` lists what was deleted, and nothing else.
    pub deleted: Option<bool>,
}

/// ` AND` the caller may read every record it is about, or it is theirs.
pub(crate) fn visible(tx: &Tx, select: Sql) -> Sql {
    let caller = tx.caller();
    if !caller.holds(ReadActivities::NAME) {
        return select.push(" AND 1 = 0");
    }
    let hidden: Vec<String> =
        link::nouns().filter(|noun| !may_read(caller, &format!("{noun}_"))).map(str::to_owned).collect();
    if hidden.is_empty() {
        return select;
    }
    let me = caller.member_id();
    select
        .push(
            " AND (NOT EXISTS (SELECT 1 FROM activity_link AS hidden WHERE hidden.tenant_id = activity.tenant_id \
             AND hidden.activity_id = activity.id AND hidden.role = 'about' AND hidden.noun IN ",
        )
        .bind_list(hidden)
        .push(")")
        .append(sql!(" OR activity.assignee_id = {} OR activity.author_id = {})", me, me))
}

pub async fn list(tx: &mut Tx, filter: ActivityFilter, page: &PageRequest) -> Result<Page<Activity>> {
    let select = select(tx, filter).await?;
    tx.page(select, SORTS, page).await
}

/// All that fit, in no order.
pub(crate) async fn select(tx: &mut Tx, filter: ActivityFilter) -> Result<Sql> {
    let mut select = tx
        .select::<Activity>()
        .push(if filter.deleted.unwrap_or(false) {
            " AND activity.deleted_at IS NOT NULL"
        } else {
            " AND activity.deleted_at IS NULL"
        })
        .and_if("activity.kind =", filter.kind)
        .and_if("activity.assignee_id =", filter.assignee_id);
    if let Some(subject) = &filter.subject {
        select = link::naming(select, subject);
    }
    let now = tx.now();
    select = match filter.state {
        Some(ActivityState::Open) => select.append(sql!(
            " AND activity.completed_at IS NULL AND (activity.kind = 'task' OR activity.stands_at >= {})",
            now
        )),
        Some(ActivityState::Done) => select.append(sql!(
            " AND (activity.completed_at IS NOT NULL OR (activity.kind <> 'task' AND activity.stands_at < {}))",
            now
        )),
        None => select,
    };
    let select = dated(tx, select, filter.from, filter.to).await?;
    Ok(visible(tx, select))
}

/// Those that are or are due from one day to another. A task of a whole day is on that day wherever one reads; its
/// `stands_at`, noon of UTC, is only where the list begins.
async fn dated(tx: &mut Tx, mut select: Sql, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<Sql> {
    if from.is_none() && to.is_none() {
        return Ok(select);
    }
    let (zone, a_day) = (setting::of_reader(tx).await?, TimeDelta::days(1));
    select = select
        .push(" AND (activity.due_on IS NOT NULL OR activity.due_at IS NOT NULL OR activity.starts_at IS NOT NULL)");
    if let Some(from) = from {
        let begins = day::begins(zone, written("from", from)?);
        select = select.append(sql!(
            " AND activity.stands_at >= {} AND (activity.due_on >= {} OR (activity.due_on IS NULL AND activity.stands_at >= {}))",
            begins - a_day,
            from,
            begins
        ));
    }
    if let Some(to) = to {
        let ends = day::begins(zone, written("to", to)?.succ_opt().unwrap_or(to));
        select = select.append(sql!(
            " AND activity.stands_at < {} AND (activity.due_on <= {} OR (activity.due_on IS NULL AND activity.stands_at < {}))",
            ends + a_day,
            to,
            ends
        ));
    }
    Ok(select)
}

/// A day that both databases can write.
fn written(field: &str, day: NaiveDate) -> Result<NaiveDate> {
    if (1..=9998).contains(&day.year()) {
        return Ok(day);
    }
    Err(Error::invalid(field, "date_invalid", "Write the day as 2027-03-01."))
}
