//! What each kind takes, refuses, and makes of it.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{field, field_of, person};
use crate::{
    field::custom::{CustomField, CustomFieldId, CustomKind, CustomObject, value},
    tests::desks,
};

fn of(kind: CustomKind) -> CustomField {
    let at = chrono::DateTime::UNIX_EPOCH;
    let choice =
        |id: &str| crate::field::custom::CustomChoice { id: id.into(), label: id.into(), archived: id == "c3" };
    CustomField {
        id: CustomFieldId::new(),
        version: 1,
        object: CustomObject::Contact,
        key: "it".into(),
        label: "It".into(),
        help: None,
        kind,
        choices: kernel::Json(vec![choice("c1"), choice("c2"), choice("c3")]),
        target: Some(CustomObject::Company),
        required: false,
        position: 0,
        work: None,
        work_total: 0,
        work_done: 0,
        work_after: None,
        work_failed: 0,
        archived_at: None,
        deleted_at: None,
        created_at: at,
        updated_at: at,
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,40}".prop_map(Value::from),
        "[0-9+. eE,-]{0,30}".prop_map(Value::from),
        "c[1-4]".prop_map(Value::from),
        "(com|mem)_[0-9a-f]{32}".prop_map(Value::from),
        "[a-z]{1,5}@[a-z]{1,5}\\.com".prop_map(Value::from),
        ("[0-9-]{1,12}(\\.[0-9]{1,3})?", "EUR|CLP|XXX").prop_map(|(a, c)| json!({ "amount": a, "currency": c })),
    ];
    leaf.prop_recursive(2, 8, 4, |inner| prop::collection::vec(inner, 0..4).prop_map(Value::from))
}

proptest! {
    /// Whatever comes in, it is refused by the field's name or becomes a value that is taken again as it stands.
    #[test]
    fn what_is_kept_is_kept_again(input in any_json(), at in 0..CustomKind::ALL.len()) {
        let field = of(CustomKind::ALL[at]);
        match value::read(&field, &input, "ES", None) {
            Ok(Some(kept)) => {
                prop_assert!(!kept.keys.is_empty());
                prop_assert_eq!(value::read(&field, &kept.value, "ES", None).unwrap(), Some(kept));
            }
            Ok(None) => {}
            Err(kernel::Error::Invalid { fields }) => prop_assert!(fields.iter().all(|f| f.field == "custom.it")),
            Err(other) => prop_assert!(false, "{other:?}"),
        }
    }
}

#[test]
fn each_kind_says_what_it_does_not_take() {
    use CustomKind::*;
    for (kind, input, wanted) in [
        (Text, json!("  a \u{202e}b  c "), Ok(json!("a \u{202e}b c"))),
        (Text, json!("x".repeat(501)), Err("too_long")),
        (Text, json!(7), Err("wrong_type")),
        (Text, json!("   "), Ok(json!(null))),
        (LongText, json!("ש".repeat(10_000)), Ok(json!("ש".repeat(10_000)))),
        (LongText, json!("ש".repeat(10_001)), Err("too_long")),
        (LongText, json!("a\u{0}b"), Err("control_characters")),
        (Number, json!("12.50"), Ok(json!("12.50"))),
        (Number, json!(-3), Ok(json!("-3"))),
        (Number, json!(0.1), Err("wrong_type")),
        (Number, json!("1e5"), Err("wrong_type")),
        (Number, json!("1000000000000000000"), Err("number_too_large")),
        (Money, json!({ "amount": "1.5", "currency": "EUR" }), Ok(json!({ "amount": "1.50", "currency": "EUR" }))),
        (Money, json!({ "amount": "1.5", "currency": "CLP" }), Err("wrong_type")),
        (Money, json!("12"), Err("wrong_type")),
        (Date, json!("2027-02-30"), Err("date_invalid")),
        (Date, json!("2027-02-28"), Ok(json!("2027-02-28"))),
        (Choice, json!("c1"), Ok(json!("c1"))),
        (Choice, json!("c3"), Err("choice_unknown")),
        (MultiChoice, json!(["c2", "c1", "c2"]), Ok(json!(["c2", "c1"]))),
        (MultiChoice, json!("c1"), Err("wrong_type")),
        (MultiChoice, json!([]), Ok(json!(null))),
        (Link, json!("javascript:alert(1)//a.b"), Err("website_invalid")),
        (Link, json!("example.com/a"), Ok(json!("https://example.com/a"))),
        (Email, json!("A@Example.com"), Ok(json!("a@example.com"))),
        (Email, json!("a@"), Err("email_invalid")),
        (Phone, json!("612 345 678"), Ok(json!("+34612345678"))),
        (Phone, json!("1"), Err("phone_invalid")),
        (Person, json!("Ana"), Err("wrong_type")),
        (Relation, json!("dea_019abc0123457def8123456789abcdef"), Err("wrong_type")),
    ] {
        let read = value::read(&of(kind), &input, "ES", None);
        let read = read.map(|kept| kept.map_or(Value::Null, |kept| kept.value)).map_err(|error| match error {
            kernel::Error::Invalid { fields } => fields[0].code.clone(),
            other => panic!("{other:?}"),
        });
        assert_eq!(read, wanted.map_err(str::to_owned), "{kind} {input}");
    }
}

