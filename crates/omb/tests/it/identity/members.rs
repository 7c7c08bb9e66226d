//! Members, roles and the company's particulars.

use serde_json::{Value, json};

use crate::app::{Client, TestApp};

async fn members(client: &Client) -> Vec<Value> {
    client.get("/api/v1/members").await.ok()["items"].as_array().unwrap().clone()
}

async fn give(client: &Client, member: &Value, role: &str) -> crate::app::Answer {
    client.patch(&path(member), &member["version"], json!({ "role": role })).await
}

fn path(member: &Value) -> String {
    format!("/api/v1/members/{}", member["id"].as_str().unwrap())
}

fn of_role<'a>(members: &'a [Value], role: &str) -> &'a Value {
    members.iter().find(|m| m["role"] == role).unwrap()
}

#[tokio::test]
async fn members_come_change_and_go() {
    for app in TestApp::each().await {
        let ana = app.owner("Faro Azul").await;
        let luis = app.member(&ana, "sales").await;
        let eve = app.owner("Evil").await;
        let all = members(&ana).await;
        assert_eq!(all.len(), 2);
        let (owner, sales) = (of_role(&all, "owner"), of_role(&all, "sales"));
        assert_eq!(owner["actions"], json!([]), "the last owner");
        assert_eq!(sales["actions"], json!(["change_role", "remove"]));

        give(&ana, owner, "sales").await.refused(409, "last_owner");
        ana.delete(&path(owner)).await.refused(409, "last_owner");
        eve.get(&path(sales)).await.refused(404, "not_found");
        give(&eve, sales, "owner").await.refused(404, "not_found");
        eve.delete(&path(sales)).await.refused(404, "not_found");
        luis.delete(&path(owner)).await.refused(403, "forbidden");

        let changed = give(&ana, sales, "support").await.ok();
        assert_eq!(changed["role"], "support");
        give(&ana, sales, "billing").await.refused(412, "stale");
        give(&ana, &changed, "emperor").await.field("role", "wrong_type");
        assert_eq!(luis.get("/api/v1/me").await.ok()["member"]["role"], "support");
        assert_eq!(ana.delete(&path(sales)).await.status, 204);
        luis.get("/api/v1/me").await.refused(401, "sign_in_required");
        assert_eq!(members(&ana).await.len(), 1);
        app.finish().await;
    }
}

/// Two owners demote each other at one moment: one of them is still an owner, on either database.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_owners_who_demote_each_other_at_once_one_stays() {
    for app in TestApp::each().await {
        let ana = app.owner("Faro Azul").await;
        let luis = app.member(&ana, "sales").await;
        let all = members(&ana).await;
        let made = give(&ana, of_role(&all, "sales"), "owner").await.ok();
        let ana_member = of_role(&all, "owner").clone();
        let (one, two) = tokio::join!(give(&ana, &made, "sales"), give(&luis, &ana_member, "sales"));
        let statuses = [one.status.as_u16(), two.status.as_u16()];
        assert_eq!(statuses.iter().filter(|s| **s == 200).count(), 1, "{statuses:?}");
        let owner = if one.status == 200 { &ana } else { &luis };
        let owners = members(owner).await.iter().filter(|m| m["role"] == "owner").count();
        assert_eq!(owners, 1);
        app.finish().await;
    }
}

#[tokio::test]
async fn an_administrator_stays_below_the_owners() {
    let app = TestApp::start(testkit::Kind::Sqlite).await;
    let ana = app.owner("Faro Azul").await;
    let admin = app.member(&ana, "administrator").await;
    app.member(&ana, "sales").await;
    let all = members(&admin).await;
    assert_eq!(of_role(&all, "owner")["actions"], json!([]));
    give(&admin, of_role(&all, "sales"), "owner").await.field("role", "owner_by_owner");
    give(&admin, of_role(&all, "owner"), "sales").await.refused(409, "member_above_own");
    admin.delete(&path(of_role(&all, "owner"))).await.refused(409, "member_above_own");
    let invite = json!({ "email": "x@evil.example", "role": "owner" });
    admin.post("/api/v1/invitations", invite).await.field("role", "owner_by_owner");
    app.finish().await;
}

#[tokio::test]
async fn an_invitation_is_listed_sent_again_runs_out_and_is_withdrawn() {
    for app in TestApp::each().await {
        let ana = app.owner("Faro Azul").await;
        let answer =
            ana.post("/api/v1/invitations", json!({ "email": "luis@farorojo.example", "role": "sales" })).await;
        assert_eq!(answer.status, 201);
        let invitation = answer.ok();
        let path = format!("/api/v1/invitations/{}", invitation["id"].as_str().unwrap());
        app.work().await;
        let first = app.link_in_mail("luis@farorojo.example", "accept-invitation").await;
        let token = |link: &str| json!({ "token": link.split_once("token=").unwrap().1 });
        let offer = app.nobody().post("/api/v1/invitations/lookup", token(&first)).await.ok();
        assert_eq!(offer["tenant_name"], "Faro Azul");
        assert_eq!(offer["has_account"], false);
        ana.post(&format!("{path}/resend"), json!({})).await.refused(429, "invitation_just_sent");

        app.clock.advance(chrono::TimeDelta::days(8));
        let browser = app.nobody();
        browser.post("/api/v1/invitations/lookup", token(&first)).await.refused(410, "link_expired");
        ana.post("/api/v1/session", json!({ "email": "owner@faro-azul.example", "password": crate::app::PASSWORD }))
            .await
            .ok();
        let listed = ana.get("/api/v1/invitations").await.ok();
        assert_eq!(listed["items"][0]["expired"], true);
        ana.post(&format!("{path}/resend"), json!({})).await.ok();
        app.work().await;
        let second = app.link_in_mail("luis@farorojo.example", "accept-invitation").await;
        browser.post("/api/v1/invitations/lookup", token(&first)).await.refused(410, "link_expired");
        browser.post("/api/v1/invitations/lookup", token(&second)).await.ok();
        assert_eq!(ana.delete(&path).await.status, 204);
        browser.post("/api/v1/invitations/lookup", token(&second)).await.refused(410, "link_expired");
        ana.delete(&path).await.refused(409, "invitation_revoked");
        assert_eq!(ana.get("/api/v1/invitations").await.ok()["items"], json!([]));
        app.finish().await;
    }
}

