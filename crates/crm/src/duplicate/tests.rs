//! Duplicates over HTTP, on both databases; what the sweep finds among many.

use chrono::NaiveDate;
use kernel::Uuid;
use serde_json::json;

use super::{Noun, block::pairs, form, profile::Profile, rule::Rule};
use crate::tests::{Desk, desks};

impl Desk {
    /// Searches, and answers how many pairs are open.
    pub(crate) async fn sweep(&self, noun: &str) -> i64 {
        self.post("/api/v1/duplicate-sweeps", json!({ "noun": noun })).await.ok();
        crate::jobs(jobs::Runner::new(self.store.store.clone())).drain().await;
        let done = self.get(&format!("/api/v1/duplicate-sweeps?noun={noun}")).await.ok();
        assert_eq!((done.text("state").as_str(), done.body["progress"].as_i64()), ("done", Some(100)), "{done:?}");
        done.body["pairs"].as_i64().unwrap()
    }

    async fn person(&self, given: &str, family: &str, email: &str) -> String {
        let person = json!({ "given_name": given, "family_name": family, "email": email });
        self.post("/api/v1/contacts", person).await.ok().id()
    }
}

#[tokio::test]
async fn a_sweep_finds_pairs_and_remembers_what_was_said_of_them() {
    for desk in desks().await {
        let ana = desk.person("Ana", "Ruiz", "ana@example.com").await;
        let twin = desk.person("Anna", "Ruíz", "ANA+news@example.com").await;
        desk.person("Pedro", "Gómez", "pedro@example.com").await;
        assert_eq!(desk.sweep("contact").await, 1);
        let list = desk.get("/api/v1/duplicates?noun=contact").await.ok();
        let pair = &list.body["items"][0];
        assert_eq!((&pair["score"], &pair["reasons"][0]["field"]), (&json!(100), &json!("email")), "{list:?}");
        let sides: Vec<&str> = pair["contacts"].as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap()).collect();
        assert!(sides.contains(&ana.as_str()) && sides.contains(&twin.as_str()));
        let path = format!("/api/v1/duplicates/{}", pair["id"].as_str().unwrap());
        assert_eq!(desk.press(&format!("{path}/dismiss")).await.ok().text("state"), "distinct");
        assert_eq!(desk.press(&format!("{path}/dismiss")).await.ok().text("state"), "distinct", "twice is harmless");
        assert!(desk.get("/api/v1/duplicates?noun=contact").await.each("id").is_empty());
        assert_eq!(desk.sweep("contact").await, 0, "it is not proposed again");
        assert_eq!(desk.get("/api/v1/duplicates?noun=contact&state=distinct").await.each("id").len(), 1);
        assert_eq!(desk.press(&format!("{path}/reopen")).await.ok().text("state"), "open");
        assert_eq!(desk.get("/api/v1/duplicates?noun=contact").await.each("id").len(), 1);
        // Not for those who may not, nor for strangers.
        let denied = desk.ask(&desk.ours, "read_only", "POST", &format!("{path}/dismiss"), None, None).await;
        assert_eq!(denied.status, axum::http::StatusCode::FORBIDDEN);
        assert_eq!(desk.they("POST", &format!("{path}/dismiss"), None).await.status, axum::http::StatusCode::NOT_FOUND);
        // One that has been deleted is no duplicate; one that no longer holds goes with the next search.
        desk.delete(&format!("/api/v1/contacts/{twin}")).await.ok();
        assert!(desk.get("/api/v1/duplicates?noun=contact").await.each("id").is_empty());
        assert_eq!(desk.sweep("contact").await, 0);
    }
}

