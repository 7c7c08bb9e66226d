//! Companies through their routes, on both databases.

use axum::http::StatusCode;
use serde_json::json;

use crate::tests::desks;

mod people;
mod tree;

#[tokio::test]
async fn what_was_deleted_can_be_brought_back_unless_its_tax_id_was_taken_meanwhile() {
    for desk in desks().await {
        let first = desk
            .post("/api/v1/companies", json!({ "name": "Aurora", "country": "es", "tax_id": "b-58378431" }))
            .await
            .ok();
        assert_eq!((&first.body["tax_id"], &first.body["country"]), (&"B58378431".into(), &"ES".into()));
        let path = format!("/api/v1/companies/{}", first.id());
        let second = json!({ "name": "Aurora again", "country": "ES", "tax_id": "B58378431" });
        assert_eq!(desk.post("/api/v1/companies", second.clone()).await.refused(), ("tax_id", "tax_id_taken"));

        assert_eq!(desk.delete(&path).await.status, StatusCode::NO_CONTENT);
        assert_eq!(desk.delete(&path).await.status, StatusCode::NO_CONTENT, "deleting twice is harmless");
        assert!(desk.get("/api/v1/companies").await.each("id").is_empty());
        assert_eq!(desk.get("/api/v1/companies?deleted=true").await.each("id"), [first.id()]);
        let gone = desk.get(&path).await.ok();
        assert_eq!(gone.body["actions"], json!(["restore"]));
        let version = gone.body["version"].as_i64().unwrap();
        assert_eq!(desk.patch(&path, version, json!({ "name": "No" })).await.conflict(), "company_deleted");

        let second = desk.post("/api/v1/companies", second).await.ok();
        let restore = format!("{path}/restore");
        assert_eq!(desk.press(&restore).await.refused(), ("tax_id", "tax_id_taken"));
        desk.delete(&format!("/api/v1/companies/{}", second.id())).await.ok();
        let back = desk.press(&restore).await.ok();
        assert_eq!(back.body["deleted_at"], json!(null));
        assert_eq!(
            desk.press(&restore).await.ok().body["version"],
            back.body["version"],
            "restoring twice is harmless"
        );
        assert_eq!(desk.get("/api/v1/companies?q=auro").await.each("id"), [first.id()]);
    }
}

#[tokio::test]
async fn a_second_editor_is_told_and_nothing_is_lost() {
    for desk in desks().await {
        let company =
            desk.post("/api/v1/companies", json!({ "name": "Aurora", "city": "Vigo", "tags": ["a"] })).await.ok();
        let path = format!("/api/v1/companies/{}", company.id());
        let unnamed = desk.ask(&desk.ours, "owner", "PATCH", &path, None, Some(json!({ "name": "X" }))).await;
        assert_eq!(unnamed.status, StatusCode::PRECONDITION_REQUIRED);
        let changed = desk.patch(&path, 1, json!({ "city": null, "website": "www.Aurora.es/hola" })).await.ok();
        assert_eq!(
            (&changed.body["city"], &changed.body["website"]),
            (&json!(null), &"https://www.Aurora.es/hola".into())
        );
        assert_eq!(
            (&changed.body["name"], &changed.body["tags"]),
            (&"Aurora".into(), &json!(["a"])),
            "absent fields stay"
        );
        let stale = desk.patch(&path, 1, json!({ "name": "Late" })).await;
        assert_eq!((stale.status, &stale.body["code"]), (StatusCode::PRECONDITION_FAILED, &"stale".into()));
        assert_eq!(desk.get(&path).await.ok().body["name"], "Aurora");
    }
}

#[tokio::test]
async fn all_refused_fields_are_told_at_once() {
    for desk in desks().await {
        let answer = desk
            .post(
                "/api/v1/companies",
                json!({
                    "name": " ", "country": "ZZ", "email": "no", "phone": "call me", "website": "javascript:alert(1)",
                    "city": "a\u{0}b", "tags": ["x".repeat(41)], "about": "x".repeat(10_001),
                }),
            )
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let mut fields: Vec<&str> =
            answer.body["fields"].as_array().unwrap().iter().map(|f| f["field"].as_str().unwrap()).collect();
        fields.sort_unstable();
        assert_eq!(fields, ["about", "city", "country", "email", "name", "phone", "tags", "website"]);
        let without_country = json!({ "name": "A", "tax_id": "B58378431" });
        assert_eq!(desk.post("/api/v1/companies", without_country).await.refused(), ("country", "country_needed"));
        let stranger = json!({ "name": "A", "owner_id": desk.theirs.member_id });
        assert_eq!(desk.post("/api/v1/companies", stranger).await.refused(), ("owner_id", "member_unknown"));
        assert_eq!(
            desk.post("/api/v1/companies", json!({ "name": "A", "nmae": "B" })).await.refused(),
            ("nmae", "unknown_field")
        );
        assert_eq!(desk.get("/api/v1/companies?sort=colour").await.refused(), ("sort", "sort_unknown"));
        assert!(desk.get("/api/v1/companies").await.each("id").is_empty(), "nothing was kept");
    }
}

