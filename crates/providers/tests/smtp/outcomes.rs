//! Which answer of the server, or of the network, becomes which outcome.

use std::time::Duration;

use capabilities::{
    Outcome,
    mail::{Accepted, CheckError, MailTransport},
};
use providers::smtp::{SmtpTimeouts, SmtpTransport};

use crate::{
    mails::{huge, plain},
    scripted::{Answer, Content, CutAfter, ENVELOPE, HELLO, Say, Silence, Step, Swallow, impatient, serve},
};

async fn outcome_of(script: &[&[Step]]) -> Outcome<Accepted> {
    let script = script.concat();
    let silent = script.iter().any(|step| matches!(step, Silence));
    let server = serve(vec![script]).await;
    let timeouts = if silent { impatient() } else { SmtpTimeouts::default() };
    server.transport().with_timeouts(timeouts).send(&plain(&["ana@example.com"])).await
}

fn retry_after(outcome: &Outcome<Accepted>) -> Option<u64> {
    if let Outcome::RetryAfter { after, .. } = outcome { Some(after.as_secs()) } else { None }
}

fn refused(outcome: &Outcome<Accepted>) -> Option<&str> {
    if let Outcome::Refused { code, .. } = outcome { Some(code) } else { None }
}

#[tokio::test]
async fn accepted_is_done_with_the_servers_word() {
    let outcome = outcome_of(&[&HELLO, &ENVELOPE, &[Content("250-2.0.0 Ok:\r\n250 queued as 4F2A")]]).await;
    let accepted = Accepted { reply: "2.0.0 Ok: queued as 4F2A".into(), refused: vec![] };
    assert_eq!(outcome, Outcome::Done(accepted));
}

#[tokio::test]
async fn a_4xx_anywhere_is_tried_later() {
    for (at, script) in [
        ("greeting", vec![&[Say("421 4.3.2 closing")][..]]),
        ("EHLO", vec![&[HELLO[0], Answer("EHLO", "421 4.3.2 closing")]]),
        ("MAIL", vec![&HELLO, &[Answer("MAIL", "451 4.3.0 busy"), Answer("RSET", "250 ok")]]),
        ("RCPT", vec![&HELLO, &ENVELOPE[..1], &[Answer("RCPT", "450 4.7.1 greylisted"), Answer("RSET", "250 ok")]]),
        ("DATA", vec![&HELLO, &ENVELOPE[..2], &[Answer("DATA", "452 4.3.1 full"), Answer("RSET", "250 ok")]]),
        ("the final dot", vec![&HELLO, &ENVELOPE, &[Content("451 4.3.0 try later")]]),
    ] {
        let outcome = outcome_of(&script).await;
        let expected = if matches!(at, "greeting" | "EHLO") { 60 } else { 300 };
        assert_eq!(retry_after(&outcome), Some(expected), "{at}: {outcome:?}");
    }
}

#[tokio::test]
async fn a_5xx_to_the_mail_is_refused_with_its_code() {
    for (at, script, expected) in [
        ("MAIL", vec![&HELLO[..], &[Answer("MAIL", "550 5.7.1 not your domain"), Answer("RSET", "250 ok")]], "5.7.1"),
        (
            "RCPT",
            vec![&HELLO, &ENVELOPE[..1], &[Answer("RCPT", "550 5.1.1 unknown"), Answer("RSET", "250 ok")]],
            "5.1.1",
        ),
        ("RCPT", vec![&HELLO, &ENVELOPE[..1], &[Answer("RCPT", "550 unknown"), Answer("RSET", "250 ok")]], "550"),
        ("DATA", vec![&HELLO, &ENVELOPE[..2], &[Answer("DATA", "554 5.5.1 no"), Answer("RSET", "250 ok")]], "5.5.1"),
        ("the final dot", vec![&HELLO, &ENVELOPE, &[Content("552 5.3.4 too big")]], "5.3.4"),
    ] {
        let outcome = outcome_of(&script).await;
        assert_eq!(refused(&outcome), Some(expected), "{at}: {outcome:?}");
    }
}

#[tokio::test]
async fn what_a_person_must_repair_is_reconnect() {
    for (at, script) in [
        ("greeting", vec![&[Say("554 5.3.2 your address is blocked")][..]]),
        ("EHLO", vec![&[HELLO[0], Answer("EHLO", "550 5.7.1 not you")]]),
        ("MAIL", vec![&HELLO, &[Answer("MAIL", "530 5.7.0 authenticate first"), Answer("RSET", "250 ok")]]),
        ("MAIL", vec![&HELLO, &[Answer("MAIL", "530 5.7.0 STARTTLS first"), Answer("RSET", "250 ok")]]),
        ("something else than SMTP", vec![&[Say("HTTP/1.1 400 Bad Request")]]),
    ] {
        let outcome = outcome_of(&script).await;
        assert!(matches!(outcome, Outcome::Reconnect { .. }), "{at}: {outcome:?}");
    }
}

