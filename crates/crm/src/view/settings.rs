//! What is asked of a report that is kept as a view: its kind, pipeline, person and period. Its filter is that of the view, and
//! about what the report counts.

use kernel::{Error, MemberId, Result};
use serde::{Deserialize, Serialize};
use store::Tx;
use utoipa::ToSchema;

use crate::{
    filter::catalogue::Noun,
    pipeline::PipelineId,
    report::{self, ReportKind, ReportPeriod},
};

/// As the report takes them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportSettings {
    pub kind: ReportKind,
    /// The first pipeline unless given.
    #[serde(default)]
    pub pipeline_id: Option<PipelineId>,
    /// Records of one member.
    #[serde(default)]
    pub owner_id: Option<MemberId>,
    /// Ninety days back unless given.
    #[serde(default)]
    pub period: Option<ReportPeriod>,
}

/// A view of reports has settings, and no other has; nobody keeps a report they may not see.
pub(super) fn must_fit(tx: &Tx, noun: Noun, report: Option<&ReportSettings>) -> Result<()> {
    match (noun, report) {
        (Noun::Report, None) => Err(Error::invalid("report", "required", "Say which report is kept.")),
        (Noun::Report, Some(report)) => {
            let missing = report::needs(report.kind).iter().find(|permission| !tx.caller().holds(permission));
            missing.map_or(Ok(()), |permission| Err(Error::Forbidden { permission }))
        }
        (_, Some(_)) => Err(Error::invalid("report", "no_report", "Only views of reports have this.")),
        (_, None) => Ok(()),
    }
}

/// What the view's filter is about.
pub(super) fn filtered(noun: Noun, report: Option<&ReportSettings>) -> Option<Noun> {
    match report {
        Some(report) => report::counted(report.kind),
        None => Some(noun),
    }
}
