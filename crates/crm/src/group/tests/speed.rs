//! How long groups take over 100,000 contacts and deals. Run by hand:
//! `cargo nextest run -p crm --run-ignored only -E 'test(group::tests::speed)' --no-capture`.

use std::time::Instant;

use kernel::{Json, id::Id};
use serde_json::json;

use crate::{
    contact::{Contact, create::NewContact, create::parse},
    field::custom::{CustomObject, Values, fill, live, tests::field_of},
    tests::{Desk, desks},
};

const MANY: usize = 100_000;

async fn fill_up(desk: &Desk) {
    field_of(desk, json!({ "object": "contact", "label": "Spent", "kind": "money" })).await;
    field_of(desk, json!({ "object": "contact", "label": "Level", "kind": "choice", "choices": ["A", "B", "C", "D"] }))
        .await;
    let me = desk.ours.member_id;
    for part in 0..MANY / 1_000 {
        let mut tx = desk.tx().await;
        let fields = live(&mut tx, CustomObject::Contact).await.unwrap();
        let (mut contacts, mut rows): (Vec<Contact>, Vec<fill::Row>) = (Vec::new(), Vec::new());
        for n in part * 1_000..(part + 1) * 1_000 {
            let given = json!({ "spent": { "amount": format!("{n}.50"), "currency": if n % 3 == 0 { "MXN" } else { "EUR" } }, "level": format!("c00{}", n % 4 + 1) });
            let given: Values = serde_json::from_value(given).unwrap();
            let filled = fill::read(&fields, &Values::new(), &given, "ES", true).unwrap();
            let new = NewContact {
                given_name: Some(format!("Person {}", n * 31 % MANY)),
                city: Some(format!("Town {}", n % 20_000)),
                tags: vec![format!("tag{}", n % 50)],
                ..NewContact::default()
            };
            let parsed = parse(&tx, new, "manual", "ES").unwrap();
            let created_at = parsed.created_at - chrono::TimeDelta::hours(i64::try_from(n).unwrap() / 4);
            let contact = Contact {
                custom: Json(filled.values.clone()),
                owner_id: (n % 2 == 0).then_some(me),
                created_at,
                ..parsed
            };
            rows.extend(filled.rows(contact.id.uuid()));
            contacts.push(contact);
        }
        tx.insert_all(&contacts).await.unwrap();
        fill::put(&mut tx, rows);
        tx.audit(kernel::Change::new("import.take", desk.ours.tenant_id)).await.unwrap();
        tx.commit().await.unwrap();
    }
    let mut tx = desk.tx().await;
    tx.execute(store::Sql::new("ANALYZE")).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
#[ignore = "takes minutes"]
async fn groups_over_100_000_contacts_take_under_a_second() {
    for desk in desks().await {
        fill_up(&desk).await;
        let mine = "%7B%22field%22%3A%22owner_id%22%2C%22op%22%3A%22is%22%2C%22value%22%3A%22me%22%7D";
        for query in [
            "by=owner_id".to_owned(),
            "by=city".to_owned(),
            "by=tags".to_owned(),
            "by=created_at:month".to_owned(),
            "by=created_at:day".to_owned(),
            "by=custom.level".to_owned(),
            "by=custom.level&aggregate=sum:custom.spent,average:custom.spent".to_owned(),
            "by=owner_id&aggregate=sum:custom.spent,max:updated_at".to_owned(),
            "aggregate=sum:custom.spent".to_owned(),
            format!("by=city&filter={mine}"),
        ] {
            let mut times = Vec::new();
            for _ in 0..7 {
                let began = Instant::now();
                desk.get(&format!("/api/v1/contacts/groups?{query}")).await.ok();
                times.push(began.elapsed());
            }
            times.sort();
            println!("{} {query}: p50 {:?}, worst {:?}", desk.store.kind(), times[3], times[6]);
            assert!(times[3].as_millis() < 1_000, "{query}");
        }
    }
}
