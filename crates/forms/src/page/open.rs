//! The form behind a public address, and from where it may be sent.

use axum::http::{HeaderMap, header};
use chrono::{DateTime, Utc};
use edge::{App, Connection};
use kernel::{Can, Error, Result};

use crate::{
    PURPOSE,
    consent::{ConsentText, numbered},
    form::{Form, FormId, SubmitForm},
    guard::{self, stamp},
};

/// A published form, and the right of everybody to send it.
pub(crate) struct Opened {
    pub can: Can<SubmitForm>,
    pub form: Form,
    /// The company whose form it is.
    pub company: String,
    pub consent: Option<ConsentText>,
    /// By which its pages are stamped; None where nobody looks at stamps.
    key: Option<[u8; 32]>,
}

impl Opened {
    pub fn address(&self, app: &App) -> String {
        format!("{}/f/{}", app.settings.public_url, self.form.path)
    }

    /// The stamp of a page that is shown now.
    pub fn stamp(&self, once: &str, now: DateTime<Utc>) -> Option<String> {
        self.key.as_ref().map(|key| stamp::stamp(key, self.form.id, once, now))
    }
}

/// 404 for what is not published, 410 for what is closed.
pub(crate) async fn open(app: &App, connection: &Connection, path: &str) -> Result<Opened> {
    let (caller, subject) = identity::link::resolve(&app.store, PURPOSE, path, connection.origin.clone()).await?;
    let can = Can::<SubmitForm>::check(caller)?;
    let id: FormId = subject.parse().map_err(|_| Error::internal("a link opens something that is no form"))?;
    let mut tx = app.store.read(&can).await?;
    let form: Form = tx.get(id).await?;
    form.must_be_published()?;
    let consent = match form.consent_number {
        Some(number) => numbered(&mut tx, form.id, number).await?,
        None => None,
    };
    let company = identity::tenant::current(&mut tx).await?.name;
    let key = if form.guard.0.on { Some(guard::key(&mut tx).await?) } else { None };
    Ok(Opened { can, form, company, consent, key })
}

/// The origin a browser names, where the form may be sent from there; None for ourselves and for programs.
pub(crate) fn allowed(form: &Form, headers: &HeaderMap, public_url: &str) -> Result<Option<String>> {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(origin) = text(header::ORIGIN) else { return Ok(None) };
    let ours = origin.split_once("://").map(|(_, host)| Some(host) == text(header::HOST)) == Some(true);
    if origin == public_url || ours {
        return Ok(None);
    }
    if form.allowed_origins.0.iter().any(|one| one == origin) {
        return Ok(Some(origin.to_owned()));
    }
    Err(Error::Door {
        status: 403,
        code: "origin_not_allowed",
        detail: "This form may not be sent from this site. Add the site to the form first.".into(),
        retry_after_seconds: None,
    })
}
