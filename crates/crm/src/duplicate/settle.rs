//! Settling a pair: said not to be the same, and taken back.

use kernel::{Change, Error, Event, Result, Uuid, id::Id};
use store::{Tx, sql};

use super::{DuplicatePair, DuplicatePairId, Noun, PairState};
use crate::{
    company::{Company, CompanyId},
    contact::{Contact, ContactId},
};

/// The id of a record as it is shown.
pub(crate) fn shown(noun: Noun, id: Uuid) -> String {
    match noun {
        Noun::Contact => ContactId::from_uuid(id).to_string(),
        Noun::Company => CompanyId::from_uuid(id).to_string(),
    }
}

/// Remembers what was said of the pair. Saying it twice is harmless.
pub async fn settle(tx: &mut Tx, id: DuplicatePairId, state: PairState) -> Result<DuplicatePair> {
    // Both are asked for by a right of the caller's, which depends on what they are.
    let found: Option<DuplicatePair> = tx.find(id).await?;
    let Some(found) = found.filter(|pair| pair.noun.must_read(tx.caller()).is_ok()) else {
        return Err(Error::not_found("duplicate_pair"));
    };
    if tx.caller().reach.narrows_records() && !sees_both(tx, &found).await? {
        return Err(Error::not_found("duplicate_pair"));
    }
    found.noun.must_merge(tx.caller())?;
    let pair: DuplicatePair = tx.get_locked(id).await?;
    if pair.state == state {
        tx.leave_untraced("it was settled so already");
        return Ok(pair);
    }
    let settled = match state {
        PairState::Open => (None, None),
        PairState::Distinct => (tx.caller().member_id(), Some(tx.now())),
    };
    let after = DuplicatePair { state, settled_by: settled.0, settled_at: settled.1, ..pair.clone() };
    let after = tx.update(&after).await?;
    let action = if state == PairState::Distinct { "duplicate.dismiss" } else { "duplicate.reopen" };
    tx.audit(Change::new(action, id).before(&pair).after(&after)).await?;
    let kind = if state == PairState::Distinct { "duplicate.dismissed" } else { "duplicate.reopened" };
    tx.emit(Event::new(kind, id)).await?;
    Ok(after)
}

async fn sees_both(tx: &mut Tx, pair: &DuplicatePair) -> Result<bool> {
    for id in [pair.first_id, pair.second_id] {
        let seen = match pair.noun {
            Noun::Contact => tx.find::<Contact>(ContactId::from_uuid(id)).await?.is_some(),
            Noun::Company => tx.find::<Company>(CompanyId::from_uuid(id)).await?.is_some(),
        };
        if !seen {
            return Ok(false);
        }
    }
    Ok(true)
}

/// How many pairs of a noun wait to be settled, as the last search found them.
pub async fn open(tx: &mut Tx, noun: Noun) -> Result<i64> {
    let query = sql!(
        "SELECT count(*) FROM duplicate_pair WHERE tenant_id = {} AND noun = {} AND state = 'open'",
        tx.tenant_id(),
        noun
    );
    Ok(tx.count(query).await?)
}
