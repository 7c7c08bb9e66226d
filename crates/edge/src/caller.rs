//! Who is asking. The caller is resolved once per request and kept in its extensions.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, Method, header, request::Parts},
};
use kernel::{Caller, Can, Error, Language, Origin, Permission};

use crate::{App, Problem, amounts::Hidden, door::Charge};

/// The name a request goes by in logs, audit and problems; set by the outermost layer.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// An `Idempotency-Key` with the digest of its request; set by the idempotency layer.
#[derive(Debug, Clone)]
pub struct RequestIdempotency(pub kernel::caller::Idempotency);

/// The caller, once found.
#[derive(Debug, Clone)]
struct Resolved(Arc<Caller>);

/// Any signed-in caller, whatever its rights.
#[derive(Debug, Clone)]
pub struct Signed(pub Arc<Caller>);

/// A caller who holds `P`: `May(can): May<IssueInvoice>`.
#[derive(Debug)]
pub struct May<P: Permission>(pub Can<P>);

/// Where a request comes from, for routes that need no sign-in.
#[derive(Debug, Clone)]
pub struct Connection {
    pub origin: Origin,
    /// The best of ours for the browser's languages.
    pub language: Language,
}

impl FromRequestParts<App> for Signed {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        resolve(parts, app).await.map(Signed)
    }
}

impl<P: Permission> FromRequestParts<App> for May<P> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let caller = resolve(parts, app).await?;
        let can = Can::check(caller.clone());
        if can.is_err() {
            refused(app, caller, P::NAME).await;
        }
        Ok(May(can?))
    }
}

impl FromRequestParts<App> for Connection {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        Ok(Connection { origin: origin(parts, app), language: language(&parts.headers) })
    }
}

/// The caller of a request, from its cookie or bearer key.
pub async fn resolve(parts: &mut Parts, app: &App) -> Result<Arc<Caller>, Problem> {
    if let Some(Resolved(caller)) = parts.extensions.get() {
        return Ok(caller.clone());
    }
    let origin = origin(parts, app);
    let nobody = || Error::unauthenticated("sign_in_required", "Sign in, or send a valid API key as a bearer token.");
    let credential = credential(&parts.headers, app).ok_or_else(nobody)?;
    let found = match credential {
        Credential::Key(key) => app.authenticator.api_key(key, origin).await?,
        Credential::Session(secret) => app.authenticator.session(secret, origin).await?,
    };
    let Some(caller) = found else {
        app.door.unknown(credential.text());
        return Err(nobody().into());
    };
    app.door.found(credential.text(), &caller, parts.extensions.get::<Charge>().copied())?;
    let caller = Arc::new(caller);
    let span = tracing::Span::current();
    span.record("tenant", tracing::field::display(caller.tenant_id));
    span.record("actor_kind", caller.actor.kind());
    span.record("actor_id", caller.actor.id());
    if let Some(hidden) = parts.extensions.get::<Hidden>() {
        hidden.note(&caller);
    }
    parts.extensions.insert(Charge::Done);
    parts.extensions.insert(Resolved(caller.clone()));
    Ok(caller)
}

/// Writes the refused attempt into the tenant's audit trail. A trail that cannot be written does not let anybody in,
/// and does not turn the refusal into another error.
async fn refused(app: &App, caller: Arc<Caller>, permission: &'static str) {
    if let Err(error) = app.store.audit_refusal(caller, permission).await {
        tracing::error!(%error, "a refused attempt could not be written to the audit trail");
    }
}

/// The secret of a session cookie.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// The secret a request carries: a key before a session.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Credential<'h> {
    Key(&'h str),
    Session(&'h str),
}

impl<'h> Credential<'h> {
    pub(crate) fn text(self) -> &'h str {
        match self {
            Credential::Key(text) | Credential::Session(text) => text,
        }
    }
}

pub(crate) fn credential<'h>(headers: &'h HeaderMap, app: &App) -> Option<Credential<'h>> {
    let session = || cookie(headers, app.settings.session_cookie()).map(Credential::Session);
    bearer(headers).map(Credential::Key).or_else(session)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, key) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}

fn origin(parts: &Parts, app: &App) -> Origin {
    let text = |name: header::HeaderName| parts.headers.get(name).and_then(|v| v.to_str().ok());
    Origin {
        ip: client_ip(parts, app.settings.trusted_proxy),
        // An agent's name is as long as its sender likes; 300 characters tell a device.
        user_agent: text(header::USER_AGENT).map(|agent| agent.chars().take(300).collect()),
        request_id: parts.extensions.get::<RequestId>().map(|id| id.0.clone()),
        idempotency: (parts.method == Method::POST)
            .then(|| parts.extensions.get::<RequestIdempotency>().map(|i| i.0.clone()))
            .flatten(),
    }
}

/// The peer's address, or what the trusted proxy says it is: the last entry, which the proxy itself wrote.
pub fn client_ip(parts: &Parts, trusted_proxy: Option<IpAddr>) -> Option<IpAddr> {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    if peer.is_some() && peer == trusted_proxy {
        let forwarded = parts.headers.get("x-forwarded-for").and_then(|v| v.to_str().ok());
        return forwarded.and_then(|list| list.rsplit(',').next()?.trim().parse().ok()).or(peer);
    }
    peer
}

fn language(headers: &HeaderMap) -> Language {
    headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).map(Language::negotiate).unwrap_or_default()
}
