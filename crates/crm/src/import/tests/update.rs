//! Rows that change who is there: what they overwrite, what they leave, and the way back.

use super::*;

impl Bench {
    async fn person(&self, body: Value) -> String {
        self.json("POST", "/api/v1/contacts", None, Some(body)).await.ok().id()
    }

    async fn contact(&self, id: &str) -> Value {
        self.json("GET", &format!("/api/v1/contacts/{id}"), None, None).await.ok().body
    }

    /// Uploads, sets the options and runs.
    async fn bring_as(&self, options: Value, content: &str) -> Answer {
        let up = self.upload(content.as_bytes()).await.ok();
        let path = format!("/api/v1/imports/{}", up.id());
        let version = up.body["version"].as_i64();
        self.json("PATCH", &path, version, Some(json!({ "options": options }))).await.ok();
        self.start(&up.id()).await;
        self.runner.drain().await;
        self.json("GET", &path, None, None).await.ok()
    }
}

const FILE: &str = "Id,First name,Email,Phone,City,Tags,Company\n\
    7,,ana@example.com,,Vigo,vip,Puerto SL\n\
    ,Berta,berta@example.com,+34612345670,Lugo,,\n\
    ,,ana@example.com,+34612345679,,fair,\n";

#[tokio::test]
async fn rows_change_who_is_there_and_the_way_back_restores_what_they_overwrote() {
    for bench in benches().await {
        let field = json!({ "object": "contact", "key": "level", "label": "Level", "kind": "text" });
        bench.json("POST", "/api/v1/custom-fields", None, Some(field)).await.ok();
        let ana = bench
            .person(json!({ "given_name": "Ana", "email": "ana@example.com", "city": "Madrid", "job_title": "Buyer",
                "tags": ["old"], "custom": { "level": "gold" } }))
            .await;
        let before = bench.contact(&ana).await;
        let file = FILE.replace(",Tags,", ",Tags,Level,").replace("vip,", "vip,silver,").replace("Lugo,,", "Lugo,,,");
        let file = file.replace("fair,\n", "fair,,\n");
        let done = bench.bring_as(json!({ "duplicates": "update" }), &file).await.adds_up();
        let counts = ["created", "updated", "skipped", "refused", "companies_created"].map(|name| done.number(name));
        assert_eq!(counts, [1, 2, 0, 0, 1], "{:?}", done.body);
        let after = bench.contact(&ana).await;
        assert_eq!(
            (&after["name"], &after["job_title"]),
            (&json!("Ana"), &json!("Buyer")),
            "a blank cell says nothing"
        );
        assert_eq!((&after["city"], &after["external_id"]), (&json!("Vigo"), &json!("7")));
        assert_eq!((&after["tags"], &after["phone"]), (&json!(["old", "vip", "fair"]), &json!("+34612345679")));
        assert_eq!((&after["custom"]["level"], &after["company"]["name"]), (&json!("silver"), &json!("Puerto SL")));
        assert_eq!(bench.audited("contact.update").await, 2, "each change has its entry");
        assert_eq!(bench.count("import_changed").await, 1);

        // Somebody changes one of the fields; that one stays.
        let path = format!("/api/v1/contacts/{ana}");
        bench.json("PATCH", &path, after["version"].as_i64(), Some(json!({ "city": "Lisboa" }))).await.ok();
        let undone = bench.undo(&done.id()).await;
        // The company that her change was told to counts as used.
        assert_eq!((undone.text("state").as_str(), undone.number("kept")), ("undone", 2), "{:?}", undone.body);
        let back = bench.contact(&ana).await;
        assert_eq!(back["city"], "Lisboa");
        for field in ["external_id", "tags", "phone", "company", "custom", "name", "job_title"] {
            assert_eq!(back[field], before[field], "{field}");
        }
        assert_eq!((bench.count("contact").await, bench.count("company").await), (1, 1));
        assert_eq!(bench.count("import_changed").await, 0, "nothing of it is kept");
        let listed = bench.json("GET", "/api/v1/contacts?custom.level=gold", None, None).await.ok();
        assert_eq!(listed.body["items"][0]["id"], json!(ana), "and it is found by what it had");
    }
}

