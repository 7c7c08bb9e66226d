//! Consents: by which channels a contact may be written to beyond business under way, what they said and when, and the
//! evidence. Mail about a customer's own quotes, invoices and contracts is business under way and asks nobody's leave;
//! whatever promotes asks [`may`] first.
//!
//! Invariants:
//! - The trail of what was said is only added to. What holds is what was written down last; a consent that is older than
//!   a refusal is not written down behind it.
//! - Nothing was said is no consent.
//! - Of two contacts that are merged, a refusal of either is a refusal of both, and undoing the merge gives each back what
//!   it had. What was refused while they were one stays refused by both.

pub(crate) mod routes;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use kernel::{Change, Error, Event, MemberId, Result};
use serde::Deserialize;
use store::{Tx, sql};
use utoipa::ToSchema;

use super::{Contact, ContactId};
use crate::field;

kernel::id!(/// An entry of what a contact said.
    pub ConsentId, "cns");

kernel::states! {
    /// By which somebody is reached.
    pub enum ConsentChannel { Email = "email", Phone = "phone", Sms = "sms", Whatsapp = "whatsapp", Post = "post" }
}

kernel::states! {
    /// What was said, from the least strict on.
    pub enum ConsentState {
        Granted = "granted",
        /// Asked, and refused.
        Denied = "denied",
        /// Granted once, and taken back.
        Withdrawn = "withdrawn",
    }
}

store::record! {
    /// An entry as stored.
    pub struct ContactConsent in contact_consent {
        id: ConsentId,
        contact_id: ContactId,
        channel: ConsentChannel,
        state: ConsentState,
        source: String,
        /// The words that were agreed to.
        wording: Option<String>,
        /// Where it can be seen: a page, a letter, a recording.
        evidence: Option<String>,
        recorded_by: Option<MemberId>,
        said_at: DateTime<Utc>,
        created_at: DateTime<Utc>,
    }
}

impl ContactConsent {
    fn is_refusal(&self) -> bool {
        self.state != ConsentState::Granted
    }
}

/// What a contact said.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewConsent {
    pub channel: ConsentChannel,
    pub state: ConsentState,
    /// The words that were agreed to, as they were shown or spoken.
    #[serde(default)]
    #[schema(example = "Yes, send me the monthly offers.")]
    pub wording: Option<String>,
    /// Where it can be seen or heard.
    #[serde(default)]
    #[schema(example = "Letter of 3 May, in the folder")]
    pub evidence: Option<String>,
    /// When it was said; now unless given.
    #[serde(default)]
    pub said_at: Option<DateTime<Utc>>,
}

/// What holds for each channel of which something was said.
pub type Consents = BTreeMap<ConsentChannel, ContactConsent>;

/// Everything a contact said, the last first.
pub async fn history(tx: &mut Tx, contact: ContactId) -> Result<Vec<ContactConsent>> {
    let select = tx.select::<ContactConsent>().and("contact_consent.contact_id =", contact);
    Ok(tx.all(select.push(" ORDER BY contact_consent.created_at DESC, contact_consent.id DESC")).await?)
}

/// What holds: of each channel the entry that was written down last.
pub fn current(history: &[ContactConsent]) -> Consents {
    let mut current = Consents::new();
    for entry in history {
        current.entry(entry.channel).or_insert_with(|| entry.clone());
    }
    current
}

/// May this contact be written to by this channel for more than business under way? Only who said so.
pub async fn may(tx: &mut Tx, contact: ContactId, channel: ConsentChannel) -> Result<bool> {
    let history = history(tx, contact).await?;
    Ok(current(&history).get(&channel).is_some_and(|entry| entry.state == ConsentState::Granted))
}

