//! Search through its route, on both databases.

use serde_json::json;

use crate::tests::desks;

#[tokio::test]
async fn search_finds_what_the_caller_may_read_and_nothing_else() {
    for desk in desks().await {
        let company = desk
            .post("/api/v1/companies", json!({ "name": "Ñandú Logística", "city": "Rosario", "country": "AR" }))
            .await
            .ok();
        let eva = desk.post("/api/v1/contacts", json!({ "given_name": "Eva", "company_id": company.id() })).await.ok();
        let deal = desk.post("/api/v1/deals", json!({ "name": "Nandu fleet" })).await.ok();
        let mut found = desk.get("/api/v1/search?q=NAND").await.ok().each("id");
        found.sort();
        assert_eq!(found, [company.id(), eva.id(), deal.id()]);
        let support = desk.ask(&desk.ours, "support", "GET", "/api/v1/search?q=nandu&limit=50", None, None).await.ok();
        let mut nouns = support.each("noun");
        nouns.sort();
        assert_eq!(nouns, ["company", "contact"]);
        let first = desk.get("/api/v1/search?q=logis").await.ok();
        let hit = first.body["items"].as_array().unwrap().iter().find(|hit| hit["noun"] == "company").unwrap().clone();
        assert_eq!(
            hit,
            json!({ "id": company.id(), "noun": "company", "title": "Ñandú Logística", "subtitle": "Rosario, AR" })
        );
        for q in ["", "%20", "%22%20OR%20*", "nothing", "*"] {
            assert!(desk.get(&format!("/api/v1/search?q={q}")).await.ok().each("id").is_empty(), "{q}");
        }
        assert_eq!(desk.get("/api/v1/search").await.refused().0, "q");
        desk.delete(&format!("/api/v1/deals/{}", deal.id())).await.ok();
        assert!(!desk.get("/api/v1/search?q=nandu").await.ok().each("id").contains(&deal.id()));
    }
}
