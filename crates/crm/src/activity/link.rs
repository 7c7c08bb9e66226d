//! The records an activity is about and the people who take part in it.
//!
//! Records of domains above are named as text and asked for in their tables; nothing else is known of them.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Error, Result, Uuid, id, id::Id};
use store::{Sql, Tx, sql};

use super::{Activity, ActivityId};
use crate::{name::Ref, subject::may_read};

kernel::id!(/// A link of an activity; seen by nobody.
    pub ActivityLinkId, "acl");

kernel::states! {
    pub enum LinkRole { About = "about", With = "with" }
}

store::record! {
    pub struct ActivityLink in activity_link {
        id: ActivityLinkId,
        activity_id: ActivityId,
        role: LinkRole,
        noun: String,
        record: String,
    }
}

/// More than this is a mistake of who calls.
const MOST: usize = 20;

/// What an activity may name, by prefix: where its name stands, and whether it may be named as a topic or a participant.
const NAMED: [(&str, &str, bool, bool); 7] = [
    ("com", "SELECT id, name FROM company WHERE tenant_id = ", true, false),
    ("con", "SELECT id, display_name FROM contact WHERE tenant_id = ", true, true),
    ("dea", "SELECT id, name FROM deal WHERE tenant_id = ", true, false),
    ("rec", "SELECT id, name FROM custom_record WHERE tenant_id = ", true, false),
    ("quo", "SELECT id, coalesce(number, title) FROM quote WHERE tenant_id = ", true, false),
    ("inv", "SELECT id, coalesce(number, reference, '') FROM invoice WHERE tenant_id = ", true, false),
    (
        "mem",
        "SELECT member.id, account.name FROM member JOIN account ON account.id = member.account_id WHERE member.tenant_id = ",
        false,
        true,
    ),
];

/// The prefixes of records an activity may be about.
pub(crate) fn nouns() -> impl Iterator<Item = &'static str> {
    NAMED.iter().filter(|(_, _, about, _)| *about).map(|(noun, ..)| *noun)
}

fn readable(tx: &Tx, record: &str) -> bool {
    record.starts_with("mem_") || may_read(tx.caller(), record)
}

/// The names of records, by their ids, where the tenant has them and the caller may know of them.
pub(crate) async fn names(tx: &mut Tx, records: impl IntoIterator<Item = String>) -> Result<BTreeMap<String, String>> {
    let mut names = BTreeMap::new();
    let records: BTreeSet<String> = records.into_iter().filter(|record| readable(tx, record)).collect();
    for (noun, select, ..) in NAMED {
        let ids: Vec<Uuid> = records.iter().filter_map(|record| id::parse(noun, record).ok()).collect();
        if ids.is_empty() {
            continue;
        }
        let narrow = if noun == "mem" { " AND member.id IN " } else { " AND id IN " };
        let query = Sql::new(select).bind(tx.tenant_id()).push(narrow).bind_list(ids);
        for (id, name) in tx.all::<(Uuid, String)>(query).await? {
            names.insert(format!("{noun}_{}", id.simple()), name);
        }
    }
    Ok(names)
}

/// Refuses what the tenant does not have, the caller may not know of, or the field does not take.
pub(super) async fn checked(
    tx: &mut Tx,
    field: &'static str,
    role: LinkRole,
    input: Vec<String>,
) -> Result<Vec<String>> {
    if input.len() > MOST {
        return Err(Error::invalid(field, "too_many", "Name at most 20."));
    }
    let names = names(tx, input.iter().cloned()).await?;
    let takes = |record: &str| {
        let found = NAMED.iter().find(|(noun, ..)| record.split('_').next() == Some(*noun));
        found.is_some_and(|(_, _, about, with)| if role == LinkRole::About { *about } else { *with })
    };
    let mut kept: Vec<String> = Vec::new();
    for record in input {
        if !takes(&record) || !names.contains_key(&record) {
            let sentence = "One of these is not there. Choose records and people of this workspace.";
            return Err(Error::invalid(field, "record_unknown", sentence));
        }
        if !kept.contains(&record) {
            kept.push(record);
        }
    }
    Ok(kept)
}

/// Makes the links of this role what was asked for. Links to what the caller may not see stay.
pub(super) async fn write(tx: &mut Tx, activity: &Activity, role: LinkRole, records: Vec<String>) -> Result<()> {
    let standing: Vec<ActivityLink> =
        of(tx, &[activity.id.uuid()]).await?.into_iter().filter(|link| link.role == role).collect();
    // Who sees a part of the records could not have named the others.
    let narrowed = tx.caller().reach.narrows_records();
    let seen =
        if narrowed { names(tx, standing.iter().map(|link| link.record.clone())).await? } else { BTreeMap::new() };
    for link in &standing {
        let could_be_named = readable(tx, &link.record) && (!narrowed || seen.contains_key(&link.record));
        if !records.contains(&link.record) && could_be_named {
            tx.delete::<ActivityLink>(link.id).await?;
        }
    }
    for record in records {
        if standing.iter().any(|link| link.record == record) {
            continue;
        }
        let noun = record.split('_').next().unwrap_or_default().to_owned();
        let link = ActivityLink { id: ActivityLinkId::new(), activity_id: activity.id, role, noun, record };
        tx.insert(&link).await?;
    }
    Ok(())
}

/// The links of some activities, in the order they were made.
pub(super) async fn of(tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<ActivityLink>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let select = tx.select::<ActivityLink>().push(" AND activity_link.activity_id IN ").bind_list(ids.iter().copied());
    Ok(tx.all(select.push(" ORDER BY activity_link.id")).await?)
}

/// The links of one activity by role, with names; what the caller may not know of is left out, and each stands once.
pub(super) fn shown(
    links: &[ActivityLink],
    names: &BTreeMap<String, String>,
    activity: ActivityId,
    role: LinkRole,
) -> Vec<Ref<String>> {
    let mut shown: Vec<Ref<String>> = Vec::new();
    for link in links.iter().filter(|link| link.activity_id == activity && link.role == role) {
        if let Some(name) = names.get(&link.record).filter(|_| shown.iter().all(|known| known.id != link.record)) {
            shown.push(Ref { id: link.record.clone(), name: name.clone() });
        }
    }
    shown
}

/// ` AND` the activity is about the record, or they take part in it.
pub(super) fn naming(select: Sql, record: &str) -> Sql {
    let linked = sql!(
        " AND EXISTS (SELECT 1 FROM activity_link AS named WHERE named.tenant_id = activity.tenant_id \
         AND named.activity_id = activity.id AND named.record = {})",
        record.to_owned()
    );
    select.append(linked)
}
