//! Holding something back.

use kernel::{Change, Error, Json, Result};
use store::{OnConstraint, Tx};

use super::{QuarantineId, Quarantined};
use crate::{
    form::Form,
    guard::{
        Verdict,
        count::{Tally, tally},
    },
    submission::take::Sent,
};

/// What one form may hold back in a day. Beyond it nothing more is kept, so that nobody fills the disk.
const MOST_A_DAY: i64 = 2_000;

pub(crate) async fn keep(tx: &mut Tx, form: &Form, sent: &Sent, verdict: Verdict) -> Result<Quarantined> {
    let day = tally(tx, form.id, Tally { held: 1, ..Tally::default() }).await?;
    if day.held > MOST_A_DAY {
        return Err(Error::Door {
            status: 429,
            code: "form_flooded",
            detail: "Too much is being sent by this form. Try again tomorrow.".into(),
            retry_after_seconds: Some(3600),
        });
    }
    let asked = form.fields.0.iter().filter(|asked| sent.values.contains_key(&asked.key)).cloned().collect();
    let kept = Quarantined {
        id: QuarantineId::new(),
        form_id: form.id,
        points: verdict.points,
        reasons: Json(verdict.reasons),
        asked: Json(asked),
        sent: Json(sent.values.clone()),
        utm: Json(sent.utm.clone()),
        landing_page: sent.landing_page.clone(),
        page: sent.page.clone(),
        consent_number: sent.consent,
        once_key: sent.once.clone(),
        digest: sent.digest(),
        rejected_at: None,
        created_at: tx.now(),
    };
    let raced = || Error::conflict("submitted_meanwhile", "This has just been sent.");
    tx.insert(&kept).await.on_constraint("web_form_quarantine_once_key", raced)?;
    tx.audit(Change::new("form.quarantine", kept.id).after(&kept)).await?;
    Ok(kept)
}
