//! Files: sent by a page without script and by programs, kept, served and let go.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use chrono::TimeDelta;
use serde_json::{Value, json};
use store::sql;

use super::{Answer, Desk, desks, field};
use crate::attachment::tests::photo;

const BOUNDARY: &str = "------------------------4f3a";

/// A part of a form: its name, the name of its file if it is one, and what is in it.
pub(super) type Part<'a> = (&'a str, Option<&'a str>, &'a [u8]);

fn multipart(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, content) in parts {
        let file = file.map(|file| format!("; filename=\"{file}\"\r\nContent-Type: text/html")).unwrap_or_default();
        body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes());
        body.extend(*content);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    body
}

impl Desk {
    pub(super) async fn send_parts(&self, path: &str, parts: &[Part<'_>]) -> Answer {
        let request = Request::builder().method("POST").uri(path).header(header::HOST, "localhost");
        let request = request.header(header::ORIGIN, "http://localhost");
        let request = request.header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"));
        self.send(request.body(Body::from(multipart(parts))).unwrap()).await
    }

    /// How many files there are, and how many bytes the tally says are kept.
    pub(super) async fn kept(&self) -> (i64, i64) {
        let mut tx = self.tx().await;
        let tenant = tx.tenant_id();
        let blobs = tx.count(sql!("SELECT count(*) FROM blob WHERE tenant_id = {}", tenant)).await.unwrap();
        let sum = sql!("SELECT CAST(sum(bytes) AS BIGINT) FROM web_form_tally WHERE tenant_id = {}", tenant);
        let (bytes,): (Option<i64>,) = tx.one(sum).await.unwrap();
        (blobs, bytes.unwrap_or(0))
    }
}

pub(super) fn with_files(rule: Value) -> Value {
    let mut files = field("file", "q_files", false);
    files["files"] = rule;
    json!({ "fields": [field("email", "email", true), field("message", "message", false), files] })
}

#[tokio::test]
async fn files_come_with_the_form_without_script_and_are_served_to_be_saved() {
    for desk in desks().await {
        let (_, page) = desk.published(with_files(json!({}))).await;
        let shown = desk.look(&page).await.ok();
        assert!(shown.text.contains("enctype=\"multipart/form-data\""), "{}", shown.text);
        assert!(shown.text.contains("type=\"file\"") && shown.text.contains("At most 5 files of 10 MB each: PDF"));
        let photo = photo();
        let parts: [Part<'_>; 6] = [
            ("email", None, b"eva@a.example"),
            ("message", None, "Señales".as_bytes()),
            ("q_files", Some("../plano <1>.html"), b"%PDF-1.7 drawing"),
            ("q_files", Some("van.JPEG"), &photo),
            ("q_files", Some("قائمة.csv"), b"a;b"),
            ("q_files", Some(""), b""),
        ];
        assert_eq!(desk.send_parts(&page, &parts).await.status, StatusCode::SEE_OTHER);
        let lead = desk.leads().await.remove(0);
        assert_eq!((&lead["message"], &lead["answers"]), (&json!("Señales"), &json!([])));
        let path = format!("/api/v1/submissions?lead_id={}", lead["id"].as_str().unwrap());
        let files = desk.get(&path).await.ok().body["items"][0]["attachments"].clone();
        let named: Vec<_> = files.as_array().unwrap().iter().map(|f| (&f["file_name"], &f["media_type"])).collect();
        let expected = [
            (&json!("plano 1.html.pdf"), &json!("application/pdf")),
            (&json!("van.jpg"), &json!("image/jpeg")),
            (&json!("قائمة.csv"), &json!("text/csv")),
        ];
        assert_eq!(named, expected);
        assert_eq!((&files[0]["size"], &files[0]["field"]), (&json!(16), &json!("q_files")));
        let at = |n: usize| format!("/api/v1/attachments/{}", files[n]["id"].as_str().unwrap());
        let pdf = desk.get(&at(0)).await.ok();
        assert_eq!(pdf.text, "%PDF-1.7 drawing");
        for (name, value) in [
            ("content-disposition", "attachment; filename=\"plano 1.html.pdf\"; filename*=UTF-8''plano%201.html.pdf"),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "default-src 'none'; sandbox"),
        ] {
            assert_eq!(pdf.header(name), value);
        }
        assert!(!desk.get(&at(1)).await.ok().text.contains("GPS"));
        // Who may not read leads sees no file.
        assert_eq!(desk.ask_as(&desk.ours, "billing", "GET", &at(0), Value::Null).await.status, StatusCode::FORBIDDEN);
        assert_eq!(desk.ask(&desk.theirs, "GET", &at(0), 0, Value::Null).await.status, StatusCode::NOT_FOUND);
        assert_eq!(desk.look(&at(0)).await.status, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_file_is_said_beside_it_and_what_was_typed_stays() {
    for desk in desks().await {
        let (_, page) =
            desk.published(with_files(json!({ "count": 2, "megabytes": 1, "kinds": ["pdf", "text"] }))).await;
        let large = vec![b'a'; (1 << 20) + 1];
        let pdf: Part<'_> = ("q_files", Some("a.pdf"), b"%PDF-1.7");
        let tries: [(Vec<Part<'_>>, StatusCode, &str); 6] = [
            (vec![("q_files", Some("a.txt"), &large)], StatusCode::PAYLOAD_TOO_LARGE, "A file is too large"),
            (vec![("q_files", Some("a.pdf"), b"<svg/>")], StatusCode::UNPROCESSABLE_ENTITY, "not a kind of file"),
            (vec![("q_files", Some("a.csv"), b"a;b")], StatusCode::UNPROCESSABLE_ENTITY, "not a kind of file"),
            (vec![("q_files", Some("a.txt"), b"")], StatusCode::UNPROCESSABLE_ENTITY, "This file is empty"),
            (vec![pdf, pdf, pdf], StatusCode::UNPROCESSABLE_ENTITY, "too many files"),
            (vec![pdf], StatusCode::UNPROCESSABLE_ENTITY, "Choose the files again"),
        ];
        for (files, status, sentence) in tries {
            let mut parts = files;
            // What stands behind the files has been read all the same, and what else is wrong is said at once.
            parts.extend([("email", None, &b"nobody"[..]), ("message", None, "Diez palabras".as_bytes())]);
            let answer = desk.send_parts(&page, &parts).await;
            assert_eq!(answer.status, status, "{sentence}: {}", answer.text);
            for text in
                [sentence, "Diez palabras</textarea>", "value=\"nobody\"", "id=\"e-email\"", "Choose the files again"]
            {
                assert!(answer.text.contains(text), "{text}: {}", answer.text);
            }
        }
        assert_eq!((desk.leads().await.len(), desk.kept().await), (0, (0, 0)));
        // More than the form takes altogether is not read to its end.
        let (_, plain) = desk.published(json!({ "slug": "plain" })).await;
        let huge = vec![b'a'; 5 << 20];
        let cut = desk.send_parts(&plain, &[("email", None, b"a@a.example"), ("other", Some("x"), &huge)]).await;
        assert!(cut.status.is_client_error() && cut.text.contains("<h1"), "{:?}", cut.status);
        let many = vec![("email", None, &b"a@a.example"[..]); 501];
        assert_eq!(desk.send_parts(&plain, &many).await.status, StatusCode::BAD_REQUEST, "small and many is much too");
        assert_eq!(desk.leads().await.len(), 0);
    }
}

#[tokio::test]
async fn a_required_file_must_come_and_rules_that_cannot_be_are_refused() {
    for desk in desks().await {
        let mut files = field("file", "q_files", true);
        files["files"] = json!({ "kinds": ["pdf"] });
        let (_, page) = desk.published(json!({ "fields": [field("email", "email", true), files] })).await;
        let without = desk.send_parts(&page, &[("email", None, b"a@a.example"), ("q_files", Some(""), b"")]).await;
        assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(without.text.contains("id=\"e-q_files\">Fill this in."), "{}", without.text);
        let named = desk.give(&page, &[], json!({ "values": { "email": "a@a.example", "q_files": "a.pdf" } })).await;
        assert_eq!(named.refused(), ("q_files", "file_expected"));
        let typed =
            desk.fill(&page, &[("origin", "http://localhost")], &[("email", "a@a.example"), ("q_files", "a.pdf")]);
        assert_eq!(typed.await.status, StatusCode::UNPROCESSABLE_ENTITY, "a word is no file");
        for (rule, expected) in [
            (json!({ "count": 6 }), ("fields.2.files.count", "out_of_range")),
            (json!({ "megabytes": 11 }), ("fields.2.files.megabytes", "out_of_range")),
            (json!({ "kinds": [] }), ("fields.2.files.kinds", "required")),
        ] {
            assert_eq!(desk.post("/api/v1/forms", super::contact(with_files(rule))).await.refused(), expected);
        }
        let mut twice = with_files(json!({}));
        let again = field("file", "q_more", false);
        twice["fields"].as_array_mut().unwrap().push(again);
        assert_eq!(desk.post("/api/v1/forms", super::contact(twice)).await.refused(), ("fields", "files_too_large"));
    }
}

#[tokio::test]
async fn programs_send_files_too_and_the_same_once() {
    for desk in desks().await {
        let (_, page) = desk.published(with_files(json!({}))).await;
        let path = page.replace("/f/", "/api/v1/public/forms/") + "/submissions";
        let data = json!({ "values": { "email": "a@a.example" }, "once": "order-1" }).to_string();
        let parts: [Part<'_>; 2] = [("data", None, data.as_bytes()), ("q_files", Some("a.txt"), b"hello")];
        for _ in 0..2 {
            assert_eq!(desk.send_parts(&path, &parts).await.status, StatusCode::CREATED);
        }
        assert_eq!((desk.leads().await.len(), desk.kept().await), (1, (1, 5)));
        let other: [Part<'_>; 2] = [("data", None, data.as_bytes()), ("q_files", Some("a.txt"), b"other")];
        assert_eq!(desk.send_parts(&path, &other).await.refused(), ("Idempotency-Key", "idempotency_key_reused"));
        let wrong: [Part<'_>; 2] = [("data", None, data.as_bytes()), ("q_files", Some("a.exe"), b"MZ\x90\x00")];
        assert_eq!(desk.send_parts(&path, &wrong).await.refused(), ("q_files", "file_kind"));
        let large = vec![b'a'; (10 << 20) + 1];
        let large: [Part<'_>; 2] = [("data", None, data.as_bytes()), ("q_files", Some("a.txt"), &large)];
        let refused = desk.send_parts(&path, &large).await;
        assert_eq!(
            (refused.status, refused.body["code"].as_str()),
            (StatusCode::PAYLOAD_TOO_LARGE, Some("body_too_large"))
        );
        assert_eq!(desk.send_parts(&path, &parts[1..]).await.body["code"], "body_unreadable");
        assert_eq!(desk.kept().await, (1, 5));
    }
}

#[tokio::test]
async fn files_of_what_is_held_back_go_with_it_or_over_to_the_lead() {
    for desk in desks().await {
        let mut form = with_files(json!({}));
        form["guard"] = json!({});
        let (_, page) = desk.published(form).await;
        let spam = "Casino https://a.example https://b.example https://c.example bitcoin".as_bytes();
        for text in [&b"first"[..], b"second"] {
            let parts: [Part<'_>; 3] =
                [("email", None, b"bot@a.example"), ("message", None, spam), ("q_files", Some("a.txt"), text)];
            assert_eq!(desk.send_parts(&page, &parts).await.status, StatusCode::SEE_OTHER);
        }
        assert_eq!(desk.kept().await, (2, 11));
        let held = desk.get("/api/v1/quarantine").await.ok().body["items"].clone();
        let file = held[0]["attachments"][0]["id"].as_str().unwrap().to_owned();
        let at = format!("/api/v1/attachments/{file}");
        // Support reads leads, and nothing of what is held back.
        assert_eq!(desk.ask_as(&desk.ours, "support", "GET", &at, Value::Null).await.status, StatusCode::NOT_FOUND);
        desk.post("/api/v1/quarantine/release", json!({ "ids": [held[0]["id"]] })).await.ok();
        let sent = desk.get("/api/v1/submissions").await.ok().body["items"][0].clone();
        assert_eq!(sent["attachments"][0]["id"], file);
        assert_eq!(desk.ask_as(&desk.ours, "support", "GET", &at, Value::Null).await.text, "second");
        desk.store.clock().advance(TimeDelta::days(31));
        desk.sweep().await;
        assert_eq!(desk.kept().await, (1, 6), "the other went with its bytes");
        assert_eq!(desk.get(&at).await.ok().text, "second");
        let mut tx = desk.tx().await;
        let tenant = tx.tenant_id();
        let least = sql!("SELECT CAST(min(bytes) AS BIGINT) FROM web_form_tally WHERE tenant_id = {}", tenant);
        let (least,): (Option<i64>,) = tx.one(least).await.unwrap();
        assert_eq!(least, Some(6), "what went is taken off the day on which it came");
    }
}
