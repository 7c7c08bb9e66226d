//! Closing a workspace from the command line while the product runs: everybody is refused within a second, on every node, links
//! show nothing, work waits, nothing is deleted; and opening it again (P150).

use chrono::TimeDelta;
use identity::tenant::close::{close, list, reopen};
use serde_json::{Value, json};

use super::{
    filled::Filled,
    rows::{assert_same, rows},
};
use crate::{
    app::{Client, PASSWORD, TestApp},
    description::{operations, random},
    shape::listed,
};

/// A node believes a caller for up to a second after it was read (`identity::known`).
async fn until_refused(client: &Client) {
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(10);
    while client.get("/api/v1/companies").await.status != 403 {
        assert!(std::time::Instant::now() < deadline, "a closed workspace still answers");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn p150_a_closed_workspace_refuses_everybody_and_loses_nothing() {
    for app in TestApp::each().await {
        let (ours, theirs) = (Filled::new(&app, "aurora").await, Filled::new(&app, "boreal").await);
        let key = ours.owner.post("/api/v1/api-keys", json!({ "name": "Shop", "scopes": ["company.read"] })).await.ok();
        let program = app.nobody().with_key(key["secret"].as_str().unwrap());
        program.get("/api/v1/companies").await.ok();
        // Work that waits at the moment of closing, in both.
        for owner in [&ours.owner, &theirs.owner] {
            let late = json!({ "email": format!("late@{}.example", kernel::Uuid::now_v7().simple()), "role": "sales" });
            owner.post("/api/v1/invitations", late).await.ok();
        }
        // Another process, as the command line is.
        let elsewhere = app.database.open(store::StoreOptions { clock: app.clock.clone(), ..Default::default() });
        let before = rows(&app, ours.tenant).await;
        let (closure, is_new) = close(&elsewhere, ours.tenant).await.unwrap();
        assert!(is_new);
        assert_eq!(closure.erase_on, (app.clock.now() + TimeDelta::days(90)).date_naive());

        until_refused(&ours.owner).await;
        until_refused(&program).await;
        let open = listed("tidy/open-operations.txt");
        for operation in operations().iter().filter(|o| !open.contains(&o.id) && o.id != "session_delete") {
            let path = operation.filled(random);
            for client in [&ours.owner, &program] {
                let answer = client.send(client.request(operation.method.clone(), &path).json(&json!({}))).await;
                let said = (answer.status.as_u16(), &answer.body["code"]);
                assert_eq!(said, (403, &json!("tenant_closed")), "{}: {}", operation.id, answer.body);
                assert!(answer.body["detail"].as_str().unwrap().contains("open it again"));
            }
        }
        ours.owner.get("/events").await.refused(403, "tenant_closed");
        assert_eq!(app.nobody().get(&ours.quote_page).await.status, 410);
        assert_eq!(app.nobody().get(&format!("{}/pdf", ours.quote_page)).await.status, 410);
        let sign_in = json!({ "email": "owner@aurora.example", "password": PASSWORD });
        app.nobody().post("/api/v1/session", sign_in.clone()).await.refused(403, "tenant_closed");
        let wrong = json!({ "email": "owner@aurora.example", "password": "wrong wrong wrong" });
        app.nobody().post("/api/v1/session", wrong).await.refused(401, "wrong_credentials");

        theirs.owner.get("/api/v1/companies").await.ok();
        assert!(app.work().await > 0, "the other's work goes on");
        let waiting = store::sql!(
            "SELECT count(*) FROM job WHERE tenant_id = {} AND state = 'waiting' AND run_at <= {}",
            ours.tenant,
            app.clock.now()
        );
        let (waiting,): (i64,) = app.store.platform_read().await.unwrap().one(waiting).await.unwrap();
        assert!(waiting > 0, "work of a closed workspace was done");
        assert_eq!(jobs::depth(&app.store).await.unwrap().due, 0, "waiting for a reopening is not being late");
        let mut after = rows(&app, ours.tenant).await;
        for table in ["audit_entry", "audit_detail", "event", "event_link", "tenant_closure"] {
            let (had, has) = (before[table].len(), after[table].len());
            assert!(has > had, "{table} does not tell of the closing");
            after.insert(table.to_owned(), before[table].clone());
        }
        // Whom it tells of everything is told of the closing too, once it is open again.
        after.get_mut("job").unwrap().retain(|job| before["job"].contains(job) || !job.contains("webhook.fan_out"));
        assert_same(&before, &after, "closing changed something");

        let (again, is_new) = close(&elsewhere, ours.tenant).await.unwrap();
        assert_eq!((again.erase_on, is_new), (closure.erase_on, false));
        assert_eq!(reopen(&elsewhere, ours.tenant).await.unwrap().unwrap().erase_on, closure.erase_on);
        assert!(reopen(&elsewhere, ours.tenant).await.unwrap().is_none());
        ours.owner.get("/api/v1/companies").await.ok();
        program.get("/api/v1/companies").await.ok();
        assert_eq!(app.nobody().get(&ours.quote_page).await.status, 200);
        assert!(app.work().await > 0, "its work goes on");
        let trail = ours.owner.get("/api/v1/audit?limit=50").await.ok().to_string();
        assert!(trail.contains("tenant.close") && trail.contains("tenant.reopen"));
    }
}

#[tokio::test]
async fn a_person_of_two_workspaces_is_let_into_the_open_one() {
    for app in TestApp::each().await {
        let (ours, theirs) = (app.owner("Aurora").await, app.owner("Boreal").await);
        ours.post("/api/v1/invitations", json!({ "email": "owner@boreal.example", "role": "sales" })).await.ok();
        app.work().await;
        let link = app.link_in_mail("owner@boreal.example", "invitation").await;
        let token = link.rsplit('=').next().unwrap();
        let joined = theirs.post("/api/v1/invitations/accept", accept(token)).await;
        assert!(joined.status.is_success(), "{}", joined.body);
        let id = |tenant: Value| -> kernel::TenantId { tenant["id"].as_str().unwrap().parse().unwrap() };
        let closed = id(ours.get("/api/v1/tenant").await.ok());
        close(&app.store, closed).await.unwrap();
        // Signed in where it is closed: the way out is open, and leads to the other.
        theirs.get("/api/v1/me").await.refused(403, "tenant_closed");
        assert_eq!(theirs.delete("/api/v1/session").await.status, 204);
        theirs.get("/api/v1/me").await.refused(401, "sign_in_required");
        theirs.post("/api/v1/session", json!({ "email": "owner@boreal.example", "password": PASSWORD })).await.ok();
        let choices = theirs.get("/api/v1/tenants").await.ok();
        assert_eq!(choices["items"].as_array().unwrap().len(), 1);
        theirs.post("/api/v1/session/tenant", json!({ "tenant_id": closed })).await.refused(404, "not_found");
        reopen(&app.store, closed).await.unwrap();
        theirs.post("/api/v1/session/tenant", json!({ "tenant_id": closed })).await.ok();
    }
}

/// What accepting takes, for somebody who has an account.
fn accept(token: &str) -> Value {
    json!({ "token": token })
}

/// The command itself, beside a product that runs on the same database.
#[tokio::test]
async fn the_command_lists_closes_and_reopens() {
    for app in TestApp::each().await {
        let owner = app.owner("Aurora").await;
        let id = owner.get("/api/v1/tenant").await.ok()["id"].as_str().unwrap().to_owned();
        let folder = tempfile::tempdir().unwrap();
        let omb = async |words: &[&str]| {
            let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_omb"));
            command.arg("tenant").args(words).current_dir(folder.path()).env("OMB_DATA_DIR", folder.path());
            command.env_remove("OMB_BLESS");
            command.env("OMB_MASTER_KEY_FILE", app.database.keys().path().unwrap());
            let output = command.env("DATABASE_URL", app.database.address()).output().await.unwrap();
            let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
            (output.status.success(), said)
        };
        let (ok, table) = omb(&["list"]).await;
        assert!(ok && table.starts_with("ID") && table.contains(&id) && table.contains("Aurora"), "{table}");
        let (ok, said) = omb(&["close", &id]).await;
        assert!(!ok && said.contains("--yes"), "{said}");
        owner.get("/api/v1/me").await.ok();
        let (ok, said) = omb(&["close", &id, "--yes"]).await;
        let due = (kernel::Clock::system().now() + TimeDelta::days(90)).date_naive().to_string();
        assert!(ok && said.contains(&due) && said.contains("reopen"), "{said}");
        until_refused(&owner).await;
        owner.get("/api/v1/me").await.refused(403, "tenant_closed");
        let (_, json) = omb(&["list", "--json"]).await;
        let listed: Value = serde_json::from_str(&json).unwrap();
        assert_eq!((&listed[0]["id"], &listed[0]["state"]), (&json!(id), &json!("closed")), "{listed}");
        assert_eq!(listed[0]["members"], 1);
        let (ok, said) = omb(&["close", &id, "--yes"]).await;
        assert!(ok && said.contains("already"), "{said}");
        let (ok, said) = omb(&["reopen", &id]).await;
        assert!(ok, "{said}");
        owner.get("/api/v1/me").await.ok();
        let (ok, said) = omb(&["close", "ten_00000000000000000000000000000000", "--yes"]).await;
        assert!(!ok && said.contains("omb tenant list"), "{said}");
        assert_eq!(list(&app.store).await.unwrap()[0].state, "open");
    }
}
