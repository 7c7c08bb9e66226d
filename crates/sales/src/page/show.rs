//! What the page says, from the frozen snapshot and the answer alone.

use std::{collections::BTreeMap, sync::LazyLock};

use chrono::NaiveDate;
use fiscal::totals::{Discount, LineTotal};
use kernel::{Error, FieldError, Language, Result};
use minijinja::{Environment, Value, context};
use pdf::{Locale, format};

use crate::{
    document::{DocumentLine, PartySnapshot, Snapshot, print},
    quote::{
        Quote, QuoteStatus,
        answer::{Decision, QuoteAnswer},
    },
    words::WORDS,
};

static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    // The names end in .html, so that every value is escaped. Sources are part of the program: a test renders them all.
    for (name, source) in [
        ("frame.html", include_str!("../../templates/frame.html")),
        ("message.html", include_str!("../../templates/message.html")),
        ("quote.html", include_str!("../../templates/quote.html")),
    ] {
        if let Err(error) = templates.add_template(name, source) {
            tracing::error!(%error, name, "a template cannot be read");
        }
    }
    templates
});

/// Words that stand in the template as they are.
const WORDS_OF_THE_PAGE: &[&str] = &[
    "page-from",
    "page-for",
    "page-issued",
    "page-valid-until",
    "page-reference",
    "page-pdf",
    "page-lines",
    "page-item",
    "page-quantity",
    "page-unit-price",
    "page-tax",
    "page-amount",
    "page-discount",
    "page-totals",
    "page-prices-with-tax",
    "page-notes",
    "page-terms",
    "page-answer",
    "page-answer-intro",
    "page-name",
    "page-accept",
    "page-decline-open",
    "page-reason",
    "page-reason-hint",
    "page-decline",
    "page-stored",
    "page-error-summary",
    "page-declined-reason",
    "page-evidence",
    "page-digest",
    "page-made-with",
];

/// What was typed into a form, and what is wrong with it.
#[derive(Debug, Default)]
pub struct Entered {
    name: String,
    consent: bool,
    reason: String,
    declining: bool,
    /// Fields in the order of the form: `name`, `consent`, `reason`.
    pub wrong: Vec<&'static str>,
}

impl Entered {
    pub fn acceptance(name: &str, consent: bool) -> Self {
        let length = name.trim().chars().count();
        let mut wrong = Vec::new();
        if !(3..=120).contains(&length) {
            wrong.push("name");
        }
        if !consent {
            wrong.push("consent");
        }
        Self { name: name.to_owned(), consent, wrong, ..Self::default() }
    }

    pub fn refusal(reason: &str) -> Self {
        let length = reason.trim().chars().count();
        let wrong = if (1..=2000).contains(&length) { Vec::new() } else { vec!["reason"] };
        Self { reason: reason.to_owned(), declining: true, wrong, ..Self::default() }
    }

    /// The same with what a verb refused.
    pub fn refused(mut self, fields: &[FieldError]) -> Self {
        for known in ["name", "consent", "reason"] {
            if fields.iter().any(|f| f.field == known) && !self.wrong.contains(&known) {
                self.wrong.push(known);
            }
        }
        self
    }
}

/// Pages that show no quote.
#[derive(Debug, Clone, Copy)]
pub enum Message {
    Unknown,
    Gone,
    Broken,
}

/// A page that says what happened and what to do.
pub fn message(message: Message, language: Language) -> String {
    let key = match message {
        Message::Unknown => "page-unknown",
        Message::Gone => "page-gone",
        Message::Broken => "page-broken",
    };
    let heading = WORDS.text(language, &format!("{key}-title"), &[]);
    let text = WORDS.text(language, key, &[]);
    render("message.html", context! { language => language.code(), heading, text }).unwrap_or(text_only(language))
}

/// The last resort: words without a template.
fn text_only(language: Language) -> String {
    edge::docs::escape(&WORDS.text(language, "page-broken", &[]))
}

fn render(name: &str, values: Value) -> Result<String> {
    TEMPLATES
        .get_template(name)
        .and_then(|template| template.render(values))
        .map_err(|e| Error::internal(format!("{name}: {e}")))
}

fn snapshot(quote: &Quote) -> Result<&Snapshot> {
    quote.snapshot.as_ref().map(|s| &s.0).ok_or_else(|| Error::internal("an opened quote has no snapshot"))
}

/// The sentence a person agrees to, word for word as it is kept.
pub fn consent(quote: &Quote) -> Result<String> {
    let shown = snapshot(quote)?;
    let total = format::money(
        shown.totals.payable,
        &print::currency(shown.currency),
        &print::locale(shown.language, &shown.country),
    );
    let customer = shown.customer.name.as_str();
    let key = if customer.is_empty() { "page-consent-alone" } else { "page-consent" };
    let values = [
        ("number", shown.number.as_str()),
        ("issuer", shown.issuer.name.as_str()),
        ("total", &total),
        ("customer", customer),
    ];
    Ok(WORDS.text(shown.language, key, &values))
}

