//! Work that fails for good: it is listed with what it was about, its owners are told once an hour and kind, and it is
//! replayed or discarded (P037 for the trail of it).

use chrono::TimeDelta;
use sandbox::{FaultAction, FaultPlan, FaultRule, MailFilter, Stage};
use serde_json::{Value, json};

use crate::app::{Client, TestApp};

/// The mail server refuses these recipients for now, for as long as the plan stands.
fn refuse(app: &TestApp, matches: &str) {
    let action = FaultAction::Reply { code: 451, text: "4.7.1 later".into() };
    let rule = FaultRule { stage: Stage::Rcpt, matches: Some(matches.into()), action, times: None };
    app.sandbox.set_faults(FaultPlan { rules: vec![rule] }).unwrap();
}

async fn invite(owner: &Client, email: &str) {
    owner.post("/api/v1/invitations", json!({ "email": email, "role": "sales" })).await.ok();
}

/// Runs every job through all its tries.
async fn exhaust(app: &TestApp) {
    for _ in 0..10 {
        app.work().await;
        app.clock.advance(TimeDelta::hours(2));
    }
    app.work().await;
}

async fn dead(owner: &Client) -> Vec<Value> {
    owner.get("/api/v1/jobs/dead").await.ok()["items"].as_array().unwrap().clone()
}

fn mails(app: &TestApp, to: &str, subject: &str) -> usize {
    let filter = MailFilter { to: Some(to.to_owned()), ..MailFilter::default() };
    app.sandbox.mails(&filter).iter().filter(|mail| mail.subject.contains(subject)).count()
}

const TOLD: &str = "Algo quedó sin hacer";

#[tokio::test]
async fn a_mail_given_up_is_told_listed_and_replayed_once() {
    for app in TestApp::each().await {
        let owner = app.owner("Aurora").await;
        refuse(&app, "joan@away.example");
        invite(&owner, "joan@away.example").await;
        exhaust(&app).await;
        let letters = dead(&owner).await;
        assert_eq!(letters.len(), 1, "{letters:?}");
        let letter = &letters[0];
        assert_eq!((&letter["kind"], &letter["failure"]), (&json!("mail.deliver"), &json!("mail_given_up")));
        let mail = letter["subject"].as_str().unwrap();
        assert_eq!(owner.get(&format!("/api/v1/mails/{mail}")).await.ok()["state"], "failed");
        assert_eq!(owner.get("/api/v1/jobs").await.ok()["dead"], 1);
        let home = owner.get("/api/v1/home").await.ok();
        let need = home["needs_me"].as_array().unwrap().iter().find(|need| need["kind"] == "job_dead").unwrap().clone();
        assert_eq!((&need["title"], &need["count"]), (&json!("mail.deliver"), &json!(1)));
        assert_eq!(mails(&app, "owner@aurora.example", TOLD), 1, "the owner is told once");

        app.sandbox.set_faults(FaultPlan::default()).unwrap();
        let id = letter["id"].as_str().unwrap();
        assert_eq!(owner.post(&format!("/api/v1/jobs/{id}/replay"), json!({})).await.status, 204);
        app.work().await;
        assert_eq!(mails(&app, "joan@away.example", ""), 1, "the mail leaves once");
        assert_eq!(owner.get(&format!("/api/v1/mails/{mail}")).await.ok()["state"], "sent");
        assert!(dead(&owner).await.is_empty());
        let trail = owner.get("/api/v1/audit?action=job.replay").await.ok();
        assert_eq!(trail["items"][0]["subject"], id, "{trail}");
        app.finish().await;
    }
}

#[tokio::test]
async fn many_deaths_of_one_kind_are_one_mail_an_hour_and_are_replayed_at_once() {
    for app in TestApp::each().await {
        let owner = app.owner("Aurora").await;
        refuse(&app, "@away.example");
        for name in ["joan", "pau", "mar"] {
            invite(&owner, &format!("{name}@away.example")).await;
        }
        exhaust(&app).await;
        assert_eq!((dead(&owner).await.len(), mails(&app, "owner@aurora.example", TOLD)), (3, 1));
        // Hours later another one dies: that is news again.
        invite(&owner, "ona@away.example").await;
        exhaust(&app).await;
        assert_eq!((dead(&owner).await.len(), mails(&app, "owner@aurora.example", TOLD)), (4, 2));
        app.sandbox.set_faults(FaultPlan::default()).unwrap();
        let replayed = owner.post("/api/v1/jobs/dead/replay", json!({})).await.ok();
        assert_eq!(replayed["replayed"], 4);
        assert_eq!(owner.post("/api/v1/jobs/dead/replay", json!({})).await.ok()["replayed"], 0);
        app.work().await;
        for name in ["joan", "pau", "mar", "ona"] {
            assert_eq!(mails(&app, &format!("{name}@away.example"), ""), 1, "{name}");
        }
        app.finish().await;
    }
}