#[tokio::test]
async fn credentials_decide_between_reconnect_and_later() {
    const OFFER: Step = Answer("EHLO", "250-mail.example.com\r\n250 AUTH PLAIN LOGIN");
    for (answer, reconnect) in [("535 5.7.8 wrong", true), ("534 5.7.9 too weak", true), ("454 4.7.0 later", false)] {
        let server = serve(vec![vec![HELLO[0], OFFER, Answer("AUTH PLAIN", answer)]]).await;
        let outcome = server.transport_for("ana:secret@", "?tls=none").send(&plain(&["ana@example.com"])).await;
        let seen = matches!(outcome, Outcome::Reconnect { .. });
        assert_eq!((seen, retry_after(&outcome).is_some()), (reconnect, !reconnect), "{answer}: {outcome:?}");
    }
    let server = serve(vec![HELLO.to_vec()]).await;
    let outcome = server.transport_for("ana:secret@", "?tls=none").send(&plain(&["ana@example.com"])).await;
    assert!(matches!(outcome, Outcome::Reconnect { reason } if reason.contains("AUTH")));

    let server = serve(vec![vec![HELLO[0], OFFER, Answer("AUTH PLAIN", "535 5.7.8 wrong")]]).await;
    let error = server.transport_for("ana:secret@", "?tls=none").check().await.unwrap_err();
    assert!(matches!(error, CheckError::Credentials { .. }) && !error.to_string().contains("secret"), "{error}");
}

#[tokio::test]
async fn no_server_is_tried_later() {
    let address = serve(vec![]).await.address;
    let nobody = SmtpTransport::from_url(&format!("smtp://{address}?tls=none"), true).unwrap();
    // The listener went with its task; nobody listens there now.
    let outcome = nobody.send(&plain(&["ana@example.com"])).await;
    assert_eq!(retry_after(&outcome), Some(60), "{outcome:?}");
    assert!(matches!(nobody.check().await, Err(CheckError::Unreachable { .. })));

    let unknown = SmtpTransport::from_url("smtp://no-such-host.invalid:25?tls=none", true).unwrap();
    assert_eq!(retry_after(&unknown.send(&plain(&["ana@example.com"])).await), Some(60));
}

#[tokio::test]
async fn lost_or_silent_before_the_final_dot_is_tried_later() {
    for (at, script) in [
        ("lost before the greeting", vec![&[][..]]),
        ("lost after the greeting", vec![&HELLO[..1]]),
        ("lost after EHLO", vec![&HELLO]),
        ("lost after MAIL", vec![&HELLO, &ENVELOPE[..1]]),
        ("lost after RCPT", vec![&HELLO, &ENVELOPE[..2]]),
        ("silent at the greeting", vec![&[Silence]]),
        ("silent at MAIL", vec![&HELLO, &[Silence]]),
        ("silent at DATA", vec![&HELLO, &ENVELOPE[..2], &[Silence]]),
        ("nonsense at MAIL", vec![&HELLO, &[Answer("MAIL", "nonsense")]]),
    ] {
        let outcome = outcome_of(&script).await;
        assert_eq!(retry_after(&outcome), Some(60), "{at}: {outcome:?}");
    }
}

#[tokio::test]
async fn lost_in_the_middle_of_the_content_is_tried_later() {
    let server = serve(vec![[&HELLO[..], &ENVELOPE, &[CutAfter(100_000)]].concat()]).await;
    let outcome = server.transport().send(&huge()).await;
    assert_eq!(retry_after(&outcome), Some(60), "{outcome:?}");
}

#[tokio::test]
async fn lost_silent_or_garbled_after_the_final_dot_is_unknown() {
    for (at, script) in [
        ("lost", vec![&HELLO[..], &ENVELOPE, &[Swallow]]),
        ("silent", vec![&HELLO, &ENVELOPE, &[Swallow, Silence]]),
        ("garbled", vec![&HELLO, &ENVELOPE, &[Content("nonsense")]]),
        ("half a reply", vec![&HELLO, &ENVELOPE, &[Content("250-and then nothing")]]),
    ] {
        let outcome = outcome_of(&script).await;
        assert!(matches!(&outcome, Outcome::Unknown { reason } if reason.contains("handed over")), "{at}: {outcome:?}");
    }
}

#[tokio::test]
async fn the_wait_after_the_final_dot_has_its_own_length() {
    let script = || [&HELLO[..], &ENVELOPE, &[Swallow, Silence]].concat();
    let server = serve(vec![script(), script()]).await;
    let timeouts = SmtpTimeouts { accept: Duration::from_millis(50), ..SmtpTimeouts::default() };
    let start = std::time::Instant::now();
    let outcome = server.transport().with_timeouts(timeouts).send(&plain(&["ana@example.com"])).await;
    assert!(matches!(outcome, Outcome::Unknown { .. }), "{outcome:?}");
    assert!(start.elapsed() < Duration::from_secs(30), "the command timeout was used");
}
