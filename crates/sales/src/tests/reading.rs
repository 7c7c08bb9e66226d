//! The customer's page: what it shows, what it refuses, what it lets nobody do.

use std::sync::Arc;

use axum::{
    Extension, Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use edge::{App, Authenticator, Settings};
use http_body_util::BodyExt;
use kernel::{Caller, Language, Origin};
use serde_json::json;
use sha2::{Digest, Sha256};
use tower::ServiceExt;

use super::{Shop, line, offer, shops};
use crate::quote::{Quote, send::revoke};

/// The session `member` belongs to a member of the tenant.
struct Doorman(kernel::TenantId);

#[async_trait::async_trait]
impl Authenticator for Doorman {
    async fn session(&self, secret: &str, _: Origin) -> kernel::Result<Option<Caller>> {
        Ok((secret == "member").then(|| Caller::system(self.0)))
    }
    async fn api_key(&self, _: &str, _: Origin) -> kernel::Result<Option<Caller>> {
        Ok(None)
    }
}

struct Read {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
    bytes: Vec<u8>,
}

fn door(shop: &Shop) -> Router {
    let settings = Settings { public_url: "http://localhost".into(), trusted_proxy: None, sandbox: false };
    let authenticator = Arc::new(Doorman(shop.owner.tenant_id));
    let app = App::new(shop.store.store.clone(), authenticator, settings);
    crate::pages().layer(Extension(shop.blobs.clone())).with_state(app)
}

async fn ask(shop: &Shop, request: Request<Body>) -> Read {
    let answer = door(shop).oneshot(request).await.unwrap();
    let (status, headers) = (answer.status(), answer.headers().clone());
    let bytes = answer.into_body().collect().await.unwrap().to_bytes().to_vec();
    Read { status, headers, text: String::from_utf8_lossy(&bytes).into_owned(), bytes }
}

async fn get(shop: &Shop, path: &str) -> Read {
    ask(shop, Request::get(path).body(Body::empty()).unwrap()).await
}

async fn post(shop: &Shop, path: &str, form: &'static str) -> Read {
    let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    ask(shop, request.body(Body::from(form)).unwrap()).await
}

fn address(quote: &Quote) -> String {
    format!("/q/{}", quote.public_token.as_ref().unwrap().reveal())
}

#[tokio::test]
async fn the_page_speaks_four_languages_and_shows_hostile_text_as_text() {
    for shop in shops().await {
        for language in Language::ALL {
            let evil = r#""><script>alert(1)</script>{{ 'zzzz' ~ 'qqqq' }}"#;
            let quote = shop
                .sent(json!({
                    "title": evil, "language": language, "notes": evil, "terms": evil, "reference": evil,
                    "lines": [line(evil, "1", "37.76", "21")],
                }))
                .await;
            let page = get(&shop, &address(&quote)).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(page.text.contains(&format!("<html lang=\"{language}\">")));
            assert!(!page.text.contains("<script") && !page.text.contains("zzzzqqqq"), "{}", page.text);
            assert!(!page.text.contains("<Rápido>") && page.text.contains("&lt;script"));
            assert!(!page.text.contains("page-") && !page.text.contains("label-"), "a word is missing: {}", page.text);
        }
    }
}

#[tokio::test]
async fn the_page_is_kept_by_nobody_and_loads_nothing() {
    for shop in shops().await {
        let quote = shop.sent(offer()).await;
        let page = get(&shop, &address(&quote)).await;
        assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
        assert_eq!(page.headers["x-robots-tag"], "noindex, nofollow");
        assert_eq!(page.headers[header::REFERRER_POLICY], "same-origin");
        assert!(page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().starts_with("default-src 'none'"));
        assert!(!page.text.contains("style=") && !page.text.contains("http://") && !page.text.contains("https://"));
        assert!(page.text.contains("84,77"), "{}", page.text);
        let pdf = get(&shop, &format!("{}/pdf", address(&quote))).await;
        assert_eq!(pdf.headers[header::CACHE_CONTROL], "no-store");
        assert!(pdf.bytes.starts_with(b"%PDF"));
        assert!(
            page.text.contains(&hex::encode(Sha256::digest(&pdf.bytes))),
            "the page shows the digest of the PDF it links to"
        );
        let style = get(&shop, "/q/style.css").await;
        assert_eq!(style.headers[header::CONTENT_TYPE], "text/css; charset=utf-8");
    }
}

#[tokio::test]
async fn a_form_that_is_not_complete_says_so_and_keeps_what_was_typed() {
    for shop in shops().await {
        let quote = shop.sent(offer()).await;
        let path = address(&quote);
        let page = post(&shop, &format!("{path}/accept"), "name=Luz+%3Ci%3EPrado").await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text.contains(r#"value="Luz &lt;i&gt;Prado""#), "{}", page.text);
        assert!(page.text.contains("consent-error") && !page.text.contains("name-error"));
        let page = post(&shop, &format!("{path}/accept"), "consent=yes").await;
        assert!(
            page.text.contains("name-error") && page.text.contains(" checked") && !page.text.contains("consent-error")
        );
        let page = post(&shop, &format!("{path}/decline"), "reason=+").await;
        assert!(
            page.status == StatusCode::UNPROCESSABLE_ENTITY
                && page.text.contains("reason-error")
                && page.text.contains("<details open>")
        );
        assert_eq!(shop.events("quote.accepted", quote.id).await + shop.events("quote.declined", quote.id).await, 0);
    }
}

#[tokio::test]
async fn an_answer_leads_back_to_a_page_that_says_it() {
    for shop in shops().await {
        let (one, two) = (shop.sent(offer()).await, shop.sent(offer()).await);
        let accepted = post(&shop, &format!("{}/accept", address(&one)), "name=Luz+Prado&consent=yes").await;
        assert_eq!(
            (accepted.status, accepted.headers[header::LOCATION].to_str().unwrap()),
            (StatusCode::SEE_OTHER, address(&one).as_str())
        );
        let page = get(&shop, &address(&one)).await;
        assert!(
            page.text.contains("Luz Prado aceptó este presupuesto") && !page.text.contains("<form"),
            "{}",
            page.text
        );
        let late = post(&shop, &format!("{}/decline", address(&one)), "reason=no").await;
        assert_eq!(late.status, StatusCode::SEE_OTHER);
        assert_eq!(shop.events("quote.declined", one.id).await, 0);
        post(&shop, &format!("{}/decline", address(&two)), "reason=Muy+caro").await;
        let page = get(&shop, &address(&two)).await;
        assert!(page.text.contains("se rechazó") && page.text.contains("Muy caro") && !page.text.contains("<form"));
    }
}

#[tokio::test]
async fn only_the_first_look_of_the_customer_counts() {
    for shop in shops().await {
        let quote = shop.sent(offer()).await;
        let look = |name: &'static str, value: &'static str| {
            Request::get(address(&quote)).header(name, value).body(Body::empty()).unwrap()
        };
        ask(&shop, look("sec-purpose", "prefetch;prerender")).await;
        ask(&shop, look("cookie", "omb_session=member")).await;
        ask(&shop, Request::head(address(&quote)).body(Body::empty()).unwrap()).await;
        assert_eq!(shop.events("quote.viewed", quote.id).await, 0);
        get(&shop, &address(&quote)).await;
        get(&shop, &address(&quote)).await;
        assert_eq!(shop.events("quote.viewed", quote.id).await, 1);
    }
}

#[tokio::test]
async fn a_link_that_is_wrong_or_over_says_what_to_do() {
    for shop in shops().await {
        let unknown = get(&shop, "/q/nobody-gave-this-out").await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
        assert!(unknown.text.contains("<h1>There is no quote here</h1>"));
        let quote = shop.sent(offer()).await;
        shop.later(31);
        let page = get(&shop, &address(&quote)).await;
        assert!(page.status == StatusCode::OK && page.text.contains("Caducado") && !page.text.contains("<form"));
        let mut tx = shop.tx().await;
        revoke(&mut tx, quote.id).await.unwrap();
        tx.commit().await.unwrap();
        for path in [address(&quote), format!("{}/pdf", address(&quote))] {
            assert_eq!(get(&shop, &path).await.status, StatusCode::GONE);
        }
        assert_eq!(
            post(&shop, &format!("{}/accept", address(&quote)), "name=Luz+Prado&consent=yes").await.status,
            StatusCode::GONE
        );
    }
}
