//! Making a lead. It is scored and assigned as it is made.

use chrono::{DateTime, Utc};
use crm::{
    field::{
        self,
        custom::{CustomObject, Values, draft::Draft, fill},
    },
    member,
};
use kernel::{Change, Json, Language, MemberId, Result, error::Fields, id::Id};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{
    Lead, LeadAnswer, LeadId, LeadStatus, Utm,
    consent::{GivenConsent, receipt},
    event, index,
};
use crate::setting;

/// A lead to be made: at least a name, a company, an address or a number.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLead {
    #[schema(example = "Lucía")]
    pub given_name: Option<String>,
    #[schema(example = "Prieto")]
    pub family_name: Option<String>,
    #[schema(example = "Talleres Aurora")]
    pub company_name: Option<String>,
    #[schema(example = "lucia@example.com")]
    pub email: Option<String>,
    #[schema(example = "+34612345678")]
    pub phone: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[schema(example = "ES")]
    pub country: Option<String>,
    pub language: Option<Language>,
    /// At most 10,000 characters.
    pub message: Option<String>,
    /// Where it came from, in a word of one's own; `manual` or `api` unless given.
    #[schema(example = "trade fair")]
    pub source: Option<String>,
    #[serde(default)]
    pub utm: Utm,
    /// The page on which somebody arrived.
    #[schema(example = "https://talleres.example/fleet")]
    pub landing_page: Option<String>,
    /// Questions of one's own with their answers, at most 30.
    #[serde(default)]
    pub answers: Vec<LeadAnswer>,
    /// Chosen by the workspace's own order of assignment unless given.
    pub owner_id: Option<MemberId>,
    pub consent: Option<GivenConsent>,
    /// Values of the workspace's own fields, by the keys that `GET /api/v1/custom-fields` lists.
    #[serde(default)]
    #[schema(value_type = Option<std::collections::HashMap<String, serde_json::Value>>)]
    pub custom: Values,
}

/// Makes a lead; `source` is what it says where the input does not. It belongs to whoever makes it where nothing else is said.
pub async fn create(tx: &mut Tx, input: NewLead, source: &str) -> Result<Lead> {
    let (now, maker) = (tx.now(), tx.caller().owner());
    keep(tx, input, source, now, By::Hand(maker)).await
}

/// Makes a lead of somebody who has written by themselves, at a moment that may have passed: whoever passes it on is not its
/// maker. What the workspace demands of its own fields nobody asked them.
pub async fn arrived(tx: &mut Tx, input: NewLead, source: &str, at: DateTime<Utc>) -> Result<Lead> {
    keep(tx, input, source, at, By::Themselves).await
}

/// Who wrote it down.
#[derive(Clone, Copy)]
pub(super) enum By {
    Hand(Option<MemberId>),
    Themselves,
}

async fn keep(tx: &mut Tx, input: NewLead, source: &str, at: DateTime<Utc>, by: By) -> Result<Lead> {
    let maker = if let By::Hand(maker) = by { maker } else { None };
    let drafted = draft(tx, input, source, at, by).await?;
    make(tx, drafted, maker).await
}

/// The lead as it would be made, but for its score and whose it becomes. Writes nothing.
pub(super) async fn draft(tx: &mut Tx, input: NewLead, source: &str, at: DateTime<Utc>, by: By) -> Result<Draft<Lead>> {
    member::must_exist(tx, "owner_id", input.owner_id).await?;
    let home = identity::tenant::current(tx).await?.country;
    let custom = input.custom.clone();
    let mut lead = parse(input, source, &home, at)?;
    let filled = match by {
        By::Hand(_) => fill::first(tx, CustomObject::Lead, &custom, &home).await?,
        By::Themselves => fill::change(tx, CustomObject::Lead, &Values::new(), &custom, &home).await?,
    };
    lead.custom.0.clone_from(&filled.values);
    Ok(Draft { record: lead, filled })
}