/// Writes down what a contact said; `source` says how it came here.
pub async fn record(tx: &mut Tx, contact: &Contact, input: NewConsent, source: &str) -> Result<ContactConsent> {
    if contact.deleted_at.is_some() {
        return Err(Error::conflict("contact_deleted", "This contact has been deleted. Bring it back first."));
    }
    let now = tx.now();
    let said_at = input.said_at.unwrap_or(now);
    if said_at > now + TimeDelta::minutes(5) {
        return Err(Error::invalid("said_at", "date_in_future", "Something was said in the past."));
    }
    if said_at.year() < 1900 {
        return Err(Error::invalid("said_at", "date_invalid", "Give a day since 1900."));
    }
    let held = current(&history(tx, contact.id).await?).remove(&input.channel);
    if input.state == ConsentState::Granted && held.is_some_and(|held| held.is_refusal() && held.said_at > said_at) {
        let sentence = "This contact has refused since. A consent from before that no longer counts.";
        return Err(Error::invalid("said_at", "refused_since", sentence));
    }
    let entry = ContactConsent {
        id: ConsentId::new(),
        contact_id: contact.id,
        channel: input.channel,
        state: input.state,
        source: source.to_owned(),
        wording: field::text("wording", input.wording.as_deref(), 5_000)?,
        evidence: field::text("evidence", input.evidence.as_deref(), 500)?,
        recorded_by: tx.caller().member_id(),
        said_at,
        created_at: now,
    };
    add(tx, &entry).await?;
    Ok(entry)
}

async fn add(tx: &mut Tx, entry: &ContactConsent) -> Result<()> {
    tx.insert(entry).await?;
    tx.audit(Change::new("contact.consent", entry.contact_id).after(entry)).await?;
    let data = serde_json::json!({ "channel": entry.channel, "state": entry.state });
    tx.emit(Event::new("contact.consent_recorded", entry.contact_id).data(data)).await?;
    Ok(())
}

/// The stricter of two: a refusal before a consent, and either before nothing.
fn stricter<'a>(one: Option<&'a ContactConsent>, other: Option<&'a ContactConsent>) -> Option<&'a ContactConsent> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if other.state > one.state { other } else { one }),
        (one, other) => one.or(other),
    }
}

/// What holds for the survivor of a merge, said again where the entries that come to it would say something else. Both are
/// as they were before the merge; the entries have been moved.
pub(crate) async fn joined(tx: &mut Tx, survivor: ContactId, merge: &str, before: [Consents; 2]) -> Result<()> {
    let now = current(&history(tx, survivor).await?);
    for channel in ConsentChannel::ALL {
        let strict = stricter(before[0].get(channel), before[1].get(channel));
        let Some(strict) = strict.filter(|strict| now.get(channel).is_none_or(|now| now.state != strict.state)) else {
            continue;
        };
        again(tx, survivor, merge, strict).await?;
    }
    Ok(())
}

/// Says an entry again for a contact, with the merge as what it comes from.
async fn again(tx: &mut Tx, contact: ContactId, merge: &str, said: &ContactConsent) -> Result<()> {
    let entry = ContactConsent {
        id: ConsentId::new(),
        contact_id: contact,
        source: merge.to_owned(),
        recorded_by: None,
        created_at: tx.now(),
        ..said.clone()
    };
    add(tx, &entry).await
}

/// Takes back what a merge of that moment said again, once each has its own entries. Whoever refused while the two were
/// one may have been either: both are held to it.
pub(crate) async fn parted(
    tx: &mut Tx,
    merge: &str,
    merged_at: DateTime<Utc>,
    survivor: ContactId,
    loser: ContactId,
) -> Result<()> {
    let tenant = tx.tenant_id();
    tx.execute(sql!(
        "DELETE FROM contact_consent WHERE tenant_id = {} AND contact_id = {} AND source = {}",
        tenant,
        survivor,
        merge.to_owned()
    ))
    .await?;
    let of_loser = current(&history(tx, loser).await?);
    for (channel, said) in current(&history(tx, survivor).await?) {
        let was_refused = of_loser.get(&channel).is_some_and(ContactConsent::is_refusal);
        if said.created_at > merged_at && said.is_refusal() && !was_refused {
            again(tx, loser, merge, &said).await?;
        }
    }
    Ok(())
}
