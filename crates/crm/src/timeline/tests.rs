//! Timelines through their route, on both databases.

use axum::http::StatusCode;
use serde_json::json;

use crate::tests::desks;

#[tokio::test]
async fn a_companys_timeline_shows_what_happened_to_what_hangs_on_it() {
    for desk in desks().await {
        let company = desk.post("/api/v1/companies", json!({ "name": "Aurora" })).await.ok();
        let eva = desk.post("/api/v1/contacts", json!({ "given_name": "Eva", "company_id": company.id() })).await.ok();
        let deal = json!({ "name": "Fleet", "company_id": company.id(), "contact_id": eva.id() });
        let deal = desk.post("/api/v1/deals", deal).await.ok();
        desk.press(&format!("/api/v1/deals/{}/win", deal.id())).await.ok();
        let of = |subject: String| format!("/api/v1/timeline?subject={subject}");
        let seen = desk.get(&of(company.id())).await.ok();
        assert_eq!(seen.each("kind"), ["deal.won", "deal.created", "contact.created", "company.created"]);
        assert_eq!(seen.each("subject_name"), ["Fleet", "Fleet", "Eva", "Aurora"]);
        assert_eq!(seen.body["items"][0]["data"]["amount"], json!({ "amount": "0.00", "currency": "EUR" }));
        let actor = json!({ "kind": "member", "id": desk.ours.member_id, "name": "Ana Ruiz" });
        assert_eq!(seen.body["items"][3]["actor"], actor);
        assert_eq!(desk.get(&of(eva.id())).await.ok().each("kind"), ["deal.won", "deal.created", "contact.created"]);
        assert_eq!(desk.get(&of(deal.id())).await.ok().each("kind"), ["deal.won", "deal.created"]);

        // Support does not see deals: neither theirs, nor of them elsewhere.
        let support = desk.ask(&desk.ours, "support", "GET", &of(company.id()), None, None).await.ok();
        assert_eq!(support.each("kind"), ["contact.created", "company.created"]);
        let hidden = desk.ask(&desk.ours, "support", "GET", &of(deal.id()), None, None).await;
        assert_eq!(hidden.status, StatusCode::NOT_FOUND);
        for subject in ["com_019abc0123457def8123456789abcdef", "mem_1", "nonsense"] {
            assert_eq!(desk.get(&of(subject.into())).await.status, StatusCode::NOT_FOUND, "{subject}");
        }
    }
}

#[tokio::test]
async fn pages_follow_each_other_and_a_cursor_belongs_to_its_record() {
    for desk in desks().await {
        let company = desk.post("/api/v1/companies", json!({ "name": "Aurora" })).await.ok();
        for i in 0..7 {
            desk.post("/api/v1/notes", json!({ "subject": company.id(), "body": format!("Note {i}") })).await.ok();
        }
        let (mut seen, mut cursor, mut last) = (Vec::new(), String::new(), String::new());
        loop {
            let page = desk.get(&format!("/api/v1/timeline?subject={}&limit=3{cursor}", company.id())).await.ok();
            seen.extend(page.each("id"));
            match page.body["next_cursor"].as_str() {
                Some(next) => (cursor, last) = (format!("&cursor={next}"), next.to_owned()),
                None => break,
            }
        }
        let unique: std::collections::BTreeSet<_> = seen.iter().collect();
        assert_eq!((seen.len(), unique.len()), (8, 8));
        let other = desk.post("/api/v1/companies", json!({ "name": "Other" })).await.ok();
        let foreign = desk.get(&format!("/api/v1/timeline?subject={}&cursor={last}", other.id())).await;
        assert_eq!(foreign.refused(), ("cursor", "cursor_unknown"));
    }
}
