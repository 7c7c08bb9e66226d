//! A fault plan as people and tests write it.
//!
//! Invariant: a plan that was taken can be carried out: codes are refusals, texts are one line, delays end.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Where in the dialogue a fault strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Instead of the greeting.
    Connect,
    /// At EHLO or HELO. Matches against the name the client gives.
    Ehlo,
    /// At AUTH. Matches against the user name.
    Auth,
    /// At MAIL FROM. Matches against the sender.
    Mail,
    /// At RCPT TO. Matches against the recipient.
    Rcpt,
    /// At DATA. From here on matches against the sender and all recipients.
    Data,
    /// After the final dot, before the mail is kept.
    Dot,
    /// After the mail is kept, instead of the confirmation.
    Stored,
}

impl Stage {
    /// Every stage, in the order of the dialogue.
    pub const ALL: [Stage; 8] =
        [Stage::Connect, Stage::Ehlo, Stage::Auth, Stage::Mail, Stage::Rcpt, Stage::Data, Stage::Dot, Stage::Stored];

    /// The word used in JSON and in the form.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Stage::Connect => "connect",
            Stage::Ehlo => "ehlo",
            Stage::Auth => "auth",
            Stage::Mail => "mail",
            Stage::Rcpt => "rcpt",
            Stage::Data => "data",
            Stage::Dot => "dot",
            Stage::Stored => "stored",
        }
    }
}

/// What happens there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FaultAction {
    /// This reply instead of the usual one.
    Reply {
        /// 400 to 599.
        code: u16,
        /// One line, e.g. `4.7.1 try later`.
        text: String,
    },
    /// Wait so many milliseconds, then go on.
    DelayMs(u64),
    /// Cut the connection without a word.
    Drop,
    /// Say nothing until the client gives up.
    Hang,
}

/// One rule of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultRule {
    /// Where.
    pub stage: Stage,
    /// Only where an address or name contains this text, in any case. Always if absent.
    #[serde(default)]
    pub matches: Option<String>,
    /// What.
    pub action: FaultAction,
    /// How often; for ever if absent. Counts down.
    #[serde(default)]
    pub times: Option<u32>,
}

/// Rules, tried in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultPlan {
    /// The rules.
    pub rules: Vec<FaultRule>,
}

/// Why a plan is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FaultPlanError {
    /// A reply that is not a refusal.
    #[error("a reply code must be between 400 and 599")]
    Code,
    /// A reply of several lines, or one too long.
    #[error("a reply text must be one line of at most 400 characters")]
    Text,
    /// A rule that never strikes.
    #[error("times must be 1 or more, or absent for every time")]
    Times,
    /// A delay beyond ten minutes.
    #[error("a delay must be at most 600000 milliseconds")]
    Delay,
    /// More than 100 rules.
    #[error("a plan holds at most 100 rules")]
    Rules,
}

impl FaultPlan {
    pub(crate) fn validate(&self) -> Result<(), FaultPlanError> {
        if self.rules.len() > 100 {
            return Err(FaultPlanError::Rules);
        }
        for rule in &self.rules {
            if rule.times == Some(0) {
                return Err(FaultPlanError::Times);
            }
            match &rule.action {
                FaultAction::Reply { code, .. } if !(400..=599).contains(code) => return Err(FaultPlanError::Code),
                FaultAction::Reply { text, .. } if text.chars().count() > 400 || text.chars().any(char::is_control) => {
                    return Err(FaultPlanError::Text);
                }
                FaultAction::DelayMs(wait) if *wait > 600_000 => return Err(FaultPlanError::Delay),
                _ => {}
            }
        }
        Ok(())
    }
}
