//! The mailbox in the browser: escaped, scriptless, guarded.

use crate::client::{call, deliver, get, request, start};

const EVIL: &str = "From: <script>alert(1)</script> <eve@example.com>\r\nTo: ana@example.com\r\n\
    Subject: =?UTF-8?Q?<script>alert(2)</script>?=\r\nX-Evil: <script>alert(3)</script>\r\n\
    MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n\
    Content-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\nContent-Type: text/plain\r\n\r\n\
    <script>alert(4)</script> https://example.com/\"><script>alert(5)</script> javascript:alert(6)\r\n--a\r\n\
    Content-Type: text/html\r\n\r\n<script>alert(7)</script><a href=\"https://example.com/ok\">go</a>\r\n--a--\r\n--m\r\n\
    Content-Type: text/html\r\nContent-Disposition: attachment; filename=\"<script>.html\"\r\n\r\n\
    <script>alert(8)</script>\r\n--m\r\n\
    Content-Type: image/svg+xml\r\nContent-Disposition: attachment; filename=\"x.svg\"\r\n\r\n<svg onload=\"alert(9)\"/>\r\n--m--\r\n";

#[tokio::test]
async fn a_hostile_mail_shows_its_text_and_runs_nothing() {
    let handle = start().await;
    deliver(&handle, &["ana@example.com"], EVIL.as_bytes()).await;
    for path in ["/sandbox/mail", "/sandbox/mail/1", "/sandbox/_control"] {
        let page = get(&handle, path).await;
        assert_eq!(page.status.as_u16(), 200, "{path}");
        let text = page.text();
        assert!(!text.to_lowercase().contains("<script"), "{path}: {text}");
        assert!(
            text.starts_with("<!doctype html>\n<html lang=\"en\">") && text.contains("name=\"viewport\""),
            "{path}"
        );
        let policy = page.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("cache-control"), "no-store");
    }
    let page = get(&handle, "/sandbox/mail/1").await.text();
    assert!(page.contains("&lt;script&gt;alert(2)&lt;/script&gt;"), "the subject is readable");
    assert!(page.contains("<a href=\"https://example.com/\" rel="), "a web address in the text is a link");
    assert!(page.contains("<a href=\"https://example.com/ok\" rel="), "one in the HTML is listed");
    assert!(!page.contains("href=\"javascript"));

    let frame = get(&handle, "/sandbox/mail/1/html").await;
    let policy = frame.header("content-security-policy");
    assert!(
        policy.contains("sandbox allow-popups") && !policy.contains("allow-scripts") && !policy.contains("script-src")
    );
    assert!(policy.contains("default-src 'none'"), "{policy}");

    for (index, name) in [(0, "_script_.html"), (1, "x.svg")] {
        let file = get(&handle, &format!("/sandbox/mail/1/attachments/{index}?inline=1")).await;
        assert_eq!(file.header("content-type"), "application/octet-stream");
        assert!(file.header("content-disposition").starts_with(&format!("attachment; filename=\"{name}\"")));
        assert_eq!(file.header("content-security-policy"), "default-src 'none'; sandbox");
    }
}

#[tokio::test]
async fn embedded_pictures_are_shown_in_the_frame() {
    let handle = start().await;
    let mail = "Content-Type: multipart/related; boundary=r\r\n\r\n--r\r\nContent-Type: text/html\r\n\r\n\
        <img src=\"cid:logo\">\r\n--r\r\nContent-Type: image/png\r\nContent-ID: <logo>\r\n\
        Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--r--\r\n";
    deliver(&handle, &["ana@example.com"], mail.as_bytes()).await;
    let frame = get(&handle, "/sandbox/mail/1/html").await.text();
    assert!(frame.contains("<img src=\"/sandbox/mail/1/attachments/0?inline=1\">"), "{frame}");
    let picture = get(&handle, "/sandbox/mail/1/attachments/0?inline=1").await;
    assert_eq!((picture.header("content-type"), picture.header("content-disposition")), ("image/png", "inline"));
    assert_eq!(picture.header("cross-origin-resource-policy"), "cross-origin", "the sandboxed frame is another origin");
    let download = get(&handle, "/sandbox/mail/1/attachments/0").await;
    assert_eq!(download.header("cross-origin-resource-policy"), "same-origin");
}

#[tokio::test]
async fn empty_states_search_and_paging_tell_what_to_do() {
    let handle = start().await;
    assert!(get(&handle, "/sandbox/mail").await.text().contains("No mail yet"));
    assert!(!get(&handle, "/sandbox/mail").await.text().contains("Delete all"));
    for number in 0..51 {
        deliver(&handle, &["ana@example.com"], format!("Subject: s{number}&x\r\n\r\nx").as_bytes()).await;
    }
    let nothing = get(&handle, "/sandbox/mail?to=%22%3E%3Cscript%3E").await.text();
    assert!(nothing.contains("No mail matches") && nothing.contains("value=\"&quot;&gt;&lt;script&gt;\""), "{nothing}");
    let first = get(&handle, "/sandbox/mail?to=ana&subject=s").await.text();
    assert_eq!(first.matches("<li>").count(), 50);
    assert!(first.contains("href=\"/sandbox/mail?to=ana&amp;subject=s&amp;before=2\""), "older mails keep the search");
    let second = get(&handle, "/sandbox/mail?to=ana&subject=s&before=2").await.text();
    assert!(second.contains("s0&amp;x") && second.matches("<li>").count() == 1);
    let home = get(&handle, "/sandbox").await;
    assert_eq!((home.status.as_u16(), home.header("location")), (303, "/sandbox/mail"));
    let style = get(&handle, "/sandbox/style.css").await;
    assert!(
        style.header("content-type").starts_with("text/css") && style.text().contains("prefers-color-scheme: dark")
    );
}

#[tokio::test]
async fn another_site_cannot_empty_the_mailbox() {
    let handle = start().await;
    deliver(&handle, &["ana@example.com"], b"Subject: x\r\n\r\nx").await;
    for headers in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example"), ("host", "127.0.0.1:8080")],
        &[("origin", "null"), ("host", "127.0.0.1:8080")],
    ] {
        for (method, path) in [("POST", "/sandbox/mail/clear"), ("DELETE", "/sandbox/api/mails")] {
            let answer = call(&handle, request(method, path, headers, "")).await;
            assert_eq!((answer.status.as_u16(), &answer.json()["code"]), (403, &"cross_site".into()), "{headers:?}");
        }
    }
    assert!(get(&handle, "/sandbox/mail/1").await.status.is_success());
    let own = [("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080"), ("sec-fetch-site", "same-origin")];
    let answer = call(&handle, request("POST", "/sandbox/mail/clear", &own, "")).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/sandbox/mail"));
    assert_eq!(get(&handle, "/sandbox/mail/1").await.json()["code"], "mail_not_found");
}
