//! A form as the API shows it.

use chrono::{DateTime, Utc};
use crm::name::{self, Ref};
use kernel::{Language, MemberId, Permission, Result};
use leads::lead::Utm;
use serde::Serialize;
use store::{Tx, sql};
use utoipa::ToSchema;

use super::{Form, FormId, FormState, ManageForms, field::FormField};
use crate::consent::ConsentChannel;

#[derive(Debug, Serialize, ToSchema)]
pub struct FormView {
    pub id: FormId,
    pub version: i64,
    #[schema(example = "Contact page")]
    pub name: String,
    #[schema(example = "contact")]
    pub slug: String,
    /// Where it is, below the address of the server.
    #[schema(example = "/f/contact-3f9a1c0b77d2")]
    pub path: String,
    pub language: Language,
    #[schema(example = "Tell us about your fleet")]
    pub title: String,
    pub intro: Option<String>,
    pub fields: Vec<FormField>,
    #[schema(example = "Send")]
    pub submit_label: Option<String>,
    pub thank_you: Option<String>,
    #[schema(example = "https://talleres.example/thanks")]
    pub redirect_url: Option<String>,
    pub source: Option<String>,
    pub utm: Utm,
    pub owner_id: Option<MemberId>,
    pub owner: Option<Ref<MemberId>>,
    pub allowed_origins: Vec<String>,
    /// As it is being written.
    pub consent_text: Option<String>,
    pub consent_channels: Vec<ConsentChannel>,
    pub consent_required: bool,
    /// The published text that is shown.
    pub consent_number: Option<i64>,
    pub state: FormState,
    pub published_at: Option<DateTime<Utc>>,
    /// How many have come in.
    pub submissions: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// `update`, `publish` and `close`, where this caller may do it now.
    pub actions: Vec<&'static str>,
}

pub async fn view(tx: &mut Tx, form: Form) -> Result<FormView> {
    let members = name::members(tx, [form.owner_id]).await?;
    let counted =
        sql!("SELECT count(*) FROM web_form_submission WHERE tenant_id = {} AND form_id = {}", tx.tenant_id(), form.id);
    let mut actions = Vec::new();
    if tx.caller().holds(ManageForms::NAME) {
        actions.extend(["update", "publish"]);
        if form.state == FormState::Published {
            actions.push("close");
        }
    }
    Ok(FormView {
        actions,
        submissions: tx.count(counted).await?,
        id: form.id,
        version: form.version,
        name: form.name,
        slug: form.slug,
        path: format!("/f/{}", form.path),
        language: form.language,
        title: form.title,
        intro: form.intro,
        fields: form.fields.0,
        submit_label: form.submit_label,
        thank_you: form.thank_you,
        redirect_url: form.redirect_url,
        source: form.source,
        utm: form.utm.0,
        owner: members.maybe(form.owner_id),
        owner_id: form.owner_id,
        allowed_origins: form.allowed_origins.0,
        consent_text: form.consent_text,
        consent_channels: form.consent_channels.0,
        consent_required: form.consent_required,
        consent_number: form.consent_number,
        state: form.state,
        published_at: form.published_at,
        created_at: form.created_at,
        updated_at: form.updated_at,
    })
}
