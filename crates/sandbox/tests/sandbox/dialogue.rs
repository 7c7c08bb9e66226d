//! The SMTP dialogue as RFC 5321 has it.

use std::time::Duration;

use sandbox::{JournalKind, MailFilter, Sandbox, SandboxConfig, SandboxError};

use crate::client::{Smtp, deliver, start};

#[tokio::test]
async fn offers_what_it_can_and_not_starttls() {
    let handle = start().await;
    let mut smtp = Smtp::connect(handle.smtp_addr()).await;
    smtp.reply().await;
    let offers = smtp.say("EHLO client.example").await;
    for offer in ["sandbox.invalid", "SIZE 26214400", "8BITMIME", "SMTPUTF8", "PIPELINING", "AUTH PLAIN"] {
        assert!(offers.contains(offer), "{offer} is missing in {offers}");
    }
    assert!(!offers.contains("STARTTLS"));
    assert!(smtp.say("STARTTLS").await.starts_with("502"));
    assert!(smtp.say("NOOP").await.starts_with("250"));
    assert!(smtp.say("VRFY ana").await.starts_with("252"));
    assert!(smtp.say("HELP").await.starts_with("214"));
    assert!(smtp.say("QUIT").await.starts_with("221"));
    assert_eq!(smtp.reply().await, "", "the server closes after QUIT");
}

#[tokio::test]
async fn refuses_commands_out_of_order() {
    let handle = start().await;
    let mut smtp = Smtp::connect(handle.smtp_addr()).await;
    smtp.reply().await;
    assert!(smtp.say("MAIL FROM:<a@example.com>").await.starts_with("503"), "before EHLO");
    smtp.say("EHLO client.example").await;
    assert!(smtp.say("RCPT TO:<b@example.com>").await.starts_with("503"), "before MAIL");
    assert!(smtp.say("DATA").await.starts_with("503"), "before MAIL");
    assert!(smtp.say("MAIL FROM:<a@example.com>").await.starts_with("250"));
    assert!(smtp.say("MAIL FROM:<a@example.com>").await.starts_with("503"), "twice");
    assert!(smtp.say("DATA").await.starts_with("503"), "before RCPT");
    assert!(smtp.say("RSET").await.starts_with("250"));
    assert!(smtp.say("RCPT TO:<b@example.com>").await.starts_with("503"), "after RSET");
    assert!(handle.mails(&MailFilter::default()).is_empty());
}

#[tokio::test]
async fn takes_pipelined_commands_and_several_mails_on_one_connection() {
    let handle = start().await;
    let mut smtp = Smtp::ready(handle.smtp_addr()).await;
    let one = "MAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nRCPT TO:<c@example.com>\r\nDATA\r\n";
    smtp.write(one.as_bytes()).await;
    for expected in ["250", "250", "250", "354"] {
        assert!(smtp.reply().await.starts_with(expected));
    }
    // The next mail's commands come in the same packet as the end of this one.
    let rest = "Subject: one\r\n\r\n..dots\r\n.\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<d@example.com>\r\nDATA\r\n";
    smtp.write(rest.as_bytes()).await;
    for expected in ["250 2.0.0 Kept as 1", "250", "250", "354"] {
        assert!(smtp.reply().await.starts_with(expected));
    }
    smtp.write(b"Subject: two\r\n\r\nx\r\n.\r\n").await;
    assert!(smtp.reply().await.starts_with("250 2.0.0 Kept as 2"));

    let mails = handle.mails(&MailFilter::default());
    let subjects: Vec<_> = mails.iter().map(|mail| mail.subject.as_str()).collect();
    assert_eq!(subjects, ["two", "one"], "newest first");
    assert_eq!(mails[1].envelope_to, ["b@example.com", "c@example.com"]);
    assert_eq!(handle.mail(1).unwrap().text.as_deref(), Some(".dots\r\n"), "the first dot of a line is taken off");
}

#[tokio::test]
async fn signs_in_anyone_but_the_rejected_and_keeps_no_password() {
    let handle = start().await;
    let mut smtp = Smtp::ready(handle.smtp_addr()).await;
    // base64 of NUL "ana" NUL "hunter2"
    assert!(smtp.say("AUTH PLAIN AGFuYQBodW50ZXIy").await.starts_with("235"));
    assert!(smtp.say("AUTH PLAIN AGFuYQBodW50ZXIy").await.starts_with("503"), "once is enough");

    let mut smtp = Smtp::ready(handle.smtp_addr()).await;
    assert!(smtp.say("AUTH LOGIN").await.starts_with("504"));
    assert!(smtp.say("AUTH PLAIN not-base64!").await.starts_with("501"));
    assert!(smtp.say("AUTH PLAIN").await.starts_with("334"));
    // base64 of NUL "rejected" NUL "x"
    assert!(smtp.say("AHJlamVjdGVkAHg=").await.starts_with("535"));

    let journal = handle.journal();
    assert!(journal.iter().any(|entry| entry.text == "AUTH (credentials)"));
    for secret in ["AGFuYQBodW50ZXIy", "AHJlamVjdGVkAHg=", "hunter2"] {
        assert!(journal.iter().all(|entry| !entry.text.contains(secret)), "{secret} is in the journal");
    }
}

