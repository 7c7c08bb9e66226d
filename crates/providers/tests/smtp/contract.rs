//! The provider against the sandbox: two sides that share no type must agree on the wire.

use std::time::Duration;

use bytes::Bytes;
use capabilities::{
    Outcome,
    mail::{
        Accepted, Attachment, CheckError, HeaderText, MailHeader, MailTransport, Mailbox, MessageId, OutgoingMessage,
    },
};
use providers::smtp::{SmtpConfigError, SmtpTimeouts, SmtpTransport};
use sandbox::{
    FaultAction, FaultPlan, FaultRule, MailDetail, MailFilter, Sandbox, SandboxConfig, SandboxHandle, Stage,
};

use crate::mails::{mailbox, noon, plain};

async fn sandbox() -> (SandboxHandle, SmtpTransport) {
    let handle = Sandbox::start(SandboxConfig::default()).await.unwrap();
    let transport = SmtpTransport::from_url(&handle.smtp_url(), true).unwrap();
    (handle, transport)
}

fn stored(handle: &SandboxHandle) -> usize {
    handle.mails(&MailFilter::default()).len()
}

fn header<'a>(mail: &'a MailDetail, name: &str) -> Vec<&'a str> {
    mail.headers.iter().filter(|header| header.name == name).map(|header| header.value.as_str()).collect()
}

/// Everything a mail can have, in languages that need encoding.
fn rich() -> OutgoingMessage {
    let mut mail = OutgoingMessage::new(
        MessageId::parse("mai_7@example.com").unwrap(),
        Mailbox::new(Some("Muñoz & Cía, S.A. \"Ventas\" <x>"), "ventas@example.com").unwrap(),
        Mailbox::new(Some("Ana Ruiz"), "ana@example.org").unwrap(),
        HeaderText::parse(&format!("Presupuesto nº 7 – año 2026 – {}", "ñandú ".repeat(20))).unwrap(),
        format!("Hola Ana:\r\n\r\n.punto\r\nconfirma: https://example.com/c?t=abc_\n{}\n", "largo ".repeat(400)),
        noon(),
    );
    mail.html = Some("<p>Hola <a href=\"https://example.com/c?t=abc_\">Ana</a> ✓</p>".into());
    mail.cc = vec![mailbox("cy@example.org")];
    mail.bcc = vec![mailbox("oculta@example.org")];
    mail.reply_to = Some(Mailbox::new(Some("Atención"), "respuestas@example.com").unwrap());
    mail.in_reply_to = Some(MessageId::parse("mai_6@example.com").unwrap());
    mail.references =
        (0..12).map(|number| MessageId::for_mail(&format!("mai_{number}"), "example.com").unwrap()).collect();
    mail.headers =
        MailHeader::one_click_unsubscribe(&format!("https://example.com/u/{}", "t".repeat(120))).unwrap().to_vec();
    mail.headers.push(MailHeader::auto_generated());
    let pdf = Bytes::from((0..=255u8).cycle().take(50_000).collect::<Vec<_>>());
    mail.attachments = vec![
        Attachment::new("Factura nº 7 «final».pdf", "application/pdf", pdf).unwrap(),
        Attachment::new("datos.csv", "text/csv; charset=utf-8", Bytes::from_static("a;ñ\nb\n.\n".as_bytes())).unwrap(),
    ];
    mail
}

#[tokio::test]
async fn a_rich_mail_arrives_as_it_was_written() {
    let (handle, transport) = sandbox().await;
    let mail = rich();
    let outcome = transport.send(&mail).await;
    assert!(matches!(&outcome, Outcome::Done(Accepted { refused, .. }) if refused.is_empty()), "{outcome:?}");
    let got = handle.mail(1).unwrap();
    assert_eq!(got.summary.subject, mail.subject.as_str());
    assert_eq!(got.summary.from, "Muñoz & Cía, S.A. \"Ventas\" <x> <ventas@example.com>");
    assert_eq!((got.summary.to.as_str(), got.cc.as_str()), ("Ana Ruiz <ana@example.org>", "cy@example.org"));
    assert_eq!(got.reply_to, "Atención <respuestas@example.com>");
    assert_eq!(got.summary.envelope_from, "ventas@example.com");
    assert_eq!(got.summary.envelope_to, ["ana@example.org", "cy@example.org", "oculta@example.org"]);
    assert_eq!(got.message_id.as_deref(), Some("mai_7@example.com"));
    assert_eq!(got.date.as_deref(), Some("Mon, 23 Nov 2026 12:00:00 +0000"));
    assert_eq!(
        got.text.as_deref().unwrap().replace("\r\n", "\n").trim_end(),
        mail.text.replace("\r\n", "\n").trim_end()
    );
    assert_eq!(got.html.as_deref().map(str::trim_end), mail.html.as_deref());
    assert_eq!(got.links, ["https://example.com/c?t=abc_"]);
    assert_eq!(got.problems, Vec::<String>::new());
}

