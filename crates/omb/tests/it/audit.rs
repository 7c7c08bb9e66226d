//! The audit trail as its owner meets it: on the wire and from the operator's prompt.

use std::process::Command;

use serde_json::json;

use crate::app::TestApp;

#[tokio::test]
async fn p180_the_trail_names_who_did_what_and_is_proven_over_the_wire() {
    for app in TestApp::each().await {
        let ana = app.owner("Aurora").await;
        let company = ana.post("/api/v1/companies", json!({ "name": "Añil S.L.", "country": "ES" })).await.ok();
        let id = company["id"].as_str().unwrap();
        let waiting = &ana.get(&format!("/api/v1/audit?subject={id}")).await.ok()["items"][0];
        assert_eq!(
            (&waiting["action"], &waiting["sealed"], &waiting["seq"]),
            (&json!("company.create"), &json!(false), &json!(null))
        );
        app.store.seal_committed().await.unwrap();
        let entry = &ana.get(&format!("/api/v1/audit?subject={id}")).await.ok()["items"][0];
        assert_eq!((&entry["sealed"], &entry["erased"]), (&json!(true), &json!(false)));
        assert_eq!(entry["changes"]["name"], json!([null, "Añil S.L."]));
        assert!(entry["fields"].as_array().unwrap().contains(&json!("name")));
        // Refused attempts are entries too, and filters find them.
        let reader = app.member(&ana, "read_only").await;
        reader.get("/api/v1/audit").await.refused(403, "forbidden");
        let refused = ana.get("/api/v1/audit?action=access").await.ok();
        assert_eq!(refused["items"][0]["action"], "access.refused");
        let who = refused["items"][0]["actor_id"].as_str().unwrap();
        let by = ana.get(&format!("/api/v1/audit?actor={who}")).await.ok();
        assert!(by["items"].as_array().unwrap().iter().all(|e| e["actor_id"] == who || e["on_behalf_of"] == who));
        let at = entry["at"].as_str().unwrap();
        assert!(
            ana.get(&format!("/api/v1/audit?to={at}")).await.ok()["items"]
                .as_array()
                .unwrap()
                .iter()
                .all(|e| e["id"] != entry["id"])
        );
        assert!(ana.get(&format!("/api/v1/audit?from={at}&subject={id}")).await.ok()["items"][0]["id"] == entry["id"]);
        // The chain is proven, and what was noted earlier is part of it.
        app.store.seal_committed().await.unwrap();
        let head = ana.get("/api/v1/audit/head").await.ok();
        let proof = ana.post("/api/v1/audit/verify", json!({})).await.ok();
        assert_eq!(
            (&proof["complete"], &proof["broken"], &proof["proven"]),
            (&json!(true), &json!(null), &head["head"])
        );
        let again =
            ana.post("/api/v1/audit/verify", json!({ "from": head["head"], "witness": head["head"] })).await.ok();
        assert_eq!((&again["complete"], &again["checked"]), (&json!(true), &json!(0)));
        ana.post("/api/v1/audit/verify", json!({ "witness": "12" })).await.field("witness", "not_a_head");
        let other = format!("2:{}", "0".repeat(64));
        let broken = ana.post("/api/v1/audit/verify", json!({ "witness": other })).await.ok();
        assert_eq!(broken["broken"]["what"], "rewritten");
        app.finish().await;
    }
}

#[tokio::test]
async fn p180_a_key_acts_on_behalf_of_its_maker() {
    for app in TestApp::each().await {
        let ana = app.owner("Aurora").await;
        let me = ana.get("/api/v1/me").await.ok();
        let key = ana
            .post("/api/v1/api-keys", json!({ "name": "Robot", "scopes": ["company.edit", "company.read"] }))
            .await
            .ok();
        let robot = app.nobody().with_key(key["secret"].as_str().unwrap());
        let company = robot.post("/api/v1/companies", json!({ "name": "Made by a key", "country": "ES" })).await.ok();
        let entry = ana.get(&format!("/api/v1/audit?subject={}", company["id"].as_str().unwrap())).await.ok();
        let entry = &entry["items"][0];
        assert_eq!((&entry["actor_kind"], &entry["actor_id"]), (&json!("api_key"), &key["key"]["id"]));
        assert_eq!(entry["on_behalf_of"], me["member"]["id"]);
        app.finish().await;
    }
}

/// `omb audit …` on a database of its own.
fn omb(address: &str, keys: &std::path::Path, args: &[&str]) -> (i32, String) {
    let ran = Command::new(env!("CARGO_BIN_EXE_omb"))
        .args(args)
        .env("DATABASE_URL", address)
        .env("OMB_MASTER_KEY_FILE", keys)
        .env_remove("OMB_BLESS")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
    (ran.status.code().unwrap(), said)
}

#[tokio::test]
async fn p180_the_operator_is_told_which_entry_is_broken_and_by_the_exit_code() {
    for kind in testkit::kinds() {
        let database = testkit::fresh_database(kind).await;
        let folder = tempfile::tempdir().unwrap();
        let keys = folder.path().join("master.key");
        let options = store::StoreOptions { keys: store::KeyRing::file(&keys), ..store::StoreOptions::default() };
        let store = database.open(options);
        store.migrate().await.unwrap();
        let sign_up = crate::app::sign_up("Aurora", "ana@aurora.example");
        let owner = identity::establish(&store, serde_json::from_value(sign_up).unwrap()).await.unwrap();
        store.seal_all().await.unwrap();
        let tenant = owner.tenant_id.to_string();
        let address = database.address().to_owned();
        let (code, said) = omb(&address, &keys, &["audit", "verify"]);
        assert_eq!(code, 0, "{said}");
        assert!(said.contains(&format!("{tenant}  whole")), "{said}");
        let head = said.split("head ").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
        assert_eq!(omb(&address, &keys, &["audit", "verify", "--tenant", &tenant, "--head", &head]).0, 0);
        let beyond = format!("9{head}");
        let (code, said) = omb(&address, &keys, &["audit", "verify", "--tenant", &tenant, "--head", &beyond]);
        assert!(code == 1 && said.contains("BROKEN  tail_cut"), "{code}: {said}");
        assert_eq!(omb(&address, &keys, &["audit", "verify", "--head", &head]).0, 2, "--head needs --tenant");
        let (code, said) = omb(&address, &keys, &["audit", "list", "--tenant", &tenant]);
        assert!(code == 0 && said.contains("tenant.create"), "{said}");
        // As the database's owner would: only the embedded one lets the test do it by this road.
        if let Some(path) = address.strip_prefix("sqlite:") {
            let raw = rusqlite::Connection::open(path).unwrap();
            raw.execute("UPDATE audit_entry SET action = 'tenant.read' WHERE seq = 1", []).unwrap();
            let (code, said) = omb(&address, &keys, &["audit", "verify"]);
            assert!(code == 1 && said.contains("BROKEN  changed: The entry at place 1"), "{code}: {said}");
        }
    }
}
