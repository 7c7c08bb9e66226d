//! Saying what was held back: no spam, and it becomes the lead it would have been; or spam, and it goes.

use std::collections::BTreeMap;

use kernel::{Change, Error, Event, Result};
use store::{Tx, sql};

use super::{QuarantineId, Quarantined};
use crate::{
    attachment::keep::hand_over,
    consent::numbered,
    form::Form,
    guard::Seen,
    submission::{
        Submission,
        take::{Sent, accept},
    },
};

/// Lets it through: the lead is made by the form as it is now, of the fields as they were asked, at the time it was sent.
pub(crate) async fn release(tx: &mut Tx, id: QuarantineId) -> Result<Submission> {
    let kept: Quarantined = tx.get_locked(id).await?;
    let mut form: Form = tx.get(kept.form_id).await?;
    form.fields = kept.asked.clone();
    let agreed = match kept.consent_number {
        Some(number) => numbered(tx, form.id, number).await?,
        None => None,
    };
    let before = kept.clone();
    let sent = Sent {
        values: kept.sent.0,
        files: BTreeMap::new(),
        consent: kept.consent_number,
        utm: kept.utm.0,
        landing_page: kept.landing_page,
        once: kept.once_key,
        page: kept.page,
        seen: Seen::default(),
    };
    // Its key goes over to the submission with the digest, so that a repeat is still known, and so do its files.
    let submission = accept(tx, &form, &sent, agreed, kept.digest, kept.created_at).await?;
    hand_over(tx, id, submission.id).await?;
    tx.delete::<Quarantined>(id).await?;
    tx.audit(Change::new("quarantine.release", id).before(&before)).await?;
    Ok(submission)
}

/// Says that it is spam. Saying it twice is harmless.
pub(crate) async fn reject(tx: &mut Tx, id: QuarantineId) -> Result<()> {
    let kept: Quarantined = tx.get_locked(id).await?;
    if kept.rejected_at.is_some() {
        return Ok(());
    }
    let now = tx.now();
    tx.execute(sql!(
        "UPDATE web_form_quarantine SET rejected_at = {} WHERE tenant_id = {} AND id = {}",
        now,
        tx.tenant_id(),
        id
    ))
    .await?;
    let after = Quarantined { rejected_at: Some(now), ..kept.clone() };
    tx.audit(Change::new("quarantine.reject", id).before(&kept).after(&after)).await?;
    tx.emit(Event::new("submission.rejected", id)).await?;
    Ok(())
}

/// Takes it back, while it is still there.
pub(crate) async fn restore(tx: &mut Tx, id: QuarantineId) -> Result<()> {
    let kept: Quarantined = tx.get_locked(id).await?;
    if kept.rejected_at.is_none() {
        return Ok(());
    }
    tx.execute(sql!(
        "UPDATE web_form_quarantine SET rejected_at = NULL WHERE tenant_id = {} AND id = {}",
        tx.tenant_id(),
        id
    ))
    .await?;
    let after = Quarantined { rejected_at: None, ..kept.clone() };
    tx.audit(Change::new("quarantine.restore", id).before(&kept).after(&after)).await?;
    tx.emit(Event::new("submission.restored", id)).await?;
    Ok(())
}

/// At most a hundred at once, each once.
pub(crate) fn few(mut ids: Vec<QuarantineId>) -> Result<Vec<QuarantineId>> {
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() || ids.len() > 100 {
        return Err(Error::invalid("ids", "count_invalid", "Name 1 to 100."));
    }
    Ok(ids)
}
