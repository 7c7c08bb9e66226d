//! Making, reading, changing and deleting leads.

use serde_json::json;

use super::desks;

#[tokio::test]
async fn a_lead_is_made_found_changed_deleted_and_brought_back() {
    for desk in desks().await {
        let made = desk
            .post(
                "/api/v1/leads",
                json!({ "given_name": "Lucía", "family_name": "Prieto", "company_name": "Talleres Aurora", "email": "Lucia@Aurora.example",
                    "phone": "612 345 678", "message": "12 vans", "source": "trade fair", "utm": { "campaign": "spring" },
                    "landing_page": "https://x.example/fleet?utm_campaign=spring",
                    "answers": [{ "question": "Vans?", "answer": "12" }, { "question": "Left open", "answer": " " }] }),
            )
            .await
            .ok();
        assert_eq!(made.body["email"], "lucia@aurora.example");
        assert_eq!(made.body["phone"], "+34612345678");
        assert_eq!((made.text("name"), made.text("status")), ("Lucía Prieto".into(), "new".into()));
        assert_eq!(made.body["answers"], json!([{ "question": "Vans?", "answer": "12" }]));
        let path = format!("/api/v1/leads/{}", made.id());
        for query in ["q=aurora", "status=new", "source=trade+fair", "sort=-score"] {
            assert_eq!(desk.get(&format!("/api/v1/leads?{query}")).await.ok().each("id"), [made.id()], "{query}");
        }
        assert_eq!(desk.get("/api/v1/leads?status=working").await.each("id"), [""; 0]);
        let kept = desk.patch(&path, 1, json!({ "status": "working", "phone": null })).await.ok();
        assert_eq!((kept.text("status"), &kept.body["phone"]), ("working".into(), &json!(null)));
        assert_eq!(desk.patch(&path, 1, json!({ "given_name": "Other" })).await.status, 412);
        assert_eq!(desk.delete(&path).await.status, 204);
        assert_eq!(desk.get("/api/v1/leads").await.each("id"), [""; 0]);
        assert_eq!(desk.patch(&path, 3, json!({ "given_name": "Other" })).await.conflict(), "lead_deleted");
        desk.press(&format!("{path}/restore")).await.ok();
        assert_eq!(desk.get("/api/v1/search?q=prieto").await.ok().each("noun"), ["lead"]);
        assert_eq!(desk.they("GET", &path, None).await.status, 404);
    }
}

#[tokio::test]
async fn what_cannot_be_a_lead_is_refused_with_what_to_do() {
    for desk in desks().await {
        let refuse = async |body, field: &str, code: &str| {
            let answer = desk.post("/api/v1/leads", body).await;
            assert_eq!(answer.refused(), (field, code), "{answer:?}");
        };
        refuse(json!({ "message": "Hello" }), "given_name", "required").await;
        refuse(json!({ "email": "nobody" }), "email", "email_invalid").await;
        refuse(json!({ "given_name": "A", "country": "QQ" }), "country", "country_unknown").await;
        refuse(json!({ "given_name": "A\u{7}B" }), "given_name", "control_characters").await;
        refuse(json!({ "given_name": "A", "message": "x".repeat(10_001) }), "message", "too_long").await;
        refuse(
            json!({ "given_name": "A", "consent": { "text": "Yes", "version": "1", "given_from": "fair", "given_at": "2099-01-01T00:00:00Z" } }),
            "consent.given_at",
            "date_in_future",
        )
        .await;
        let lead =
            desk.post("/api/v1/leads", json!({ "given_name": "نور", "message": "🙂".repeat(10_000) })).await.ok();
        let path = format!("/api/v1/leads/{}", lead.id());
        let why = desk.patch(&path, 1, json!({ "status": "disqualified" })).await;
        assert_eq!(why.refused(), ("disqualified_reason", "required"));
        let done = desk.patch(&path, 1, json!({ "status": "converted" })).await;
        assert_eq!(done.refused(), ("status", "status_by_conversion"));
        desk.patch(&path, 1, json!({ "status": "disqualified", "disqualified_reason": "Too far" })).await.ok();
        let again = desk.patch(&path, 2, json!({ "status": "working" })).await.ok();
        assert_eq!(again.body["disqualified_reason"], json!(null));
        assert_eq!(desk.events("lead.disqualified").await, 1);
    }
}