#[tokio::test]
async fn companies_are_told_apart_by_their_tax_ids_and_found_by_the_rest() {
    for desk in desks().await {
        let company = |body| desk.post("/api/v1/companies", body);
        let aurora = company(json!({ "name": "Talleres Aurora S.L.", "website": "aurora.example" })).await.ok().id();
        company(json!({ "name": "Aurora Talleres", "website": "https://www.aurora.example/es" })).await.ok();
        company(json!({ "name": "Boreal", "country": "ES", "tax_id": "B58378431", "city": "Vigo" })).await.ok();
        company(json!({ "name": "Boreal", "country": "ES", "tax_id": "A58818501", "city": "Vigo" })).await.ok();
        assert_eq!(desk.sweep("company").await, 1);
        let list = desk.get("/api/v1/duplicates?noun=company").await.ok();
        let fields: Vec<_> = list.body["items"][0]["reasons"].as_array().unwrap().iter().map(|r| &r["field"]).collect();
        assert_eq!(fields, [&json!("name"), &json!("domain")], "{list:?}");
        let typed = desk.post("/api/v1/companies/duplicates", json!({ "name": "talleres auroa" })).await.ok();
        assert!(typed.each("id").contains(&aurora), "{typed:?}");
        let typed =
            desk.post("/api/v1/companies/duplicates", json!({ "name": "X", "tax_id": "b-58378431" })).await.ok();
        assert_eq!(typed.each("name"), ["Boreal"]);
        assert!(
            desk.they("POST", "/api/v1/companies/duplicates", Some(json!({ "name": "Boreal" })))
                .await
                .each("id")
                .is_empty()
        );
    }
}

#[tokio::test]
async fn who_is_likely_there_already_is_told_while_typing_with_the_reasons() {
    for desk in desks().await {
        let eva = desk.person("Éva", "Müller", "eva@example.com").await;
        desk.person("Otto", "Weiss", "otto@example.com").await;
        for typed in [
            json!({ "given_name": "eva", "family_name": "Muller" }),
            json!({ "given_name": "Eva", "family_name": "Müler" }),
            json!({ "email": "EVA@example.com" }),
            json!({ "given_name": "Evelyn", "email": "eva@example.com" }),
        ] {
            let told = desk.post("/api/v1/contacts/duplicates", typed.clone()).await.ok();
            assert_eq!(told.each("id"), [eva.as_str()], "{typed}");
            assert!(told.body["items"][0]["reasons"][0]["likeness"].as_i64().unwrap() >= 80, "{told:?}");
        }
        for typed in
            [json!({}), json!({ "given_name": "E", "email": "eva@", "phone": "6" }), json!({ "given_name": "Pia" })]
        {
            let told = desk.post("/api/v1/contacts/duplicates", typed.clone()).await.ok();
            assert!(told.each("id").is_empty(), "{typed} {told:?}");
        }
    }
}

#[tokio::test]
async fn the_rule_is_the_tenants_to_write() {
    for desk in desks().await {
        desk.person("Ana", "Ruiz", "ana@example.com").await;
        desk.person("Berta", "Sanz", "ana@example.com").await;
        desk.person("Ana", "Ruiz", "otra@example.com").await;
        assert_eq!(desk.sweep("contact").await, 1, "the same address");
        let path = "/api/v1/duplicate-rules?noun=contact";
        assert_eq!(desk.get(path).await.ok().body["own"], false);
        let put = |role, body| desk.ask(&desk.ours, role, "PUT", path, None, Some(body));
        assert_eq!(put("owner", json!({ "any": [] })).await.refused(), ("rule", "rule_empty"));
        let rule = json!({ "all": [{ "alike": "name", "at_least": 95 }] });
        assert_eq!(put("sales", rule.clone()).await.status, axum::http::StatusCode::FORBIDDEN);
        assert_eq!(put("administrator", rule.clone()).await.ok().body["rule"], rule);
        assert_eq!(desk.sweep("contact").await, 1, "the same name, and no longer the same address");
        let list = desk.get("/api/v1/duplicates?noun=contact").await.ok();
        assert_eq!(list.body["items"][0]["reasons"], json!([{ "field": "name", "likeness": 100 }]));
        desk.delete(path).await.ok();
        assert_eq!(desk.get(path).await.ok().body["own"], false);
    }
}

