//! The cookie that carries a session's secret: unreadable to scripts, not sent by other sites' pages, and bound to this
//! host where the connection is encrypted (P033).

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use edge::{Json, Settings};
use kernel::{AccountId, TenantId};
use serde::Serialize;
use utoipa::ToSchema;

use super::ABSOLUTE;

/// A fresh session, on its way to the browser.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignedIn {
    pub account_id: AccountId,
    /// The workspace that is now open.
    pub tenant_id: TenantId,
    #[serde(skip)]
    pub(crate) secret: String,
}

impl SignedIn {
    /// The answer with its cookie.
    pub(crate) fn answer(self, settings: &Settings) -> Response {
        let cookie = cookie(settings, &self.secret, ABSOLUTE.num_seconds());
        with_cookie(Json(self).into_response(), cookie)
    }

    /// The secret itself, for tests and the demo's own browser; it is stored nowhere.
    pub fn secret(&self) -> &str {
        &self.secret
    }
}

/// Makes the browser forget its secret.
pub(crate) fn forget(settings: &Settings, response: Response) -> Response {
    with_cookie(response, cookie(settings, "", 0))
}

fn cookie(settings: &Settings, secret: &str, seconds: i64) -> String {
    let secure = if settings.tls() { "; Secure" } else { "" };
    format!("{}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}", settings.session_cookie())
}

fn with_cookie(mut response: Response, cookie: String) -> Response {
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p033_the_cookie_is_bound_to_this_host_and_hidden_from_scripts() {
        let settings = |url: &str| Settings { public_url: url.into(), trusted_proxy: None, sandbox: false };
        assert_eq!(
            cookie(&settings("https://app.example"), "s", 60),
            "__Host-omb_session=s; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure"
        );
        assert_eq!(
            cookie(&settings("http://127.0.0.1:8080"), "s", 60),
            "omb_session=s; Path=/; Max-Age=60; HttpOnly; SameSite=Lax"
        );
    }
}