#[tokio::test]
async fn text_stays_what_it_was_in_every_script() {
    let names = [
        "Peluquería Añil & Co.",
        "株式会社サンプル",
        "شركة المثال",
        "Пример ООО",
        "חברה",
        "ตัวอย่าง",
        "Łódź 🦊",
        "Robert'); DROP TABLE company;--",
        "<script>alert(1)</script>",
        "100% _ \\ \" $1 {}",
    ];
    for desk in desks().await {
        for name in names {
            let about = "é\n\t".repeat(3_333) + "!";
            let company = desk
                .post("/api/v1/companies", json!({ "name": name, "about": about, "tags": [name, "VIP", name] }))
                .await
                .ok();
            let read = desk.get(&format!("/api/v1/companies/{}", company.id())).await.ok();
            assert_eq!((read.text("name"), read.text("about")), (name.to_owned(), about));
            assert_eq!(read.body["tags"], json!([name, "VIP"]), "each tag once, in order");
            let tag: String = name.bytes().map(|b| format!("%{b:02X}")).collect();
            assert_eq!(desk.get(&format!("/api/v1/companies?tag={tag}")).await.each("id"), [company.id()], "{name}");
        }
        assert_eq!(desk.get("/api/v1/companies?tag=VIP").await.each("id").len(), names.len());
        for tag in ["vip", "VI", "%2C", "%22", "%25"] {
            assert!(desk.get(&format!("/api/v1/companies?tag={tag}")).await.each("id").is_empty(), "{tag}");
        }
        // A decomposed name is the composed one.
        let composed = desk.post("/api/v1/companies", json!({ "name": "  Cafe\u{301}\t Sol " })).await.ok();
        assert_eq!(composed.text("name"), "Café Sol");
    }
}

#[tokio::test]
async fn lists_sort_as_people_do_and_page_without_gap() {
    for desk in desks().await {
        for name in ["álamo", "Zorro", "beta", "Árbol", "Beta 2", "alfa"] {
            desk.post(
                "/api/v1/companies",
                json!({ "name": name, "country": if name.len() > 5 { "MX" } else { "ES" } }),
            )
            .await
            .ok();
        }
        let sorted = ["álamo", "alfa", "Árbol", "beta", "Beta 2", "Zorro"];
        assert_eq!(desk.get("/api/v1/companies").await.each("name"), sorted);
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = desk.get(&format!("/api/v1/companies?sort=-name&limit=4{cursor}")).await.ok();
            seen.extend(page.each("name"));
            match page.body["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen, sorted.into_iter().rev().collect::<Vec<_>>());
        assert_eq!(desk.get("/api/v1/companies?country=mx").await.each("name"), ["álamo", "Árbol", "Beta 2"]);
        let mine = format!("/api/v1/companies?owner_id={}&sort=-created_at", desk.ours.member_id);
        let mine = desk.get(&mine).await.ok();
        assert_eq!((mine.each("name").len(), &mine.body["items"][0]["owner"]["name"]), (6, &"Ana Ruiz".into()));
    }
}

#[tokio::test]
async fn nobody_reaches_another_tenants_company() {
    for desk in desks().await {
        let company = desk.post("/api/v1/companies", json!({ "name": "Secret" })).await.ok();
        let path = format!("/api/v1/companies/{}", company.id());
        for (method, path, body) in [
            ("GET", path.clone(), None),
            ("PATCH", path.clone(), Some(json!({ "name": "Mine" }))),
            ("DELETE", path.clone(), None),
            ("POST", format!("{path}/restore"), None),
            ("GET", format!("/api/v1/timeline?subject={}", company.id()), None),
        ] {
            let answer = desk.they(method, &path, body).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{method} {path}");
        }
        for path in ["/api/v1/companies", "/api/v1/companies?q=secret", "/api/v1/search?q=secret"] {
            assert!(desk.they("GET", path, None).await.ok().each("id").is_empty(), "{path}");
        }
        for (path, body) in [
            ("/api/v1/contacts", json!({ "given_name": "Eva", "company_id": company.id() })),
            ("/api/v1/deals", json!({ "name": "Deal", "company_id": company.id() })),
        ] {
            assert_eq!(desk.they("POST", path, Some(body)).await.refused(), ("company_id", "company_unknown"));
        }
    }
}

#[tokio::test]
async fn each_role_sees_and_does_its_own() {
    for desk in desks().await {
        let company = desk.post("/api/v1/companies", json!({ "name": "Aurora" })).await.ok();
        let path = format!("/api/v1/companies/{}", company.id());
        for (role, actions) in
            [("read_only", json!([])), ("support", json!(["update"])), ("sales", json!(["update", "delete"]))]
        {
            let seen = desk.ask(&desk.ours, role, "GET", &path, None, None).await.ok();
            assert_eq!(seen.body["actions"], actions, "{role}");
            let deleted = desk.ask(&desk.ours, role, "DELETE", &path, None, None).await;
            let expected = if role == "sales" { StatusCode::NO_CONTENT } else { StatusCode::FORBIDDEN };
            assert_eq!(deleted.status, expected, "{role}");
        }
    }
}
