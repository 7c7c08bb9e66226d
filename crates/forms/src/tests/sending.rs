//! Strangers send: what becomes a lead, what is refused and stays typed, from where, and how often.

use axum::http::StatusCode;
use serde_json::json;
use store::sql;

use super::{desks, encoded, field};

#[tokio::test]
async fn what_a_stranger_sends_without_script_becomes_a_lead_scored_and_audited() {
    for desk in desks().await {
        let (id, page) = desk.published(json!({ "source": "fleet page", "utm": { "campaign": "spring" } })).await;
        let sent = [
            ("given_name", "Lucía"),
            ("email", "Lucia@Aurora.example"),
            ("message", "Twelve vans"),
            ("utm_source", "newsletter"),
            ("landing_page", "https://aurora.example/vans"),
        ];
        let answer = desk.fill(&page, &[("origin", "http://localhost")], &sent).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, &*format!("{page}/thanks")));
        assert!(desk.look(&format!("{page}/thanks")).await.ok().text.contains("Thank you"));
        let leads = desk.leads().await;
        let lead = &leads[0];
        assert_eq!((leads.len(), lead["name"].as_str()), (1, Some("Lucía")));
        assert_eq!(
            (lead["email"].as_str(), lead["source"].as_str()),
            (Some("lucia@aurora.example"), Some("fleet page"))
        );
        assert_eq!(
            (lead["utm"]["source"].as_str(), lead["utm"]["campaign"].as_str()),
            (Some("newsletter"), Some("spring"))
        );
        assert_eq!(lead["landing_page"], "https://aurora.example/vans");
        assert!(lead["score"].as_i64().unwrap() > 0);
        let list = desk.get(&format!("/api/v1/submissions?form_id={id}")).await.ok();
        assert_eq!(
            (list.body["items"][0]["lead_id"].as_str(), list.body["items"][0]["form_name"].as_str()),
            (lead["id"].as_str(), Some("Contact page"))
        );
        assert_eq!(desk.get(&format!("/api/v1/forms/{id}")).await.body["submissions"], 1);
        for kind in ["lead.created", "form.submitted"] {
            assert_eq!(desk.events(kind).await, 1, "{kind}");
        }
        // The audit trail names the link of the form as who did it.
        let mut tx = desk.tx().await;
        let tenant = tx.tenant_id();
        for action in ["lead.create", "form.submit"] {
            let named = sql!(
                "SELECT count(*) FROM audit_entry WHERE tenant_id = {} AND action = {} AND actor_kind = 'recipient'",
                tenant,
                action
            );
            assert_eq!(tx.count(named).await.unwrap(), 1, "{action}");
        }
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_beside_its_field_and_what_was_typed_is_still_there() {
    for desk in desks().await {
        let (_, page) = desk.published(json!({})).await;
        let typed = [
            ("given_name", "\"><b>Zoë"),
            ("email", "not an address"),
            ("message", "نص\nsecond"),
            ("utm_source", "mail"),
        ];
        let answer = desk.fill(&page, &[], &typed).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = &answer.text;
        assert!(text.contains("id=\"e-email\">Write a whole e-mail address"), "{text}");
        assert!(text.contains("aria-describedby=\"e-email\""), "{text}");
        assert!(text.contains("value=\"not an address\"") && text.contains("نص\nsecond</textarea>"), "{text}");
        assert!(text.contains("Zoë") && !text.contains("<b>Zoë"), "{text}");
        assert!(text.contains("name=\"utm_source\" value=\"mail\""), "{text}");
        let blank = desk.fill(&page, &[], &[("given_name", "Eva"), ("email", "  ")]).await;
        assert!(blank.text.contains("id=\"e-email\">Fill this in."), "{}", blank.text);
        // Everything that is wrong is said at once.
        let asked = json!({ "slug": "all", "consent_text": "I agree.", "consent_required": true,
            "fields": [field("email", "email", true), field("phone", "phone", false), field("country", "country", true)] });
        let (_, page) = desk.published(asked).await;
        let all = desk.fill(&page, &[], &[("email", "nobody"), ("phone", "12")]).await;
        for key in ["email", "phone", "country", "consent"] {
            assert!(all.text.contains(&format!("id=\"e-{key}\"")), "{key}: {}", all.text);
        }
        assert_eq!(desk.leads().await.len(), 0);
    }
}

#[tokio::test]
async fn the_page_is_prefilled_from_its_address_and_escapes_it() {
    for desk in desks().await {
        let (_, page) = desk.published(json!({})).await;
        let query = encoded(&[
            ("email", "eva@a.example"),
            ("given_name", "<script>"),
            ("utm_campaign", "spring"),
            ("consent", "yes"),
        ]);
        let shown = desk.look(&format!("{page}?{query}")).await.ok();
        assert!(
            shown.text.contains("value=\"eva@a.example\"")
                && shown.text.contains("name=\"utm_campaign\" value=\"spring\"")
        );
        assert!(!shown.text.contains("<script>"));
    }
}

