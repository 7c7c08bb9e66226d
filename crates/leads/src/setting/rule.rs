//! Rules by which a lead is scored: each a condition and its points.
//!
//! Invariant: the reasons of a score are the rules that hold, with their points, and nothing else counts: so they add up.

use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, Utc};
use crm::field::{self, folded};
use kernel::{Error, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::lead::Lead;

/// The most rules a workspace may have.
pub const MOST: usize = 50;

kernel::states! {
    /// What a rule looks at.
    pub enum LeadLook {
        /// The source is exactly `value`.
        Source = "source",
        /// An address at a domain of one's own rather than at a free mailbox.
        CompanyEmail = "company_email",
        /// An address at a free mailbox.
        FreeEmail = "free_email",
        HasPhone = "has_phone",
        HasCompany = "has_company",
        HasConsent = "has_consent",
        /// One of the countries in `value`, divided by commas.
        Country = "country",
        /// The message has `value` in it.
        Message = "message",
        /// Any answer to a question of one's own has `value` in it.
        Answer = "answer",
        /// The landing page has `value` in its address.
        Page = "page",
        /// The campaign is exactly `value`.
        Campaign = "campaign",
        /// Came within the last `value` days.
        Recent = "recent",
    }
}

impl LeadLook {
    const fn needs_value(self) -> bool {
        !matches!(
            self,
            LeadLook::CompanyEmail
                | LeadLook::FreeEmail
                | LeadLook::HasPhone
                | LeadLook::HasCompany
                | LeadLook::HasConsent
        )
    }
}

/// A condition that holds for a lead, or does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeadCondition {
    #[schema(example = "country")]
    pub look: LeadLook,
    /// What is compared; null where there is nothing to compare.
    #[serde(default)]
    #[schema(example = "ES, PT")]
    pub value: Option<String>,
}

/// A condition and its points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoreRule {
    pub when: LeadCondition,
    /// From -100 to 100, and not 0.
    #[schema(example = 15)]
    pub points: i64,
}

/// A rule that counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ScoreReason {
    pub look: LeadLook,
    #[schema(example = "ES, PT")]
    pub value: Option<String>,
    #[schema(example = 15)]
    pub points: i64,
}

/// Mailboxes that anybody can have: an address there says nothing of a company.
const FREE: &str = include_str!("free_mailboxes.txt");

static FREE_DOMAINS: LazyLock<std::collections::HashSet<&'static str>> =
    LazyLock::new(|| FREE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect());

/// Is the address at a mailbox that anybody can have?
fn is_free(email: &str) -> bool {
    email.rsplit_once('@').is_some_and(|(_, domain)| FREE_DOMAINS.contains(domain))
}

impl LeadCondition {
    pub fn holds(&self, lead: &Lead, now: DateTime<Utc>) -> bool {
        let value = self.value.as_deref().unwrap_or_default();
        let has = |text: &Option<String>| text.as_deref().is_some_and(|text| folded(text).contains(&folded(value)));
        match self.look {
            LeadLook::Source => folded(&lead.source) == folded(value),
            LeadLook::CompanyEmail => lead.email.as_deref().is_some_and(|email| !is_free(email)),
            LeadLook::FreeEmail => lead.email.as_deref().is_some_and(is_free),
            LeadLook::HasPhone => lead.phone.is_some(),
            LeadLook::HasCompany => lead.company_name.is_some(),
            LeadLook::HasConsent => lead.consent.is_some(),
            LeadLook::Country => lead
                .country
                .as_deref()
                .is_some_and(|country| value.split(',').any(|one| one.trim().eq_ignore_ascii_case(country))),
            LeadLook::Message => has(&lead.message),
            LeadLook::Answer => lead.answers.0.iter().any(|one| has(&Some(one.answer.clone()))),
            LeadLook::Page => {
                lead.landing_page.as_deref().is_some_and(|page| page.to_lowercase().contains(&value.to_lowercase()))
            }
            LeadLook::Campaign => lead.utm.0.campaign.as_deref().is_some_and(|named| folded(named) == folded(value)),
            LeadLook::Recent => value
                .parse()
                .ok()
                .and_then(TimeDelta::try_days)
                .is_some_and(|days| now.signed_duration_since(lead.created_at) <= days),
        }
    }

    /// The condition as it is kept; `path` is what a refusal names.
    pub fn checked(self, path: &str) -> Result<Self> {
        let at = format!("{path}.value");
        let value = field::line(&at, self.value.as_deref(), 200)?;
        let refuse = |code: &str, sentence: &str| Err(Error::invalid(&at, code, sentence));
        if !self.look.needs_value() {
            return Ok(Self { look: self.look, value: None });
        }
        let Some(value) = value else {
            return refuse("required", "Say what to compare with.");
        };
        match self.look {
            LeadLook::Country => {
                for code in value.split(',') {
                    field::country(&at, Some(code))?;
                }
            }
            LeadLook::Recent if !value.parse::<i64>().is_ok_and(|days| (1..=3650).contains(&days)) => {
                return refuse("days_invalid", "Write a number of days from 1 to 3650.");
            }
            // Words of nothing but signs would be found in every text.
            LeadLook::Message | LeadLook::Answer | LeadLook::Source | LeadLook::Campaign
                if folded(&value).is_empty() =>
            {
                return refuse("words_needed", "Write at least one letter or digit.");
            }
            _ => {}
        }
        Ok(Self { look: self.look, value: Some(value) })
    }
}

/// The rules that hold, as reasons.
pub fn reasons(rules: &[ScoreRule], lead: &Lead, now: DateTime<Utc>) -> Vec<ScoreReason> {
    let holding = rules.iter().filter(|rule| rule.when.holds(lead, now));
    holding
        .map(|rule| ScoreReason { look: rule.when.look, value: rule.when.value.clone(), points: rule.points })
        .collect()
}

/// What we suggest.
pub fn suggested() -> Vec<ScoreRule> {
    let rule = |look, value: Option<&str>, points| ScoreRule {
        when: LeadCondition { look, value: value.map(str::to_owned) },
        points,
    };
    vec![
        rule(LeadLook::CompanyEmail, None, 20),
        rule(LeadLook::FreeEmail, None, -5),
        rule(LeadLook::HasPhone, None, 15),
        rule(LeadLook::HasCompany, None, 15),
        rule(LeadLook::Recent, Some("14"), 10),
    ]
}
