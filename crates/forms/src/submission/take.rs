//! Taking what was sent: checked against the form, looked at by its guard, made a lead by the verb of leads and remembered, or
//! held back; all in one transaction.
//!
//! Refusals name the field by its key in the form; `consent` is the text.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use kernel::{Change, Error, Event, Json, Result};
use leads::lead::{
    Lead, LeadAnswer, Utm,
    consent::{GivenConsent, digest},
    create::{NewLead, arrived},
};
use store::{OnConstraint, Tx};

use super::{Submission, SubmissionId, check::check};
use crate::{
    attachment::{self, keep::Of, receive::Arrived},
    consent::ConsentText,
    form::{
        Form,
        field::{FieldKind, FormField},
    },
    guard::{
        Seen,
        content::Written,
        count::{Tally, tally},
        judge::{held, judge},
    },
    quarantine::{Quarantined, keep::keep},
};

/// What was sent.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    /// By the keys of the fields.
    pub values: BTreeMap<String, String>,
    /// The files that arrived by name and digest, by the keys of their fields.
    pub files: BTreeMap<String, String>,
    /// The number of the text that was agreed to.
    pub consent: Option<i64>,
    pub utm: Utm,
    pub landing_page: Option<String>,
    /// By which a second sending of the same is recognised.
    pub once: Option<String>,
    /// The address of the form, which the consent was given at.
    pub page: String,
    /// How it was sent.
    pub seen: Seen,
}

impl Sent {
    pub(crate) fn value(&self, key: &str) -> Option<&str> {
        let given = self.values.get(key).or_else(|| self.files.get(key));
        given.map(String::as_str).filter(|value| !value.trim().is_empty())
    }

    pub(crate) fn digest(&self) -> String {
        let files = if self.files.is_empty() { String::new() } else { format!("{:?}", self.files) };
        digest(&format!("{:?}{:?}{files}", self.values, self.consent))
    }

    /// Notes which files arrived.
    pub(crate) fn with(mut self, files: &[Arrived]) -> Self {
        for file in files {
            let names = self.files.entry(file.field.clone()).or_default();
            if !names.is_empty() {
                names.push_str(", ");
            }
            names.push_str(&file.name);
            names.push(' ');
            names.push_str(&file.upload.sha256());
        }
        self
    }
}

/// Takes it, or holds it back; the same that was taken before is taken no second time. Whoever sends is told no difference.
pub(crate) async fn take(tx: &mut Tx, form: &Form, sent: &Sent, files: Vec<Arrived>) -> Result<()> {
    form.must_be_published()?;
    if let Some(digest) = earlier(tx, form, sent).await? {
        if digest == sent.digest() {
            return Ok(());
        }
        return Err(Error::invalid(
            "Idempotency-Key",
            "idempotency_key_reused",
            "This key was used for a different request. Use a new key.",
        ));
    }
    let agreed = check(tx, form, sent).await?;
    let verdict = judge(tx, form, &sent.seen, &written(form, sent)).await?;
    if held(&form.guard.0, &verdict) {
        // Pressed twice at once, the other press may have come through while this one waited to be counted.
        if earlier(tx, form, sent).await?.is_some() {
            return Err(raced());
        }
        let kept = keep(tx, form, sent, verdict).await?;
        attachment::keep::keep(tx, form.id, Of::Quarantine(kept.id), files).await?;
        return Ok(());
    }
    let now = tx.now();
    let submission = accept(tx, form, sent, agreed, sent.digest(), now).await?;
    attachment::keep::keep(tx, form.id, Of::Submission(submission.id), files).await?;
    Ok(())
}

fn raced() -> Error {
    Error::conflict("submitted_meanwhile", "This has just been sent.")
}