#[tokio::test]
async fn only_those_who_are_there_are_changed_and_only_by_what_was_chosen() {
    for bench in benches().await {
        let ana = bench.person(json!({ "given_name": "Ana", "email": "ana@example.com" })).await;
        let berta = bench.person(json!({ "given_name": "Berta", "phone": "+34612345670" })).await;
        let options = json!({ "duplicates": "update_only", "match_by": ["phone"] });
        let done = bench.bring_as(options, FILE).await.adds_up();
        let counts = ["created", "updated", "skipped"].map(|name| done.number(name));
        assert_eq!(counts, [0, 1, 2], "nobody is recognised by an address: {:?}", done.body);
        assert_eq!(bench.contact(&berta).await["email"], "berta@example.com");
        assert_eq!(bench.contact(&ana).await["version"], 1);
        assert_eq!(bench.count("company").await, 0, "a row that is passed over makes no company");
        let again = bench.bring_as(json!({ "duplicates": "update" }), FILE).await.adds_up();
        let counts = ["created", "updated", "skipped"].map(|name| again.number(name));
        assert_eq!(counts, [0, 2, 1], "Berta is as the file says already");
        let undone = bench.undo(&again.id()).await;
        assert_eq!((undone.number("undone"), undone.number("kept")), (2, 0), "Ana, and the company the file made");
        assert_eq!((bench.count("company").await, &bench.contact(&ana).await["tags"]), (0, &json!([])));

        let up = bench.upload(FILE.as_bytes()).await.ok();
        let none = json!({ "options": { "match_by": [] } });
        let path = format!("/api/v1/imports/{}", up.id());
        assert_eq!(
            bench.json("PATCH", &path, up.body["version"].as_i64(), Some(none)).await.refused(),
            ("options.match_by", "required")
        );
    }
}

#[tokio::test]
async fn the_preview_says_who_will_be_changed_and_who_may_not_edit_may_not_update() {
    for bench in benches().await {
        let ana = bench.person(json!({ "given_name": "Ana", "email": "ana@example.com" })).await;
        let up = bench.upload(FILE.as_bytes()).await.ok();
        let path = format!("/api/v1/imports/{}", up.id());
        let change = json!({ "options": { "duplicates": "update" } });
        bench.json("PATCH", &path, up.body["version"].as_i64(), Some(change.clone())).await.ok();
        let rows = bench.json("GET", &format!("{path}/preview"), None, None).await.ok().body["rows"].clone();
        let becomes: Vec<_> = (0..3).map(|n| (&rows[n]["updates"], &rows[n]["duplicate"])).collect();
        let (id, no) = (json!(ana), json!(false));
        assert_eq!(becomes, [(&id, &no), (&Value::Null, &no), (&id, &no)]);
    }
}

#[tokio::test]
async fn a_further_company_that_a_row_makes_their_own_is_a_further_one_again_when_it_is_taken_back() {
    for bench in benches().await {
        let firm = bench.json("POST", "/api/v1/companies", None, Some(json!({ "name": "Puerto SL" }))).await.ok().id();
        let ana = bench.person(json!({ "given_name": "Ana", "email": "ana@example.com" })).await;
        let also = json!({ "contact_id": ana, "company_id": firm, "job_title": "Adviser" });
        bench.json("POST", "/api/v1/affiliations", None, Some(also)).await.ok();
        let done = bench.bring_as(json!({ "duplicates": "update" }), FILE).await.adds_up();
        assert_eq!((bench.count("affiliation").await, &bench.contact(&ana).await["company_id"]), (0, &json!(firm)));
        bench.undo(&done.id()).await;
        let back = bench.json("GET", &format!("/api/v1/affiliations?contact_id={ana}"), None, None).await.ok();
        assert_eq!(back.body["items"][0]["job_title"], "Adviser");
        assert_eq!(bench.contact(&ana).await["company_id"], Value::Null);
    }
}
