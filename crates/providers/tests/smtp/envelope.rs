//! Sender, recipients and what is refused among them.

use capabilities::{
    Outcome,
    mail::{MailTransport, Mailbox},
};

use crate::{
    mails::{mailbox, plain},
    scripted::{Answer, Content, ENVELOPE, HELLO, serve},
};

#[tokio::test]
async fn every_recipient_is_named_once_and_the_content_is_dot_stuffed() {
    let script = [
        &HELLO[..],
        &[
            Answer("MAIL FROM:<me@example.com>", "250 ok"),
            Answer("RCPT TO:<ana@example.com>", "250 ok"),
            Answer("RCPT TO:<cy@example.com>", "250 ok"),
            Answer("RCPT TO:<hidden@example.com>", "250 ok"),
            ENVELOPE[2],
            Content("250 ok"),
        ],
    ];
    let mut server = serve(vec![script.concat()]).await;
    let mut mail = plain(&["ana@example.com"]);
    mail.cc = vec![mailbox("cy@example.com"), mailbox("ana@example.com")];
    mail.bcc = vec![mailbox("hidden@example.com")];
    assert!(matches!(server.transport().send(&mail).await, Outcome::Done(_)));
    let content = server.heard().pop().unwrap();
    assert!(content.contains("\r\n..second begins with a dot\r\n.\r\n"), "{content}");
    assert!(!content.contains("hidden"), "blind copies stand in no header: {content}");
}

#[tokio::test]
async fn recipients_refused_for_ever_are_listed_when_others_are_served() {
    let script = [
        &HELLO[..],
        &ENVELOPE[..1],
        &[
            Answer("RCPT TO:<gone@example.com>", "550 5.1.1 no such user"),
            Answer("RCPT TO:<ana@example.com>", "250 ok"),
            Answer("RCPT TO:<full@example.com>", "552 full"),
            ENVELOPE[2],
            Content("250 2.0.0 ok"),
        ],
    ];
    let server = serve(vec![script.concat()]).await;
    let mail = plain(&["gone@example.com", "ana@example.com", "full@example.com"]);
    let Outcome::Done(accepted) = server.transport().send(&mail).await else { panic!("not done") };
    let refused: Vec<_> = accepted.refused.iter().map(|one| (one.address.as_str(), one.code.as_str())).collect();
    assert_eq!(refused, [("gone@example.com", "5.1.1"), ("full@example.com", "552")]);
}

#[tokio::test]
async fn one_recipient_put_off_puts_off_the_whole_mail() {
    let script = [
        &HELLO[..],
        &ENVELOPE[..1],
        &[
            Answer("RCPT TO:<ana@example.com>", "250 ok"),
            Answer("RCPT TO:<grey@example.com>", "451 4.7.1 greylisted"),
            Answer("RSET", "250 ok"),
        ],
    ];
    let mut server = serve(vec![script.concat()]).await;
    let outcome = server.transport().send(&plain(&["ana@example.com", "grey@example.com", "cy@example.com"])).await;
    assert!(matches!(&outcome, Outcome::RetryAfter { reason, .. } if reason.contains("greylisted")), "{outcome:?}");
    assert!(server.heard().iter().all(|line| !line.starts_with("DATA")), "nobody may get it twice later");
}

#[tokio::test]
async fn addresses_outside_ascii_go_by_smtputf8_or_not_at_all() {
    let script = [&HELLO[..], &ENVELOPE, &[Content("250 ok")]].concat();
    let mut server = serve(vec![script]).await;
    let outcome = server.transport().send(&plain(&["josé@correo.méxico.example"])).await;
    assert!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
    let heard = server.heard();
    assert_eq!(heard[2], "MAIL FROM:<me@example.com> SMTPUTF8 BODY=8BITMIME");
    assert_eq!(
        heard[3], "RCPT TO:<josé@correo.xn--mxico-bsa.example>",
        "the domain has an ASCII form, the name has none"
    );

    let plain_server = [HELLO[0], Answer("EHLO", "250 mail.example.com"), Answer("RSET", "250 ok")];
    let server = serve(vec![plain_server.to_vec()]).await;
    let outcome = server.transport().send(&plain(&["josé@example.com"])).await;
    assert!(matches!(&outcome, Outcome::Refused { code, .. } if code == "5.6.7"), "{outcome:?}");
}

#[tokio::test]
async fn a_domain_outside_ascii_needs_nothing_of_the_server() {
    let hello = Answer("EHLO", "250 mail.example.com");
    let script = [&[HELLO[0], hello], &ENVELOPE[..], &[Content("250 ok")]].concat();
    let mut server = serve(vec![script]).await;
    let mut mail = plain(&["ana@correo.méxico.example"]);
    mail.from = Mailbox::new(Some("Ana Muñoz"), "ventas@muñoz.example").unwrap();
    let outcome = server.transport().send(&mail).await;
    assert!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
    let heard = server.heard();
    assert_eq!(heard[2], "MAIL FROM:<ventas@xn--muoz-hqa.example>");
    assert!(heard.last().unwrap().is_ascii());
}

#[tokio::test]
async fn a_mail_to_nobody_is_refused_before_any_connection() {
    let mut server = serve(vec![HELLO.to_vec()]).await;
    let mut mail = plain(&["ana@example.com"]);
    mail.to.clear();
    let outcome = server.transport().send(&mail).await;
    assert!(matches!(&outcome, Outcome::Refused { code, .. } if code == "no_recipient"), "{outcome:?}");
    assert_eq!(server.heard(), Vec::<String>::new());
}