#[tokio::test]
async fn a_consent_is_kept_word_for_word_with_its_digest_and_no_change_reaches_it() {
    for desk in desks().await {
        let consent = json!({ "text": "I agree.", "version": "2", "given_from": "https://x.example" });
        let lead = desk.post("/api/v1/leads", json!({ "given_name": "Eva", "consent": consent })).await.ok();
        let kept = &lead.body["consent"];
        assert_eq!(kept["text"], "I agree.");
        assert_eq!(kept["digest"], "826ff0dab649a97ffdd7779a332accafb35cc161012253a19383db19289d6e02");
        let path = format!("/api/v1/leads/{}", lead.id());
        let after = desk.patch(&path, 1, json!({ "given_name": "Ada" })).await.ok();
        assert_eq!(&after.body["consent"], kept);
        assert_eq!(desk.patch(&path, 2, json!({ "consent": null })).await.status, 422);
    }
}

#[tokio::test]
async fn a_lead_is_given_to_somebody_by_hand_and_by_turns() {
    for desk in desks().await {
        let (one, two) = (desk.ours.member_id.to_string(), desk.hire("bea@faroazul.example").await);
        let lead = desk.post("/api/v1/leads", json!({ "given_name": "Eva" })).await.ok();
        let path = format!("/api/v1/leads/{}/assign", lead.id());
        let given = desk.post(&path, json!({ "owner_id": two })).await.ok();
        assert_eq!(given.text("owner_id"), two);
        assert_eq!(desk.post(&path, json!({})).await.conflict(), "nobody_to_assign");
        let stranger = desk.theirs.member_id.to_string();
        assert_eq!(desk.post(&path, json!({ "owner_id": stranger })).await.refused(), ("owner_id", "member_unknown"));
        let order = json!({ "scoring": [], "assignment": {
            "rules": [{ "when": { "look": "country", "value": "PT" }, "owner_id": two }], "round": [one, two] } });
        desk.ask(&desk.ours, "owner", "PUT", "/api/v1/lead-settings", Some(0), Some(order)).await.ok();
        let mut owners = Vec::new();
        for country in ["ES", "ES", "PT", "ES"] {
            let lead = desk.post("/api/v1/leads", json!({ "given_name": "Eva", "country": country })).await.ok();
            owners.push(lead.text("owner_id"));
        }
        assert_eq!(owners, [one.clone(), two.clone(), two.clone(), one.clone()]);
        // Who has left is passed over.
        let mut tx = desk.tx().await;
        let tenant = tx.tenant_id();
        let left: kernel::MemberId = two.parse().unwrap();
        let leave = store::sql!("UPDATE member SET state = 'removed' WHERE tenant_id = {} AND id = {}", tenant, left);
        tx.execute(leave).await.unwrap();
        tx.commit().await.unwrap();
        for country in ["ES", "PT"] {
            let lead = desk.post("/api/v1/leads", json!({ "given_name": "Eva", "country": country })).await.ok();
            assert_eq!(lead.text("owner_id"), one);
        }
    }
}

#[tokio::test]
async fn ten_at_once_are_dealt_evenly() {
    for desk in desks().await {
        let (one, two) = (desk.ours.member_id.to_string(), desk.hire("bea@faroazul.example").await);
        let order = json!({ "scoring": [], "assignment": { "round": [one, two] } });
        desk.ask(&desk.ours, "owner", "PUT", "/api/v1/lead-settings", Some(0), Some(order)).await.ok();
        let make = async || desk.post("/api/v1/leads", json!({ "given_name": "Eva" })).await.ok().text("owner_id");
        let owners = tokio::join!(make(), make(), make(), make(), make(), make(), make(), make(), make(), make());
        let (a, b, c, d, e, f, g, h, i, j) = owners;
        let first = [a, b, c, d, e, f, g, h, i, j].into_iter().filter(|owner| *owner == one).count();
        assert_eq!(first, 5);
    }
}