#[tokio::test]
async fn people_and_records_must_be_there_and_stay_readable_when_they_are_gone() {
    for desk in desks().await {
        field(&desk, "contact", "Guide", "person").await;
        field_of(&desk, json!({ "object": "contact", "label": "Parent", "kind": "relation", "target": "contact" }))
            .await;
        field_of(&desk, json!({ "object": "contact", "label": "House", "kind": "relation", "target": "company" }))
            .await;
        let foreign = desk.they("POST", "/api/v1/companies", Some(json!({ "name": "Theirs" }))).await.ok();
        for (custom, refused) in [
            (json!({ "guide": desk.theirs.member_id }), ("custom.guide", "member_unknown")),
            (json!({ "house": foreign.id() }), ("custom.house", "company_unknown")),
            (json!({ "house": "com_019abc0123457def8123456789abcdef" }), ("custom.house", "company_unknown")),
            (json!({ "parent": foreign.id() }), ("custom.parent", "wrong_type")),
        ] {
            assert_eq!(person(&desk, "Eva", custom.clone()).await.refused(), refused, "{custom}");
        }
        let house = desk.post("/api/v1/companies", json!({ "name": "House" })).await.ok();
        let a = person(&desk, "A", json!({ "guide": desk.ours.member_id, "house": house.id() })).await.ok();
        let b = person(&desk, "B", json!({ "parent": a.id() })).await.ok();
        let path = format!("/api/v1/contacts/{}", a.id());
        // Round in a circle: harmless.
        let round = desk.patch(&path, 1, json!({ "custom": { "parent": b.id() } })).await.ok();
        assert_eq!(round.body["custom_names"][b.id()], "B");
        assert_eq!(round.body["custom_names"][house.id()], "House");
        assert_eq!(round.body["custom_names"][desk.ours.member_id.to_string()], "Ana Ruiz");
        desk.patch(&path, 2, json!({ "custom": { "parent": a.id() } })).await.ok();
        desk.delete(&format!("/api/v1/companies/{}", house.id())).await.ok();
        let mut tx = desk.tx().await;
        let tenant = tx.tenant_id();
        tx.execute(store::sql!(
            "UPDATE member SET state = {} WHERE tenant_id = {}",
            identity::MemberState::Removed,
            tenant
        ))
        .await
        .unwrap();
        tx.audit(kernel::Change::new("member.remove", desk.ours.member_id)).await.unwrap();
        tx.commit().await.unwrap();
        let read = desk.get(&path).await.ok();
        assert_eq!(read.body["custom_names"][desk.ours.member_id.to_string()], "Ana Ruiz");
        assert_eq!(read.body["custom"]["house"], json!(house.id()));
        // Another field is saved, the gone ones stay; chosen anew they are refused.
        desk.patch(&path, 3, json!({ "job_title": "Chief", "owner_id": null })).await.ok();
        assert_eq!(person(&desk, "C", json!({ "house": house.id() })).await.refused().0, "custom.house");
    }
}
