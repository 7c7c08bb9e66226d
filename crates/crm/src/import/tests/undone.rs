//! The way back.

use super::*;
use crate::contact::Contact;

#[tokio::test]
async fn an_import_taken_back_leaves_nothing_and_what_was_changed_since_stays() {
    for bench in benches().await {
        let done = bench.bring(&crowd(30)).await.adds_up();
        let undone = bench.undo(&done.id()).await;
        assert_eq!((undone.text("state").as_str(), undone.number("undone"), undone.number("kept")), ("undone", 32, 0));
        for table in ["contact", "company", "import_made"] {
            assert_eq!(bench.count(table).await, 0, "{table}");
        }
        assert_eq!(bench.found("ana3").await, 0, "nor is anything found");
        assert_eq!((bench.audited("import.undo").await, bench.audited("import.undone").await), (1, 1));
        let twice = bench.json("POST", &format!("/api/v1/imports/{}/undo", done.id()), None, None).await;
        assert_eq!(twice.conflict(), "import_not_undoable");

        let done = bench.bring(&crowd(30)).await.adds_up();
        assert_eq!(done.number("created"), 30, "and it can be brought again");
        let mut tx = bench.desk.store.read(&bench.can()).await.unwrap();
        let people: Vec<Contact> = tx.all(tx.select::<Contact>().push(" ORDER BY contact.email")).await.unwrap();
        drop(tx);
        let path = format!("/api/v1/contacts/{}", people[0].id);
        bench.json("PATCH", &path, Some(1), Some(json!({ "job_title": "Buyer" }))).await.ok();
        let note = json!({ "subject": people[1].id.to_string(), "body": "Called." });
        bench.json("POST", "/api/v1/notes", None, Some(note)).await.ok();
        let deal = json!({ "name": "Boat", "contact_id": people[2].id.to_string(), "amount": { "amount": "10.00", "currency": "EUR" } });
        bench.json("POST", "/api/v1/deals", None, Some(deal)).await.ok();
        let undone = bench.undo(&done.id()).await;
        assert_eq!(undone.text("state"), "undone");
        let firms = bench.count("company").await;
        assert_eq!((bench.count("contact").await, undone.number("kept")), (3, 3 + firms), "{:?}", undone.body);
        assert!((1..=2).contains(&firms), "a company somebody works for stays");
        assert_eq!(undone.number("undone") + undone.number("kept"), 32);
    }
}

#[tokio::test]
async fn taking_back_stops_an_import_that_runs_and_other_records_are_left_alone() {
    for bench in benches().await {
        let own = bench.json("POST", "/api/v1/contacts", None, Some(json!({ "given_name": "Own" }))).await.ok();
        let firm = bench.json("POST", "/api/v1/companies", None, Some(json!({ "name": "Firm 0" }))).await.ok();
        let id = bench.upload(&crowd(50)).await.ok().id();
        bench.start(&id).await;
        let pace = Pace { rows: 10, turn: std::time::Duration::ZERO, notice: std::time::Duration::ZERO };
        crate::import::run::turn(&bench.desk.store.store, &bench.can(), &bench.from(), id.parse().unwrap(), pace)
            .await
            .unwrap();
        let undone = bench.undo(&id).await;
        assert_eq!(
            (undone.text("state").as_str(), undone.number("undone")),
            ("undone", 11),
            "ten people and one company"
        );
        assert_eq!((bench.count("contact").await, bench.count("company").await), (1, 1));
        bench.json("GET", &format!("/api/v1/contacts/{}", own.id()), None, None).await.ok();
        bench.json("GET", &format!("/api/v1/companies/{}", firm.id()), None, None).await.ok();
    }
}

#[tokio::test]
async fn a_file_is_forgotten_after_ninety_days_and_an_unused_one_when_one_likes() {
    for bench in benches().await {
        let done = bench.bring(b"name,email\nAna,ana@example.com\nLuis,nowhere\n").await.adds_up();
        let unused = bench.upload(b"name,email\nAna,ana@example.com\n").await.ok();
        let path = format!("/api/v1/imports/{}", unused.id());
        assert_eq!(bench.json("DELETE", &path, None, None).await.status, StatusCode::NO_CONTENT);
        assert_eq!(bench.json("GET", &path, None, None).await.status, StatusCode::NOT_FOUND);
        let running = bench.json("DELETE", &format!("/api/v1/imports/{}", done.id()), None, None).await;
        assert_eq!(running.conflict(), "import_in_use");
        assert_eq!((bench.count("blob").await, bench.count("import_row").await), (1, 1));
        bench.desk.store.clock().advance(chrono::TimeDelta::days(89));
        bench.runner.drain().await;
        assert_eq!(bench.count("blob").await, 1);
        bench.desk.store.clock().advance(chrono::TimeDelta::days(2));
        bench.runner.drain().await;
        assert_eq!((bench.count("blob").await, bench.count("import_row").await), (0, 0));
        let forgotten = bench.import(&done.id()).await;
        assert_eq!((forgotten.number("created"), &forgotten.body["columns"][0]["samples"]), (1, &json!([])));
        assert_eq!(bench.undo(&done.id()).await.number("undone"), 1, "what it made can still be taken back");
    }
}

#[tokio::test]
async fn who_was_chosen_to_be_written_to_at_a_company_stays() {
    for bench in benches().await {
        let firm = bench.json("POST", "/api/v1/companies", None, Some(json!({ "name": "Puerto SL" }))).await.ok().id();
        let file = b"name,email,company\nAna,ana@example.com,Puerto SL\nLuis,luis@example.com,Puerto SL\n";
        let done = bench.bring(file).await.adds_up();
        let found = bench.json("GET", "/api/v1/contacts?q=ana", None, None).await.ok();
        let path = format!("/api/v1/companies/{firm}");
        let chosen = json!({ "billing_contact_id": found.body["items"][0]["id"] });
        bench.json("PATCH", &path, Some(1), Some(chosen)).await.ok();
        let undone = bench.undo(&done.id()).await;
        assert_eq!((undone.number("undone"), undone.number("kept")), (1, 1), "{:?}", undone.body);
        let left = bench.json("GET", &path, None, None).await.ok();
        assert_eq!(left.body["billing_contact"]["name"], "Ana");
    }
}
