//! Leads as a file.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use http_body_util::BodyExt;
use serde_json::json;
use tower::ServiceExt;

use super::{Desk, custom::field, desks};

async fn taken(desk: &Desk, role: &str, format: &str) -> (StatusCode, Vec<u8>) {
    let cookie = format!("omb_session={}/{}/{role}", desk.ours.tenant_id, desk.ours.member_id);
    let request = Request::builder().uri(format!("/api/v1/leads/export.{format}")).header(header::COOKIE, cookie);
    let answer = desk.door.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    (answer.status(), answer.into_body().collect().await.unwrap().to_bytes().to_vec())
}

#[tokio::test]
async fn leads_go_out_with_fields_of_ones_own_and_the_trail_is_told_first() {
    for desk in desks().await {
        field(&desk, json!({ "label": "Level", "kind": "choice", "choices": ["Gold", "Iron"] })).await;
        field(&desk, json!({ "label": "Budget", "kind": "money" })).await;
        field(&desk, json!({ "label": "Guide", "kind": "person" })).await;
        let custom = json!({ "level": "c002", "budget": { "amount": "91.13", "currency": "EUR" }, "guide": desk.ours.member_id });
        let eva = json!({ "given_name": "Eva", "message": "=1+1", "custom": custom,
            "answers": [{ "question": "Vans?", "answer": "12" }],
            "consent": { "text": "I agree to everything.", "version": "1", "given_from": "fair" } });
        desk.post("/api/v1/leads", eva).await.ok();
        let gone = desk.post("/api/v1/leads", json!({ "given_name": "Gone" })).await.ok().id();
        desk.delete(&format!("/api/v1/leads/{gone}")).await.ok();
        desk.they("POST", "/api/v1/leads", Some(json!({ "given_name": "Theirs" }))).await.ok();
        let (status, csv) = taken(&desk, "owner", "csv").await;
        let csv = String::from_utf8(csv).unwrap();
        assert_eq!((status, csv.lines().count()), (StatusCode::OK, 2), "{csv}");
        assert!(
            csv.contains(r#""custom_level","custom_budget","custom_guide""#)
                && csv.contains(r#""Iron","91.13 EUR","Ana Ruiz""#),
            "{csv}"
        );
        assert!(csv.contains("Vans?: 12") && csv.contains("\"'=1+1\""), "no spreadsheet executes it: {csv}");
        assert!(!csv.contains("I agree"), "evidence stays where it is: {csv}");
        let (status, book) = taken(&desk, "owner", "xlsx").await;
        assert!(status.is_success() && book.starts_with(b"PK"));
        let (_, blind) = taken(&desk, "administrator-amount.read", "csv").await;
        assert!(String::from_utf8(blind).unwrap().contains(r#""Iron","","Ana Ruiz""#));
        assert_eq!(taken(&desk, "sales", "csv").await.0, StatusCode::FORBIDDEN);
        let mut tx = desk.tx().await;
        let tenant = tx.tenant_id();
        let told = "SELECT count(*) FROM audit_entry WHERE action = 'lead.export' AND tenant_id = ";
        assert_eq!(tx.count(store::Sql::new(told).bind(tenant)).await.unwrap(), 3);
    }
}
