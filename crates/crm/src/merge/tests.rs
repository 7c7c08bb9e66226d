//! Merging and undoing over HTTP, on both databases.

use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::tests::{Answer, Desk, desks};

mod custom;
mod relations;

impl Desk {
    async fn of(&self, id: &str) -> Answer {
        let noun = if id.starts_with("con_") { "contacts" } else { "companies" };
        self.get(&format!("/api/v1/{noun}/{id}")).await
    }

    async fn merging(&self, survivor: &str, loser: &str, take: &[&str]) -> Answer {
        let version = |answer: Answer| answer.body["version"].clone();
        let (one, other) = (version(self.of(survivor).await), version(self.of(loser).await));
        let body = json!({ "survivor": survivor, "survivor_version": one, "loser": loser, "loser_version": other, "take": take });
        self.post("/api/v1/merges", body).await
    }

    async fn contact(&self, body: Value) -> String {
        self.post("/api/v1/contacts", body).await.ok().id()
    }

    async fn drain(&self) {
        crate::jobs(jobs::Runner::new(self.store.store.clone())).drain().await;
    }
}

/// Two of one person, with a deal and a note at the second.
async fn two(desk: &Desk) -> (String, String, String) {
    let ana = json!({ "given_name": "Ana", "family_name": "Ruiz", "email": "ana@example.com", "tags": ["fair"], "city": "Vigo" });
    let twin = json!({ "given_name": "Anna", "family_name": "Ruiz", "email": "anna@other.example", "phone": "+34612345678",
        "tags": ["vip"], "about": "Prefers mornings." });
    let (ana, twin) = (desk.contact(ana).await, desk.contact(twin).await);
    let deal = desk.post("/api/v1/deals", json!({ "name": "Deal", "contact_id": twin })).await.ok().id();
    desk.post("/api/v1/notes", json!({ "subject": twin, "body": "Called." })).await.ok();
    (ana, twin, deal)
}

#[tokio::test]
async fn a_merge_moves_everything_keeps_aliases_and_can_be_undone() {
    for desk in desks().await {
        let (ana, twin, deal) = two(&desk).await;
        let preview = desk
            .post("/api/v1/merges/preview", json!({ "survivor": ana, "loser": twin, "take": ["given_name"] }))
            .await
            .ok();
        assert_eq!(preview.body["moves"], json!([{ "noun": "deal", "count": 1 }, { "noun": "note", "count": 1 }]));
        let field = |name: &str| {
            preview.body["fields"].as_array().unwrap().iter().find(|f| f["field"] == name).cloned().unwrap()
        };
        assert_eq!(field("given_name")["result"], "Anna");
        assert_eq!((&field("tags")["result"], &field("tags")["choosable"]), (&json!(["fair", "vip"]), &json!(false)));

        let merge = desk.merging(&ana, &twin, &["given_name"]).await.ok();
        let kept = desk.of(&ana).await.ok().body;
        assert_eq!(
            (&kept["name"], &kept["email"], &kept["phone"]),
            (&json!("Anna Ruiz"), &json!("ana@example.com"), &json!("+34612345678"))
        );
        assert_eq!(
            (&kept["emails"], &kept["tags"], &kept["city"]),
            (&json!(["anna@other.example"]), &json!(["fair", "vip"]), &json!("Vigo"))
        );
        // Whoever kept the other's id is given the one that was kept.
        assert_eq!(desk.of(&twin).await.ok().id(), ana);
        assert_eq!(desk.get(&format!("/api/v1/deals/{deal}")).await.ok().text("contact_id"), ana);
        let timeline = desk.get(&format!("/api/v1/timeline?subject={ana}")).await.ok();
        let kinds = timeline.each("kind");
        for kind in ["contact.merged", "note.created", "deal.created"] {
            assert_eq!(kinds.iter().filter(|k| *k == kind).count(), 1, "{kind} in {kinds:?}");
        }
        assert_eq!(kinds.iter().filter(|k| *k == "contact.created").count(), 2, "the story of both");
        for q in ["anna", "other.example", "612345678"] {
            let found = if q == "612345678" { "%2B34612345678" } else { q };
            assert_eq!(desk.get(&format!("/api/v1/contacts?q={found}")).await.each("id"), [ana.as_str()], "{q}");
        }
        assert_eq!(desk.get("/api/v1/contacts/duplicates?email=anna@other.example").await.each("id"), [ana.as_str()]);
        assert!(
            desk.get("/api/v1/contacts?deleted=true").await.each("id").is_empty(),
            "it is not deleted, it is another"
        );
        assert_eq!(desk.events("contact.merged").await, 1);

        let list = desk.get(&format!("/api/v1/merges?record={ana}")).await.ok();
        assert_eq!((list.each("id"), &list.body["items"][0]["actions"]), (vec![merge.id()], &json!(["undo"])));
        let undo = format!("/api/v1/merges/{}/undo", merge.id());
        assert_eq!(desk.they("POST", &undo, None).await.status, StatusCode::NOT_FOUND);
        let undone = desk.press(&undo).await.ok();
        assert_eq!(undone.body["undone"]["kept"], json!([]));
        assert_eq!(
            undone.body["undone"]["returned"],
            json!([{ "noun": "deal", "count": 1 }, { "noun": "note", "count": 1 }])
        );
        let (kept, back) = (desk.of(&ana).await.ok().body, desk.of(&twin).await.ok().body);
        assert_eq!(
            (&kept["name"], &kept["phone"], &kept["tags"], &kept["emails"]),
            (&json!("Ana Ruiz"), &Value::Null, &json!(["fair"]), &json!([]))
        );
        assert_eq!(
            (&back["id"], &back["name"], &back["deleted_at"]),
            (&json!(twin), &json!("Anna Ruiz"), &Value::Null)
        );
        assert_eq!(desk.get(&format!("/api/v1/deals/{deal}")).await.ok().text("contact_id"), twin);
        assert_eq!(desk.get("/api/v1/contacts?q=anna").await.each("id"), [twin.as_str()]);
        assert_eq!(desk.press(&undo).await.conflict(), "merge_undone");
        assert_eq!(desk.events("contact.unmerged").await, 1);
        // And once more.
        desk.merging(&twin, &ana, &[]).await.ok();
        assert_eq!(desk.of(&ana).await.ok().id(), twin);
    }
}

