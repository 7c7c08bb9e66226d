//! Files that are sent again: with the same words and another content, and after they were let through.

use axum::http::StatusCode;
use serde_json::json;

use super::{
    attaching::{Part, with_files},
    desks,
    guarding::SPAM,
};

#[tokio::test]
async fn a_page_sent_again_with_another_file_is_another_sending_and_with_the_same_none() {
    for desk in desks().await {
        let (_, page) = desk.published(with_files(json!({}))).await;
        let once = desk.look(&page).await.ok().hidden("once");
        for content in [&b"one"[..], b"two", b"two"] {
            let parts: [Part<'_>; 3] =
                [("email", None, b"a@a.example"), ("once", None, once.as_bytes()), ("q_files", Some("a.txt"), content)];
            assert_eq!(desk.send_parts(&page, &parts).await.status, StatusCode::SEE_OTHER);
        }
        assert_eq!((desk.leads().await.len(), desk.kept().await), (2, (2, 6)));
    }
}

#[tokio::test]
async fn a_repeat_of_what_was_let_through_with_its_files_is_known_as_the_same() {
    for desk in desks().await {
        let mut form = with_files(json!({}));
        form["guard"] = json!({});
        let (_, page) = desk.published(form).await;
        let path = page.replace("/f/", "/api/v1/public/forms/") + "/submissions";
        let values = json!({ "email": "bot@a.example", "message": SPAM });
        let data = json!({ "values": values, "once": "order-1" }).to_string();
        let parts: [Part<'_>; 2] = [("data", None, data.as_bytes()), ("q_files", Some("a.txt"), b"hello")];
        assert_eq!(desk.send_parts(&path, &parts).await.status, StatusCode::CREATED);
        let held = desk.held().await;
        desk.post("/api/v1/quarantine/release", json!({ "ids": [held[0]["id"]] })).await.ok();
        assert_eq!(desk.send_parts(&path, &parts).await.status, StatusCode::CREATED);
        assert_eq!((desk.leads().await.len(), desk.held().await.len(), desk.kept().await), (1, 0, (1, 5)));
    }
}
