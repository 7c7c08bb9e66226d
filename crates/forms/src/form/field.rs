//! The fields of a form: those every lead has, and questions of one's own.
//!
//! Invariants: no field is asked twice; a question's key cannot be mistaken for anything else the page sends.

use kernel::{Error, Result, error::Fields};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::attachment::rule::{FileRule, MOST_OF_A_FORM};

/// The most fields of a form; a lead keeps as many answers.
pub const MOST: usize = 30;
/// By which a lead can be called: one of them must be demanded.
pub const NAMING: [FieldKind; 5] =
    [FieldKind::GivenName, FieldKind::FamilyName, FieldKind::CompanyName, FieldKind::Email, FieldKind::Phone];

/// What a field asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    GivenName,
    FamilyName,
    CompanyName,
    Email,
    Phone,
    Country,
    Message,
    /// A question of one's own, answered on a line.
    Text,
    /// A question answered at length, up to 10,000 characters.
    LongText,
    /// A question with given answers.
    Choice,
    /// Files, as its `files` says.
    File,
}

impl FieldKind {
    /// The lead's own field of this name; None for questions.
    pub const fn of_lead(self) -> Option<&'static str> {
        Some(match self {
            FieldKind::GivenName => "given_name",
            FieldKind::FamilyName => "family_name",
            FieldKind::CompanyName => "company_name",
            FieldKind::Email => "email",
            FieldKind::Phone => "phone",
            FieldKind::Country => "country",
            FieldKind::Message => "message",
            FieldKind::Text | FieldKind::LongText | FieldKind::Choice | FieldKind::File => return None,
        })
    }

    /// Is the answer one that stands with the lead, under the words of the question?
    pub const fn is_question(self) -> bool {
        matches!(self, FieldKind::Text | FieldKind::LongText | FieldKind::Choice)
    }

    /// What a browser may fill in (HTML 4.10.18.7).
    pub const fn autocomplete(self) -> &'static str {
        match self {
            FieldKind::GivenName => "given-name",
            FieldKind::FamilyName => "family-name",
            FieldKind::CompanyName => "organization",
            FieldKind::Email => "email",
            FieldKind::Phone => "tel",
            FieldKind::Country => "country",
            _ => "off",
        }
    }
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FormField {
    /// What the page sends it as: the name of the lead's field, or `q_` and letters, digits and underscores.
    #[schema(example = "email")]
    pub key: String,
    #[schema(example = "email")]
    pub kind: FieldKind,
    /// What stands beside it, at most 300 characters.
    #[schema(example = "E-mail")]
    pub label: String,
    /// What helps to fill it in.
    #[serde(default)]
    pub hint: Option<String>,
    #[serde(default)]
    pub required: bool,
    /// The given answers of a choice, at most 50.
    #[serde(default)]
    pub choices: Vec<String>,
    /// What a field for files takes; what we suggest unless given.
    #[serde(default)]
    pub files: Option<FileRule>,
}

/// The fields as they are kept; every refusal names its field.
pub fn checked(given: Vec<FormField>) -> Result<Vec<FormField>> {
    if given.is_empty() || given.len() > MOST {
        return Err(Error::invalid("fields", "count_invalid", "Ask for at least one thing, and at most 30."));
    }
    if !given.iter().any(|field| field.required && NAMING.contains(&field.kind)) {
        return Err(Error::invalid(
            "fields",
            "nobody_named",
            "Demand a name, a company, an e-mail address or a phone number: a lead is called by one of them.",
        ));
    }
    let mut refused = Fields::default();
    let mut kept: Vec<FormField> = Vec::new();
    for (at, field) in given.into_iter().enumerate() {
        let name = |part: &str| format!("fields.{at}.{part}");
        if !is_key_of(&field) {
            refused.refuse(name("key"), "key_invalid", "Use the name of the lead's field, or q_ and a word.");
        }
        if kept.iter().any(|other| other.key == field.key) {
            refused.refuse(name("key"), "taken", "This is asked already.");
        }
        let label = crm::field::take(&mut refused, crm::field::line(&name("label"), Some(&field.label), 300));
        if label.is_none() {
            refused.refuse(name("label"), "required", "Say what is asked.");
        }
        let hint = crm::field::take(&mut refused, crm::field::line(&name("hint"), field.hint.as_deref(), 300));
        let choices = choices(&mut refused, &name("choices"), &field);
        let files = files(&mut refused, &name("files"), &field);
        kept.push(FormField { label: label.unwrap_or_default(), hint, choices, files, ..field });
    }
    let megabytes: u64 = kept.iter().filter_map(|field| field.files.as_ref()).map(|f| f.count * f.megabytes).sum();
    if megabytes > MOST_OF_A_FORM && refused.is_empty() {
        refused.refuse("fields", "files_too_large", "Take at most 50 MB of files by one form: fewer or smaller ones.");
    }
    refused.finish()?;
    Ok(kept)
}

fn is_key_of(field: &FormField) -> bool {
    match field.kind.of_lead() {
        Some(name) => field.key == name,
        None => {
            let word = |rest: &str| {
                (1..=40).contains(&rest.len())
                    && rest.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
            };
            field.key.strip_prefix("q_").is_some_and(word)
        }
    }
}

fn files(refused: &mut Fields, name: &str, field: &FormField) -> Option<FileRule> {
    match &field.files {
        Some(rule) if field.kind == FieldKind::File => rule.check(refused, name),
        Some(_) => refused.refuse(name, "unknown_field", "Only a field for files takes files."),
        None => {}
    }
    (field.kind == FieldKind::File).then(|| field.files.clone().unwrap_or_default())
}

fn choices(refused: &mut Fields, name: &str, field: &FormField) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for choice in &field.choices {
        if let Some(choice) = crm::field::take(refused, crm::field::line(name, Some(choice), 200))
            && !kept.contains(&choice)
        {
            kept.push(choice);
        }
    }
    let wanted = if field.kind == FieldKind::Choice { 1..=50 } else { 0..=0 };
    if !wanted.contains(&kept.len()) {
        refused.refuse(name, "count_invalid", "Give a choice 1 to 50 answers, and nothing else any.");
    }
    kept
}