#[tokio::test]
async fn undoing_leaves_alone_what_was_changed_afterwards_and_says_so() {
    for desk in desks().await {
        let (ana, twin, deal) = two(&desk).await;
        let merge = desk.merging(&ana, &twin, &["given_name", "email"]).await.ok();
        let path = format!("/api/v1/contacts/{ana}");
        let version = desk.of(&ana).await.ok().body["version"].as_i64().unwrap();
        desk.patch(&path, version, json!({ "given_name": "Anita" })).await.ok();
        let other = desk.contact(json!({ "given_name": "Third" })).await;
        let version = desk.get(&format!("/api/v1/deals/{deal}")).await.ok().body["version"].as_i64().unwrap();
        desk.patch(&format!("/api/v1/deals/{deal}"), version, json!({ "contact_id": other })).await.ok();
        let undone = desk.press(&format!("/api/v1/merges/{}/undo", merge.id())).await.ok().body["undone"].clone();
        assert!(undone["kept"].as_array().unwrap().contains(&json!("given_name")), "{undone}");
        assert!(undone["restored"].as_array().unwrap().contains(&json!("email")), "{undone}");
        assert_eq!(undone["stayed"], json!([{ "noun": "deal", "count": 1 }]));
        let kept = desk.of(&ana).await.ok().body;
        assert_eq!((&kept["name"], &kept["email"]), (&json!("Anita Ruiz"), &json!("ana@example.com")));
        assert_eq!(desk.get(&format!("/api/v1/deals/{deal}")).await.ok().text("contact_id"), other);
    }
}