/// Makes the lead and remembers the submission, at the moment it was sent and by the digest it had then.
pub(crate) async fn accept(
    tx: &mut Tx,
    form: &Form,
    sent: &Sent,
    agreed: Option<ConsentText>,
    digest: String,
    at: DateTime<Utc>,
) -> Result<Submission> {
    let lead = lead(tx, form, sent, agreed.as_ref(), at).await?;
    let submission = Submission {
        id: SubmissionId::new(),
        form_id: form.id,
        lead_id: lead.id,
        consent_number: agreed.as_ref().map(|text| text.number),
        consent_channels: agreed.map_or_else(Json::default, |text| text.channels),
        once_key: sent.once.clone(),
        digest,
        created_at: at,
    };
    tx.insert(&submission).await.on_constraint("web_form_submission_once_key", raced)?;
    tally(tx, form.id, Tally { sent: 1, ..Tally::default() }).await?;
    tx.audit(Change::new("form.submit", submission.id).after(&submission)).await?;
    tx.emit(Event::new("form.submitted", submission.id)).await?;
    Ok(submission)
}

/// The digest of what was taken under the same key, as a submission or held back.
async fn earlier(tx: &mut Tx, form: &Form, sent: &Sent) -> Result<Option<String>> {
    let Some(once) = sent.once.clone() else { return Ok(None) };
    let taken = tx.select::<Submission>().push(" AND web_form_submission.form_id = ").bind(form.id);
    if let Some(before) = tx.optional::<Submission>(taken.and("web_form_submission.once_key =", once.clone())).await? {
        return Ok(Some(before.digest));
    }
    let kept = tx.select::<Quarantined>().push(" AND web_form_quarantine.form_id = ").bind(form.id);
    let before: Option<Quarantined> = tx.optional(kept.and("web_form_quarantine.once_key =", once)).await?;
    Ok(before.map(|before| before.digest))
}

/// What the guard reads of it.
fn written(form: &Form, sent: &Sent) -> Written {
    let mut written = Written::default();
    for (asked, value) in form.fields.0.iter().filter_map(|asked| Some((asked, sent.value(&asked.key)?))) {
        match asked.kind {
            FieldKind::GivenName | FieldKind::FamilyName | FieldKind::CompanyName => {
                written.names.push(value.trim().to_owned());
            }
            FieldKind::Email => written.email = Some(value.trim().to_lowercase()),
            FieldKind::Message | FieldKind::LongText | FieldKind::Text => written.texts.push(value.trim().to_owned()),
            FieldKind::Phone | FieldKind::Country | FieldKind::Choice | FieldKind::File => {}
        }
    }
    written
}

async fn lead(tx: &mut Tx, form: &Form, sent: &Sent, agreed: Option<&ConsentText>, at: DateTime<Utc>) -> Result<Lead> {
    let value = |key: &str| sent.value(key).map(str::to_owned);
    let questions: Vec<&FormField> = form.fields.0.iter().filter(|asked| asked.kind.is_question()).collect();
    let answer =
        |asked: &&FormField| value(&asked.key).map(|answer| LeadAnswer { question: asked.label.clone(), answer });
    let or = |given: &Option<String>, else_: &Option<String>| given.clone().or_else(|| else_.clone());
    let ours = &form.utm.0;
    let active = match form.owner_id {
        // Who has left gets no more leads; the workspace's own order says who does.
        Some(owner) => crm::member::must_exist(tx, "owner_id", Some(owner)).await.is_ok(),
        None => false,
    };
    let new = NewLead {
        given_name: value("given_name"),
        family_name: value("family_name"),
        company_name: value("company_name"),
        email: value("email"),
        phone: value("phone"),
        country: value("country"),
        language: Some(form.language),
        message: value("message"),
        source: form.source.clone(),
        utm: Utm {
            source: or(&sent.utm.source, &ours.source),
            medium: or(&sent.utm.medium, &ours.medium),
            campaign: or(&sent.utm.campaign, &ours.campaign),
            term: or(&sent.utm.term, &ours.term),
            content: or(&sent.utm.content, &ours.content),
        },
        landing_page: sent.landing_page.clone(),
        answers: questions.iter().filter_map(answer).collect(),
        owner_id: form.owner_id.filter(|_| active),
        consent: agreed.map(|text| GivenConsent {
            text: text.text.clone(),
            version: text.number.to_string(),
            given_at: None,
            given_from: sent.page.clone(),
            channels: text.channels.0.clone(),
        }),
        custom: crm::field::custom::Values::new(),
    };
    arrived(tx, new, "web_form", at).await
}