#[tokio::test]
async fn a_tuned_role_takes_effect_with_the_next_request() {
    for app in TestApp::each().await {
        let ana = app.owner("Faro Azul").await;
        let luis = app.member(&ana, "sales").await;
        luis.get("/api/v1/invitations").await.refused(403, "forbidden");
        let table = ana.patch("/api/v1/roles/sales", &json!(1), json!({ "member.manage": true })).await.ok();
        let sales = table["roles"].as_array().unwrap().iter().find(|r| r["role"] == "sales").unwrap();
        assert!(sales["permissions"].as_array().unwrap().contains(&json!("member.manage")));
        assert!(!sales["default_permissions"].as_array().unwrap().contains(&json!("member.manage")));
        luis.get("/api/v1/invitations").await.ok();
        ana.patch("/api/v1/roles/sales", &json!(1), json!({ "member.manage": null })).await.ok();
        luis.get("/api/v1/invitations").await.refused(403, "forbidden");

        ana.patch("/api/v1/roles/owner", &json!(1), json!({ "member.manage": false }))
            .await
            .refused(409, "owner_fixed");
        ana.patch("/api/v1/roles/sales", &json!(1), json!({ "no.such": true }))
            .await
            .field("no.such", "permission_unknown");
        ana.patch("/api/v1/roles/sales", &json!(1), json!({ "account.own": false }))
            .await
            .field("account.own", "permission_fixed");
        let twice =
            ana.request(reqwest::Method::PATCH, "/api/v1/roles/sales").header("content-type", "application/json");
        let twice = twice.body(r#"{"member.manage": true, "member.manage": false}"#);
        let refused = ana.send(twice).await.refused(422, "invalid_input");
        assert_eq!(refused["fields"][0]["code"], "duplicate_field");
        luis.patch("/api/v1/roles/sales", &json!(1), json!({ "member.manage": true })).await.refused(403, "forbidden");
        app.finish().await;
    }
}

/// P024: the fiscal id is whole for those who keep it and masked for the others, in the audit trail too.
#[tokio::test]
async fn p024_the_fiscal_id_is_masked_for_those_who_do_not_keep_it() {
    for app in TestApp::each().await {
        let ana = app.owner("Faro Azul").await;
        let luis = app.member(&ana, "sales").await;
        let tenant = ana.get("/api/v1/tenant").await.ok();
        assert_eq!((&tenant["tax_id"], &tenant["tax_id_kind"]), (&json!("B58378431"), &json!("es_cif")));
        let seen = luis.get("/api/v1/tenant").await.ok();
        assert!(
            seen["tax_id"].as_str().unwrap().starts_with('•') || seen["tax_id"].as_str().unwrap().starts_with('*'),
            "{seen}"
        );
        assert!(!seen.to_string().contains("B58378431"));
        let change = json!({ "tax_id": "B58378432" });
        ana.patch("/api/v1/tenant", &tenant["version"], change.clone()).await.field("tax_id", "tax_id_check_digit");
        ana.patch("/api/v1/tenant", &tenant["version"], json!({ "tax_id": null }))
            .await
            .field("tax_id", "tax_id_required");
        ana.patch("/api/v1/tenant", &tenant["version"], json!({ "country": "MX" }))
            .await
            .field("country", "unknown_field");
        let mut insisting = change;
        insisting["tax_id_confirmed"] = json!(true);
        let changed = ana.patch("/api/v1/tenant", &tenant["version"], insisting).await.ok();
        assert_eq!(changed["tax_id"], "B58378432");
        ana.patch("/api/v1/tenant", &tenant["version"], json!({ "name": "Other" })).await.refused(412, "stale");

        let mut tx = app.store.begin(&super::keys::anybody(&ana).await).await.unwrap();
        let rows: Vec<(Value,)> = tx
            .all(store::Sql::new(
                "SELECT changes FROM audit_entry JOIN audit_detail ON audit_detail.entry_id = audit_entry.id \
                 WHERE action LIKE 'tenant.%'",
            ))
            .await
            .unwrap();
        assert!(rows.len() >= 2 && rows.iter().all(|(changes,)| !changes.to_string().contains("B5837843")));
        drop(tx);
        app.finish().await;
    }
}