#[tokio::test]
async fn every_script_and_ten_thousand_characters_come_through_and_one_more_is_refused() {
    for desk in desks().await {
        let fields = [
            field("given_name", "given_name", true),
            field("message", "message", false),
            field("long_text", "q_more", false),
        ];
        let (_, page) = desk.published(json!({ "fields": fields })).await;
        for name in ["نور الدين", "山田 太郎", "Ğüneş", "Ольга", "👩🏽‍🚀 Ana", "שלום"]
        {
            let long = "😀".repeat(10_000);
            let answer = desk.fill(&page, &[], &[("given_name", name), ("message", &long), ("q_more", &long)]).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{name}");
            let lead = &desk.leads().await[0];
            assert_eq!((lead["given_name"].as_str(), lead["message"].as_str()), (Some(name), Some(&*long)));
            assert_eq!(lead["answers"][0], json!({ "question": "The q_more", "answer": long }));
        }
        let longer = "é".repeat(10_001);
        for key in ["message", "q_more", "given_name"] {
            let answer = desk.fill(&page, &[], &[("given_name", "Eva"), (key, &longer)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{key}");
            assert!(
                answer.text.contains(&format!("id=\"e-{key}\">This is too long")) && answer.text.contains(&longer),
                "{key}"
            );
        }
        assert_eq!(desk.leads().await.len(), 6);
    }
}

#[tokio::test]
async fn the_same_page_pressed_twice_and_the_same_key_sent_twice_are_taken_once() {
    for desk in desks().await {
        let (_, page) = desk.published(json!({})).await;
        let sent = [("email", "eva@a.example"), ("once", "0190")];
        let (one, two) = tokio::join!(desk.fill(&page, &[], &sent), desk.fill(&page, &[], &sent));
        assert_eq!((one.status, two.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
        assert_eq!(desk.leads().await.len(), 1);
        // Something else in it is another sending.
        desk.fill(&page, &[], &[("email", "ada@a.example"), ("once", "0190")]).await;
        assert_eq!(desk.leads().await.len(), 2);
        let body = json!({ "values": { "email": "bea@a.example" } });
        for _ in 0..2 {
            assert_eq!(desk.give(&page, &[("idempotency-key", "k1")], body.clone()).await.status, StatusCode::CREATED);
        }
        assert_eq!(desk.leads().await.len(), 3);
        let other =
            desk.give(&page, &[("idempotency-key", "k1")], json!({ "values": { "email": "x@a.example" } })).await;
        assert_eq!(other.refused(), ("Idempotency-Key", "idempotency_key_reused"));
    }
}

#[tokio::test]
async fn only_named_sites_may_frame_it_or_send_to_it() {
    for desk in desks().await {
        let site = "https://aurora.example";
        let (_, page) =
            desk.published(json!({ "allowed_origins": [site], "redirect_url": "https://thanks.example/a?b=1" })).await;
        let policy = desk.look(&page).await.ok().header("content-security-policy").to_owned();
        assert!(
            policy.contains("frame-ancestors 'self' https://aurora.example")
                && policy.contains("form-action 'self' https://thanks.example"),
            "{policy}"
        );
        assert!(policy.contains("default-src 'none'"), "{policy}");
        let sent = [("email", "eva@a.example")];
        let from = |origin| [("origin", origin), ("sec-fetch-site", "cross-site")];
        let taken = desk.fill(&page, &from(site), &sent).await;
        assert_eq!((taken.status, taken.header("location")), (StatusCode::SEE_OTHER, "https://thanks.example/a?b=1"));
        for evil in ["https://evil.example", "null", "https://aurora.example.evil.example"] {
            assert_eq!(desk.fill(&page, &from(evil), &sent).await.status, StatusCode::FORBIDDEN, "{evil}");
            let refused = desk.give(&page, &from(evil), json!({ "values": { "email": "e@a.example" } })).await;
            assert_eq!((refused.status, refused.header("access-control-allow-origin")), (StatusCode::FORBIDDEN, ""));
        }
        let given = desk.give(&page, &from(site), json!({ "values": { "email": "e@a.example" } })).await.ok();
        assert_eq!(given.header("access-control-allow-origin"), site);
        assert_eq!(given.header("access-control-allow-credentials"), "");
        assert_eq!(desk.leads().await.len(), 2);
        // What needs a sign-in stays closed to other sites, whoever's browser it is.
        let us = format!("omb_session={}/{}/owner", desk.ours.tenant_id, desk.ours.member_id);
        let request = axum::http::Request::builder().method("POST").uri("/api/v1/forms").header("cookie", us);
        let request = request
            .header("sec-fetch-site", "cross-site")
            .header("origin", site)
            .header("content-type", "application/json");
        assert_eq!(desk.send(request.body("{}".into()).unwrap()).await.body["code"], "cross_site");
    }
}

#[tokio::test]
async fn a_choice_is_one_of_its_answers_and_what_is_not_asked_is_refused() {
    for desk in desks().await {
        let mut size = field("choice", "q_size", true);
        size["choices"] = json!(["1 to 5", "more"]);
        let (_, page) = desk.published(json!({ "fields": [field("email", "email", true), size] })).await;
        let give = async |size: &str| {
            desk.give(&page, &[], json!({ "values": { "email": "e@a.example", "q_size": size } })).await
        };
        assert_eq!(give("none").await.refused(), ("q_size", "choice_unknown"));
        give("more").await.ok();
        let unknown = desk
            .give(&page, &[], json!({ "values": { "email": "e@a.example", "q_size": "more", "phone": "1" } }))
            .await;
        assert_eq!(unknown.refused(), ("phone", "unknown"));
        assert_eq!(desk.leads().await[0]["answers"], json!([{ "question": "The q_size", "answer": "more" }]));
    }
}
