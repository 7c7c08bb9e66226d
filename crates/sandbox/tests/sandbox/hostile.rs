//! What broken and hostile clients send.

use sandbox::MailFilter;

use crate::client::{Smtp, deliver, get, start};

/// Deterministic noise: a test that fails must fail again.
fn noise(length: usize, mut seed: u64) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(length);
    while bytes.len() < length {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        bytes.push((seed >> 56) as u8);
    }
    bytes
}

fn malformed() -> Vec<Vec<u8>> {
    let nested = |depth: usize| {
        let mut mail = String::from("Subject: deep\r\n");
        for level in 0..depth {
            mail.push_str(&format!("Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n"));
        }
        mail.push_str("Content-Type: text/plain\r\n\r\nbottom\r\n");
        mail.into_bytes()
    };
    let messages = "Content-Type: message/rfc822\r\n\r\n".repeat(2_000);
    let parts = format!(
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n{}--b--",
        "--b\r\nContent-Disposition: attachment; filename=\"../../x\"\r\n\r\ny\r\n".repeat(3_000)
    );
    let mut cases: Vec<Vec<u8>> = vec![
        vec![],
        b"\r\n\r\n".to_vec(),
        b"no header at all".to_vec(),
        b": no name\r\n\r\nx".to_vec(),
        b"Content-Type: multipart/mixed; boundary=\"\"\r\n\r\n--\r\n\r\n----".to_vec(),
        b"Content-Type: multipart/mixed\r\n\r\n--b\r\n".to_vec(),
        b"Content-Type: text/plain; charset=\"no-such\"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!=".to_vec(),
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n=ZZ=\r\n=".to_vec(),
        b"Subject: =?UTF-8?B?////?= =?x?y?z?= =?utf-8?q?=FF=FE?=\r\nFrom: <<<>>>,;:\"\r\nDate: never\r\n\r\n\xff\xfe\x00".to_vec(),
        format!("Subject: {}\r\nTo: {}\r\n\r\nx", "ñ".repeat(100_000), "a@b,".repeat(20_000)).into_bytes(),
        nested(5_000),
        messages.into_bytes(),
        parts.into_bytes(),
    ];
    cases.extend((0..40).map(|seed| noise(2_000, seed)));
    cases
}

#[tokio::test]
async fn malformed_mails_are_kept_listed_and_shown() {
    let handle = start().await;
    let cases = malformed();
    for (at, content) in cases.iter().enumerate() {
        // Noise may hold the end of a mail.
        let safe = String::from_utf8_lossy(content).replace("\r\n.", "\r\n:");
        let content = if content.is_ascii() { content.clone() } else { safe.into_bytes() };
        let reply = deliver(&handle, &["ana@example.com"], &content).await;
        assert!(reply.starts_with("250"), "case {at}: {reply}");
    }
    assert_eq!(
        get(&handle, "/sandbox/api/mails?limit=200").await.json()["items"].as_array().unwrap().len(),
        cases.len()
    );
    assert!(get(&handle, "/sandbox/mail").await.status.is_success());
    for id in 1..=cases.len() {
        for address in ["/sandbox/mail/{id}", "/sandbox/mail/{id}/raw", "/sandbox/api/mails/{id}"] {
            let answer = get(&handle, &address.replace("{id}", &id.to_string())).await;
            assert!(answer.status.is_success(), "{address} of case {}", id - 1);
        }
        for index in [0, 1, 2_999, usize::MAX] {
            let answer = get(&handle, &format!("/sandbox/mail/{id}/attachments/{index}")).await;
            assert!(matches!(answer.status.as_u16(), 200 | 404), "file {index} of case {}", id - 1);
        }
    }
}

#[tokio::test]
async fn noise_on_the_wire_ends_only_its_own_connection() {
    let handle = start().await;
    let mut bystander = Smtp::ready(handle.smtp_addr()).await;

    let mut endless = Smtp::connect(handle.smtp_addr()).await;
    endless.reply().await;
    endless.write(&[b'A'; 20_000]).await;
    assert!(endless.reply().await.starts_with("500 5.5.6"), "a line without end is refused");
    assert_eq!(endless.reply().await, "");

    let mut stubborn = Smtp::ready(handle.smtp_addr()).await;
    let mut last = String::new();
    for _ in 0..60 {
        last = stubborn.say("GET / HTTP/1.1").await;
        if last.starts_with("421") {
            break;
        }
        assert!(last.starts_with("500"), "{last}");
    }
    assert!(last.starts_with("421"), "a client that only makes mistakes is sent away");

    for seed in 0..20 {
        let mut rude = Smtp::connect(handle.smtp_addr()).await;
        rude.write(&noise(3_000, seed)).await;
    }
    let mut gone = Smtp::ready(handle.smtp_addr()).await;
    gone.say("MAIL FROM:<a@example.com>").await;
    gone.say("RCPT TO:<b@example.com>").await;
    gone.say("DATA").await;
    gone.write(b"Subject: half").await;
    drop(gone);

    assert!(bystander.send("a@example.com", &["b@example.com"], b"Subject: whole\r\n\r\nx").await.starts_with("250"));
    let mails = handle.mails(&MailFilter::default());
    assert_eq!(mails.len(), 1, "half a mail is no mail");
    assert_eq!(mails[0].subject, "whole");
}

#[tokio::test]
async fn one_mail_cannot_smuggle_in_another() {
    let handle = start().await;
    let smuggled =
        b"Subject: outer\r\n\r\nx\n.\nMAIL FROM:<eve@example.com>\nRCPT TO:<b@example.com>\nDATA\nSubject: inner\n";
    assert!(deliver(&handle, &["ana@example.com"], smuggled).await.starts_with("250"));
    let mails = handle.mails(&MailFilter::default());
    assert_eq!(mails.len(), 1);
    let problems = handle.mail(1).unwrap().problems.join("\n");
    assert!(problems.contains("line ends other than CRLF"), "{problems}");
}

#[tokio::test]
async fn addresses_that_are_paths_lead_nowhere() {
    let handle = start().await;
    deliver(&handle, &["ana@example.com"], b"Subject: x\r\n\r\nx").await;
    for path in [
        "/sandbox/mail/..%2f..%2fetc%2fpasswd",
        "/sandbox/mail/1/attachments/..%2f..%2fetc%2fpasswd",
        "/sandbox/mail/1/attachments/-1",
        "/sandbox/mail/1/attachments/0",
        "/sandbox/mail/18446744073709551616",
        "/sandbox/mail/00000001.eml",
        "/sandbox/api/mails/%00",
        "/sandbox/..%2f..%2fetc/passwd",
        "/sandbox/mail/2",
    ] {
        let answer = get(&handle, path).await;
        assert!(matches!(answer.status.as_u16(), 400 | 404), "{path}: {}", answer.status);
        assert!(!answer.text().contains("root:"), "{path}");
    }
}
