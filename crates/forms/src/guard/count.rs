//! Counting what comes: an address within an hour, a form, the workspace, a text, a page that was shown; and by the day what
//! a form brought.
//!
//! Invariants: an address of the network is written down only as a digest whose key is another one every day, and the row
//! goes at the first sweep after its two hours; a text only as a keyed digest. Rows are touched in one order, so that two
//! senders cannot wait for each other.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use edge::limit::household;
use kernel::{Result, id::Id};
use store::{Sql, Tx, sql};

use super::stamp::keyed;
use crate::form::FormId;

/// How often each has been seen, this time included; 0 where there is nothing to be seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub address: i64,
    pub form: i64,
    pub page: i64,
    pub tenant: i64,
    pub text: i64,
}

/// What is to be counted.
pub(crate) struct Sighting<'a> {
    pub form: FormId,
    pub ip: Option<IpAddr>,
    /// The number of the page that was shown.
    pub once: Option<&'a str>,
    /// What was written, folded; None where it is too short to tell anybody from somebody else.
    pub text: Option<String>,
}

/// Counts it, for this transaction and those after it.
pub(crate) async fn count(tx: &mut Tx, key: &[u8; 32], seen: &Sighting<'_>) -> Result<Counts> {
    let now = tx.now();
    let form = seen.form.uuid().simple().to_string();
    let (day, hour) = (now.format("%Y-%m-%d").to_string(), now.format("%Y-%m-%dT%H").to_string());
    let address = seen.ip.map(|ip| keyed(key, &["address", &day, &hour, &household(ip).to_string()]));
    let page = seen.once.map(|once| keyed(key, &["page", &form, once]));
    let text = seen.text.as_deref().map(|text| keyed(key, &["text", text]));
    let rows: Vec<(&'static str, String, DateTime<Utc>)> = [
        ("address", address, TimeDelta::hours(2)),
        ("form", Some(format!("{form} {hour}")), TimeDelta::hours(2)),
        ("page", page, TimeDelta::hours(48)),
        ("tenant", Some(hour), TimeDelta::hours(2)),
        ("text", text, TimeDelta::days(30)),
    ]
    .into_iter()
    .filter_map(|(kind, key, lives)| Some((kind, key?, now + lives)))
    .collect();
    let mut counts = Counts::default();
    for (kind, times) in raise(tx, rows).await? {
        match kind.as_str() {
            "address" => counts.address = times,
            "form" => counts.form = times,
            "page" => counts.page = times,
            "tenant" => counts.tenant = times,
            _ => counts.text = times,
        }
    }
    Ok(counts)
}

async fn raise(tx: &mut Tx, rows: Vec<(&'static str, String, DateTime<Utc>)>) -> Result<Vec<(String, i64)>> {
    let tenant = tx.tenant_id();
    let mut insert = Sql::new("INSERT INTO web_form_trace (tenant_id, kind, key, seen, until) VALUES ");
    for (at, (kind, key, until)) in rows.into_iter().enumerate() {
        insert = insert.push(if at == 0 { "(" } else { ", (" }).bind(tenant).push(", ").bind(kind).push(", ").bind(key);
        insert = insert.push(", 1, ").bind(until).push(")");
    }
    let insert = insert.push(
        " ON CONFLICT (tenant_id, kind, key) DO UPDATE SET seen = web_form_trace.seen + 1, until = excluded.until \
         RETURNING kind, seen",
    );
    Ok(tx.all(insert).await?)
}

/// What is written on the day's tally of a form.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    pub sent: i64,
    pub held: i64,
    pub bytes: i64,
}

/// Adds to today's tally; answers what stands there now.
pub(crate) async fn tally(tx: &mut Tx, form: FormId, more: Tally) -> Result<Tally> {
    let now = tx.now();
    tally_of(tx, form, now, more).await
}

/// The same on the day of `at`: what goes is taken off the day on which it came, so that nobody may send more today.
pub(crate) async fn tally_of(tx: &mut Tx, form: FormId, at: DateTime<Utc>, more: Tally) -> Result<Tally> {
    let day = at.format("%Y-%m-%d").to_string();
    let (sent, held, bytes): (i64, i64, i64) = tx
        .one(sql!(
            "INSERT INTO web_form_tally (tenant_id, form_id, day, sent, held, bytes) VALUES ({}, {}, {}, {}, {}, {}) \
             ON CONFLICT (tenant_id, form_id, day) DO UPDATE SET sent = web_form_tally.sent + excluded.sent, \
             held = web_form_tally.held + excluded.held, bytes = web_form_tally.bytes + excluded.bytes \
             RETURNING sent, held, bytes",
            tx.tenant_id(),
            form,
            day,
            more.sent,
            more.held,
            more.bytes
        ))
        .await?;
    Ok(Tally { sent, held, bytes })
}
