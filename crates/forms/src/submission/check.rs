//! What a form demands of what was sent.

use crm::field;
use kernel::{FieldError, Result, error::Fields};
use store::Tx;

use super::take::Sent;
use crate::{
    consent::{ConsentText, numbered},
    form::{
        Form,
        field::{FieldKind, FormField},
    },
};

/// Refuses what does not fit, all of it at once; the text that was agreed to.
pub(crate) async fn check(tx: &mut Tx, form: &Form, sent: &Sent) -> Result<Option<ConsentText>> {
    let home = identity::tenant::current(tx).await?.country;
    let phone_country = sent.value("country").map_or(home, str::to_uppercase);
    let mut refused = Fields::default();
    for asked in &form.fields.0 {
        match sent.value(&asked.key) {
            _ if asked.kind == FieldKind::File && sent.values.contains_key(&asked.key) => {
                refused.refuse(&asked.key, "file_expected", "Send files as parts of multipart/form-data.");
            }
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
    came_from(&mut refused, sent);
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

/// Refuses what the lead would: it must not wait in quarantine for somebody who cannot let it through.
fn came_from(refused: &mut Fields, sent: &Sent) {
    let utm = &sent.utm;
    for (name, value, most) in [
        ("utm.source", &utm.source, 200),
        ("utm.medium", &utm.medium, 200),
        ("utm.campaign", &utm.campaign, 200),
        ("utm.term", &utm.term, 200),
        ("utm.content", &utm.content, 200),
        ("landing_page", &sent.landing_page, 1_000),
    ] {
        field::take(refused, field::line(name, value.as_deref(), most));
    }
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
            // The names of its files, which were read as they arrived.
            FieldKind::File => Ok(None),
            FieldKind::Text | FieldKind::Choice => field::line(key, value, 1_000),
        },
    );
}

/// The refusals of fields that the page shows, and of those it does not.
pub(crate) fn shown(form: &Form, refused: Vec<FieldError>) -> (Vec<FieldError>, Vec<FieldError>) {
    let is_shown = |one: &FieldError| one.field == "consent" || form.fields.0.iter().any(|f| f.key == one.field);
    refused.into_iter().partition(is_shown)
}
