//! Deals and records of custom objects as files, through their routes, on both databases.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use http_body_util::BodyExt;
use identity::Established;
use serde_json::{Value, json};
use store::sql;
use tower::ServiceExt;

use crate::{
    field::custom::tests::field_of,
    object::tests::{object, record},
    tests::{Desk, desks},
};

/// What a file is called, and what is in it.
struct Taken {
    status: StatusCode,
    called: String,
    bytes: Vec<u8>,
}

impl Taken {
    fn csv(self) -> Vec<Vec<String>> {
        let text = String::from_utf8(self.bytes).unwrap();
        assert_eq!(self.status, StatusCode::OK, "{text}");
        let mut rows =
            csv::ReaderBuilder::new().has_headers(false).from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
        rows.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    fn book(self) -> Vec<Vec<String>> {
        assert_eq!(self.status, StatusCode::OK);
        let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(self.bytes)).unwrap();
        let sheet = calamine::Reader::worksheet_range_at(&mut book, 0).unwrap().unwrap();
        sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    }
}

async fn taken(desk: &Desk, who: &Established, role: &str, path: &str) -> Taken {
    let cookie = format!("omb_session={}/{}/{role}", who.tenant_id, who.member_id);
    let request = Request::builder().uri(format!("/api/v1/{path}")).header(header::COOKIE, cookie);
    let answer = desk.door.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let called = answer.headers().get(header::CONTENT_DISPOSITION).map_or("", |name| name.to_str().unwrap()).to_owned();
    let status = answer.status();
    Taken { status, called, bytes: answer.into_body().collect().await.unwrap().to_bytes().to_vec() }
}

/// What the trail says of those who took a list along, the oldest first: of what, and how many in which format.
async fn told(desk: &Desk, action: &'static str) -> Vec<(String, Value)> {
    let mut tx = desk.tx().await;
    let query = sql!(
        "SELECT audit_entry.subject, audit_detail.changes FROM audit_entry JOIN audit_detail \
         ON audit_detail.tenant_id = audit_entry.tenant_id AND audit_detail.entry_id = audit_entry.id \
         WHERE audit_entry.tenant_id = {} AND audit_entry.action = {} ORDER BY audit_entry.id",
        tx.tenant_id(),
        action
    );
    tx.all(query).await.unwrap()
}

#[tokio::test]
async fn deals_go_out_with_who_and_where_and_the_trail_is_told_first() {
    for desk in desks().await {
        for (label, kind) in [("Depth", "number"), ("Rebate", "money")] {
            field_of(&desk, json!({ "object": "deal", "label": label, "kind": kind })).await;
        }
        let company = desk.post("/api/v1/companies", json!({ "name": "=Aurora" })).await.ok().id();
        let contact = desk.post("/api/v1/contacts", json!({ "given_name": "Eva" })).await.ok().id();
        let fleet = json!({ "name": "Fleet", "company_id": company, "contact_id": contact,
            "amount": { "amount": "84.70", "currency": "EUR" }, "expected_close": "2027-03-01",
            "custom": { "depth": "3.5", "rebate": { "amount": "91.13", "currency": "EUR" } } });
        desk.post("/api/v1/deals", fleet).await.ok();
        let why = desk.post("/api/v1/lost-reasons", json!({ "label": "Too dear" })).await.ok().id();
        let lost = desk.post("/api/v1/deals", json!({ "name": "Winter" })).await.ok().id();
        let lost = format!("/api/v1/deals/{lost}/lose");
        desk.post(&lost, json!({ "reason_id": why, "reason": "By a third" })).await.ok();
        let gone = desk.post("/api/v1/deals", json!({ "name": "Gone" })).await.ok().id();
        desk.delete(&format!("/api/v1/deals/{gone}")).await.ok();
        desk.they("POST", "/api/v1/deals", Some(json!({ "name": "Theirs" }))).await.ok();

        let file = taken(&desk, &desk.ours, "administrator", "deals/export.csv").await;
        assert!(file.called.starts_with("attachment; filename=\"deals.csv\""), "{}", file.called);
        let rows = file.csv();
        let pipelines = desk.get("/api/v1/pipelines").await.ok();
        let pipeline = pipelines.body["items"][0]["name"].as_str().unwrap();
        let head = "name company contact pipeline stage state amount currency expected_close owner lost_for lost_reason \
                    created_at closed_at custom_depth custom_rebate";
        assert_eq!(rows[0], head.split_whitespace().collect::<Vec<_>>());
        assert_eq!(rows.len(), 3, "neither what was deleted nor what is of others: {rows:?}");
        assert_eq!(
            rows[1][..12],
            ["Fleet", "'=Aurora", "Eva", pipeline, "Nuevo", "open", "84.70", "EUR", "2027-03-01", "Ana Ruiz", "", ""],
            "no spreadsheet executes it"
        );
        assert!(rows[1][12].ends_with('Z') && rows[1][13].is_empty(), "{rows:?}");
        assert_eq!(rows[1][14..], ["3.5", "91.13 EUR"]);
        assert_eq!((&*rows[2][5], &*rows[2][10], &*rows[2][11]), ("lost", "Too dear", "By a third"));
        assert!(rows[2][13].ends_with('Z'), "{rows:?}");

        let book = taken(&desk, &desk.ours, "owner", "deals/export.xlsx").await.book();
        assert_eq!((book.len(), &book[1][1], &book[1][6]), (3, &"=Aurora".to_owned(), &"84.70".to_owned()));
        for format in ["csv", "xlsx"] {
            let path = format!("deals/export.{format}");
            let blind = taken(&desk, &desk.ours, "administrator-amount.read", &path).await;
            let blind = if format == "csv" { blind.csv() } else { blind.book() };
            let seen = (&*blind[1][0], &*blind[1][6], &*blind[1][7], &*blind[1][14], &*blind[1][15]);
            assert_eq!(seen, ("Fleet", "", "EUR", "3.5", ""), "{format}");
            assert_eq!(taken(&desk, &desk.ours, "sales", &path).await.status, StatusCode::FORBIDDEN);
        }
        let tenant = desk.ours.tenant_id.to_string();
        let told = told(&desk, "deal.export").await;
        assert_eq!(told.len(), 4);
        for ((subject, changes), format) in told.iter().zip(["csv", "xlsx", "csv", "xlsx"]) {
            assert_eq!((subject, changes), (&tenant, &json!({ "records": [null, 2], "format": [null, format] })));
        }
    }
}

