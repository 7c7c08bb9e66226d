//! Saved mappings: kept, offered where they fit, taken, renamed, deleted and brought back.

use super::*;

const VISITORS: &str = "Vorname;Nachname;Mail;Stand\nAna;Ruiz;ana@example.com;A1\nLuis;Gil;luis@example.com;\n";

impl Bench {
    async fn patch(&self, answer: &Answer, change: Value) -> Answer {
        let path = format!("/api/v1/imports/{}", answer.id());
        self.json("PATCH", &path, answer.body["version"].as_i64(), Some(change)).await
    }

    async fn mapping(&self, import: &str, name: &str) -> Answer {
        let body = json!({ "import_id": import, "name": name });
        self.json("POST", "/api/v1/import-mappings", None, Some(body)).await
    }
}

#[tokio::test]
async fn a_mapping_is_offered_to_the_next_file_of_its_kind_and_brings_it_in_alike() {
    for bench in benches().await {
        let up = bench.upload(VISITORS.as_bytes()).await.ok();
        let targets = json!(["given_name", "family_name", "email", null]);
        let options = json!({ "duplicates": "update", "match_by": ["email"], "default_country": "DE", "date_order": "dmy",
            "defaults": { "tags": "fair", "job_title": "Visitor" } });
        let set = bench.patch(&up, json!({ "mapping": targets, "options": options })).await.ok();
        let saved = bench.mapping(&up.id(), " Fair visitors ").await.ok();
        assert_eq!(
            (saved.text("name").as_str(), &saved.body["columns"][2]["target"]),
            ("Fair visitors", &json!("email"))
        );
        assert_eq!(bench.mapping(&up.id(), "fair VISITORS").await.refused(), ("name", "name_taken"));
        bench.mapping(&bench.upload(&crowd(2)).await.ok().id(), "Crowd").await.ok();

        let next = bench.upload("MAIL;Vorname;Nachname;Halle\nEva@example.com;Eva;Sol;3\n".as_bytes()).await.ok();
        let list = format!("/api/v1/import-mappings?import_id={}", next.id());
        let offered = bench.json("GET", &list, None, None).await.ok();
        assert_eq!(offered.each("name"), ["Fair visitors", "Crowd"], "the best fit first");
        let fits = |at: usize| (&offered.body["items"][at]["fit"], &offered.body["items"][at]["offered"]);
        assert_eq!((fits(0), fits(1)), ((&json!(75), &json!(true)), (&json!(0), &json!(false))));
        let wrong = bench.patch(&next, json!({ "mapping_id": offered.body["items"][1]["id"] })).await;
        assert_eq!(wrong.refused(), ("mapping_id", "mapping_does_not_fit"));
        let taken = bench.patch(&next, json!({ "mapping_id": saved.id() })).await.ok();
        assert_eq!(
            [taken.target_of("MAIL"), taken.target_of("Vorname"), taken.target_of("Halle")],
            [&json!("email"), &json!("given_name"), &Value::Null]
        );
        assert_eq!(taken.body["options"], set.body["options"]);
        bench.start(&next.id()).await;
        bench.runner.drain().await;
        assert_eq!(bench.import(&next.id()).await.adds_up().number("created"), 1);
        let listed = bench.json("GET", "/api/v1/contacts", None, None).await.ok();
        let path = format!("/api/v1/contacts/{}", listed.body["items"][0]["id"].as_str().unwrap());
        let eva = bench.json("GET", &path, None, None).await.ok();
        assert_eq!(
            (&eva.body["tags"], &eva.body["job_title"]),
            (&json!(["fair"]), &json!("Visitor")),
            "fixed values fill what is blank"
        );
    }
}

#[tokio::test]
async fn mappings_are_renamed_filled_anew_deleted_and_brought_back_by_those_who_may_import() {
    for bench in benches().await {
        let up = bench.upload(VISITORS.as_bytes()).await.ok();
        let saved = bench.mapping(&up.id(), "Visitors").await.ok();
        let path = format!("/api/v1/import-mappings/{}", saved.id());
        let renamed = bench.json("PATCH", &path, Some(1), Some(json!({ "name": "Guests" }))).await.ok();
        let stale = bench.json("PATCH", &path, Some(1), Some(json!({ "name": "Others" }))).await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
        let other = bench.upload(&crowd(2)).await.ok();
        let anew =
            bench.json("PATCH", &path, renamed.body["version"].as_i64(), Some(json!({ "import_id": other.id() })));
        assert_eq!(anew.await.ok().body["columns"][0]["header"], "id");
        assert_eq!(bench.json("DELETE", &path, None, None).await.status, StatusCode::NO_CONTENT);
        assert_eq!(bench.json("GET", "/api/v1/import-mappings", None, None).await.ok().body["items"], json!([]));
        let gone = bench.patch(&up, json!({ "mapping_id": saved.id() })).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);
        bench.mapping(&up.id(), "Guests").await.ok();
        let back = bench.json("POST", &format!("{path}/restore"), None, None).await;
        assert_eq!(back.refused(), ("name", "name_taken"), "the name has been given to another since");
        for action in ["import_mapping.create", "import_mapping.update", "import_mapping.delete"] {
            assert!(bench.audited(action).await > 0, "{action}");
        }
        let (ours, theirs) = (&bench.desk.ours, &bench.desk.theirs);
        assert_eq!(
            bench.desk.ask(ours, "support", "GET", "/api/v1/import-mappings", None, None).await.status,
            StatusCode::FORBIDDEN
        );
        assert_eq!(bench.desk.ask(theirs, "owner", "GET", &path, None, None).await.status, StatusCode::NOT_FOUND);
        let wrong = bench.patch(&up, json!({ "options": { "defaults": { "nothing": "x" } } })).await;
        assert_eq!(wrong.refused(), ("options.defaults.nothing", "target_unknown"));
    }
}

#[tokio::test]
async fn of_two_who_save_under_one_name_at_once_one_is_told() {
    for bench in benches().await {
        let up = bench.upload(VISITORS.as_bytes()).await.ok().id();
        let (one, two) = tokio::join!(bench.mapping(&up, "Visitors"), bench.mapping(&up, "visitors"));
        let (made, refused) = if one.status.is_success() { (one, two) } else { (two, one) };
        assert_eq!((made.status, refused.refused()), (StatusCode::CREATED, ("name", "name_taken")));
        assert_eq!(bench.count("import_mapping").await, 1);
    }
}
