//! The end of the trail's chain, and the walk that proves it: `GET /api/v1/audit/head`, `POST /api/v1/audit/verify`.
//!
//! A walk is bounded: one request proves a stretch and says from where to go on. So a chain of any length is proven by
//! whoever may read it, with a bar that moves, and no request holds the server for long.

use axum::extract::State;
use chrono::{DateTime, Utc};
use edge::{Json, May};
use identity::permissions::ReadAudit;
use kernel::{AuditId, Error};
use serde::{Deserialize, Serialize};
use store::{Break, Check, Head, Report, Store, What};
use utoipa::ToSchema;

/// Entries one request proves.
const STRETCH: i64 = 20_000;

/// The end of the chain. Note `head` elsewhere: later it shows whether anything before it has been cut or rewritten.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditHeadView {
    /// The number of the last sealed entry; 0 before the first.
    #[schema(example = 1204)]
    pub seq: i64,
    #[schema(example = "1204:9f2ac3a1f0d24e7bb8e6a5f17c3d20914be87a6655c0d1e2f3a4b5c6d7e8f901")]
    pub head: Option<String>,
    pub sealed_at: Option<DateTime<Utc>>,
}

/// Which stretch to prove.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyAudit {
    /// `proven` of the request before; from the beginning without it.
    #[serde(default)]
    pub from: Option<String>,
    /// A head noted earlier, which must still be part of the chain.
    #[serde(default)]
    pub witness: Option<String>,
}

/// What a walk has shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditProofView {
    /// How far the chain is proven: what the next request goes on from.
    #[schema(example = "1204:9f2ac3a1f0d24e7bb8e6a5f17c3d20914be87a6655c0d1e2f3a4b5c6d7e8f901")]
    pub proven: String,
    /// The number of the last entry proven.
    #[schema(example = 1204)]
    pub seq: i64,
    /// The number of the last sealed entry.
    #[schema(example = 1204)]
    pub of: i64,
    /// Is the end reached, with nothing broken?
    pub complete: bool,
    /// Entries proven by this request.
    pub checked: i64,
    /// Among them, those whose values have been erased.
    pub erased: i64,
    /// Among them, those from before there was a chain: their values were never sealed.
    pub from_before: i64,
    /// Entries about to be sealed.
    pub waiting: i64,
    /// The first broken place, if there is one.
    pub broken: Option<AuditBreakView>,
}

/// Where a chain is broken and how.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditBreakView {
    /// `changed`, `missing`, `reordered`, `forged`, `detail_changed`, `tail_cut` or `rewritten`.
    #[schema(example = "changed")]
    pub what: &'static str,
    #[schema(example = 17)]
    pub seq: Option<i64>,
    pub id: Option<AuditId>,
    #[schema(example = "The entry at place 17 was changed after it was sealed.")]
    pub detail: String,
}

#[utoipa::path(get, path = "/api/v1/audit/head", operation_id = "audit_head", tag = "trust",
    responses((status = 200, description = "The end of the chain", body = AuditHeadView)))]
pub(super) async fn audit_head(
    May(can): May<ReadAudit>,
    State(store): State<Store>,
) -> edge::Result<Json<AuditHeadView>> {
    let head = store.audit_head(can.tenant_id()).await?;
    Ok(Json(AuditHeadView {
        seq: head.as_ref().map_or(0, |(head, _)| head.seq),
        sealed_at: head.as_ref().map(|(_, at)| *at),
        head: head.map(|(head, _)| head.to_string()),
    }))
}

#[utoipa::path(post, path = "/api/v1/audit/verify", operation_id = "audit_verify", tag = "trust", request_body = VerifyAudit,
    responses((status = 200, description = "What the walk has shown", body = AuditProofView)))]
pub(super) async fn audit_verify(
    May(can): May<ReadAudit>,
    State(store): State<Store>,
    Json(asked): Json<VerifyAudit>,
) -> edge::Result<Json<AuditProofView>> {
    let check =
        Check { from: read("from", asked.from)?, witness: read("witness", asked.witness)?, limit: Some(STRETCH) };
    let report = store.verify_audit(can.tenant_id(), check).await?;
    let of = store.audit_head(can.tenant_id()).await?.map_or(0, |(head, _)| head.seq);
    Ok(Json(view(report, of)))
}

fn read(field: &'static str, text: Option<String>) -> Result<Option<Head>, Error> {
    let text = text.filter(|text| !text.trim().is_empty());
    text.map(|text| text.parse()).transpose().map_err(|_| {
        Error::invalid(field, "not_a_head", "Give a head as this page showed it: a number, a colon and 64 characters.")
    })
}

fn view(report: Report, of: i64) -> AuditProofView {
    AuditProofView {
        seq: report.proven.seq,
        proven: report.proven.to_string(),
        of,
        complete: report.complete,
        checked: report.checked,
        erased: report.erased,
        from_before: report.from_before,
        waiting: report.waiting,
        broken: report.broken.map(|broken| AuditBreakView {
            what: broken.what.name(),
            seq: broken.seq,
            id: broken.id,
            detail: sentence(&broken),
        }),
    }
}

/// A break in words, for screens and terminals.
pub fn sentence(broken: &Break) -> String {
    let place = broken.seq.map_or_else(|| "without a place".to_owned(), |seq| format!("at place {seq}"));
    let text = match broken.what {
        What::Changed => format!("The entry {place} was changed after it was sealed."),
        What::Missing => format!("The entry {place} has been removed."),
        What::Reordered => format!("The entry {place} belongs elsewhere: entries have been re-ordered."),
        What::Forged => format!("The entry {place} was not written by this program."),
        What::DetailChanged => {
            format!("What is kept of the values of the entry {place} was changed after it was sealed.")
        }
        What::TailCut => format!("The chain ends before its known end: the entry {place} and what followed are gone."),
        What::Rewritten => format!("The chain is another one than was witnessed: it differs {place} or before."),
    };
    broken.id.map_or(text.clone(), |id| format!("{text} ({id})"))
}