#[tokio::test]
async fn records_of_one_object_go_out_under_its_name_with_its_fields() {
    for desk in desks().await {
        let vehicles = object(&desk, "Vehicle", "Véhicules").await;
        let policies = object(&desk, "Policy", "Policies").await;
        for (label, kind) in [("Plate", "text"), ("Price", "money"), ("Keeper", "person")] {
            field_of(&desk, json!({ "object": vehicles, "label": label, "kind": kind })).await;
        }
        field_of(&desk, json!({ "object": policies, "label": "Number", "kind": "text" })).await;
        let custom = json!({ "plate": "4821 KLM", "price": { "amount": "91.13", "currency": "EUR" },
            "keeper": desk.ours.member_id });
        record(&desk, &vehicles, "Van 3", custom).await.ok();
        record(&desk, &policies, "P-1", json!({ "number": "7" })).await.ok();
        let gone = record(&desk, &vehicles, "Gone", json!({})).await.ok().id();
        desk.delete(&format!("/api/v1/custom-records/{gone}")).await.ok();
        let path = format!("custom-objects/{vehicles}/records/export.csv");
        let file = taken(&desk, &desk.ours, "administrator", &path).await;
        assert!(file.called.contains("filename*=UTF-8''V%C3%A9hicules.csv"), "{}", file.called);
        let rows = file.csv();
        assert_eq!(rows[0], ["name", "owner", "created_at", "custom_plate", "custom_price", "custom_keeper"]);
        assert_eq!(rows.len(), 2, "{rows:?}");
        assert_eq!((&*rows[1][0], &*rows[1][1]), ("Van 3", "Ana Ruiz"));
        assert_eq!(rows[1][3..], ["4821 KLM", "91.13 EUR", "Ana Ruiz"]);
        let book = taken(&desk, &desk.ours, "owner", &path.replace(".csv", ".xlsx")).await.book();
        assert_eq!((book.len(), &book[1][3]), (2, &"4821 KLM".to_owned()));
        let blind = taken(&desk, &desk.ours, "administrator-amount.read", &path).await.csv();
        assert_eq!(blind[1][3..], ["4821 KLM", "", "Ana Ruiz"]);
        assert_eq!(taken(&desk, &desk.ours, "sales", &path).await.status, StatusCode::FORBIDDEN);
        assert_eq!(taken(&desk, &desk.theirs, "owner", &path).await.status, StatusCode::NOT_FOUND);
        let told = told(&desk, "custom_record.export").await;
        assert_eq!(told.len(), 3, "who is refused takes nothing along");
        let of_one = json!([null, 1]);
        assert!(told.iter().all(|(subject, changes)| *subject == vehicles && changes["records"] == of_one), "{told:?}");
        // Who put the object away still takes its records along; what was deleted is not there.
        desk.press(&format!("/api/v1/custom-objects/{vehicles}/archive")).await.ok();
        assert_eq!(taken(&desk, &desk.ours, "owner", &path).await.csv().len(), 2);
        desk.delete(&format!("/api/v1/custom-objects/{vehicles}")).await.ok();
        assert_eq!(taken(&desk, &desk.ours, "owner", &path).await.status, StatusCode::NOT_FOUND);
    }
}