#[tokio::test]
async fn threading_and_unsubscribe_headers_arrive_whole_and_once() {
    let (handle, transport) = sandbox().await;
    let mail = rich();
    assert!(matches!(transport.send(&mail).await, Outcome::Done(_)));
    let got = handle.mail(1).unwrap();
    let thread: Vec<_> = mail.references.iter().map(ToString::to_string).collect();
    assert_eq!(header(&got, "References"), [thread.join(" ")]);
    assert_eq!(header(&got, "In-Reply-To"), ["<mai_6@example.com>"]);
    assert_eq!(header(&got, "List-Unsubscribe"), [format!("<https://example.com/u/{}>", "t".repeat(120))]);
    assert_eq!(header(&got, "List-Unsubscribe-Post"), ["List-Unsubscribe=One-Click"]);
    assert_eq!(header(&got, "Auto-Submitted"), ["auto-generated"]);
    for once in ["From", "To", "Cc", "Subject", "Date", "Message-ID", "MIME-Version", "Reply-To"] {
        assert_eq!(header(&got, once).len(), 1, "{once}");
    }
    assert!(header(&got, "Bcc").is_empty());
}

#[tokio::test]
async fn files_arrive_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let config = SandboxConfig { data_dir: Some(folder.path().to_owned()), ..SandboxConfig::default() };
    let handle = Sandbox::start(config).await.unwrap();
    let transport = SmtpTransport::from_url(&handle.smtp_url(), true).unwrap();
    let mail = rich();
    assert!(matches!(transport.send(&mail).await, Outcome::Done(_)));
    let got = handle.mail(1).unwrap();
    for (got, sent) in got.attachments.iter().zip(&mail.attachments) {
        assert_eq!((got.file_name.as_str(), got.size), (sent.file_name(), sent.bytes().len()));
        assert!(sent.media_type().starts_with(&got.media_type));
    }
    assert_eq!(got.attachments.len(), 2);
    let raw = std::fs::read(folder.path().join("00000001.eml")).unwrap();
    let raw = String::from_utf8(raw).unwrap();
    let (_, content) = raw.split_once("\r\n").unwrap();
    assert!(content.is_ascii() && !content.contains("oculta@example.org"), "encoded, and blind copies stay blind");
    assert!(content.split("\r\n").all(|line| line.len() <= 998));
    // base64 of the CSV with its own line ends, untouched.
    assert!(content.contains("YTvDsQpiCi4K"), "{content}");
}

#[tokio::test]
async fn whatever_stands_in_the_text_arrives_and_nothing_is_smuggled() {
    let (handle, transport) = sandbox().await;
    for text in [
        "",
        ".",
        "..\n.\n",
        "a\r\n.\r\nMAIL FROM:<eve@example.com>\r\n",
        "a\n.\nb",
        "a\r.\rb\r",
        "nul\0here",
        "From the start\nFrom: not a header\n--boundary\n",
        &"ñ".repeat(5_000),
        &"x".repeat(5_000),
        "trailing spaces   \n\ttab =3D =\n",
    ] {
        let mut mail = plain(&["ana@example.com"]);
        mail.text = text.to_owned();
        let outcome = transport.send(&mail).await;
        assert!(matches!(outcome, Outcome::Done(_)), "{text:?}: {outcome:?}");
        let last = handle.mails(&MailFilter::default())[0].id;
        let got = handle.mail(last).unwrap();
        let lines = |text: &str| {
            text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "").trim_end_matches('\n').to_owned()
        };
        assert_eq!(lines(got.text.as_deref().unwrap_or_default()), lines(text));
        assert!(got.problems.iter().all(|problem| problem.contains("plain text")), "{text:?}: {:?}", got.problems);
    }
    assert_eq!(stored(&handle), 11);
}

#[tokio::test]
async fn sentinels_have_the_outcomes_they_stand_for() {
    let (handle, transport) = sandbox().await;
    // Two of them never answer; the others have three seconds.
    let timeouts = SmtpTimeouts { accept: Duration::from_secs(3), ..SmtpTimeouts::default() };
    let transport = transport.with_timeouts(timeouts);
    let refused = |code: &str| Outcome::<()>::Refused { code: code.into(), reason: String::new() };
    let later = || Outcome::<()>::RetryAfter { after: Duration::ZERO, reason: String::new() };
    let unknown = || Outcome::<()>::Unknown { reason: String::new() };
    for (recipient, expected, kept) in [
        ("ana@example.com", Outcome::Done(()), 1),
        ("bounce@example.com", refused("5.1.1"), 1),
        ("full+tag@example.com", refused("5.2.2"), 1),
        ("later@example.com", later(), 1),
        ("greylist@example.com", later(), 1),
        ("greylist@example.com", Outcome::Done(()), 2),
        ("timeout@example.com", unknown(), 3),
        ("lost@example.com", unknown(), 3),
        ("drop@example.com", unknown(), 3),
        ("ana@example.com", Outcome::Done(()), 4),
    ] {
        let outcome = transport.send(&plain(&[recipient])).await;
        let same_kind = match (&outcome, &expected) {
            (Outcome::Refused { code, .. }, Outcome::Refused { code: expected, .. }) => code == expected,
            (one, other) => std::mem::discriminant(&one.clone().map(|_| ())) == std::mem::discriminant(other),
        };
        assert!(same_kind, "{recipient}: {outcome:?}");
        assert_eq!(stored(&handle), kept, "{recipient}");
    }
}

