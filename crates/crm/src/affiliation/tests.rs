//! People who work with several companies, on both databases.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::tests::{Answer, Desk, desks};

impl Desk {
    async fn employee(&self, name: &str, company: Option<&str>) -> String {
        let body = json!({ "given_name": name, "company_id": company, "job_title": format!("{name} as such") });
        self.post("/api/v1/contacts", body).await.ok().id()
    }

    async fn firm(&self, name: &str) -> String {
        self.post("/api/v1/companies", json!({ "name": name })).await.ok().id()
    }

    async fn affiliated(&self, contact: &str, company: &str) -> Answer {
        let body = json!({ "contact_id": contact, "company_id": company, "job_title": "Adviser" });
        self.post("/api/v1/affiliations", body).await
    }

    /// The further companies of a contact, by name.
    async fn further(&self, contact: &str) -> Vec<String> {
        let list = self.get(&format!("/api/v1/affiliations?contact_id={contact}")).await.ok();
        let mut names: Vec<String> = list.body["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["company"]["name"].as_str().unwrap().to_owned())
            .collect();
        names.sort();
        names
    }

    async fn version(&self, path: &str) -> Value {
        self.get(path).await.ok().body["version"].clone()
    }

    async fn merged(&self, noun: &str, survivor: &str, loser: &str, take: &[&str]) -> String {
        let (one, other) = (format!("/api/v1/{noun}/{survivor}"), format!("/api/v1/{noun}/{loser}"));
        let body = json!({ "survivor": survivor, "survivor_version": self.version(&one).await, "loser": loser,
            "loser_version": self.version(&other).await, "take": take });
        self.post("/api/v1/merges", body).await.ok().id()
    }

    async fn unmerged(&self, merge: &str) -> Answer {
        self.press(&format!("/api/v1/merges/{merge}/undo")).await.ok()
    }
}

#[tokio::test]
async fn a_contact_works_with_several_companies_and_is_found_by_each() {
    for desk in desks().await {
        let (aurora, levante, poniente) =
            (desk.firm("Aurora").await, desk.firm("Levante").await, desk.firm("Poniente").await);
        let eva = desk.employee("Eva", Some(&aurora)).await;
        let made = desk.affiliated(&eva, &levante).await.ok();
        assert_eq!((&made.body["company"]["name"], &made.body["job_title"]), (&json!("Levante"), &json!("Adviser")));
        assert_eq!(desk.further(&eva).await, ["Levante"]);
        let people = desk.get(&format!("/api/v1/affiliations?company_id={levante}")).await.ok();
        assert_eq!(people.body["items"][0]["contact"], json!({ "id": eva, "name": "Eva" }));
        assert_eq!(desk.get("/api/v1/contacts?q=levante").await.each("id"), [eva.as_str()]);
        for subject in [&eva, &levante] {
            let timeline = desk.get(&format!("/api/v1/timeline?subject={subject}")).await.ok();
            assert!(timeline.each("kind").contains(&"contact.affiliated".to_owned()), "{subject}");
        }

        assert_eq!(desk.affiliated(&eva, &levante).await.refused(), ("company_id", "affiliated_already"));
        assert_eq!(desk.affiliated(&eva, &aurora).await.refused(), ("company_id", "company_is_own"));
        let strange = desk.they("POST", "/api/v1/companies", Some(json!({ "name": "Theirs" }))).await.ok().id();
        assert_eq!(desk.affiliated(&eva, &strange).await.refused(), ("company_id", "company_unknown"));
        assert_eq!(desk.get("/api/v1/affiliations").await.refused(), ("contact_id", "required"));

        let path = format!("/api/v1/affiliations/{}", made.id());
        let days = json!({ "since": "2026-05-01", "until": "2026-04-30" });
        assert_eq!(desk.patch(&path, 1, days).await.refused(), ("until", "until_before_since"));
        let changed = desk.patch(&path, 1, json!({ "since": "2026-05-01", "job_title": null })).await.ok();
        assert_eq!((&changed.body["since"], &changed.body["job_title"]), (&json!("2026-05-01"), &Value::Null));
        assert_eq!(desk.patch(&path, 1, json!({})).await.status, StatusCode::PRECONDITION_FAILED);
        for (method, body) in [("PATCH", Some(json!({}))), ("DELETE", None)] {
            assert_eq!(desk.they(method, &path, body).await.status, StatusCode::NOT_FOUND, "{method}");
            let reader =
                desk.ask(&desk.ours, "read_only", method, &path, Some(2), (method == "PATCH").then(|| json!({}))).await;
            assert_eq!(reader.status, StatusCode::FORBIDDEN, "{method}");
        }

        // A company that becomes the contact's own is no further one; a renamed one is found by its new name.
        desk.affiliated(&eva, &poniente).await.ok();
        let contact = format!("/api/v1/contacts/{eva}");
        let version = desk.version(&contact).await.as_i64().unwrap();
        desk.patch(&contact, version, json!({ "company_id": levante })).await.ok();
        assert_eq!(desk.further(&eva).await, ["Poniente"]);
        desk.patch(&format!("/api/v1/companies/{poniente}"), 1, json!({ "name": "Ocaso" })).await.ok();
        crate::jobs(jobs::Runner::new(desk.store.store.clone())).drain().await;
        assert_eq!(desk.get("/api/v1/contacts?q=ocaso").await.each("id"), [eva.as_str()]);
        let left = desk.get(&format!("/api/v1/affiliations?contact_id={eva}")).await.ok().each("id");
        desk.delete(&format!("/api/v1/affiliations/{}", left[0])).await.ok();
        assert!(
            desk.further(&eva).await.is_empty() && desk.get("/api/v1/contacts?q=ocaso").await.each("id").is_empty()
        );
        assert_eq!(desk.events("contact.unaffiliated").await, 1);
        // Whoever is deleted is on nobody's list.
        desk.affiliated(&eva, &aurora).await.ok();
        desk.delete(&contact).await;
        assert!(desk.get(&format!("/api/v1/affiliations?company_id={aurora}")).await.each("id").is_empty());
    }
}

#[tokio::test]
async fn merged_contacts_work_where_either_worked_and_undoing_parts_them() {
    for desk in desks().await {
        let (a, b, c) = (desk.firm("A").await, desk.firm("B").await, desk.firm("C").await);
        let (eva, twin) = (desk.employee("Eva", Some(&a)).await, desk.employee("Evita", Some(&b)).await);
        // Both advise C; the twin advises the company that is Eva's own.
        desk.affiliated(&eva, &c).await.ok();
        desk.affiliated(&twin, &c).await.ok();
        desk.affiliated(&twin, &a).await.ok();
        let merge = desk.merged("contacts", &eva, &twin, &[]).await;
        assert_eq!(desk.further(&eva).await, ["B", "C"], "each once, and the other's own company is not lost");
        assert_eq!(desk.get("/api/v1/contacts?q=B").await.each("id"), [eva.as_str()]);
        desk.unmerged(&merge).await;
        assert_eq!(
            (desk.further(&eva).await, desk.further(&twin).await),
            (vec!["C".to_owned()], vec!["A".to_owned(), "C".into()])
        );

        // The other's company is taken, and the own one, now a further one, is written down once more: undoing leaves it once.
        let merge = desk.merged("contacts", &eva, &twin, &["company_id"]).await;
        let list = desk.get(&format!("/api/v1/affiliations?contact_id={eva}")).await.ok();
        let own = list.body["items"].as_array().unwrap().iter().find(|one| one["company_id"] == json!(a)).unwrap();
        desk.delete(&format!("/api/v1/affiliations/{}", own["id"].as_str().unwrap())).await.ok();
        desk.affiliated(&eva, &a).await.ok();
        desk.unmerged(&merge).await;
        assert_eq!(desk.further(&eva).await, ["C"], "A is her own again");
    }
}

#[tokio::test]
async fn merged_companies_keep_their_people_once_and_undoing_parts_them() {
    for desk in desks().await {
        let (kept, gone) = (desk.firm("Kept").await, desk.firm("Gone").await);
        let (own, both, far) = (
            desk.employee("Own", Some(&kept)).await,
            desk.employee("Both", None).await,
            desk.employee("Far", None).await,
        );
        desk.affiliated(&own, &gone).await.ok();
        desk.affiliated(&both, &kept).await.ok();
        desk.affiliated(&both, &gone).await.ok();
        desk.affiliated(&far, &gone).await.ok();
        let merge = desk.merged("companies", &kept, &gone, &[]).await;
        let kept_only = vec!["Kept".to_owned()];
        assert_eq!(
            (desk.further(&own).await, desk.further(&both).await, desk.further(&far).await),
            (vec![], kept_only.clone(), kept_only)
        );
        let undone = desk.unmerged(&merge).await;
        assert!(
            undone.body["undone"]["returned"]
                .as_array()
                .unwrap()
                .contains(&json!({ "noun": "affiliation", "count": 1 }))
        );
        let gone_only = vec!["Gone".to_owned()];
        assert_eq!((desk.further(&own).await, desk.further(&far).await), (gone_only.clone(), gone_only));
        assert_eq!(desk.further(&both).await, ["Gone", "Kept"]);
    }
}
