//! Adding up what speaks for spam. What somebody is not asked about (a part that is switched off, a sender without a page)
//! counts for nothing.

use kernel::{Error, Result};
use store::Tx;

use super::{
    FormGuard, Seen, Sign, Verdict, Via,
    content::{self, Written},
    count::{Counts, Sighting, count},
    key, proof,
    stamp::{Age, age},
};
use crate::form::Form;

/// From one address within an hour nobody is taken any more.
const MOST_OF_AN_ADDRESS: i64 = 60;

/// Looks at what was sent; a form without a guard finds nothing.
pub(crate) async fn judge(tx: &mut Tx, form: &Form, seen: &Seen, written: &Written) -> Result<Verdict> {
    let guard = &form.guard.0;
    if !guard.on || seen.via == Via::Key {
        return Ok(Verdict::default());
    }
    let key = key(tx).await?;
    let sighting = Sighting {
        form: form.id,
        ip: seen.ip.filter(|_| guard.limits),
        once: seen.once.as_deref().filter(|_| guard.timing),
        text: content::fingerprint(written).filter(|_| guard.content),
    };
    let counts = count(tx, &key, &sighting).await?;
    if guard.limits && counts.address > MOST_OF_AN_ADDRESS {
        return Err(Error::Door {
            status: 429,
            code: "form_flooded",
            detail: "Too much has been sent from this address. Try again in an hour.".into(),
            retry_after_seconds: Some(3600),
        });
    }
    let age = seen
        .stamp
        .as_deref()
        .map(|stamp| age(&key, form.id, seen.once.as_deref().unwrap_or_default(), stamp, tx.now()));
    Ok(weigh(guard, seen, age, counts, written))
}

/// The points: of what is known, without looking anywhere else.
pub(crate) fn weigh(guard: &FormGuard, seen: &Seen, age: Option<Age>, counts: Counts, written: &Written) -> Verdict {
    let mut verdict = Verdict::default();
    if guard.trap && seen.trap {
        verdict.add(Sign::Trap, 20);
    }
    if guard.timing && seen.via == Via::Page {
        stamped(&mut verdict, seen, age, counts.page);
    }
    if guard.limits {
        crowded(&mut verdict, counts);
    }
    if guard.content {
        content::read(&mut verdict, written);
        repeated(&mut verdict, counts.text);
    }
    let done = guard.proof && seen.stamp.as_deref().zip(seen.proof.as_deref()).is_some_and(|(s, p)| proof::done(s, p));
    if done && verdict.points > 0 {
        verdict.add(Sign::ProofDone, -verdict.points.min(3));
    }
    verdict
}

/// Whether what was found is enough to hold it back.
pub(crate) fn held(guard: &FormGuard, verdict: &Verdict) -> bool {
    guard.on && verdict.points >= guard.threshold
}

fn stamped(verdict: &mut Verdict, seen: &Seen, age: Option<Age>, times: i64) {
    match age {
        // A form of one's own page has none, and its browser says where it stands.
        None if !seen.foreign => verdict.add(Sign::StampMissing, 4),
        Some(Age::Forged) => verdict.add(Sign::StampForged, 8),
        Some(Age::Fast) => verdict.add(Sign::StampFast, 5),
        Some(Age::Old) => verdict.add(Sign::StampOld, 2),
        Some(Age::Fine) | None => {}
    }
    if !seen.browser {
        verdict.add(Sign::NoBrowser, 3);
    }
    if age.is_some() && times > 1 {
        verdict.add(Sign::StampReused, if times > 3 { 8 } else { 3 });
    }
}

fn crowded(verdict: &mut Verdict, counts: Counts) {
    match counts.address {
        ..=5 => {}
        6..=20 => verdict.add(Sign::AddressBusy, 4),
        _ => verdict.add(Sign::AddressFlood, 10),
    }
    if counts.form > 120 {
        verdict.add(Sign::FormBusy, 3);
    }
    if counts.tenant > 500 {
        verdict.add(Sign::TenantBusy, 3);
    }
}

fn repeated(verdict: &mut Verdict, times: i64) {
    match times {
        ..=1 => {}
        2..=3 => verdict.add(Sign::TextRepeated, 4),
        _ => verdict.add(Sign::TextFlood, 8),
    }
}
