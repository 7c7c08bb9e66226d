//! Who did what in a period: calls and meetings that took place in it, tasks that were finished and notes that were written
//! in it, by the person who did so. Only activities the caller may see.

use std::collections::BTreeMap;

use kernel::{MemberId, Result};
use store::{Sql, Tx, sql};

use super::{ReportColumn, ReportRow, ReportUnit, Wanted, column};
use crate::{activity::list::visible, name};

/// The columns: what is counted of whom.
const COUNTED: [&str; 4] = ["calls", "meetings", "tasks", "notes"];

pub(super) async fn count(tx: &mut Tx, wanted: &Wanted) -> Result<(Vec<ReportColumn>, Vec<ReportRow>)> {
    let (from, below) = wanted.span;
    let mut found: BTreeMap<MemberId, [i64; 4]> = BTreeMap::new();
    let parts: [(&'static str, &'static str, &'static str); 3] = [
        ("activity.author_id", "activity.kind = 'call' AND activity.starts_at", "call"),
        (
            "coalesce(activity.assignee_id, activity.author_id)",
            "activity.kind = 'meeting' AND activity.starts_at",
            "meeting",
        ),
        ("activity.completed_by", "activity.kind = 'task' AND activity.completed_at", "task"),
    ];
    for (at, (who, when, _)) in parts.into_iter().enumerate() {
        let select = Sql::new("SELECT ").push(who).push(", count(*) FROM activity WHERE activity.tenant_id = ");
        let select = select
            .bind(tx.tenant_id())
            .push(" AND activity.deleted_at IS NULL AND ")
            .push(when)
            .push(" >= ")
            .bind(from);
        let select = select.push(" AND ").push(when.split(" AND ").nth(1).unwrap_or(when)).push(" < ").bind(below);
        let select = visible(tx, select).push(" AND ").push(who).push(" IS NOT NULL GROUP BY ").push(who);
        for (member, count) in tx.all::<(MemberId, i64)>(select).await? {
            found.entry(member).or_default()[at] = count;
        }
    }
    let notes = sql!(
        "SELECT author_id, count(*) FROM note WHERE tenant_id = {} AND deleted_at IS NULL AND author_id IS NOT NULL \
         AND created_at >= {} AND created_at < {} GROUP BY author_id",
        tx.tenant_id(),
        from,
        below
    );
    for (member, count) in tx.all::<(MemberId, i64)>(notes).await? {
        found.entry(member).or_default()[3] = count;
    }
    found.retain(|member, _| wanted.owner.is_none_or(|owner| owner == *member));
    let names = name::members(tx, found.keys().map(|id| Some(*id))).await?;
    let row = |(member, counts): (&MemberId, &[i64; 4])| ReportRow {
        label: names.name(*member),
        id: Some(member.to_string()),
        special: None,
        values: counts.iter().map(|count| Some(count.to_string())).collect(),
    };
    let mut rows: Vec<ReportRow> = found.iter().map(row).collect();
    rows.sort_by(|one, other| one.label.cmp(&other.label));
    Ok((COUNTED.iter().map(|key| column(key, ReportUnit::Count)).collect(), rows))
}
