//! Listing what was held back.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Page, PageRequest, Result, id::Id};
use serde::{Deserialize, Serialize};
use store::{Sort, SortKind, Sql, Tx};
use utoipa::ToSchema;

use super::{QuarantineId, Quarantined, sweep::KEPT};
use crate::{
    attachment::{Attachment, keep::of, view::AttachmentView},
    form::FormId,
    guard::GuardReason,
};

const SORTS: &[Sort] = &[Sort::descending("created_at", "created_at", SortKind::Time)];
/// Of an answer as lists show it.
const SHOWN: usize = 400;

/// Which of it.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct QuarantineFilter {
    pub form_id: Option<FormId>,
    /// `true` lists what somebody has said to be spam and is not gone yet.
    pub rejected: Option<bool>,
}

/// An answer as it was typed.
#[derive(Debug, Serialize, ToSchema)]
pub struct SentAnswer {
    #[schema(example = "message")]
    pub key: String,
    #[schema(example = "Message")]
    pub label: String,
    #[schema(example = "Best SEO offers")]
    pub value: String,
}

/// What was held back, as the API shows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuarantineView {
    pub id: QuarantineId,
    pub form_id: FormId,
    #[schema(example = "Contact page")]
    pub form_name: String,
    /// The sum of the points of `reasons`.
    #[schema(example = 14)]
    pub points: i64,
    pub reasons: Vec<GuardReason>,
    /// In lists each answer is cut after 400 characters.
    pub answers: Vec<SentAnswer>,
    pub attachments: Vec<AttachmentView>,
    #[schema(example = "https://talleres.example/fleet")]
    pub landing_page: Option<String>,
    pub consent_number: Option<i64>,
    pub rejected_at: Option<DateTime<Utc>>,
    /// When it is erased unless somebody lets it through.
    pub erased_after: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
}

pub async fn list(tx: &mut Tx, filter: QuarantineFilter, page: &PageRequest) -> Result<Page<QuarantineView>> {
    let select = tx
        .select::<Quarantined>()
        .push(if filter.rejected.unwrap_or(false) {
            " AND web_form_quarantine.rejected_at IS NOT NULL"
        } else {
            " AND web_form_quarantine.rejected_at IS NULL"
        })
        .and_if("web_form_quarantine.form_id =", filter.form_id);
    let found: Page<Quarantined> = tx.page(select, SORTS, page).await?;
    let names = names(tx, found.items.iter().map(|kept| kept.form_id)).await?;
    let files = attached(tx, found.items.iter().map(|kept| kept.id)).await?;
    Ok(found.map(|kept| view(kept, &names, &files, SHOWN)))
}

pub(crate) async fn one(tx: &mut Tx, id: QuarantineId) -> Result<QuarantineView> {
    let kept: Quarantined = tx.get(id).await?;
    let names = names(tx, [kept.form_id].into_iter()).await?;
    let files = attached(tx, [kept.id].into_iter()).await?;
    Ok(view(kept, &names, &files, usize::MAX))
}

async fn attached(tx: &mut Tx, ids: impl Iterator<Item = QuarantineId>) -> Result<Vec<Attachment>> {
    of(tx, "web_form_attachment.quarantine_id", ids.map(Id::uuid).collect()).await
}

async fn names(tx: &mut Tx, ids: impl Iterator<Item = FormId>) -> Result<HashMap<FormId, String>> {
    let query = Sql::new("SELECT id, name FROM web_form WHERE tenant_id = ").bind(tx.tenant_id()).push(" AND id IN ");
    let found: Vec<(FormId, String)> = tx.all(query.bind_list(ids.map(Id::uuid))).await?;
    Ok(found.into_iter().collect())
}

fn view(kept: Quarantined, names: &HashMap<FormId, String>, files: &[Attachment], shown: usize) -> QuarantineView {
    let value = |key: &str| kept.sent.0.get(key).map(|text| text.chars().take(shown).collect()).unwrap_or_default();
    QuarantineView {
        answers: kept
            .asked
            .0
            .iter()
            .map(|asked| SentAnswer { key: asked.key.clone(), label: asked.label.clone(), value: value(&asked.key) })
            .collect(),
        attachments: files.iter().filter(|file| file.quarantine_id == Some(kept.id)).map(Into::into).collect(),
        id: kept.id,
        form_id: kept.form_id,
        form_name: names.get(&kept.form_id).cloned().unwrap_or_default(),
        points: kept.points,
        reasons: kept.reasons.0,
        landing_page: kept.landing_page,
        consent_number: kept.consent_number,
        rejected_at: kept.rejected_at,
        erased_after: kept.created_at + TimeDelta::days(KEPT),
        created_at: kept.created_at,
    }
}
