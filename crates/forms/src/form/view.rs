//! A form as the API shows it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use crm::name::{self, Names, Ref};
use kernel::{Caller, Language, MemberId, Permission, Result, id::Id};
use leads::lead::Utm;
use serde::Serialize;
use store::{Sql, Tx};
use utoipa::ToSchema;

use super::{Form, FormId, FormState, ManageForms, delete::RESTORABLE, field::FormField};
use crate::{consent::ConsentChannel, guard::FormGuard};

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
    pub guard: FormGuard,
    pub state: FormState,
    pub published_at: Option<DateTime<Utc>>,
    pub deleted_at: Option<DateTime<Utc>>,
    /// How many have come in.
    pub submissions: i64,
    /// How many wait in quarantine; 1000 stands for more.
    pub held: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// `update`, `publish`, `close`, `duplicate`, `delete` and `restore`, where this caller may do it now.
    pub actions: Vec<&'static str>,
}

/// Looked for at most, so that a flood costs a list nothing.
const MOST_HELD: i64 = 1_000;

/// What a page of forms refers to.
struct Related {
    members: Names<MemberId>,
    sent: HashMap<FormId, i64>,
    held: HashMap<FormId, i64>,
}

impl Related {
    async fn load(tx: &mut Tx, forms: &[Form]) -> Result<Self> {
        let members = name::members(tx, forms.iter().map(|form| form.owner_id)).await?;
        let tenant = tx.tenant_id();
        let tallied = Sql::new("SELECT form_id, CAST(sum(sent) AS BIGINT) FROM web_form_tally WHERE tenant_id = ")
            .bind(tenant)
            .push(" AND form_id IN ")
            .bind_list(forms.iter().map(|form| form.id.uuid()))
            .push(" GROUP BY form_id");
        let sent: Vec<(FormId, i64)> = tx.all(tallied).await?;
        let mut held = HashMap::new();
        for form in forms {
            let waiting =
                Sql::new("SELECT count(*) FROM (SELECT 1 AS held FROM web_form_quarantine WHERE tenant_id = ")
                    .bind(tenant)
                    .push(" AND form_id = ")
                    .bind(form.id)
                    .push(" AND rejected_at IS NULL LIMIT ")
                    .bind(MOST_HELD)
                    .push(") AS waiting");
            held.insert(form.id, tx.count(waiting).await?);
        }
        Ok(Self { members, sent: sent.into_iter().collect(), held })
    }
}

pub async fn view(tx: &mut Tx, form: Form) -> Result<FormView> {
    let related = Related::load(tx, std::slice::from_ref(&form)).await?;
    Ok(build(tx, form, &related))
}

pub async fn views(tx: &mut Tx, forms: Vec<Form>) -> Result<Vec<FormView>> {
    let related = Related::load(tx, &forms).await?;
    Ok(forms.into_iter().map(|form| build(tx, form, &related)).collect())
}

fn build(tx: &Tx, form: Form, related: &Related) -> FormView {
    FormView {
        actions: actions(tx.caller(), &form, tx.now()),
        submissions: related.sent.get(&form.id).copied().unwrap_or(0),
        held: related.held.get(&form.id).copied().unwrap_or(0),
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
        owner: related.members.maybe(form.owner_id),
        owner_id: form.owner_id,
        allowed_origins: form.allowed_origins.0,
        consent_text: form.consent_text,
        consent_channels: form.consent_channels.0,
        consent_required: form.consent_required,
        consent_number: form.consent_number,
        guard: form.guard.0,
        state: form.state,
        published_at: form.published_at,
        deleted_at: form.deleted_at,
        created_at: form.created_at,
        updated_at: form.updated_at,
    }
}

fn actions(caller: &Caller, form: &Form, now: DateTime<Utc>) -> Vec<&'static str> {
    if !caller.holds(ManageForms::NAME) {
        return Vec::new();
    }
    match form.deleted_at {
        Some(at) if now - at < RESTORABLE => vec!["duplicate", "restore"],
        Some(_) => vec!["duplicate"],
        None if form.state == FormState::Published => vec!["update", "publish", "close", "duplicate", "delete"],
        None => vec!["update", "publish", "duplicate", "delete"],
    }
}