#[tokio::test]
async fn a_fault_plan_reaches_the_provider() {
    let (handle, transport) = sandbox().await;
    let reply = |code| FaultAction::Reply { code, text: "planned".into() };
    for (stage, action, expected, kept) in [
        (Stage::Connect, reply(421), "later", 0),
        (Stage::Ehlo, FaultAction::Drop, "later", 0),
        (Stage::Mail, reply(550), "refused", 0),
        (Stage::Data, FaultAction::Drop, "later", 0),
        (Stage::Dot, reply(451), "later", 0),
        (Stage::Dot, reply(554), "refused", 0),
        (Stage::Dot, FaultAction::Drop, "unknown", 0),
        (Stage::Stored, FaultAction::Drop, "unknown", 1),
        (Stage::Mail, FaultAction::DelayMs(30), "done", 2),
    ] {
        let rules = vec![FaultRule { stage, matches: None, action, times: Some(1) }];
        handle.set_faults(FaultPlan { rules: rules.clone() }).unwrap();
        // A transport of its own: an idle connection would not meet the early stages.
        let fresh = SmtpTransport::from_url(&handle.smtp_url(), true).unwrap();
        let seen = match fresh.send(&plain(&["ana@example.com"])).await {
            Outcome::Done(_) => "done",
            Outcome::RetryAfter { .. } => "later",
            Outcome::Refused { .. } => "refused",
            Outcome::Reconnect { .. } => "reconnect",
            Outcome::Unknown { .. } => "unknown",
        };
        assert_eq!((seen, stored(&handle)), (expected, kept), "{rules:?}");
    }
    assert!(matches!(transport.send(&plain(&["ana@example.com"])).await, Outcome::Done(_)));
}

#[tokio::test]
async fn rejected_credentials_are_reconnect() {
    let (handle, _) = sandbox().await;
    let url = handle.smtp_url().replace("smtp://", "smtp://rejected:x@");
    let transport = SmtpTransport::from_url(&url, true).unwrap();
    assert!(matches!(transport.send(&plain(&["ana@example.com"])).await, Outcome::Reconnect { .. }));
    assert!(matches!(transport.check().await, Err(CheckError::Credentials { .. })));
    let url = handle.smtp_url().replace("smtp://", "smtp://ana:x@");
    assert!(SmtpTransport::from_url(&url, true).unwrap().check().await.unwrap().authenticated);
}

#[tokio::test]
async fn production_does_not_talk_to_a_sandbox() {
    let (handle, _) = sandbox().await;
    let production = SmtpTransport::from_url(&handle.smtp_url(), false).unwrap();
    let outcome = production.send(&plain(&["ana@example.com"])).await;
    assert!(matches!(&outcome, Outcome::Reconnect { reason } if reason.contains("sandbox.invalid")), "{outcome:?}");
    assert!(matches!(production.check().await, Err(CheckError::Sandbox { .. })));
    assert_eq!(stored(&handle), 0);
    let named = SmtpTransport::from_url("smtp://sandbox.invalid:1025?tls=none", false);
    assert_eq!(named.err(), Some(SmtpConfigError::Sandbox("sandbox.invalid".into())));
}

#[tokio::test]
async fn a_large_mail_and_many_at_once_pass() {
    let (handle, transport) = sandbox().await;
    let mut large = plain(&["ana@example.com"]);
    let bytes = Bytes::from(vec![b'\n'; 15 * 1024 * 1024]);
    large.attachments = vec![Attachment::new("large.bin", "application/octet-stream", bytes).unwrap()];
    let outcome = transport.send(&large).await;
    assert!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
    assert_eq!(handle.mail(1).unwrap().attachments[0].size, 15 * 1024 * 1024);

    let transport = std::sync::Arc::new(transport);
    let mut sending = tokio::task::JoinSet::new();
    for _ in 0..30 {
        let transport = std::sync::Arc::clone(&transport);
        sending.spawn(async move { transport.send(&plain(&["ana@example.com"])).await });
    }
    while let Some(outcome) = sending.join_next().await {
        assert!(matches!(outcome.unwrap(), Outcome::Done(_)));
    }
    assert_eq!(stored(&handle), 31);
}
