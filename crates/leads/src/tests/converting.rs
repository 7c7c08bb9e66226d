//! Turning leads into contacts, companies and deals.

use serde_json::{Value, json};

use super::{Answer, Desk, desks};

async fn lead(desk: &Desk) -> Answer {
    let lead = json!({ "given_name": "Lucía", "family_name": "Prieto", "company_name": "Talleres Aurora", "email": "lucia@aurora.example",
        "phone": "+34612345678", "country": "ES", "source": "trade fair",
        "consent": { "text": "I agree.", "version": "1", "given_from": "fair" } });
    desk.post("/api/v1/leads", lead).await.ok()
}

async fn count(desk: &Desk, list: &str) -> usize {
    desk.get(&format!("/api/v1/{list}")).await.ok().body["items"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_lead_becomes_a_contact_a_company_and_a_deal_and_takes_its_story_along() {
    for desk in desks().await {
        let lead = lead(&desk).await;
        let path = format!("/api/v1/leads/{}", lead.id());
        desk.post("/api/v1/notes", json!({ "subject": lead.id(), "body": "Met at the fair." })).await.ok();
        let into = json!({ "new_company": true, "deal": { "name": "Fleet", "amount": { "amount": "120.50", "currency": "EUR" } } });
        let done = desk.post(&format!("{path}/convert"), into).await.ok();
        assert_eq!(done.text("status"), "converted");
        assert_eq!(done.body["actions"], json!([]));
        assert_eq!(done.body["consent"]["text"], "I agree.");
        let id = |noun: &str| done.body[noun]["id"].as_str().unwrap().to_owned();
        let contact = desk.get(&format!("/api/v1/contacts/{}", id("contact"))).await.ok();
        assert_eq!((contact.text("email"), contact.text("source")), ("lucia@aurora.example".into(), lead.id()));
        assert_eq!(contact.body["company"]["name"], "Talleres Aurora");
        let deal = desk.get(&format!("/api/v1/deals/{}", id("deal"))).await.ok();
        assert_eq!(deal.body["amount"], json!({ "amount": "120.50", "currency": "EUR" }));
        assert_eq!(
            (deal.body["contact"]["id"].clone(), deal.body["company"]["id"].clone()),
            (json!(id("contact")), json!(id("company")))
        );
        for noun in ["contact", "company", "deal"] {
            let story = desk.get(&format!("/api/v1/timeline?subject={}", id(noun))).await.ok();
            let kinds = story.each("kind");
            assert!(
                kinds.contains(&"lead.created".into()) && kinds.contains(&"lead.converted".into()),
                "{noun}: {kinds:?}"
            );
            assert!(story.body.to_string().contains("Met at the fair."), "{noun}");
        }
        assert_eq!(desk.delete(&path).await.conflict(), "lead_converted");
        assert_eq!(desk.patch(&path, 2, json!({ "given_name": "Ada" })).await.conflict(), "lead_converted");
    }
}

#[tokio::test]
async fn who_is_there_already_is_shown_and_linked_rather_than_made_again() {
    for desk in desks().await {
        let company = desk.post("/api/v1/companies", json!({ "name": "Talleres Aurora SL" })).await.ok();
        let contact = json!({ "given_name": "Lucia", "family_name": "Prieto", "email": "lucia@aurora.example", "company_id": company.id() });
        let contact = desk.post("/api/v1/contacts", contact).await.ok();
        let lead = lead(&desk).await;
        let path = format!("/api/v1/leads/{}", lead.id());
        let likely = desk.get(&format!("{path}/likely")).await.ok();
        assert_eq!(likely.body["contacts"][0]["id"], json!(contact.id()));
        assert_eq!(likely.body["companies"][0]["id"], json!(company.id()));
        assert!(!likely.body["contacts"][0]["reasons"].as_array().unwrap().is_empty());
        let done = desk.post(&format!("{path}/convert"), json!({ "contact_id": contact.id() })).await.ok();
        assert_eq!(
            (&done.body["contact"]["id"], &done.body["company"]["id"]),
            (&json!(contact.id()), &json!(company.id()))
        );
        assert_eq!(
            (count(&desk, "contacts").await, count(&desk, "companies").await, count(&desk, "deals").await),
            (1, 1, 0)
        );
    }
}

#[tokio::test]
async fn a_lead_that_two_convert_at_once_is_converted_once() {
    for desk in desks().await {
        let lead = lead(&desk).await;
        let path = format!("/api/v1/leads/{}/convert", lead.id());
        let into: Value = json!({ "new_company": true, "deal": { "name": "Fleet" } });
        let press = || desk.post(&path, into.clone());
        let (a, b, c, d) = tokio::join!(press(), press(), press(), press());
        let done = [&a, &b, &c, &d].into_iter().filter(|answer| answer.status == 200).count();
        assert_eq!(done, 1, "{a:?} {b:?} {c:?} {d:?}");
        for answer in [a, b, c, d].into_iter().filter(|answer| answer.status != 200) {
            assert_eq!(answer.conflict(), "lead_converted");
        }
        assert_eq!(
            (count(&desk, "contacts").await, count(&desk, "companies").await, count(&desk, "deals").await),
            (1, 1, 1)
        );
        assert_eq!(desk.events("lead.converted").await, 1);
    }
}

#[tokio::test]
async fn a_conversion_that_is_refused_leaves_nothing_behind() {
    for desk in desks().await {
        let lead = lead(&desk).await;
        let path = format!("/api/v1/leads/{}/convert", lead.id());
        let company = desk.post("/api/v1/companies", json!({ "name": "Other" })).await.ok().id();
        let foreign = desk.they("POST", "/api/v1/contacts", Some(json!({ "given_name": "Sam" }))).await.ok().id();
        for (into, field, code) in [
            (json!({ "new_company": true, "deal": { "name": " " } }), "deal.name", "required"),
            (json!({ "new_company": true, "company_id": company }), "new_company", "company_twice"),
            (json!({ "contact_id": foreign }), "contact_id", "contact_unknown"),
        ] {
            assert_eq!(desk.post(&path, into).await.refused(), (field, code));
        }
        assert_eq!(
            (count(&desk, "contacts").await, count(&desk, "companies").await, count(&desk, "deals").await),
            (0, 1, 0)
        );
        let marketing = desk.ask(&desk.ours, "marketing", "POST", &path, None, Some(json!({}))).await;
        assert_eq!(marketing.status, 403);
        assert_eq!(desk.they("POST", &path, Some(json!({}))).await.status, 404);
    }
}

#[tokio::test]
async fn what_contacts_companies_and_deals_demand_is_given_as_the_lead_is_converted() {
    for desk in desks().await {
        for object in ["contact", "company", "deal"] {
            let field =
                json!({ "object": object, "key": "origin", "label": "Origin", "kind": "text", "required": true });
            desk.post("/api/v1/custom-fields", field).await.ok();
        }
        let path = format!("/api/v1/leads/{}/convert", lead(&desk).await.id());
        let mut into = json!({ "new_company": true, "deal": { "name": "Fleet" } });
        for (place, named) in [("company_custom", "company_custom.origin"), ("contact_custom", "contact_custom.origin")]
        {
            assert_eq!(desk.post(&path, into.clone()).await.refused(), (named, "required"));
            into[place] = json!({ "origin": place });
        }
        assert_eq!(desk.post(&path, into.clone()).await.refused(), ("deal.custom.origin", "required"));
        assert_eq!((count(&desk, "contacts").await, count(&desk, "companies").await), (0, 0), "all of it or nothing");
        into["deal"]["custom"] = json!({ "origin": "deal" });
        let done = desk.post(&path, into).await.ok();
        for (noun, list, value) in [
            ("contact", "contacts", "contact_custom"),
            ("company", "companies", "company_custom"),
            ("deal", "deals", "deal"),
        ] {
            let made = desk.get(&format!("/api/v1/{list}/{}", done.body[noun]["id"].as_str().unwrap())).await.ok();
            assert_eq!(made.body["custom"]["origin"], value, "{noun}");
        }
        // Who is there already is not changed by the way.
        let again = format!("/api/v1/leads/{}/convert", lead(&desk).await.id());
        let known = json!({ "contact_id": done.body["contact"]["id"], "contact_custom": { "origin": "x" } });
        assert_eq!(desk.post(&again, known).await.refused(), ("contact_custom", "only_new"));
    }
}

#[tokio::test]
async fn what_a_lead_agreed_to_is_written_down_by_who_may_change_contacts_and_never_over_a_later_refusal() {
    for desk in desks().await {
        let eva = desk.post("/api/v1/contacts", json!({ "given_name": "Eva" })).await.ok().id();
        let consents = format!("/api/v1/contacts/{eva}/consents");
        let agreed = |channels: Value| json!({ "given_name": "Eva", "consent": { "text": "I agree.", "version": "1", "given_from": "fair", "channels": channels } });
        let lead = desk.post("/api/v1/leads", agreed(json!(["email", "sms"]))).await.ok().id();
        desk.store.clock().advance(chrono::TimeDelta::seconds(1));
        desk.post(&consents, json!({ "channel": "sms", "state": "denied" })).await.ok();
        let (path, into) = (format!("/api/v1/leads/{lead}/convert"), json!({ "contact_id": eva }));
        let role = "sales-contact.edit";
        let denied = desk.ask(&desk.ours, role, "POST", &path, None, Some(into.clone())).await;
        assert_eq!(denied.status.as_u16(), 403, "{denied:?}");
        desk.post(&path, into.clone()).await.ok();
        let held = desk.get(&consents).await.ok().body;
        let state = |channel: &str| {
            let channels = held["channels"].as_array().unwrap();
            channels.iter().find(|one| one["channel"] == channel).unwrap()["state"].clone()
        };
        assert_eq!((state("email"), state("sms"), state("post")), (json!("granted"), json!("denied"), json!(null)));
        // Where nothing was agreed to, nothing of the contact changes.
        let lead = desk.post("/api/v1/leads", agreed(json!([]))).await.ok().id();
        let path = format!("/api/v1/leads/{lead}/convert");
        desk.ask(&desk.ours, role, "POST", &path, None, Some(into)).await.ok();
    }
}