/// Makes what was drafted: scored, and given to whom the workspace's own order of assignment says, else to its maker.
pub(super) async fn make(tx: &mut Tx, drafted: Draft<Lead>, maker: Option<MemberId>) -> Result<Lead> {
    let Draft { record: mut lead, filled } = drafted;
    let setting = setting::current(tx).await?;
    setting.score(&mut lead, tx.now());
    if lead.owner_id.is_none() {
        lead.owner_id = setting::assignment::choose(tx, &lead).await?.or(maker);
    }
    tx.insert(&lead).await?;
    filled.write(tx, lead.id.uuid(), true);
    index(tx, &lead).await?;
    tx.audit(Change::new("lead.create", lead.id).after(&lead)).await?;
    tx.emit(event("lead.created", &lead)).await?;
    Ok(lead)
}

/// What a lead is called in lists.
pub(super) fn name(lead: &Lead) -> Option<String> {
    let names = [lead.given_name.as_deref(), lead.family_name.as_deref()];
    let names = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    Some(names)
        .filter(|names| !names.is_empty())
        .or_else(|| lead.company_name.clone())
        .or_else(|| lead.email.clone())
        .or_else(|| lead.phone.clone())
}

fn parse(input: NewLead, source: &str, home: &str, at: DateTime<Utc>) -> Result<Lead> {
    let mut refused = Fields::default();
    let country = field::take(&mut refused, field::country("country", input.country.as_deref()));
    let phone_country = country.clone().unwrap_or_else(|| home.to_owned());
    let source = field::take(&mut refused, field::line("source", input.source.as_deref(), 60))
        .unwrap_or_else(|| source.to_owned());
    let consent = input.consent.map(|given| receipt(given, at).map(Some));
    let mut lead = Lead {
        id: LeadId::new(),
        version: 1,
        given_name: field::take(&mut refused, field::line("given_name", input.given_name.as_deref(), 120)),
        family_name: field::take(&mut refused, field::line("family_name", input.family_name.as_deref(), 120)),
        company_name: field::take(&mut refused, field::line("company_name", input.company_name.as_deref(), 200)),
        name: String::new(),
        name_folded: String::new(),
        email: field::take(&mut refused, field::email("email", input.email.as_deref())),
        phone: field::take(&mut refused, field::phone("phone", &phone_country, input.phone.as_deref())),
        country,
        language: input.language,
        message: field::take(&mut refused, field::text("message", input.message.as_deref(), 10_000)),
        source,
        utm: Json(utm(&mut refused, &input.utm)),
        landing_page: field::take(&mut refused, field::line("landing_page", input.landing_page.as_deref(), 1_000)),
        answers: Json(answers(&mut refused, &input.answers)),
        status: LeadStatus::New,
        disqualified_reason: None,
        owner_id: input.owner_id,
        consent: consent.and_then(|given| field::take(&mut refused, given)).map(Json),
        score: 0,
        score_reasons: Json::default(),
        contact_id: None,
        company_id: None,
        deal_id: None,
        converted_at: None,
        converted_by: None,
        custom: Json::default(),
        deleted_at: None,
        created_at: at,
        updated_at: at,
    };
    match name(&lead) {
        Some(name) => lead.name = name,
        None if refused.is_empty() => {
            refused.refuse("given_name", "required", "Give a name, a company, an e-mail address or a phone number.");
        }
        None => {}
    }
    lead.name_folded = field::folded(&lead.name);
    refused.finish()?;
    Ok(lead)
}

fn utm(refused: &mut Fields, given: &Utm) -> Utm {
    let mut part = |name: &str, value: &Option<String>| field::take(refused, field::line(name, value.as_deref(), 200));
    Utm {
        source: part("utm.source", &given.source),
        medium: part("utm.medium", &given.medium),
        campaign: part("utm.campaign", &given.campaign),
        term: part("utm.term", &given.term),
        content: part("utm.content", &given.content),
    }
}

fn answers(refused: &mut Fields, given: &[LeadAnswer]) -> Vec<LeadAnswer> {
    if given.len() > 30 {
        refused.refuse("answers", "too_many", "Give at most 30.");
    }
    let mut kept = Vec::new();
    for (at, one) in given.iter().take(30).enumerate() {
        let question = field::take(refused, field::line(&format!("answers.{at}.question"), Some(&one.question), 300));
        let answer = field::take(refused, field::text(&format!("answers.{at}.answer"), Some(&one.answer), 10_000));
        // A question that was left open says nothing.
        if let (Some(question), Some(answer)) = (question, answer) {
            kept.push(LeadAnswer { question, answer });
        }
    }
    kept
}
