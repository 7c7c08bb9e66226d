//! Sentinels and fault plans.

use std::time::{Duration, Instant};

use sandbox::{
    FaultAction, FaultPlan, FaultRule, JournalKind, MailFilter, Sandbox, SandboxConfig, SandboxHandle, Stage,
};

use crate::client::{Smtp, deliver, start};

const MAIL: &[u8] = b"Subject: x\r\n\r\nx";

fn stored(handle: &SandboxHandle) -> usize {
    handle.mails(&MailFilter::default()).len()
}

fn plan(handle: &SandboxHandle, stage: Stage, action: FaultAction, times: Option<u32>) {
    let rules = vec![FaultRule { stage, matches: None, action, times }];
    handle.set_faults(FaultPlan { rules }).unwrap();
}

/// Until the journal says so often that the sandbox went silent.
async fn until_silent(handle: &SandboxHandle, times: usize) {
    for _ in 0..1_000 {
        if handle.journal().iter().filter(|entry| entry.text == "says nothing more").count() == times {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the sandbox did not go silent {times} times");
}

#[tokio::test]
async fn sentinels_at_rcpt_refuse_and_put_off() {
    let handle = start().await;
    for (recipient, expected) in [
        ("bounce@example.com", "550 5.1.1"),
        ("bounce+invoice7@example.com", "550 5.1.1"),
        ("full@example.com", "552 5.2.2"),
        ("later@example.com", "451 4.7.1"),
        ("later@example.com", "451 4.7.1"),
        ("greylist@example.com", "451 4.7.1"),
        ("greylist@example.com", "250"),
    ] {
        let reply = deliver(&handle, &[recipient], MAIL).await;
        assert!(reply.starts_with(expected), "{recipient}: {reply}");
    }
    assert_eq!(stored(&handle), 1);
}

#[tokio::test]
async fn timeout_keeps_the_mail_and_lost_does_not_and_both_stay_silent() {
    let handle = start().await;
    for (nth, recipient) in [(1, "timeout@example.com"), (2, "lost@example.com")] {
        let mut smtp = Smtp::ready(handle.smtp_addr()).await;
        smtp.say("MAIL FROM:<me@example.com>").await;
        smtp.say(&format!("RCPT TO:<{recipient}>")).await;
        assert!(smtp.say("DATA").await.starts_with("354"));
        smtp.write(b"Subject: x\r\n\r\nx\r\n.\r\n").await;
        until_silent(&handle, nth).await;
        assert_eq!(stored(&handle), 1, "{recipient}: the first is kept, the second is not");
        assert!(smtp.is_silent_for(Duration::from_millis(100)).await);
    }
}

#[tokio::test]
async fn a_hang_ends_by_itself() {
    let config = SandboxConfig { max_hang: Duration::from_millis(50), ..SandboxConfig::default() };
    let handle = Sandbox::start(config).await.unwrap();
    assert_eq!(deliver(&handle, &["lost@example.com"], MAIL).await, "", "the connection is cut");
}

#[tokio::test]
async fn connections_can_be_cut_before_and_after_the_mail_is_kept() {
    let handle = start().await;
    assert_eq!(deliver(&handle, &["drop@example.com"], MAIL).await, "");
    assert_eq!(stored(&handle), 0);
    plan(&handle, Stage::Stored, FaultAction::Drop, Some(1));
    assert_eq!(deliver(&handle, &["ana@example.com"], MAIL).await, "");
    assert_eq!(stored(&handle), 1, "kept, though the client cannot know");
    plan(&handle, Stage::Data, FaultAction::Drop, Some(1));
    assert_eq!(deliver(&handle, &["ana@example.com"], MAIL).await, "");
    assert_eq!(stored(&handle), 1);
    assert!(deliver(&handle, &["ana@example.com"], MAIL).await.starts_with("250"), "the plan is used up");
}

#[tokio::test]
async fn the_next_so_many_are_refused_at_any_stage() {
    let handle = start().await;
    let busy = || FaultAction::Reply { code: 450, text: "4.2.0 busy".into() };
    for stage in [Stage::Mail, Stage::Rcpt, Stage::Data, Stage::Dot] {
        plan(&handle, stage, busy(), Some(2));
        for expected in ["450 4.2.0 busy", "450 4.2.0 busy", "250"] {
            let reply = deliver(&handle, &["ana@example.com"], MAIL).await;
            assert!(reply.starts_with(expected), "{stage:?}: {reply}");
        }
    }
    plan(&handle, Stage::Connect, FaultAction::Reply { code: 554, text: "5.3.2 closed".into() }, Some(1));
    let mut smtp = Smtp::connect(handle.smtp_addr()).await;
    assert_eq!(smtp.reply().await, "554 5.3.2 closed\r\n");
    plan(&handle, Stage::Ehlo, FaultAction::Reply { code: 421, text: "4.3.2 closing".into() }, Some(1));
    let mut smtp = Smtp::connect(handle.smtp_addr()).await;
    smtp.reply().await;
    assert!(smtp.say("EHLO client.example").await.starts_with("421"));
    assert_eq!(smtp.reply().await, "", "421 also closes");
}

#[tokio::test]
async fn a_delay_delays_and_the_journal_tells() {
    let handle = start().await;
    plan(&handle, Stage::Mail, FaultAction::DelayMs(120), Some(1));
    let start = Instant::now();
    assert!(deliver(&handle, &["ana@example.com"], MAIL).await.starts_with("250"));
    assert!(start.elapsed() >= Duration::from_millis(120));
    let journal = handle.journal();
    assert!(journal.iter().any(|entry| entry.kind == JournalKind::Fault && entry.text == "waits 120 ms"));
    let said: Vec<_> =
        journal.iter().filter(|entry| entry.kind == JournalKind::Command).map(|entry| entry.text.as_str()).collect();
    assert_eq!(
        said,
        [
            "EHLO client.example",
            "MAIL FROM:<me@example.com> BODY=8BITMIME",
            "RCPT TO:<ana@example.com>",
            "DATA",
            "(17 bytes of content and the final dot)"
        ]
    );
}
