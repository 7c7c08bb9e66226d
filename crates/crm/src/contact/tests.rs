//! Contacts through their routes, on both databases.

use axum::http::StatusCode;
use serde_json::json;

use crate::tests::desks;

#[tokio::test]
async fn a_contact_is_called_by_what_is_known() {
    for desk in desks().await {
        let company = desk.post("/api/v1/companies", json!({ "name": "Aurora" })).await.ok();
        let person = json!({ "email": "Lucia@Example.com", "phone": "612 34 56 78", "company_id": company.id(), "emails": ["b@example.com"] });
        let person = desk.post("/api/v1/contacts", person).await.ok();
        assert_eq!((person.text("name"), person.text("phone")), ("lucia@example.com".into(), "+34612345678".into()));
        assert_eq!(person.body["company"], json!({ "id": company.id(), "name": "Aurora" }));
        let path = format!("/api/v1/contacts/{}", person.id());
        let named = desk.patch(&path, 1, json!({ "given_name": "Lucía", "family_name": "Prieto" })).await.ok();
        assert_eq!(named.text("name"), "Lucía Prieto");
        let nobody = json!({ "given_name": null, "family_name": null, "email": null, "phone": null });
        assert_eq!(desk.patch(&path, 2, nobody).await.refused(), ("given_name", "required"));
        assert_eq!(desk.post("/api/v1/contacts", json!({})).await.refused(), ("given_name", "required"));
        for (field, value, refused) in [
            ("emails", json!(["ok@example.com", "bad"]), ("emails.1", "email_invalid")),
            ("birth_date", json!("2999-01-01"), ("birth_date", "date_in_future")),
            ("birth_date", json!("1980-02-30"), ("birth_date", "wrong_type")),
        ] {
            assert_eq!(
                desk.post("/api/v1/contacts", json!({ "given_name": "A", field: value })).await.refused(),
                refused
            );
        }
        for q in ["lucia", "prieto", "b@example", "aurora"] {
            assert_eq!(desk.get(&format!("/api/v1/contacts?q={q}")).await.each("id"), [person.id()], "{q}");
        }
    }
}

#[tokio::test]
async fn lists_narrow_and_the_deleted_are_left_out() {
    for desk in desks().await {
        let company = desk.post("/api/v1/companies", json!({ "name": "Aurora" })).await.ok();
        let eva = desk
            .post("/api/v1/contacts", json!({ "given_name": "Eva", "company_id": company.id(), "tags": ["fair 2026"] }))
            .await
            .ok();
        let adam = desk.post("/api/v1/contacts", json!({ "given_name": "Ádám" })).await.ok();
        assert_eq!(desk.get("/api/v1/contacts").await.each("name"), ["Ádám", "Eva"]);
        assert_eq!(desk.get(&format!("/api/v1/contacts?company_id={}", company.id())).await.each("id"), [eva.id()]);
        assert_eq!(desk.get("/api/v1/contacts?tag=fair+2026").await.each("id"), [eva.id()]);
        assert_eq!(desk.get("/api/v1/contacts?source=manual").await.each("id").len(), 2);
        assert!(desk.get("/api/v1/contacts?source=api").await.each("id").is_empty());
        let path = format!("/api/v1/contacts/{}", adam.id());
        desk.delete(&path).await.ok();
        assert_eq!(desk.get("/api/v1/contacts").await.each("id"), [eva.id()]);
        let deal = json!({ "name": "Deal", "contact_id": adam.id() });
        assert_eq!(desk.post("/api/v1/deals", deal).await.refused(), ("contact_id", "contact_unknown"));
        assert_eq!(desk.press(&format!("{path}/restore")).await.ok().body["actions"], json!(["update", "delete"]));
        assert_eq!(desk.get("/api/v1/contacts?q=adam").await.each("id"), [adam.id()]);
    }
}

#[tokio::test]
async fn who_is_there_already_is_told_while_typing() {
    for desk in desks().await {
        let eva = desk
            .post(
                "/api/v1/contacts",
                json!({ "given_name": "Eva", "email": "eva@example.com", "phone": "+34612345678" }),
            )
            .await
            .ok();
        for query in ["email=EVA@example.com", "phone=612345678", "email=other@example.com&phone=%2B34612345678"] {
            assert_eq!(
                desk.get(&format!("/api/v1/contacts/duplicates?{query}")).await.ok().each("id"),
                [eva.id()],
                "{query}"
            );
        }
        for query in ["", "email=eva@", "phone=6", "email=&phone="] {
            assert!(
                desk.get(&format!("/api/v1/contacts/duplicates?{query}")).await.ok().each("id").is_empty(),
                "{query}"
            );
        }
        assert!(
            desk.they("GET", "/api/v1/contacts/duplicates?email=eva@example.com", None).await.each("id").is_empty()
        );
        desk.delete(&format!("/api/v1/contacts/{}", eva.id())).await.ok();
        assert!(desk.get("/api/v1/contacts/duplicates?email=eva@example.com").await.each("id").is_empty());
        assert_eq!(desk.get("/api/v1/contacts/con_123").await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_renamed_company_finds_its_people_by_the_new_name_only() {
    for desk in desks().await {
        let company = desk.post("/api/v1/companies", json!({ "name": "Aurora" })).await.ok();
        let eva = desk.post("/api/v1/contacts", json!({ "given_name": "Eva", "company_id": company.id() })).await.ok();
        desk.patch(&format!("/api/v1/companies/{}", company.id()), 1, json!({ "name": "Boreal" })).await.ok();
        crate::jobs(jobs::Runner::new(desk.store.store.clone())).drain().await;
        assert_eq!(desk.get("/api/v1/contacts?q=boreal").await.each("id"), [eva.id()]);
        assert!(desk.get("/api/v1/contacts?q=aurora").await.each("id").is_empty());
    }
}
