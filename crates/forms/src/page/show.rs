//! What the pages say.

use std::sync::LazyLock;

use axum::response::Html;
use kernel::{Error, FieldError, Language, Result};
use minijinja::{Environment, Value, context};

use super::{
    open::Opened,
    read::{TRAP, Typed, UTM},
};
use crate::{
    form::{
        Form,
        field::{FieldKind, FormField},
    },
    words::WORDS,
};

static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    // The names end in .html, so that every value is escaped. Sources are part of the program: a test renders them all.
    for (name, source) in [
        ("frame.html", include_str!("../../templates/frame.html")),
        ("message.html", include_str!("../../templates/message.html")),
        ("form.html", include_str!("../../templates/form.html")),
    ] {
        if let Err(error) = templates.add_template(name, source) {
            tracing::error!(%error, name, "a template cannot be read");
        }
    }
    templates
});

/// What the page has words of its own for; all else is said in general.
const KNOWN_CODES: [&str; 13] = [
    "required",
    "too_long",
    "email_invalid",
    "phone_invalid",
    "country_unknown",
    "choice_unknown",
    "consent_required",
    "file_kind",
    "file_too_large",
    "too_many_files",
    "file_empty",
    "file_broken",
    "files_full",
];

/// Pages that show no form.
#[derive(Debug, Clone, Copy)]
pub(super) enum Message {
    Unknown,
    Closed,
    Elsewhere,
    Flooded,
    Slow,
    Broken,
}

/// A page that says what happened and what to do.
pub(super) fn message(message: Message, language: Language) -> Html<String> {
    let key = match message {
        Message::Unknown => "form-unknown",
        Message::Closed => "form-closed",
        Message::Elsewhere => "form-elsewhere",
        Message::Flooded => "form-flooded",
        Message::Slow => "form-slow",
        Message::Broken => "form-broken",
    };
    let heading = say(language, &format!("{key}-title"));
    let text = say(language, key);
    let page = render("message.html", context! { language => language.code(), heading, text, company => "" });
    page.unwrap_or_else(|_| Html(edge::docs::escape(&say(language, "form-broken"))))
}

/// The page that says thank you.
pub(super) fn thanks(opened: &Opened) -> Result<Html<String>> {
    let language = opened.form.language;
    let text = opened.form.thank_you.clone().unwrap_or_else(|| say(language, "form-thanks"));
    let heading = say(language, "form-thanks-title");
    render("message.html", context! { language => language.code(), heading, text, company => opened.company.clone() })
}

/// A form that is shown.
pub(super) struct Page<'a> {
    pub form: &'a Form,
    /// The company whose form it is.
    pub company: &'a str,
    /// What is to be agreed to, with its number.
    pub consent: Option<(&'a str, i64)>,
    /// It is shown to whoever writes it, and sends nothing.
    pub preview: bool,
}

impl<'a> Page<'a> {
    pub fn of(opened: &'a Opened) -> Self {
        let consent = opened.consent.as_ref().map(|text| (text.text.as_str(), text.number));
        Self { form: &opened.form, company: &opened.company, consent, preview: false }
    }
}

/// The form with what stands in it, and what is wrong with it; `again`: something is wrong that no field shows.
pub(super) fn form(page: &Page<'_>, typed: &Typed, wrong: &[FieldError], again: bool) -> Result<Html<String>> {
    let (form, language) = (page.form, page.form.language);
    let problem = |key: &str| {
        let code = wrong.iter().find(|one| one.field == key)?.code.as_str();
        let known = KNOWN_CODES.iter().find(|known| **known == code).copied().unwrap_or("other");
        Some(say(language, &format!("form-error-{}", known.replace('_', "-"))))
    };
    let fields: Vec<Value> = form.fields.0.iter().map(|f| field(language, f, typed, problem(&f.key))).collect();
    // A browser lets no page fill in files.
    let choose_again = again || !wrong.is_empty();
    let mut errors: Vec<Value> = Vec::new();
    for asked in &form.fields.0 {
        if let Some(message) = problem(&asked.key) {
            errors.push(context! { key => asked.key.clone(), label => asked.label.clone(), message });
        }
    }
    if let Some(message) = problem("consent") {
        errors.push(context! { key => "consent", label => say(language, "form-consent"), message });
    }
    let hidden: Vec<Value> = ["once", "stamp", "landing_page"]
        .iter()
        .chain(&UTM)
        .filter(|name| !typed.get(name).is_empty())
        .map(|name| context! { name => *name, value => typed.get(name) })
        .collect();
    let guard = &form.guard.0;
    render(
        "form.html",
        context! {
            language => language.code(),
            company => page.company,
            preview => page.preview.then(|| say(language, "form-preview")),
            trap => (guard.on && guard.trap).then_some(TRAP),
            trap_label => say(language, "form-trap"),
            proof => guard.on && guard.proof && !page.preview,
            heading => form.title.clone(),
            intro => form.intro.clone(),
            address => format!("/f/{}", form.path),
            multipart => form.fields.0.iter().any(|asked| asked.kind == FieldKind::File),
            files_again => choose_again.then(|| say(language, "form-files-again")),
            fields,
            hidden,
            errors,
            again => again.then(|| say(language, "form-again")),
            summary => say(language, "form-error-summary"),
            optional => say(language, "form-optional"),
            choose => say(language, "form-choose"),
            submit => form.submit_label.clone().unwrap_or_else(|| say(language, "form-submit")),
            consent => page.consent.map(|(text, number)| context! {
                text,
                number,
                required => form.consent_required,
                ticked => !typed.get("consent").is_empty(),
                error => problem("consent"),
            }),
        },
    )
}

fn field(language: Language, asked: &FormField, typed: &Typed, error: Option<String>) -> Value {
    let control = match asked.kind {
        FieldKind::File => "files",
        FieldKind::Message | FieldKind::LongText => "area",
        FieldKind::Choice => "choice",
        _ => "line",
    };
    let (kind, most) = match asked.kind {
        FieldKind::Email => ("email", 254),
        FieldKind::Phone => ("tel", 40),
        FieldKind::Country => ("text", 2),
        FieldKind::CompanyName => ("text", 200),
        FieldKind::GivenName | FieldKind::FamilyName => ("text", 120),
        FieldKind::Message | FieldKind::LongText => ("text", 10_000),
        FieldKind::Text | FieldKind::Choice | FieldKind::File => ("text", 1_000),
    };
    let rule = asked.files.clone().unwrap_or_default();
    let (count, megabytes) = (rule.count.to_string(), rule.megabytes.to_string());
    let kinds: Vec<String> = rule.kinds.iter().map(|kind| say(language, kind.word())).collect();
    let takes = [("count", count.as_str()), ("megabytes", megabytes.as_str()), ("kinds", &kinds.join(", "))];
    context! {
        key => asked.key.clone(),
        label => asked.label.clone(),
        hint => asked.hint.clone(),
        required => asked.required,
        choices => asked.choices.clone(),
        value => typed.get(&asked.key),
        autocomplete => asked.kind.autocomplete(),
        accept => rule.kinds.iter().map(|kind| kind.accept()).collect::<Vec<_>>().join(","),
        several => rule.count > 1,
        takes => WORDS.text(language, "form-files-takes", &takes),
        control, kind, most, error,
    }
}

fn say(language: Language, key: &str) -> String {
    WORDS.text(language, key, &[])
}

fn render(name: &str, values: Value) -> Result<Html<String>> {
    TEMPLATES
        .get_template(name)
        .and_then(|template| template.render(values))
        .map(Html)
        .map_err(|e| Error::internal(format!("{name}: {e}")))
}
