//! Listing what came in.

use chrono::{DateTime, Utc};
use crm::subject::may_read;
use kernel::{Page, PageRequest, Result, id::Id};
use leads::lead::{Lead, LeadId};
use serde::{Deserialize, Serialize};
use store::{Sort, SortKind, Tx};
use utoipa::ToSchema;

use super::{Submission, SubmissionId};
use crate::{
    attachment::{Attachment, keep::of, view::AttachmentView},
    consent::ConsentChannel,
    form::{Form, FormId},
};

const SORTS: &[Sort] = &[Sort::descending("created_at", "created_at", SortKind::Time)];

/// Which submissions.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SubmissionFilter {
    pub form_id: Option<FormId>,
    pub lead_id: Option<LeadId>,
}

/// A submission as the API shows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubmissionView {
    pub id: SubmissionId,
    pub form_id: FormId,
    #[schema(example = "Contact page")]
    pub form_name: String,
    /// What it became, for those who may read leads.
    pub lead_id: Option<LeadId>,
    #[schema(example = "Lucía Prieto")]
    pub lead_name: Option<String>,
    /// The number of the text that was agreed to.
    pub consent_number: Option<i64>,
    pub consent_channels: Vec<ConsentChannel>,
    /// What came with it, for those who may read leads.
    pub attachments: Vec<AttachmentView>,
    pub created_at: DateTime<Utc>,
}

pub async fn list(tx: &mut Tx, filter: SubmissionFilter, page: &PageRequest) -> Result<Page<SubmissionView>> {
    let select = tx
        .select::<Submission>()
        .and_if("web_form_submission.form_id =", filter.form_id)
        .and_if("web_form_submission.lead_id =", filter.lead_id);
    let found: Page<Submission> = tx.page(select, SORTS, page).await?;
    let ids = found.items.iter().map(|one| one.id.uuid()).collect();
    let files: Vec<Attachment> = of(tx, "web_form_attachment.submission_id", ids).await?;
    let mut items = Vec::new();
    for one in found.items {
        let form: Form = tx.get(one.form_id).await?;
        let readable = may_read(tx.caller(), &one.lead_id.to_string());
        let lead: Option<Lead> = if readable { Some(tx.get(one.lead_id).await?) } else { None };
        items.push(SubmissionView {
            attachments: files
                .iter()
                .filter(|file| readable && file.submission_id == Some(one.id))
                .map(Into::into)
                .collect(),
            id: one.id,
            form_id: one.form_id,
            form_name: form.name,
            lead_id: lead.as_ref().map(|lead| lead.id),
            lead_name: lead.map(|lead| lead.name),
            consent_number: one.consent_number,
            consent_channels: one.consent_channels.0,
            created_at: one.created_at,
        });
    }
    Ok(Page { items, next_cursor: found.next_cursor })
}
