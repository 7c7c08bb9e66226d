//! How long a list takes that is narrowed and ordered by custom fields, over 100,000 contacts. Run by hand:
//! `cargo nextest run -p crm --run-ignored only -E 'test(speed)'`.

use std::time::Instant;

use kernel::{Json, id::Id};
use serde_json::json;

use super::{field, field_of};
use crate::{
    contact::{Contact, create::NewContact, create::parse},
    field::custom::{CustomObject, Values, fill, live},
    tests::desks,
};

const MANY: usize = 100_000;

#[tokio::test]
#[ignore = "takes minutes"]
async fn a_list_by_custom_fields_over_100_000_contacts_takes_under_20_ms() {
    for desk in desks().await {
        field(&desk, "contact", "Rank", "number").await;
        field_of(
            &desk,
            json!({ "object": "contact", "label": "Level", "kind": "choice", "choices": ["A", "B", "C", "D"] }),
        )
        .await;
        field(&desk, "contact", "Since", "date").await;
        for part in 0..MANY / 1_000 {
            let mut tx = desk.tx().await;
            let fields = live(&mut tx, CustomObject::Contact).await.unwrap();
            let (mut contacts, mut rows): (Vec<Contact>, Vec<fill::Row>) = (Vec::new(), Vec::new());
            for n in part * 1_000..(part + 1) * 1_000 {
                let given = json!({ "rank": (n * 7919 % MANY).to_string(), "level": format!("c00{}", n % 4 + 1), "since": format!("20{:02}-{:02}-01", n % 30 + 10, n % 12 + 1) });
                let given: Values = serde_json::from_value(given).unwrap();
                let filled = fill::read(&fields, &Values::new(), &given, "ES", true).unwrap();
                let new = NewContact { given_name: Some(format!("Person {}", n * 31 % MANY)), ..NewContact::default() };
                let contact =
                    Contact { custom: Json(filled.values.clone()), ..parse(&tx, new, "manual", "ES").unwrap() };
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
        for query in [
            "limit=50",
            "custom.rank=5000",
            "custom.rank.from=100&custom.rank.to=900",
            "custom.rank.from=100&custom.rank.to=60000",
            "custom.level=c001",
            "custom.level=c001&custom.since.from=2030-01-01&custom.rank.from=50000",
            "sort=custom.rank",
            "sort=-custom.since&custom.level=c002",
            "sort=custom.rank&custom.level=c001&custom.since.from=2030-01-01&custom.rank.from=50000",
        ] {
            let mut times = Vec::new();
            for _ in 0..41 {
                let began = Instant::now();
                desk.get(&format!("/api/v1/contacts?{query}")).await.ok();
                times.push(began.elapsed());
            }
            times.sort();
            println!("{} {query}: p50 {:?}, worst {:?}", desk.store.kind(), times[20], times[40]);
        }
    }
}