#[tokio::test]
async fn what_cannot_be_merged_is_refused() {
    for desk in desks().await {
        let (ana, twin, _) = two(&desk).await;
        let third = desk.contact(json!({ "given_name": "Third" })).await;
        let company = desk.post("/api/v1/companies", json!({ "name": "Aurora" })).await.ok().id();
        assert_eq!(desk.merging(&ana, &ana, &[]).await.refused(), ("loser", "same_record"));
        assert_eq!(desk.merging(&ana, &company, &[]).await.refused(), ("loser", "nouns_differ"));
        for field in ["tags", "version", "display_name", "nonsense"] {
            assert_eq!(desk.merging(&ana, &twin, &[field]).await.refused(), ("take.0", "field_unknown"), "{field}");
        }
        let body = json!({ "survivor": ana, "survivor_version": 1, "loser": twin, "loser_version": 1 });
        for role in ["read_only", "billing"] {
            let denied = desk.ask(&desk.ours, role, "POST", "/api/v1/merges", None, Some(body.clone())).await;
            assert_eq!(denied.status, StatusCode::FORBIDDEN);
        }
        assert_eq!(desk.they("POST", "/api/v1/merges", Some(body.clone())).await.status, StatusCode::NOT_FOUND);
        // Somebody saves the loser while the dialog is open.
        desk.patch(&format!("/api/v1/contacts/{twin}"), 1, json!({ "city": "Lugo" })).await.ok();
        assert_eq!(desk.post("/api/v1/merges", body).await.status, StatusCode::PRECONDITION_FAILED);
        // One that is gone; one that was merged; the survivor into its own loser.
        desk.delete(&format!("/api/v1/contacts/{third}")).await.ok();
        assert_eq!(desk.merging(&ana, &third, &[]).await.refused(), ("loser", "record_deleted"));
        desk.merging(&ana, &twin, &[]).await.ok();
        let again = json!({ "survivor": twin, "survivor_version": 1, "loser": ana, "loser_version": 1 });
        assert_eq!(desk.post("/api/v1/merges", again).await.conflict(), "already_merged");
        assert_eq!(desk.press(&format!("/api/v1/contacts/{twin}/restore")).await.conflict(), "contact_merged");
        let patched = desk.patch(&format!("/api/v1/contacts/{twin}"), 3, json!({ "city": "Vigo" })).await;
        assert_eq!(patched.conflict(), "contact_deleted");
    }
}

#[tokio::test]
async fn a_chain_of_merges_leads_to_the_last_and_is_undone_from_its_end() {
    for desk in desks().await {
        let (ana, twin, deal) = two(&desk).await;
        let last = desk.contact(json!({ "given_name": "Ana", "family_name": "R." })).await;
        let first = desk.merging(&ana, &twin, &[]).await.ok();
        let second = desk.merging(&last, &ana, &[]).await.ok();
        for id in [&ana, &twin, &last] {
            assert_eq!(desk.of(id).await.ok().id(), last);
        }
        assert_eq!(desk.get("/api/v1/contacts?q=other.example").await.each("id"), [last.as_str()]);
        let undo = |merge: &Answer| format!("/api/v1/merges/{}/undo", merge.id());
        assert_eq!(desk.press(&undo(&first)).await.conflict(), "survivor_merged_on");
        desk.press(&undo(&second)).await.ok();
        assert_eq!(desk.of(&twin).await.ok().id(), ana);
        desk.press(&undo(&first)).await.ok();
        assert_eq!(desk.of(&twin).await.ok().id(), twin);
        assert_eq!(desk.get(&format!("/api/v1/deals/{deal}")).await.ok().text("contact_id"), twin);
    }
}

#[tokio::test]
async fn of_two_merges_at_once_one_wins() {
    for desk in desks().await {
        for _ in 0..5 {
            let (ana, twin, _) = two(&desk).await;
            let body = |survivor: &str, loser: &str| json!({ "survivor": survivor, "survivor_version": 1, "loser": loser, "loser_version": 1 });
            let (one, other) = tokio::join!(
                desk.post("/api/v1/merges", body(&ana, &twin)),
                desk.post("/api/v1/merges", body(&twin, &ana)),
            );
            let won = [&one, &other].iter().filter(|answer| answer.status == StatusCode::CREATED).count();
            assert_eq!(won, 1, "{one:?} {other:?}");
            assert_eq!(desk.of(&ana).await.ok().id(), desk.of(&twin).await.ok().id());
        }
        // A merge and an edit of the loser: whoever is second is told.
        let (ana, twin, _) = two(&desk).await;
        let (merged, edited) = tokio::join!(desk.merging(&ana, &twin, &[]), async {
            desk.patch(&format!("/api/v1/contacts/{twin}"), 1, json!({ "city": "Lugo" })).await
        });
        assert!(merged.status.is_success() != edited.status.is_success(), "{merged:?} {edited:?}");
    }
}