/// The page of a quote.
pub fn quote(
    quote: &Quote,
    given: Option<&QuoteAnswer>,
    today: NaiveDate,
    token: &str,
    entered: &Entered,
) -> Result<String> {
    let shown = snapshot(quote)?;
    let language = shown.language;
    let locale = print::locale(language, &shown.country);
    let say = |key: &str, values: &[(&str, &str)]| WORDS.text(language, key, values);
    let names = [("number", shown.number.as_str()), ("issuer", shown.issuer.name.as_str())];
    let abroad = shown.is_abroad();
    let (state, outcome) = outcome(quote.status(today), shown, given, &locale);
    let words: BTreeMap<&str, String> = WORDS_OF_THE_PAGE.iter().map(|key| (*key, say(key, &[]))).collect();
    let wrong: BTreeMap<&str, String> =
        entered.wrong.iter().map(|field| (*field, say(&format!("page-error-{field}"), &[]))).collect();
    let errors: Vec<Value> =
        entered.wrong.iter().map(|field| context! { field => *field, message => wrong[field].clone() }).collect();
    let contact = shown.issuer.email.as_deref().map(|email| say("page-contact", &[("email", email)]));
    render(
        "quote.html",
        context! {
            language => language.code(),
            t => words,
            title => say("page-title", &names),
            kind => say("label-quote", &[]),
            heading => shown.title.as_ref().unwrap_or(&shown.number),
            number => shown.number.clone(),
            base => format!("/q/{token}"),
            state,
            state_words => say(&format!("page-state-{state}"), &[]),
            open => state == "open",
            outcome,
            reason => given.and_then(|a| a.reason.clone()),
            issuer => party(&shown.issuer, abroad),
            customer => party(&shown.customer, abroad),
            payable => format::money(shown.totals.payable, &print::currency(shown.currency), &locale),
            due => format::date(shown.due, &locale),
            due_iso => shown.due.to_string(),
            issued => format::date(shown.issue_date, &locale),
            issued_iso => shown.issue_date.to_string(),
            reference => shown.reference.clone(),
            lines => lines(shown, &locale),
            totals => totals(shown, &locale),
            prices_with_tax => quote.prices_include_tax,
            notes => shown.notes.clone(),
            terms => shown.terms.clone(),
            consent => consent(quote)?,
            typed => context! { name => entered.name.clone(), consent => entered.consent, reason => entered.reason.clone() },
            declining => entered.declining,
            wrong,
            errors,
            contact,
            digest => quote.pdf_sha256.clone(),
        },
    )
}

/// The state by its word in the style sheet, and the sentence that goes with it.
fn outcome(
    status: QuoteStatus,
    shown: &Snapshot,
    given: Option<&QuoteAnswer>,
    locale: &Locale,
) -> (&'static str, Option<String>) {
    let say = |key: &str, values: &[(&str, &str)]| Some(WORDS.text(shown.language, key, values));
    match given {
        Some(answer) => {
            let when = format::timestamp(answer.at, locale);
            match answer.decision {
                Decision::Accepted => (
                    "accepted",
                    say("page-accepted", &[("name", answer.name.as_deref().unwrap_or_default()), ("when", &when)]),
                ),
                Decision::Declined => ("declined", say("page-declined", &[("when", &when)])),
            }
        }
        None if status == QuoteStatus::Sent => ("open", None),
        None => {
            let date = format::date(shown.due, locale);
            ("expired", say("page-expired", &[("date", &date), ("issuer", &shown.issuer.name)]))
        }
    }
}

/// `abroad`: issuer and customer are of two countries, so that the addresses name them.
fn party(party: &PartySnapshot, abroad: bool) -> Value {
    let country = party.country.clone().unwrap_or_default();
    let tax_id = party.tax_id.as_ref().map(|id| format!("{} {id}", fiscal::tax_id::label(&country)));
    let lines =
        party.address_lines.iter().cloned().chain((abroad && !country.is_empty()).then_some(country)).chain(tax_id);
    let lines: Vec<String> = lines.chain(party.email.clone()).chain(party.phone.clone()).collect();
    context! { name => party.name.clone(), lines }
}

fn lines(shown: &Snapshot, locale: &Locale) -> Vec<Value> {
    let currency = print::currency(shown.currency);
    let line = |(line, total): (&DocumentLine, &LineTotal)| {
        let taxes: Vec<String> = line.taxes.iter().map(|tax| print::tax_label(tax, locale)).collect();
        let discount = line.discount.as_ref().map(|discount| match discount {
            Discount::Percent(percent) => format::percent(*percent, locale),
            Discount::Amount(_) => format::money(total.discount, &currency, locale),
        });
        context! {
            description => line.description.clone(),
            details => line.details.clone(),
            quantity => quantity(line, locale),
            unit_price => format::unit_price(line.unit_price, currency.exponent, locale),
            discount,
            taxes,
            amount => format::money(total.net, &currency, locale),
        }
    };
    shown.lines.iter().zip(&shown.totals.lines).map(line).collect()
}

fn quantity(line: &DocumentLine, locale: &Locale) -> String {
    let number = format::decimal(line.quantity, locale);
    line.unit.as_ref().map_or(number.clone(), |unit| format!("{number} {unit}"))
}

fn totals(shown: &Snapshot, locale: &Locale) -> Vec<Value> {
    let (totals, language) = (&shown.totals, shown.language);
    let money = |minor: i64| format::money(minor, &print::currency(shown.currency), locale);
    let row = |label: String, minor: i64, strong: bool| context! { label, amount => money(minor), strong };
    let mut rows = Vec::new();
    if totals.allowance != 0 {
        rows.push(row(WORDS.text(language, "page-allowance", &[]), -totals.allowance, false));
    }
    rows.push(row(WORDS.text(language, "page-net", &[]), totals.net, false));
    rows.extend(totals.breakdown.iter().map(|tax| {
        let printed = print::tax_row(tax, locale);
        let label = WORDS.text(language, "page-tax-row", &[("label", &printed.label), ("base", &money(printed.base))]);
        row(label, if printed.withheld { -printed.tax } else { printed.tax }, false)
    }));
    rows.push(row(WORDS.text(language, "page-payable", &[]), totals.payable, true));
    rows
}
