//! What is kept, found and served.

use sandbox::{MailFilter, Sandbox, SandboxConfig};

use crate::client::{call, deliver, get, request, start};

/// UTF-8 subject and names, both bodies, an embedded picture, a file in Latin-1.
const RICH: &str = "From: =?UTF-8?Q?Ana_Mu=C3=B1oz?= <ana@example.com>\r\n\
    To: \"Bo, B.\" <bo@example.com>\r\nCc: cy@example.com\r\nReply-To: answers@example.com\r\n\
    Subject: =?UTF-8?B?UHJlc3VwdWVzdG8gbsK6IDcg4oCTIGHDsW8=?=\r\n\
    Message-ID: <mai_1@example.com>\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\n\
    List-Unsubscribe:\r\n <https://example.com/u/abc>\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n\
    Content-Type: multipart/related; boundary=r\r\n\r\n--r\r\n\
    Content-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\n\
    Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
    A=C3=B1o. Confirm: https://example.com/c?t=3Dabc_&l=3Des.\r\n--a\r\n\
    Content-Type: text/html; charset=utf-8\r\n\r\n\
    <p>Hi <img src=\"cid:logo@x\"> <a href=\"https://example.com/h?a=1&amp;b=2\">go</a></p>\r\n--a--\r\n--r\r\n\
    Content-Type: image/png\r\nContent-ID: <logo@x>\r\nContent-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\n\
    iVBORw0KGgo=\r\n--r--\r\n--m\r\n\
    Content-Type: text/csv; charset=iso-8859-1\r\nContent-Disposition: attachment; filename*=UTF-8''a%C3%B1o.csv\r\n\
    Content-Transfer-Encoding: base64\r\n\r\n8TtiCg==\r\n--m--\r\n";

#[tokio::test]
async fn a_rich_mail_is_taken_apart_exactly() {
    let handle = start().await;
    deliver(&handle, &["bo@example.com", "hidden@example.com"], RICH.as_bytes()).await;
    let json = get(&handle, "/sandbox/api/mails/1").await.json();
    for (field, expected) in [
        ("subject", "Presupuesto nº 7 – año"),
        ("from", "Ana Muñoz <ana@example.com>"),
        ("to", "Bo, B. <bo@example.com>"),
        ("cc", "cy@example.com"),
        ("reply_to", "answers@example.com"),
        ("message_id", "mai_1@example.com"),
        ("date", "Mon, 23 Nov 2026 10:00:00 +0000"),
        ("envelope_from", "me@example.com"),
    ] {
        assert_eq!(json[field], expected, "{field}");
    }
    assert_eq!(json["envelope_to"], serde_json::json!(["bo@example.com", "hidden@example.com"]));
    assert!(json["text"].as_str().unwrap().starts_with("Año. Confirm:"));
    assert!(json["html"].as_str().unwrap().contains("cid:logo@x"));
    assert_eq!(
        json["links"],
        serde_json::json!(["https://example.com/c?t=abc_&l=es", "https://example.com/h?a=1&b=2"])
    );
    assert_eq!(json["problems"], serde_json::json!([]));
    let unsubscribe = json["headers"].as_array().unwrap().iter().find(|header| header["name"] == "List-Unsubscribe");
    assert_eq!(unsubscribe.unwrap()["value"], "<https://example.com/u/abc>", "unfolded");
    assert_eq!(
        json["attachments"],
        serde_json::json!([
            {"index": 0, "file_name": "attachment-0", "media_type": "image/png", "size": 8, "content_id": "logo@x"},
            {"index": 1, "file_name": "año.csv", "media_type": "text/csv", "size": 4, "content_id": null},
        ])
    );
    let csv = get(&handle, "/sandbox/api/mails/1/attachments/1").await;
    assert_eq!(csv.bytes, b"\xf1;b\n", "byte for byte, not converted");
    assert_eq!(csv.header("content-disposition"), "attachment; filename=\"a_o.csv\"; filename*=UTF-8''a%C3%B1o.csv");
    let raw = get(&handle, "/sandbox/mail/1/raw").await;
    assert_eq!(raw.bytes, RICH.as_bytes());
    assert_eq!(raw.header("content-type"), "text/plain; charset=utf-8");
}

#[tokio::test]
async fn finds_by_recipient_and_subject_and_pages() {
    let handle = start().await;
    for number in 0..7 {
        let (to, subject) = if number % 2 == 0 { ("Ana@example.com", "Invoice") } else { ("bo@example.com", "QUOTE") };
        let content = format!("To: {to}\r\nSubject: {subject} {number}\r\n\r\nx");
        deliver(&handle, &[to, "blind@example.org"], content.as_bytes()).await;
    }
    let subjects = async |query: &str| {
        let json = get(&handle, &format!("/sandbox/api/mails?{query}")).await.json();
        let items = json["items"].as_array().unwrap().iter().map(|mail| mail["subject"].as_str().unwrap().to_owned());
        (items.collect::<Vec<_>>(), json["next_before"].clone())
    };
    assert_eq!(subjects("to=ana%40EXAMPLE").await.0, ["Invoice 6", "Invoice 4", "Invoice 2", "Invoice 0"]);
    assert_eq!(subjects("to=blind&subject=quote").await.0, ["QUOTE 5", "QUOTE 3", "QUOTE 1"]);
    assert_eq!(subjects("to=nobody").await.0, Vec::<String>::new());
    let (first, next) = subjects("subject=invoice&limit=3").await;
    assert_eq!((first.len(), next.as_u64()), (3, Some(3)));
    let (second, next) = subjects("subject=invoice&limit=3&before=3").await;
    assert_eq!((second, next.as_u64()), (vec!["Invoice 0".to_owned()], None));

    let answer = call(&handle, request("DELETE", "/sandbox/api/mails", &[], "")).await;
    assert_eq!(answer.status.as_u16(), 204);
    assert_eq!(subjects("").await.0, Vec::<String>::new());
    deliver(&handle, &["ana@example.com"], b"Subject: again\r\n\r\nx").await;
    assert_eq!(handle.mails(&MailFilter::default())[0].id, 8, "numbers are not used twice");
}

#[tokio::test]
async fn the_oldest_make_room() {
    let by_count = SandboxConfig { max_mails: 3, ..SandboxConfig::default() };
    let by_size = SandboxConfig { max_total_bytes: 350, ..SandboxConfig::default() };
    for config in [by_count, by_size] {
        let handle = Sandbox::start(config).await.unwrap();
        for number in 0..5 {
            let content = format!("Subject: {number}\r\n\r\n{}", "x".repeat(80));
            deliver(&handle, &["ana@example.com"], content.as_bytes()).await;
        }
        let ids: Vec<_> = handle.mails(&MailFilter::default()).iter().map(|mail| mail.id).collect();
        assert_eq!(ids, [5, 4, 3]);
        assert!(handle.mail(1).is_none());
    }
}