#[tokio::test]
async fn after_thirty_days_a_merge_is_final_and_its_image_erased() {
    for desk in desks().await {
        let (ana, twin, _) = two(&desk).await;
        let merge = desk.merging(&ana, &twin, &[]).await.ok();
        desk.store.clock().advance(TimeDelta::days(29));
        desk.drain().await;
        assert_eq!(desk.get(&format!("/api/v1/merges/{}", merge.id())).await.ok().text("state"), "done");
        desk.store.clock().advance(TimeDelta::days(1));
        let undo = format!("/api/v1/merges/{}/undo", merge.id());
        assert_eq!(desk.press(&undo).await.conflict(), "merge_final", "before the worker came, too");
        desk.drain().await;
        assert_eq!(desk.get(&format!("/api/v1/merges/{}", merge.id())).await.ok().text("state"), "final");
        assert_eq!(desk.press(&undo).await.conflict(), "merge_final");
        let mut tx = desk.tx().await;
        let tenant = tx.tenant_id();
        let kept = store::sql!("SELECT count(*) FROM record_merge WHERE tenant_id = {} AND image IS NOT NULL", tenant);
        assert_eq!(tx.count(kept).await.unwrap(), 0);
        let left = store::sql!(
            "SELECT count(*) FROM contact WHERE tenant_id = {} AND about IS NOT NULL AND merged_into IS NOT NULL",
            tenant
        );
        assert_eq!(tx.count(left).await.unwrap(), 0, "of the other only what it was known by");
        drop(tx);
        assert_eq!(desk.of(&twin).await.ok().id(), ana);
        assert_eq!(desk.get("/api/v1/contacts?q=other.example").await.each("id"), [ana.as_str()]);
    }
}

#[tokio::test]
async fn companies_keep_their_people_and_the_tax_id_of_either() {
    for desk in desks().await {
        let company = |body| async { desk.post("/api/v1/companies", body).await.ok().id() };
        let aurora = company(json!({ "name": "Aurora" })).await;
        let twin = company(
            json!({ "name": "Talleres Aurora", "country": "ES", "tax_id": "B58378431", "website": "aurora.example" }),
        )
        .await;
        let eva = desk.contact(json!({ "given_name": "Eva", "company_id": twin })).await;
        let merge = desk.merging(&aurora, &twin, &[]).await.ok();
        let kept = desk.of(&aurora).await.ok().body;
        assert_eq!((&kept["tax_id"], &kept["website"]), (&json!("B58378431"), &json!("https://aurora.example")));
        assert_eq!(desk.of(&eva).await.ok().text("company_id"), aurora);
        assert_eq!(desk.get("/api/v1/companies?q=talleres").await.each("id"), [aurora.as_str()]);
        desk.drain().await;
        assert_eq!(desk.get("/api/v1/contacts?q=aurora").await.each("id"), [eva.as_str()]);
        // Another one with that tax id is the survivor's business.
        let taken =
            desk.post("/api/v1/companies", json!({ "name": "X", "country": "ES", "tax_id": "B58378431" })).await;
        assert_eq!(taken.refused(), ("tax_id", "tax_id_taken"));
        desk.press(&format!("/api/v1/merges/{}/undo", merge.id())).await.ok();
        assert_eq!(desk.of(&aurora).await.ok().body["tax_id"], Value::Null);
        assert_eq!(desk.of(&twin).await.ok().body["tax_id"], "B58378431");
        assert_eq!(desk.of(&eva).await.ok().text("company_id"), twin);
    }
}

/// A deal written by somebody who had looked before the merge is moved on by the next search.
#[tokio::test]
async fn strays_are_gathered() {
    for desk in desks().await {
        let (ana, twin, deal) = two(&desk).await;
        desk.merging(&ana, &twin, &[]).await.ok();
        let mut tx = desk.tx().await;
        let (con, dea): (super::ContactId, crate::deal::DealId) = (twin.parse().unwrap(), deal.parse().unwrap());
        let back =
            store::sql!("UPDATE deal SET contact_id = {} WHERE tenant_id = {} AND id = {}", con, tx.tenant_id(), dea);
        tx.execute(back).await.unwrap();
        tx.commit().await.unwrap();
        desk.sweep("contact").await;
        assert_eq!(desk.get(&format!("/api/v1/deals/{deal}")).await.ok().text("contact_id"), ana);
    }
}
