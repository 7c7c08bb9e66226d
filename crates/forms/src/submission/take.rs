//! Taking what was sent: checked against the form, made a lead by the verb of leads, and remembered, all in one
//! transaction.
//!
//! Refusals name the field by its key in the form; `consent` is the text.

use std::collections::BTreeMap;

use crm::field;
use kernel::{Change, Error, Event, FieldError, Json, Result, error::Fields};
use leads::lead::{
    Lead, LeadAnswer, Utm,
    consent::{GivenConsent, digest},
    create::{NewLead, create},
};
use store::{OnConstraint, Tx};

use super::{Submission, SubmissionId};
use crate::{
    consent::{ConsentText, numbered},
    form::{
        Form,
        field::{FieldKind, FormField},
    },
};

/// What was sent.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    /// By the keys of the fields.
    pub values: BTreeMap<String, String>,
    /// The number of the text that was agreed to.
    pub consent: Option<i64>,
    pub utm: Utm,
    pub landing_page: Option<String>,
    /// By which a second sending of the same is recognised.
    pub once: Option<String>,
    /// The address of the form, which the consent was given at.
    pub page: String,
}

impl Sent {
    fn value(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(String::as_str).filter(|value| !value.trim().is_empty())
    }

    fn digest(&self) -> String {
        digest(&format!("{:?}{:?}", self.values, self.consent))
    }
}

/// Takes it; None where the same was taken before.
pub async fn take(tx: &mut Tx, form: &Form, sent: &Sent) -> Result<Option<Submission>> {
    form.must_be_published()?;
    if let Some(before) = earlier(tx, form, sent).await? {
        if before.digest == sent.digest() {
            return Ok(None);
        }
        return Err(Error::invalid(
            "Idempotency-Key",
            "idempotency_key_reused",
            "This key was used for a different request. Use a new key.",
        ));
    }
    let agreed = check(tx, form, sent).await?;
    let lead = lead(tx, form, sent, agreed.as_ref()).await?;
    let submission = Submission {
        id: SubmissionId::new(),
        form_id: form.id,
        lead_id: lead.id,
        consent_number: agreed.as_ref().map(|text| text.number),
        consent_channels: agreed.map_or_else(Json::default, |text| text.channels),
        once_key: sent.once.clone(),
        digest: sent.digest(),
        created_at: tx.now(),
    };
    let raced = || Error::conflict("submitted_meanwhile", "This has just been sent.");
    tx.insert(&submission).await.on_constraint("web_form_submission_once_key", raced)?;
    tx.audit(Change::new("form.submit", submission.id).after(&submission)).await?;
    tx.emit(Event::new("form.submitted", submission.id)).await?;
    Ok(Some(submission))
}

async fn earlier(tx: &mut Tx, form: &Form, sent: &Sent) -> Result<Option<Submission>> {
    let Some(once) = sent.once.clone() else { return Ok(None) };
    let select = tx.select::<Submission>().push(" AND web_form_submission.form_id = ").bind(form.id);
    Ok(tx.optional(select.push(" AND web_form_submission.once_key = ").bind(once)).await?)
}

/// What the form demands of what was sent; the text that was agreed to.
async fn check(tx: &mut Tx, form: &Form, sent: &Sent) -> Result<Option<ConsentText>> {
    let home = identity::tenant::current(tx).await?.country;
    let phone_country = sent.value("country").map_or(home, str::to_uppercase);
    let mut refused = Fields::default();
    for asked in &form.fields.0 {
        match sent.value(&asked.key) {
            None if asked.required => refused.refuse(&asked.key, "required", "Fill this in."),
            Some(value) if asked.kind == FieldKind::Choice && !asked.choices.iter().any(|one| one == value) => {
                refused.refuse(&asked.key, "choice_unknown", "Choose one of the answers.");
            }
            Some(value) => read(&mut refused, asked, value, &phone_country),
            None => {}
        }
    }
    for key in sent.values.keys().filter(|key| !form.fields.0.iter().any(|asked| asked.key == **key)) {
        refused.refuse(key, "unknown", "The form does not ask this.");
    }
    let agreed = match sent.consent {
        Some(number) => numbered(tx, form.id, number).await?,
        None => None,
    };
    if form.consent_number.is_some() && agreed.is_none() && (form.consent_required || sent.consent.is_some()) {
        refused.refuse("consent", "consent_required", "Agree to the text as it is shown.");
    }
    refused.finish()?;
    Ok(agreed)
}

/// Reads a value as the lead will, so that a page hears of everything at once, and by the keys of its own fields.
fn read(refused: &mut Fields, asked: &FormField, value: &str, phone_country: &str) {
    let (key, value) = (asked.key.as_str(), Some(value));
    field::take(
        refused,
        match asked.kind {
            FieldKind::GivenName | FieldKind::FamilyName => field::line(key, value, 120),
            FieldKind::CompanyName => field::line(key, value, 200),
            FieldKind::Email => field::email(key, value),
            FieldKind::Phone => field::phone(key, phone_country, value),
            FieldKind::Country => field::country(key, value),
            FieldKind::Message | FieldKind::LongText => field::text(key, value, 10_000),
            FieldKind::Text | FieldKind::Choice => field::line(key, value, 1_000),
        },
    );
}

async fn lead(tx: &mut Tx, form: &Form, sent: &Sent, agreed: Option<&ConsentText>) -> Result<Lead> {
    let value = |key: &str| sent.value(key).map(str::to_owned);
    let questions: Vec<&FormField> = form.fields.0.iter().filter(|asked| asked.kind.of_lead().is_none()).collect();
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
    };
    create(tx, new, "web_form").await
}

/// The refusals of fields that the page shows, and of those it does not.
pub(crate) fn shown(form: &Form, refused: Vec<FieldError>) -> (Vec<FieldError>, Vec<FieldError>) {
    let is_shown = |one: &FieldError| one.field == "consent" || form.fields.0.iter().any(|f| f.key == one.field);
    refused.into_iter().partition(is_shown)
}