/// A mail server that takes nothing does not make an endless row of mails about mails.
#[tokio::test]
async fn a_notice_that_cannot_be_delivered_is_not_written_about() {
    for app in TestApp::each().await {
        let owner = app.owner("Aurora").await;
        refuse(&app, ".example");
        invite(&owner, "joan@away.example").await;
        exhaust(&app).await;
        exhaust(&app).await;
        exhaust(&app).await;
        let letters = dead(&owner).await;
        assert_eq!(letters.len(), 2, "the mail and the notice about it: {letters:#?}");
        for letter in letters {
            let path = format!("/api/v1/jobs/{}", letter["id"].as_str().unwrap());
            assert_eq!(owner.delete(&path).await.status, 204);
            owner.delete(&path).await.refused(404, "not_found");
        }
        let trail = owner.get("/api/v1/audit?action=job.discard").await.ok();
        assert_eq!(trail["items"].as_array().unwrap().len(), 2);
        app.finish().await;
    }
}

/// Sent again from the log of mails, it is no longer waiting among what was left undone.
#[tokio::test]
async fn a_mail_sent_again_by_hand_is_no_longer_left_undone() {
    for app in TestApp::each().await {
        let owner = app.owner("Aurora").await;
        refuse(&app, "joan@away.example");
        invite(&owner, "joan@away.example").await;
        exhaust(&app).await;
        let mail = dead(&owner).await[0]["subject"].as_str().unwrap().to_owned();
        app.sandbox.set_faults(FaultPlan::default()).unwrap();
        owner.post(&format!("/api/v1/mails/{mail}/resend"), json!({})).await.ok();
        app.work().await;
        assert_eq!(mails(&app, "joan@away.example", ""), 1);
        app.finish().await;
    }
}

/// What is due, held back after a failure, and how long the oldest has been waiting.
#[tokio::test]
async fn the_summary_counts_what_waits_runs_and_died() {
    for app in TestApp::each().await {
        let owner = app.owner("Aurora").await;
        app.work().await;
        let empty = owner.get("/api/v1/jobs").await.ok();
        assert_eq!((&empty["waiting"], &empty["oldest_waiting"]), (&json!(0), &Value::Null), "{empty}");
        invite(&owner, "joan@home.example").await;
        let waiting = owner.get("/api/v1/jobs").await.ok();
        assert_eq!(waiting["waiting"], 1, "{waiting}");
        assert!(waiting["oldest_waiting"].is_string());
        refuse(&app, "joan@home.example");
        app.work().await;
        let held = owner.get("/api/v1/jobs").await.ok();
        assert_eq!(
            (&held["waiting"], &held["held_back"], &held["running"]),
            (&json!(0), &json!(1), &json!(0)),
            "{held}"
        );
        app.sandbox.set_faults(FaultPlan::default()).unwrap();
        app.clock.advance(TimeDelta::hours(1));
        app.finish().await;
    }
}

/// What the other tests end with: a job that failed and is held back, one that died and one that nobody runs are all
/// named, and a job that is wanted later is not.
#[tokio::test]
async fn a_job_left_behind_is_named() {
    for app in TestApp::each().await {
        let owner = app.owner("Aurora").await;
        assert!(app.left_behind().await.is_empty());
        refuse(&app, "@away.example");
        invite(&owner, "joan@away.example").await;
        let held_back = app.left_behind().await;
        assert_eq!(held_back.len(), 1, "{held_back:?}");
        exhaust(&app).await;
        let died = app.left_behind().await;
        assert_eq!(died, [("mail.deliver".to_owned(), Some("mail_given_up".to_owned()))]);
        app.sandbox.set_faults(FaultPlan::default()).unwrap();
        owner.post("/api/v1/jobs/dead/replay", json!({})).await.ok();
        assert!(app.left_behind().await.is_empty());
    }
}

/// A kind of work without words on the page of background work, in any language, fails here.
#[tokio::test]
async fn every_kind_of_work_has_its_words() {
    let app = TestApp::start(testkit::Kind::Sqlite).await;
    for language in ["en", "es", "pt", "fr"] {
        let path = crate::shape::committed(&format!("web/src/locales/{language}/jobs.json"));
        let words: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let notices = crate::shape::committed(&format!("crates/identity/locales/{language}.ftl"));
        let notices = std::fs::read_to_string(notices).unwrap();
        for kind in app.runner.kinds() {
            assert!(words["kind"][kind.replace('.', "_")].is_string(), "jobs.json, {language}: no words for {kind}");
            let variant = format!("[{}]", kind.replace(['.', '_'], "-"));
            assert!(notices.contains(&variant), "{language}.ftl: no words for {kind}");
        }
    }
}
