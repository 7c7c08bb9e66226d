//! Rules of the vocabulary that everything else leans on.

use crate::*;

id!(ThingId, "thi");
permissions! { DoIt = "thing.do": [Sales]; }

#[test]
fn id_reads_what_it_writes_and_refuses_another_noun() {
    let id = ThingId::new();
    assert_eq!(id.to_string().parse::<ThingId>().unwrap(), id);
    assert!(TenantId::new().to_string().parse::<ThingId>().is_err());
    assert!("thi_xyz".parse::<ThingId>().is_err());
    assert!("thi_".parse::<ThingId>().is_err());
}

#[test]
fn money_refuses_digits_its_currency_lacks() {
    let eur: Currency = "EUR".parse().unwrap();
    let clp: Currency = "CLP".parse().unwrap();
    assert_eq!(Money::from_decimal("1234.50".parse().unwrap(), eur).unwrap().minor, 123_450);
    assert!(Money::from_decimal("1.005".parse().unwrap(), eur).is_err());
    assert!(Money::from_decimal("1.5".parse().unwrap(), clp).is_err());
    assert!(Money::new(1, eur).checked_add(Money::new(1, clp)).is_err());
    let json = serde_json::to_string(&Money::new(123_450, eur)).unwrap();
    assert_eq!(json, r#"{"amount":"1234.50","currency":"EUR"}"#);
    assert_eq!(serde_json::from_str::<Money>(&json).unwrap(), Money::new(123_450, eur));
    assert!(serde_json::from_str::<Money>(r#"{"amount":"1","currency":"EUR","x":1}"#).is_err());
}

#[test]
fn a_right_is_held_or_refused() {
    let mut caller = Caller::system(TenantId::new());
    caller.actor = Actor::Member(MemberId::new());
    assert!(Can::<DoIt>::check(caller.clone().into()).is_err());
    caller.grants = Grants::of(["thing.do"]);
    assert!(Can::<DoIt>::check(caller.into()).is_ok());
    assert_eq!(PERMISSIONS[0].roles, [Role::Owner, Role::Sales]);
}

#[test]
fn patch_tells_absent_from_null() {
    #[derive(serde::Deserialize)]
    struct P {
        #[serde(default)]
        a: Patch<i32>,
    }
    let read = |json| serde_json::from_str::<P>(json).unwrap().a;
    assert_eq!(read("{}"), Patch::Keep);
    assert_eq!(read(r#"{"a":null}"#), Patch::Clear);
    assert_eq!(read(r#"{"a":3}"#), Patch::Set(3));
}

#[test]
fn cursor_survives_the_wire_and_rubbish_is_refused() {
    let cursor = Cursor { sort: "name".into(), key: "Año ñ".into(), id: Uuid::now_v7() };
    assert_eq!(Cursor::decode(&cursor.encode()).unwrap(), cursor);
    assert!(Cursor::decode("not a cursor").is_err());
}

#[test]
fn language_is_negotiated_by_quality() {
    assert_eq!(Language::negotiate("de-DE,pt-BR;q=0.8,en;q=0.7"), Language::Pt);
    assert_eq!(Language::negotiate(""), Language::En);
}
