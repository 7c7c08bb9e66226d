//! Days are the member's own, also where clocks are changed.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde_json::json;

use super::task;
use crate::{
    activity::{
        Activity, ActivityId, ActivityKind,
        work::{Bucket, bucket},
    },
    tests::desks,
};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn due(on: Option<&str>, time: Option<&str>) -> Activity {
    Activity {
        id: ActivityId::new(),
        version: 1,
        kind: ActivityKind::Task,
        title: "x".into(),
        body: None,
        direction: None,
        outcome: None,
        duration_minutes: None,
        starts_at: None,
        ends_at: None,
        place: None,
        due_on: on.map(|day| day.parse::<NaiveDate>().unwrap()),
        due_at: time.map(at),
        priority: None,
        remind_at: None,
        stands_at: DateTime::UNIX_EPOCH,
        assignee_id: None,
        author_id: None,
        completed_at: None,
        completed_by: None,
        deleted_at: None,
        created_at: DateTime::UNIX_EPOCH,
        updated_at: DateTime::UNIX_EPOCH,
    }
}

#[test]
fn a_day_is_the_members_and_has_as_many_hours_as_their_clocks_say() {
    use Bucket::{Overdue, Someday, Today, Upcoming};
    let madrid: Tz = "Europe/Madrid".parse().unwrap();
    let mexico: Tz = "America/Mexico_City".parse().unwrap();
    let santiago: Tz = "America/Santiago".parse().unwrap();
    // 25 October 2026 has 25 hours in Madrid: it ends at 23:00 UTC. 29 March has 23: it ends at 22:00 UTC.
    // In Santiago 6 September 2026 begins at 1 o'clock: there is no midnight.
    for (zone, now, task, wanted) in [
        (madrid, "2026-10-25T00:30:00Z", due(None, Some("2026-10-25T22:59:59Z")), Today),
        (madrid, "2026-10-25T00:30:00Z", due(None, Some("2026-10-25T23:00:00Z")), Upcoming),
        (madrid, "2026-03-29T00:30:00Z", due(None, Some("2026-03-29T21:59:59Z")), Today),
        (madrid, "2026-03-29T00:30:00Z", due(None, Some("2026-03-29T22:00:00Z")), Upcoming),
        (santiago, "2026-09-05T20:00:00Z", due(None, Some("2026-09-06T03:59:59Z")), Today),
        (santiago, "2026-09-05T20:00:00Z", due(None, Some("2026-09-06T04:00:00Z")), Upcoming),
        (madrid, "2026-10-25T22:30:00Z", due(Some("2026-10-25"), None), Today),
        (madrid, "2026-10-25T23:30:00Z", due(Some("2026-10-25"), None), Overdue),
        (mexico, "2026-10-25T23:30:00Z", due(Some("2026-10-25"), None), Today),
        (mexico, "2026-10-25T03:30:00Z", due(Some("2026-10-25"), None), Upcoming),
        (madrid, "2026-10-25T12:00:00Z", due(None, Some("2026-10-25T11:59:59Z")), Overdue),
        (madrid, "2026-10-25T12:00:00Z", due(None, None), Someday),
    ] {
        assert_eq!(bucket(&task, at(now), zone), wanted, "{zone} {now} {:?} {:?}", task.due_on, task.due_at);
    }
}

#[tokio::test]
async fn work_is_told_by_the_days_of_the_members_own_zone() {
    for desk in desks().await {
        // 26 October in Madrid, still the 25th in Mexico.
        let clock = desk.store.clock();
        clock.advance(at("2026-10-25T23:30:00Z") - clock.now());
        task(&desk, json!({ "due_on": "2026-10-25" })).await;
        task(&desk, json!({ "title": "Call", "due_at": "2026-10-26T09:00:00+01:00" })).await;
        task(&desk, json!({ "title": "Plan", "due_on": "2026-12-01" })).await;
        task(&desk, json!({ "title": "Once" })).await;
        let meeting = json!({ "kind": "meeting", "title": "Visit", "starts_at": "2026-10-26T08:30:00Z" });
        desk.post("/api/v1/activities", meeting).await.ok();
        let titles = |work: &crate::tests::Answer, part: &str| -> Vec<String> {
            let items = work.body[part].as_array().unwrap();
            items.iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect()
        };
        let work = desk.get("/api/v1/agenda").await.ok();
        assert_eq!((work.text("today"), work.text("time_zone")), ("2026-10-26".into(), "Europe/Madrid".into()));
        assert_eq!(titles(&work, "overdue"), ["Send the price list"]);
        assert_eq!(titles(&work, "due_today"), ["Call", "Visit"]);
        assert_eq!((titles(&work, "upcoming"), titles(&work, "someday")), (vec!["Plan".into()], vec!["Once".into()]));

        let choice = json!({ "mail_reminders": true, "mail_mentions": true, "mail_assignments": true, "time_zone": "America/Mexico_City" });
        let setting = "/api/v1/notification-setting";
        desk.ask(&desk.ours, "owner", "PUT", setting, None, Some(choice.clone())).await.ok();
        assert_eq!(desk.get(setting).await.ok().body, choice);
        let work = desk.get("/api/v1/agenda").await.ok();
        assert_eq!(
            (work.text("today"), titles(&work, "due_today")),
            ("2026-10-25".into(), vec!["Send the price list".into()])
        );
        assert_eq!(titles(&work, "upcoming"), ["Call", "Visit", "Plan"]);
        let wrong = json!({ "mail_reminders": true, "mail_mentions": true, "mail_assignments": true, "time_zone": "Mars/Olympus" });
        let wrong = desk.ask(&desk.ours, "owner", "PUT", setting, None, Some(wrong)).await;
        assert_eq!(wrong.refused(), ("time_zone", "time_zone_unknown"));
    }
}

#[tokio::test]
async fn activities_are_listed_by_the_readers_days_and_undated_ones_are_on_none() {
    for desk in desks().await {
        // Madrid is an hour ahead of UTC in February.
        let meeting = |title: &str, at: &str| json!({ "kind": "meeting", "title": title, "starts_at": at });
        for body in [
            meeting("before", "2027-01-31T22:59:59Z"),
            meeting("first moment", "2027-01-31T23:00:00Z"),
            json!({ "kind": "task", "title": "last day", "due_on": "2027-02-28" }),
            json!({ "kind": "task", "title": "last moment", "due_at": "2027-02-28T22:59:59Z" }),
            json!({ "kind": "task", "title": "after", "due_on": "2027-03-01" }),
            json!({ "kind": "task", "title": "never" }),
        ] {
            desk.post("/api/v1/activities", body).await.ok();
        }
        let titles = |query: &'static str| {
            let desk = &desk;
            async move { desk.get(&format!("/api/v1/activities?sort=due&{query}")).await.ok().each("title") }
        };
        assert_eq!(titles("from=2027-02-01&to=2027-02-28").await, ["first moment", "last day", "last moment"]);
        assert_eq!(titles("to=2027-01-31").await, ["before"]);
        assert_eq!(titles("from=2027-02-28").await, ["last day", "last moment", "after"]);
        assert_eq!(desk.get("/api/v1/activities?from=9999-01-01").await.refused(), ("from", "date_invalid"));
    }
}
