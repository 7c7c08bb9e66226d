//! A submission: that a form was sent, what it became, and which text was agreed to. What was typed stands in the lead.

pub(crate) mod arrive;
pub(crate) mod check;
pub mod list;
pub(crate) mod routes;
mod sender;
pub mod take;

use chrono::{DateTime, Utc};
use kernel::Json;
use leads::lead::LeadId;

use crate::{consent::ConsentChannel, form::FormId};

kernel::id!(/// A form that was sent.
    pub SubmissionId, "sub");

store::record! {
    /// A submission as stored.
    pub struct Submission in web_form_submission {
        id: SubmissionId,
        form_id: FormId,
        lead_id: LeadId,
        consent_number: Option<i64>,
        consent_channels: Json<Vec<ConsentChannel>>,
        /// By which a second sending is recognised.
        once_key: Option<String>,
        /// SHA-256 of what was sent, as hex.
        digest: String,
        created_at: DateTime<Utc>,
    }
}