#[tokio::test]
async fn addresses_outside_ascii_need_smtputf8() {
    let handle = start().await;
    let mut smtp = Smtp::ready(handle.smtp_addr()).await;
    assert!(smtp.say("MAIL FROM:<a@example.com>").await.starts_with("250"));
    assert!(smtp.say("RCPT TO:<josé@example.com>").await.starts_with("553"));
    smtp.say("RSET").await;
    assert!(smtp.say("MAIL FROM:<josé@example.com> SMTPUTF8").await.starts_with("250"));
    assert!(smtp.say("RCPT TO:<josé@example.com>").await.starts_with("250"));
}

#[tokio::test]
async fn a_mail_over_the_limit_is_refused_at_once_or_after_its_end() {
    let handle = Sandbox::start(SandboxConfig { max_message_bytes: 1_000, ..SandboxConfig::default() }).await.unwrap();
    let mut smtp = Smtp::ready(handle.smtp_addr()).await;
    assert!(smtp.say("MAIL FROM:<a@example.com> SIZE=1001").await.starts_with("552"));
    let reply = smtp.send("a@example.com", &["b@example.com"], &vec![b'x'; 3_000_000]).await;
    assert!(reply.starts_with("552 5.3.4"), "{reply}");
    let reply = smtp.send("a@example.com", &["b@example.com"], b"Subject: small\r\n\r\nx").await;
    assert!(reply.starts_with("250"), "the same connection goes on: {reply}");
    assert_eq!(handle.mails(&MailFilter::default()).len(), 1);
}

#[tokio::test]
async fn many_clients_at_once_are_served() {
    let handle = start().await;
    let mut clients = tokio::task::JoinSet::new();
    for client in 0..40 {
        let handle = handle.clone();
        clients.spawn(async move {
            let mut smtp = Smtp::ready(handle.smtp_addr()).await;
            for mail in 0..5 {
                let content = format!("Subject: {client}-{mail}\r\n\r\nx");
                let reply = smtp.send("a@example.com", &["b@example.com"], content.as_bytes()).await;
                assert!(reply.starts_with("250"), "{reply}");
            }
        });
    }
    while let Some(done) = clients.join_next().await {
        done.unwrap();
    }
    let mails = handle.mails(&MailFilter { limit: Some(200), ..MailFilter::default() });
    assert_eq!(mails.len(), 200);
    let stored = handle.journal().iter().filter(|entry| entry.kind == JournalKind::Stored).count();
    assert!(stored > 0);
}

#[tokio::test]
async fn listens_on_this_machine_only_and_says_why() {
    for address in ["0.0.0.0:0", "192.0.2.1:2525", "[::]:0"] {
        let config = SandboxConfig { smtp_listen: address.parse().unwrap(), ..SandboxConfig::default() };
        let error = Sandbox::start(config).await.err().unwrap();
        assert!(matches!(error, SandboxError::NotLoopback(_)), "{address}: {error}");
    }
    let first = start().await;
    let config = SandboxConfig { smtp_listen: first.smtp_addr(), ..SandboxConfig::default() };
    let error = Sandbox::start(config).await.err().unwrap().to_string();
    assert!(error.contains(&first.smtp_addr().to_string()) && error.contains("choose another port"), "{error}");
}

#[tokio::test]
async fn ends_with_its_last_handle_and_on_shutdown() {
    let handle = start().await;
    let address = handle.smtp_addr();
    deliver(&handle, &["b@example.com"], b"Subject: x\r\n\r\nx").await;
    let router = handle.router();
    drop(handle);
    Smtp::ready(address).await;
    drop(router);
    wait_until_closed(address).await;

    let handle = start().await;
    let mut open = Smtp::ready(handle.smtp_addr()).await;
    handle.shutdown().await;
    assert_eq!(open.reply().await, "", "open connections are cut");
    wait_until_closed(handle.smtp_addr()).await;
}

async fn wait_until_closed(address: std::net::SocketAddr) {
    for _ in 0..500 {
        if tokio::net::TcpStream::connect(address).await.is_err() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{address} still listens");
}
