//! A form: what is asked on a page of one's own, and what becomes of the answers.
//!
//! Invariant: a form asks for at least one thing by which a lead can be called, and demands it.

pub mod delete;
pub mod duplicate;
pub mod field;
pub(crate) mod life;
pub mod list;
pub mod publish;
pub(crate) mod routes;
pub mod set;
pub mod view;

use chrono::{DateTime, Utc};
use kernel::{Error, Event, Json, Language, LinkId, MemberId, Result, permissions};
use leads::lead::Utm;

use crate::{consent::ConsentChannel, guard::FormGuard};
use field::FormField;

kernel::id!(/// A web form.
    pub FormId, "frm");

kernel::states! {
    /// How far a form is.
    pub enum FormState {
        /// Being written; its address answers nobody.
        Draft = "draft",
        Published = "published",
        /// Takes nothing any more, and says so.
        Closed = "closed",
    }
}

permissions! {
    /// See forms, their texts, and what came in by them.
    pub ReadForms = "form.read": [Administrator, Sales, Marketing, Support, ReadOnly];
    /// Make, change, publish and close forms.
    pub ManageForms = "form.manage": [Administrator, Marketing];
    /// Send a form. Held by whoever has its address; of keys, those of whoever may make forms.
    pub SubmitForm = "form.submit": [Administrator, Marketing];
}

store::record! {
    /// A form as stored.
    pub struct Form in web_form {
        id: FormId,
        version: i64,
        name: String,
        slug: String,
        /// The last part of its public address.
        path: String,
        link_id: LinkId,
        language: Language,
        title: String,
        intro: Option<String>,
        fields: Json<Vec<FormField>>,
        submit_label: Option<String>,
        thank_you: Option<String>,
        redirect_url: Option<String>,
        source: Option<String>,
        utm: Json<Utm>,
        owner_id: Option<MemberId>,
        allowed_origins: Json<Vec<String>>,
        /// As it is being written.
        consent_text: Option<String>,
        consent_channels: Json<Vec<ConsentChannel>>,
        consent_required: bool,
        /// The published text that is shown.
        consent_number: Option<i64>,
        guard: Json<FormGuard>,
        state: FormState,
        published_at: Option<DateTime<Utc>>,
        deleted_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

impl Form {
    /// Refuses to show or take anything unless the form is published. A draft is unknown to those outside; one that was deleted
    /// is to them as one that was closed.
    pub(crate) fn must_be_published(&self) -> Result<()> {
        match (self.state, self.deleted_at) {
            (FormState::Published, None) => Ok(()),
            (FormState::Draft, _) => Err(Error::not_found("form")),
            _ => Err(Error::Door {
                status: 410,
                code: "form_closed",
                detail: "This form takes nothing any more.".into(),
                retry_after_seconds: None,
            }),
        }
    }

    /// Refuses work on what is deleted.
    pub(crate) fn must_be_there(&self) -> Result<()> {
        if self.deleted_at.is_some() {
            return Err(Error::conflict("form_deleted", "This form has been deleted. Bring it back first."));
        }
        Ok(())
    }
}

pub(crate) fn event(kind: &'static str, form: &Form) -> Event {
    Event::new(kind, form.id)
}