/// People like those of a large list: two thirds of common names, one in twenty twice with a slip.
fn crowd(count: usize) -> (Vec<Profile>, usize) {
    const GIVEN: [&str; 40] = [
        "maria", "jose", "ana", "luis", "carmen", "juan", "laura", "pedro", "elena", "miguel", "sofia", "carlos",
        "lucia", "jorge", "paula", "diego", "marta", "pablo", "sara", "david", "julia", "ivan", "nuria", "oscar",
        "rosa", "hugo", "irene", "raul", "alba", "mario", "clara", "jaime", "eva", "bruno", "olga", "tomas", "vera",
        "felix", "ines", "leo",
    ];
    let syllables = ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "xo", "zu", "rra"];
    let mut seed = 88_172_645_463_325_252_u64;
    let mut random = move |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % 1_000_003).unwrap() % below
    };
    let (mut people, mut twice) = (Vec::with_capacity(count), 0);
    while people.len() < count {
        let family: String = (0..3).map(|_| syllables[random(16)]).collect();
        let number = people.len();
        let one = Profile {
            id: Uuid::now_v7(),
            name: vec![GIVEN[random(40)].to_owned(), family],
            emails: vec![format!("p{number}@example.com")],
            phones: vec![format!("+346{number:08}")],
            street: format!(
                "calle {}{}{} {}",
                syllables[random(16)],
                syllables[random(16)],
                syllables[random(16)],
                random(200)
            ),
            city: format!("{}{}villa", syllables[random(16)], syllables[random(16)]),
            postal_code: format!("{:05}", random(20_000)),
            birth_date: NaiveDate::from_ymd_opt(1940, 1, 1).map(|day| day + chrono::Days::new(random(25_000) as u64)),
            ..Profile::default()
        };
        if number % 20 == 0 && people.len() + 1 < count {
            let mut slip = one.name.clone();
            slip[1].push('s');
            people.push(Profile { id: Uuid::now_v7(), name: slip, emails: vec![], phones: vec![], ..one.clone() });
            twice += 1;
        }
        people.push(one);
    }
    (people, twice)
}

#[test]
fn blocking_finds_nearly_all_that_comparing_everybody_with_everybody_finds() {
    let (people, twice) = crowd(1_200);
    let rule = Rule::suggested(Noun::Contact);
    let found = pairs(&people, &rule, |_| {});
    let mut all = 0;
    for (at, one) in people.iter().enumerate() {
        all += people[at + 1..].iter().filter(|other| rule.reasons(one, other).is_some()).count();
    }
    assert!(
        found.len() >= twice && found.len() <= all && found.len() * 100 >= all * 95,
        "{} of {all}, made {twice}",
        found.len()
    );
    assert!(found.windows(2).all(|two| (two[0].first, two[0].second) < (two[1].first, two[1].second)), "each once");
}

/// Run by hand: `cargo nextest run -p crm --release --run-ignored only -E 'test(a_hundred_thousand)' --no-capture`.
#[test]
#[ignore = "a measurement"]
fn a_hundred_thousand_contacts_are_compared_within_a_minute() {
    let (people, twice) = crowd(100_000);
    let began = std::time::Instant::now();
    let found = pairs(&people, &Rule::suggested(Noun::Contact), |_| {});
    let took = began.elapsed();
    eprintln!("100,000 contacts: {} pairs ({twice} made) in {took:?}", found.len());
    assert!(found.len() >= twice && took.as_secs() < 60, "{took:?}");
    assert!(!form::words("José").is_empty());
}

#[tokio::test]
async fn a_page_on_linkedin_tells_two_of_one_person_however_it_is_written() {
    for desk in desks().await {
        let eva = json!({ "given_name": "Eva", "linkedin_url": "es.linkedin.com/in/Eva-Ruiz/?trk=x" });
        let eva = desk.post("/api/v1/contacts", eva).await.ok();
        assert_eq!(eva.text("linkedin_url"), "https://www.linkedin.com/in/eva-ruiz");
        let typed = json!({ "given_name": "Maria", "linkedin_url": "linkedin.com/in/eva-ruiz" });
        let likely = desk.post("/api/v1/contacts/duplicates", typed).await.ok();
        assert_eq!(likely.body["items"][0]["id"], json!(eva.id()));
        assert_eq!(likely.body["items"][0]["reasons"][0]["field"], "linkedin");
        let company = json!({ "given_name": "No", "linkedin_url": "linkedin.com/company/aurora" });
        assert_eq!(desk.post("/api/v1/contacts", company).await.refused(), ("linkedin_url", "linkedin_invalid"));
    }
}
