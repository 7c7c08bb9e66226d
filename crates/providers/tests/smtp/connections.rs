//! Connections are kept between mails, and given up when they cannot be trusted.

use capabilities::{Outcome, mail::MailTransport};
use providers::smtp::SmtpTimeouts;

use crate::{
    mails::plain,
    scripted::{Answer, Content, ENVELOPE, HELLO, Silence, Step, Swallow, impatient, serve},
};

const NOOP: Step = Answer("NOOP", "250 ok");

fn connections(heard: &[String]) -> usize {
    heard.iter().filter(|line| *line == "(connected)").count()
}

#[tokio::test]
async fn one_connection_carries_several_mails() {
    let mail = [&ENVELOPE[..], &[Content("250 ok")]].concat();
    let refusal = [Answer("MAIL", "250 ok"), Answer("RCPT", "550 5.1.1 no"), Answer("RSET", "250 ok")];
    let script = [&HELLO[..], &mail, &[NOOP], &refusal, &[NOOP], &mail].concat();
    let mut server = serve(vec![script]).await;
    let transport = server.transport();
    assert!(matches!(transport.send(&plain(&["ana@example.com"])).await, Outcome::Done(_)));
    assert!(matches!(transport.send(&plain(&["gone@example.com"])).await, Outcome::Refused { .. }));
    assert!(matches!(transport.send(&plain(&["ana@example.com"])).await, Outcome::Done(_)));
    assert_eq!(connections(&server.heard()), 1);
}

#[tokio::test]
async fn a_connection_that_died_meanwhile_is_replaced_unseen() {
    let whole = [&HELLO[..], &ENVELOPE, &[Content("250 ok")]].concat();
    let closing = [&whole[..], &[Answer("NOOP", "421 4.4.2 idle for too long")]].concat();
    let mut server = serve(vec![closing, whole.clone(), whole]).await;
    let transport = server.transport();
    for _ in 0..3 {
        assert!(matches!(transport.send(&plain(&["ana@example.com"])).await, Outcome::Done(_)));
    }
    assert_eq!(connections(&server.heard()), 3);
}

#[tokio::test]
async fn a_connection_with_a_lost_answer_is_never_used_again() {
    let lost = [&HELLO[..], &ENVELOPE, &[Swallow, Silence]].concat();
    let whole = [&HELLO[..], &ENVELOPE, &[Content("250 ok")]].concat();
    let mut server = serve(vec![lost, whole]).await;
    let timeouts = SmtpTimeouts { accept: impatient().accept, ..SmtpTimeouts::default() };
    let transport = server.transport().with_timeouts(timeouts);
    assert!(matches!(transport.send(&plain(&["ana@example.com"])).await, Outcome::Unknown { .. }));
    assert!(matches!(transport.send(&plain(&["ana@example.com"])).await, Outcome::Done(_)));
    assert_eq!(connections(&server.heard()), 2, "a late answer must not be taken for the next mail's");
}

#[tokio::test]
async fn check_connects_and_leaves_without_sending() {
    let mut server = serve(vec![[&HELLO[..], &[Answer("QUIT", "221 bye")]].concat()]).await;
    let report = server.transport().check().await.unwrap();
    assert_eq!((report.server.as_str(), report.encrypted, report.authenticated), ("mail.example.com", false, false));
    assert!(server.heard().iter().all(|line| !line.starts_with("MAIL")));
}
