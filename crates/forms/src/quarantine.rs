//! What a guard holds back: kept as it was sent, told to nobody, and no lead until somebody says that it is none of spam's.
//!
//! Invariants: what was typed stands here and nowhere else (not in the audit trail, not in an event); it goes after thirty
//! days, or with the next sweep after somebody has said that it is spam; what is let through becomes what it would have
//! been when it was sent.

pub(crate) mod decide;
pub(crate) mod keep;
pub mod list;
pub(crate) mod routes;
pub(crate) mod sweep;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use kernel::{Json, permissions};
use leads::lead::Utm;

use crate::{
    form::{FormId, field::FormField},
    guard::GuardReason,
};

kernel::id!(/// Something that was held back.
    pub QuarantineId, "qua");

permissions! {
    /// See what the guards of forms hold back, let it through, and say that it is spam.
    pub ReviewSubmissions = "submission.review": [Administrator, Sales, Marketing];
}

store::record! {
    /// What was held back, as stored. The audit trail gets nothing of what was typed.
    pub struct Quarantined in web_form_quarantine {
        id: QuarantineId,
        form_id: FormId,
        points: i64,
        reasons: Json<Vec<GuardReason>>,
        #[serde(skip_serializing)]
        asked: Json<Vec<FormField>>,
        #[serde(skip_serializing)]
        sent: Json<BTreeMap<String, String>>,
        #[serde(skip_serializing)]
        utm: Json<Utm>,
        #[serde(skip_serializing)]
        landing_page: Option<String>,
        page: String,
        consent_number: Option<i64>,
        // Both carry a digest by which what was typed can be guessed.
        #[serde(skip_serializing)]
        once_key: Option<String>,
        #[serde(skip_serializing)]
        digest: String,
        rejected_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
    }
}
