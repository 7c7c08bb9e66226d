//! Consents through their routes, on both databases; and what a merge makes of them, for every pair there is.

use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{ConsentChannel, may};
use crate::{
    contact::ContactId,
    tests::{Desk, desks},
};

async fn contact(desk: &Desk, name: &str) -> String {
    desk.post("/api/v1/contacts", json!({ "given_name": name })).await.ok().id()
}

async fn say(desk: &Desk, contact: &str, channel: &str, state: &str) {
    let body = json!({ "channel": channel, "state": state });
    desk.post(&format!("/api/v1/contacts/{contact}/consents"), body).await.ok();
    desk.store.clock().advance(TimeDelta::seconds(1));
}

async fn state(desk: &Desk, contact: &str, channel: &str) -> Value {
    let consents = desk.get(&format!("/api/v1/contacts/{contact}/consents")).await.ok();
    let channels = consents.body["channels"].as_array().unwrap();
    channels.iter().find(|one| one["channel"] == channel).unwrap()["state"].clone()
}

#[tokio::test]
async fn what_was_said_last_holds_and_nothing_said_is_no_consent() {
    for desk in desks().await {
        let eva = contact(&desk, "Eva").await;
        let path = format!("/api/v1/contacts/{eva}/consents");
        assert_eq!(state(&desk, &eva, "email").await, json!(null));
        say(&desk, &eva, "email", "granted").await;
        let id: ContactId = eva.parse().unwrap();
        assert!(may(&mut desk.tx().await, id, ConsentChannel::Email).await.unwrap());
        assert!(!may(&mut desk.tx().await, id, ConsentChannel::Sms).await.unwrap(), "nothing said is no consent");
        say(&desk, &eva, "email", "withdrawn").await;
        assert_eq!(state(&desk, &eva, "email").await, "withdrawn");
        assert!(!may(&mut desk.tx().await, id, ConsentChannel::Email).await.unwrap());
        let all = desk.get(&path).await.ok();
        let said: Vec<&Value> = all.body["history"].as_array().unwrap().iter().map(|entry| &entry["state"]).collect();
        assert_eq!(said, ["withdrawn", "granted"]);
        assert_eq!((&all.body["history"][0]["source"], &all.body["actions"]), (&json!("manual"), &json!(["record"])));
        for (body, refused) in [
            (json!({ "channel": "fax", "state": "granted" }), ("channel", "wrong_type")),
            (json!({ "channel": "sms", "state": "unknown" }), ("state", "wrong_type")),
            (
                json!({ "channel": "sms", "state": "granted", "said_at": "2999-01-01T00:00:00Z" }),
                ("said_at", "date_in_future"),
            ),
            (json!({ "channel": "sms", "state": "granted", "evidence": "x".repeat(501) }), ("evidence", "too_long")),
            (
                json!({ "channel": "sms", "state": "granted", "said_at": "0001-01-01T00:00:00Z" }),
                ("said_at", "date_invalid"),
            ),
        ] {
            assert_eq!(desk.post(&path, body.clone()).await.refused(), refused, "{body}");
        }
        assert_eq!(desk.they("GET", &path, None).await.status, StatusCode::NOT_FOUND);
        let write = json!({ "channel": "sms", "state": "granted" });
        assert_eq!(
            desk.ask(&desk.ours, "read_only", "POST", &path, None, Some(write.clone())).await.status,
            StatusCode::FORBIDDEN
        );
        desk.delete(&format!("/api/v1/contacts/{eva}")).await.ok();
        assert_eq!(desk.post(&path, write).await.conflict(), "contact_deleted");
        let kinds = desk.get(&format!("/api/v1/timeline?subject={eva}")).await.ok().each("kind");
        assert!(kinds.contains(&"contact.consent_recorded".to_owned()));
    }
}

/// What one contact said of a channel, and what both are then held to have said.
const SAID: [Option<&str>; 4] = [None, Some("granted"), Some("denied"), Some("withdrawn")];

#[tokio::test]
async fn of_two_that_are_merged_the_stricter_holds_and_undoing_gives_each_back_its_own() {
    for desk in desks().await {
        for (at, one) in SAID.iter().enumerate() {
            for (beside, other) in SAID.iter().enumerate() {
                let (survivor, loser) = (contact(&desk, "Eva").await, contact(&desk, "Eva").await);
                // Whoever spoke last does not matter: both orders are tried by the two loops.
                for (who, said) in [(&survivor, one), (&loser, other)] {
                    if let Some(said) = said {
                        say(&desk, who, "email", said).await;
                    }
                }
                let merge = json!({ "survivor": survivor, "survivor_version": 1, "loser": loser, "loser_version": 1 });
                let merge = desk.post("/api/v1/merges", merge).await.ok();
                let strict = SAID[at.max(beside)];
                assert_eq!(state(&desk, &survivor, "email").await, json!(strict), "{one:?} and {other:?}");
                desk.press(&format!("/api/v1/merges/{}/undo", merge.id())).await.ok();
                assert_eq!(state(&desk, &survivor, "email").await, json!(one), "{one:?} and {other:?}, undone");
                assert_eq!(state(&desk, &loser, "email").await, json!(other), "{one:?} and {other:?}, undone");
            }
        }
    }
}

#[tokio::test]
async fn a_consent_from_before_a_refusal_is_not_written_down_behind_it() {
    for desk in desks().await {
        let eva = contact(&desk, "Eva").await;
        let path = format!("/api/v1/contacts/{eva}/consents");
        say(&desk, &eva, "email", "withdrawn").await;
        let letter = json!({ "channel": "email", "state": "granted", "said_at": "2020-05-03T00:00:00Z" });
        assert_eq!(desk.post(&path, letter).await.refused(), ("said_at", "refused_since"));
        assert_eq!(state(&desk, &eva, "email").await, "withdrawn");
        // Of another channel nothing was refused; and who agrees anew has agreed.
        let letter = json!({ "channel": "post", "state": "granted", "said_at": "2020-05-03T00:00:00Z" });
        desk.post(&path, letter).await.ok();
        say(&desk, &eva, "email", "granted").await;
        assert_eq!(state(&desk, &eva, "email").await, "granted");
    }
}

#[tokio::test]
async fn what_was_refused_while_two_were_one_stays_refused_by_both() {
    for desk in desks().await {
        let (survivor, loser) = (contact(&desk, "Eva").await, contact(&desk, "Eva").await);
        for channel in ["email", "sms"] {
            say(&desk, &loser, channel, "granted").await;
        }
        let merge = json!({ "survivor": survivor, "survivor_version": 1, "loser": loser, "loser_version": 1 });
        let merge = desk.post("/api/v1/merges", merge).await.ok();
        desk.store.clock().advance(TimeDelta::seconds(1));
        say(&desk, &survivor, "email", "withdrawn").await;
        desk.press(&format!("/api/v1/merges/{}/undo", merge.id())).await.ok();
        for (who, channel, holds) in [
            (&survivor, "email", json!("withdrawn")),
            (&loser, "email", json!("withdrawn")),
            (&survivor, "sms", json!(null)),
            (&loser, "sms", json!("granted")),
        ] {
            assert_eq!(state(&desk, who, channel).await, holds, "{channel} of {who}");
        }
    }
}
