//! Signing up: from the form to the open workspace, and everything that is refused on the way.

use serde_json::{Value, json};

use crate::app::{PASSWORD, TestApp, sign_up};

const ANA: &str = "ana@faroazul.example";

fn with(changes: Value) -> Value {
    let mut form = sign_up("Faro Azul S.L.", ANA);
    for (field, value) in changes.as_object().unwrap() {
        form[field] = value.clone();
    }
    form
}

fn token(link: &str) -> String {
    link.split_once("token=").unwrap().1.to_owned()
}

#[tokio::test]
async fn a_company_signs_up_confirms_and_is_in() {
    for app in TestApp::each().await {
        let browser = app.nobody();
        let answer = browser.post("/api/v1/signup", with(json!({}))).await;
        assert_eq!(answer.status, 202);
        assert_eq!(answer.ok(), json!({ "email": ANA, "next": "confirm_email" }));
        let credentials = json!({ "email": ANA, "password": PASSWORD });
        browser.post("/api/v1/session", credentials.clone()).await.refused(403, "email_not_confirmed");
        app.work().await;
        let link = app.link_in_mail(ANA, "confirm-email").await;
        let answer = browser.post("/api/v1/email-confirmations", json!({ "token": token(&link) })).await;
        let cookie = answer.headers["set-cookie"].to_str().unwrap().to_owned();
        assert!(cookie.starts_with("omb_session=") && cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
        answer.ok();

        let answer = browser.get("/api/v1/me").await;
        assert_eq!(answer.headers["etag"], "\"2\"");
        let me = answer.ok();
        assert_eq!(me["account"]["email"], ANA);
        assert_eq!(me["account"]["phone"], "+34612345678");
        assert_eq!(me["member"]["role"], "owner");
        assert_eq!(me["tenant"]["name"], "Faro Azul S.L.");
        // P004: the entity of the market, in the person's language.
        assert_eq!(
            me["controller_entity"],
            json!({ "code": "es", "name": "Entidad operadora española de OMB", "country": "ES" })
        );
        assert!(me["permissions"].as_array().unwrap().contains(&"tenant.manage".into()));
        assert!(!me.to_string().contains("argon2"));

        browser.post("/api/v1/email-confirmations", json!({ "token": token(&link) })).await.refused(410, "link_used");
        app.nobody().post("/api/v1/session", credentials).await.ok();
        app.finish().await;
    }
}

/// P002 to P005, P008: the entity follows from the country of the contract and from nothing else.
#[tokio::test]
async fn p005_the_country_of_the_contract_decides_the_entity() {
    let app = TestApp::start(testkit::Kind::Sqlite).await;
    for (country, tax_id, entity) in
        [("MX", json!("EKU9003173C9"), json!("mx")), ("US", Value::Null, json!("us")), ("JP", Value::Null, Value::Null)]
    {
        let email = format!("owner@{}.example", country.to_lowercase());
        let form = with(json!({ "country": country, "tax_id": tax_id, "email": email, "phone": null }));
        let browser = app.nobody();
        browser.post("/api/v1/signup", form).await.ok();
        app.work().await;
        let link = app.link_in_mail(&email, "confirm-email").await;
        browser.post("/api/v1/email-confirmations", json!({ "token": token(&link) })).await.ok();
        for path in ["/api/v1/me", "/api/v1/tenant"] {
            assert_eq!(browser.get(path).await.ok()["controller_entity"]["code"], entity, "{country} {path}");
        }
    }
    app.finish().await;
}

#[tokio::test]
async fn every_wrong_field_is_named_and_nothing_is_kept() {
    let app = TestApp::start(testkit::Kind::Sqlite).await;
    let browser = app.nobody();
    for (field, value, code) in [
        ("company_name", json!("  "), "required"),
        ("company_name", json!("x".repeat(201)), "too_long"),
        ("company_name", json!("Win at https://evil.example"), "web_address"),
        ("country", json!("ZZ"), "country_unknown"),
        ("tax_id", json!(null), "tax_id_required"),
        ("tax_id", json!("B58378432"), "tax_id_check_digit"),
        ("tax_id", json!("'; DROP TABLE account; --"), "tax_id_characters"),
        ("currency", json!("XXX"), "currency_unknown"),
        ("language", json!("de"), "language_unknown"),
        ("time_zone", json!("Mars/Olympus"), "time_zone_unknown"),
        ("name", json!("Ana\u{0}"), "control_characters"),
        ("email", json!("ana@"), "email_invalid"),
        ("email", json!("ana@example.com\r\nBcc: eve@example.com"), "email_invalid"),
        ("phone", json!("12"), "phone_invalid"),
        ("password", json!("short"), "password_too_short"),
        ("password", json!("password123"), "password_common"),
        ("password", json!("faro azul ana"), "password_personal"),
        ("password", json!("a b".repeat(50)), "password_too_long"),
        ("business_use", json!(false), "business_use_required"),
        ("is_16_or_older", json!(false), "age_required"),
        ("is_16_or_older", json!("yes"), "wrong_type"),
        ("role", json!("owner"), "unknown_field"),
    ] {
        let mut change = json!({});
        change[field] = value;
        browser.post("/api/v1/signup", with(change)).await.field(field, code);
    }
    let mut form = with(json!({}));
    form.as_object_mut().unwrap().remove("email");
    browser.post("/api/v1/signup", form).await.field("email", "missing");
    app.work().await;
    let mut tx = app.store.platform_read().await.unwrap();
    let (accounts,): (i64,) = tx.one(store::Sql::new("SELECT count(*) FROM account")).await.unwrap();
    // P185: who declines leaves nothing behind.
    assert_eq!(accounts, 0);
    drop(tx);
    app.finish().await;
}

/// A known address and an unknown one get the same answer; only the address itself is told the difference.
#[tokio::test]
async fn p044_no_answer_tells_whether_an_address_is_known() {
    for app in TestApp::each().await {
        app.owner("Faro Azul").await;
        let (known, unknown) = ("owner@faro-azul.example", "nobody@faro-azul.example");
        let browser = app.nobody();
        for path in ["/api/v1/signup", "/api/v1/password-resets", "/api/v1/email-confirmations/resend"] {
            let mut answers = Vec::new();
            for email in [known, unknown] {
                let body =
                    if path.ends_with("signup") { with(json!({ "email": email })) } else { json!({ "email": email }) };
                let answer = browser.post(path, body).await;
                assert!(answer.headers.get("set-cookie").is_none());
                answers.push((answer.status, answer.ok()["next"].clone()));
            }
            assert_eq!(answers[0], answers[1], "{path}");
        }
        let wrong = |email: &str| json!({ "email": email, "password": "seven lamps over water" });
        let mut told = Vec::new();
        for email in [known, "other@faro-azul.example"] {
            let mut body = browser.post("/api/v1/session", wrong(email)).await.refused(401, "wrong_credentials");
            body["request_id"] = Value::Null;
            told.push(body);
        }
        assert_eq!(told[0], told[1]);
        app.work().await;
        let subjects: Vec<String> = app
            .sandbox
            .mails(&sandbox::MailFilter { to: Some(known.into()), ..Default::default() })
            .into_iter()
            .map(|mail| mail.subject)
            .collect();
        assert_eq!(subjects, ["Elija una contraseña nueva", "Ya tiene una cuenta"]);
        app.finish().await;
    }
}
