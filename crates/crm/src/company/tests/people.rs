//! Whom one writes to at a company, on both databases.

use serde_json::{Value, json};

use crate::tests::{Desk, desks};

impl Desk {
    async fn choose(&self, company: &str, change: Value) -> crate::tests::Answer {
        let path = format!("/api/v1/companies/{company}");
        let version = self.get(&path).await.ok().body["version"].as_i64().unwrap();
        self.patch(&path, version, change).await
    }
}

#[tokio::test]
async fn the_primary_and_the_billing_contact_are_people_of_the_company_and_survive_merges() {
    for desk in desks().await {
        let firm = async |name: &str| desk.post("/api/v1/companies", json!({ "name": name })).await.ok().id();
        let person = async |name: &str, company: Option<&str>| {
            desk.post("/api/v1/contacts", json!({ "given_name": name, "company_id": company })).await.ok().id()
        };
        let (aurora, other) = (firm("Aurora").await, firm("Other").await);
        let (eva, twin, far) = (
            person("Eva", Some(&aurora)).await,
            person("Evita", Some(&aurora)).await,
            person("Far", Some(&other)).await,
        );
        let wrong = json!({ "primary_contact_id": far });
        assert_eq!(desk.choose(&aurora, wrong).await.refused(), ("primary_contact_id", "contact_elsewhere"));
        let strange = desk.they("POST", "/api/v1/contacts", Some(json!({ "given_name": "Theirs" }))).await.ok().id();
        let wrong = json!({ "billing_contact_id": strange });
        assert_eq!(desk.choose(&aurora, wrong).await.refused(), ("billing_contact_id", "contact_unknown"));
        // Somebody of another company may, once they work with this one too.
        desk.post("/api/v1/affiliations", json!({ "contact_id": far, "company_id": aurora })).await.ok();
        let chosen = desk.choose(&aurora, json!({ "primary_contact_id": twin, "billing_contact_id": far })).await.ok();
        assert_eq!(chosen.body["primary_contact"], json!({ "id": twin, "name": "Evita" }));
        assert_eq!(chosen.body["billing_contact"]["name"], "Far");
        let listed = desk.get("/api/v1/companies?q=aurora").await.ok();
        assert_eq!(listed.body["items"][0]["primary_contact"]["name"], "Evita");

        // One of two contacts that were the same person: the choice follows the one that is kept, and goes back.
        let merge = json!({ "survivor": eva, "survivor_version": 1, "loser": twin, "loser_version": 1 });
        let merge = desk.post("/api/v1/merges", merge).await.ok().id();
        let seen = async || desk.get(&format!("/api/v1/companies/{aurora}")).await.ok().body;
        assert_eq!(seen().await["primary_contact"]["name"], "Eva");
        desk.press(&format!("/api/v1/merges/{merge}/undo")).await.ok();
        assert_eq!(seen().await["primary_contact"]["name"], "Evita");
        // Of two companies: the choice of the one that is kept, or the other's where it has none.
        let third = firm("Aurora S.A.").await;
        let version = seen().await["version"].clone();
        let merge = json!({ "survivor": third, "survivor_version": 1, "loser": aurora, "loser_version": version });
        desk.post("/api/v1/merges", merge).await.ok();
        let kept = desk.get(&format!("/api/v1/companies/{third}")).await.ok().body;
        assert_eq!(
            (&kept["primary_contact"]["name"], &kept["billing_contact"]["name"]),
            (&json!("Evita"), &json!("Far"))
        );

        // Who is deleted, or works elsewhere, is it no longer.
        desk.delete(&format!("/api/v1/contacts/{twin}")).await;
        let ended = desk.get(&format!("/api/v1/affiliations?contact_id={far}")).await.ok().each("id");
        desk.delete(&format!("/api/v1/affiliations/{}", ended[0])).await.ok();
        let left = desk.get(&format!("/api/v1/companies/{third}")).await.ok().body;
        assert_eq!((&left["primary_contact_id"], &left["billing_contact"]), (&Value::Null, &Value::Null));
    }
}
