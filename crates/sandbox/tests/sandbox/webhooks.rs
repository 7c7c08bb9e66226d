//! The receiver of webhooks: checked, shown without running, bounded, and able to fail on purpose.

use crate::client::{call, get, request, start};

const GOOD: [(&str, &str); 3] = [
    ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
    ("webhook-timestamp", "1614265330"),
    ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
];
const BODY: &str = r#"{"test": 2432232314}"#;

#[tokio::test]
async fn what_came_is_listed_with_what_was_found_and_runs_nothing() {
    let handle = start().await;
    let path = "/sandbox/webhooks/in/mine";
    assert_eq!(call(&handle, request("POST", path, &GOOD, BODY)).await.status.as_u16(), 204);
    let evil = r#"<script>alert(1)</script>"#;
    assert_eq!(call(&handle, request("POST", path, &[], evil)).await.status.as_u16(), 204);
    let list: serde_json::Value = serde_json::from_str(&get(&handle, "/sandbox/api/webhooks").await.text()).unwrap();
    let found: Vec<&str> = list["items"].as_array().unwrap().iter().map(|m| m["verdict"].as_str().unwrap()).collect();
    assert_eq!(found, ["malformed", "unchecked"]);
    let set = request(
        "PUT",
        "/sandbox/api/webhooks/mine",
        &[("content-type", "application/json")],
        r#"{"secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}"#,
    );
    assert_eq!(call(&handle, set).await.status.as_u16(), 204);
    // The vector is of 2021.
    call(&handle, request("POST", path, &GOOD, BODY)).await;
    let page = get(&handle, "/sandbox/webhooks").await.text();
    assert!(page.contains("timestamp too far from now") && !page.contains("<script"), "{page}");
    assert!(!page.contains("MfKQ9r8G"), "a secret is not shown again");
}

#[tokio::test]
async fn an_inbox_behaves_as_it_was_told() {
    let handle = start().await;
    for (behaviour, status) in [("fail", 500), ("busy", 503), ("gone", 410), ("redirect", 302), ("take", 204)] {
        let set = request(
            "PUT",
            "/sandbox/api/webhooks/mine",
            &[("content-type", "application/json")],
            &format!(r#"{{"behaviour":"{behaviour}"}}"#),
        );
        assert_eq!(call(&handle, set).await.status.as_u16(), 204);
        assert_eq!(
            call(&handle, request("POST", "/sandbox/webhooks/in/mine", &[], "{}")).await.status.as_u16(),
            status
        );
    }
    let refused = call(&handle, request("POST", "/sandbox/webhooks/in/No%20Name", &[], "{}")).await;
    assert_eq!(refused.status.as_u16(), 422);
    let large = "x".repeat(65 * 1024);
    assert_eq!(call(&handle, request("POST", "/sandbox/webhooks/in/mine", &[], &large)).await.status.as_u16(), 413);
}
