//! Deals from files.

use super::*;

const FILE: &str = "Negocio;Empresa;Contacto;Etapa;Importe;Moneda;Cierre previsto;Responsable\r\n\
    Flota 2027;Talleres Aurora;eva@example.com;;1.200,50;;31/12/2031;ana@faroazul.example\r\n\
    Taller móvil;Talleres Aurora;;;30;USD;;\r\n\
    Sin etapa;;;Nunca;5;;;\r\n\
    Sin contacto;;nadie@example.com;;5;;;\r\n\
    Menos;Puerto SL;;;-3;;;\r\n\
    ;Puerto SL;;;3;;;\r\n";

async fn deals(bench: &Bench) -> Vec<Value> {
    let found = bench.json("GET", "/api/v1/deals?sort=name", None, None).await.ok();
    found.body["items"].as_array().unwrap().clone()
}

async fn eva(bench: &Bench) {
    let eva = json!({ "given_name": "Eva", "family_name": "Mar", "email": "eva@example.com" });
    bench.json("POST", "/api/v1/contacts", None, Some(eva)).await.ok();
}

#[tokio::test]
async fn deals_come_in_with_their_companies_people_amounts_and_days_and_the_trial_said_so() {
    for bench in benches().await {
        eva(&bench).await;
        let up = bench.upload_of("owner", "deal", FILE.as_bytes()).await.ok();
        assert_eq!((up.text("noun").as_str(), up.text("state").as_str()), ("deal", "ready"), "{:?}", up.body);
        for (header, target) in [
            ("Negocio", "name"),
            ("Empresa", "company_name"),
            ("Contacto", "contact"),
            ("Etapa", "stage"),
            ("Importe", "amount"),
            ("Moneda", "currency"),
            ("Cierre previsto", "expected_close"),
            ("Responsable", "owner"),
        ] {
            assert_eq!(up.target_of(header), target, "{header}");
        }
        let preview = bench.json("GET", &format!("/api/v1/imports/{}/preview", up.id()), None, None).await.ok();
        let rows = preview.body["rows"].as_array().unwrap();
        assert_eq!(rows[0]["record"]["name"], "Flota 2027");
        assert!(rows[0]["record"]["fields"].to_string().contains("1200.50 EUR"), "{}", rows[0]);
        assert_eq!(rows[0]["company"]["exists"], false);
        let fields: Vec<&str> = rows[2..].iter().map(|row| row["refused"]["field"].as_str().unwrap()).collect();
        assert_eq!(fields, ["stage", "contact", "amount", "name"], "{rows:?}");
        assert_eq!(bench.count("deal").await, 0, "a preview writes nothing");

        let done = bench.tried_and_brought(&up).await;
        assert_eq!(trial::COUNTS.map(|name| done.number(name)), [2, 2, 0, 0, 4, 1], "{:?}", done.body);
        let found = deals(&bench).await;
        let flota = found.iter().find(|deal| deal["name"] == "Flota 2027").unwrap();
        assert_eq!(flota["amount"], json!({ "amount": "1200.50", "currency": "EUR" }));
        assert_eq!((&flota["expected_close"], &flota["state"]), (&json!("2031-12-31"), &json!("open")));
        assert_eq!(
            (&flota["company"]["name"], &flota["contact"]["name"]),
            (&json!("Talleres Aurora"), &json!("Eva Mar"))
        );
        let other = found.iter().find(|deal| deal["name"] == "Taller móvil").unwrap();
        assert_eq!(other["amount"], json!({ "amount": "30.00", "currency": "USD" }));
        assert_eq!(other["company"]["id"], flota["company"]["id"], "one company for both");
        let refused = bench.refused(&done.id()).await;
        assert!(refused.contains("stage: There is no such stage") && refused.contains("Nunca"), "{refused}");
        assert_eq!(refused.lines().count(), 5, "{refused}");
        assert_eq!(bench.audited("deal.create").await, 2, "each as by hand");
        let hit = bench.json("GET", "/api/v1/search?q=flota", None, None).await.ok();
        assert_eq!(hit.body["items"][0]["noun"], "deal");
        assert_eq!(bench.found("aurora").await, 1, "the company is found");
    }
}

#[tokio::test]
async fn what_was_made_goes_again_with_its_companies_and_what_was_used_since_stays() {
    for bench in benches().await {
        eva(&bench).await;
        let up = bench.upload_of("owner", "deal", FILE.as_bytes()).await.ok();
        let done = bench.tried_and_brought(&up).await;
        let undone = bench.undo(&done.id()).await;
        assert_eq!((undone.text("state").as_str(), undone.number("undone"), undone.number("kept")), ("undone", 3, 0));
        for table in ["deal", "company", "import_made", "deal_stage"] {
            assert_eq!(bench.count(table).await, 0, "{table}");
        }
        let up = bench.upload_of("owner", "deal", FILE.as_bytes()).await.ok();
        let done = bench.tried_and_brought(&up).await;
        let found = deals(&bench).await;
        let id = found.iter().find(|deal| deal["name"] == "Flota 2027").unwrap()["id"].as_str().unwrap();
        bench.json("POST", "/api/v1/notes", None, Some(json!({ "subject": id, "body": "Called." }))).await.ok();
        let undone = bench.undo(&done.id()).await;
        assert_eq!((undone.number("undone"), undone.number("kept")), (1, 2), "the deal and its company stay");
        assert_eq!(deals(&bench).await.len(), 1);
    }
}

const CHANGES: &str = "name,company,stage,amount,expected_close\n\
    Boat,Acme,Second,25.00,2030-02-01\n\
    boat,Other,,7.00,\n\
    Twice,,,9.00,\n\
    New,Acme,,1.00,\n\
    Boat,Acme,,26.00,\n\
    Sold,,Second,,\n\
    New,Acme,,2.00,\n\
    Boat,Port,,8.00,\n\
    Lone,Fresh,,,\n";

#[tokio::test]
async fn deals_that_are_there_are_changed_and_put_back() {
    for bench in benches().await {
        let acme = bench.json("POST", "/api/v1/companies", None, Some(json!({ "name": "Acme" }))).await.ok();
        bench.json("POST", "/api/v1/companies", None, Some(json!({ "name": "Port" }))).await.ok();
        bench.json("POST", "/api/v1/deals", None, Some(json!({ "name": "Lone" }))).await.ok();
        let pipelines = bench.json("GET", "/api/v1/pipelines", None, None).await.ok();
        let pipeline = pipelines.body["items"][0]["id"].as_str().unwrap().to_owned();
        let stage = json!({ "pipeline_id": pipeline, "name": "Second", "probability": 50 });
        bench.json("POST", "/api/v1/stages", None, Some(stage)).await.ok();
        let euros = |amount: &str| json!({ "amount": amount, "currency": "EUR" });
        let boat = json!({ "name": "Boat", "company_id": acme.id(), "amount": euros("10.00"), "expected_close": "2029-01-01" });
        let boat = bench.json("POST", "/api/v1/deals", None, Some(boat)).await.ok();
        for _ in 0..2 {
            bench.json("POST", "/api/v1/deals", None, Some(json!({ "name": "Twice" }))).await.ok();
        }
        let sold = bench.json("POST", "/api/v1/deals", None, Some(json!({ "name": "Sold" }))).await.ok();
        bench.json("POST", &format!("/api/v1/deals/{}/win", sold.id()), None, None).await.ok();
        let up = bench.upload_of("owner", "deal", CHANGES.as_bytes()).await.ok();
        let up = bench.options(&up, json!({ "duplicates": "update" })).await.ok();
        let done = bench.tried_and_brought(&up).await;
        // Deals of other companies are other deals; of two deals of one name none is meant; what is won is not moved, and what the
        // file itself has made is not changed by it.
        assert_eq!(trial::COUNTS.map(|name| done.number(name)), [4, 4, 2, 1, 2, 2], "{:?}", done.body);
        let path = format!("/api/v1/deals/{}", boat.id());
        let changed = bench.json("GET", &path, None, None).await.ok();
        assert_eq!((&changed.body["amount"], &changed.body["expected_close"]), (&euros("26.00"), &json!("2030-02-01")));
        assert_eq!(changed.body["stage"]["name"], "Second");
        let refused = bench.refused(&done.id()).await;
        assert!(refused.contains("Several records fit") && refused.contains("Only an open deal"), "{refused}");
        let undone = bench.undo(&done.id()).await;
        assert_eq!((undone.number("undone"), undone.number("kept")), (7, 0), "{:?}", undone.body);
        let back = bench.json("GET", &path, None, None).await.ok();
        for field in ["amount", "expected_close", "stage", "company"] {
            assert_eq!(back.body[field], boat.body[field], "{field}");
        }
        assert_eq!((bench.count("deal").await, bench.count("company").await), (5, 2));
    }
}

#[tokio::test]
async fn what_goes_out_comes_back_in_by_itself() {
    for bench in benches().await {
        eva(&bench).await;
        for field in [
            json!({ "object": "deal", "label": "Level", "kind": "choice", "choices": ["Gold", "Iron"] }),
            json!({ "object": "deal", "label": "Guide", "kind": "person" }),
            json!({ "object": "deal", "label": "Budget", "kind": "money" }),
            json!({ "object": "deal", "label": "For", "kind": "relation", "target": "contact" }),
        ] {
            bench.json("POST", "/api/v1/custom-fields", None, Some(field)).await.ok();
        }
        let people = bench.json("GET", "/api/v1/contacts", None, None).await.ok();
        let eva = people.body["items"][0]["id"].clone();
        let custom = json!({ "level": "c002", "guide": bench.desk.ours.member_id, "for": eva,
            "budget": { "amount": "91.13", "currency": "EUR" } });
        let boat = json!({ "name": "=Boat", "contact_id": eva, "amount": { "amount": "1200.50", "currency": "USD" },
            "expected_close": "2031-12-31", "custom": custom });
        bench.json("POST", "/api/v1/deals", None, Some(boat)).await.ok();
        for (name, verb, body) in [("Won", "win", None), ("Lost", "lose", Some(json!({ "reason": "Too dear" })))] {
            let deal = bench.json("POST", "/api/v1/deals", None, Some(json!({ "name": name }))).await.ok();
            bench.json("POST", &format!("/api/v1/deals/{}/{verb}", deal.id()), None, body).await.ok();
        }
        let before = deals(&bench).await;
        for name in ["deals.csv", "deals.xlsx"] {
            let ending = name.trim_start_matches("deals");
            let out = bench.csv(&format!("/api/v1/deals/export{ending}")).await;
            for deal in deals(&bench).await {
                bench.json("DELETE", &format!("/api/v1/deals/{}", deal["id"].as_str().unwrap()), None, None).await.ok();
            }
            let up = bench.upload_of_as("owner", "deal", name, &out).await.ok();
            let columns = up.body["columns"].as_array().unwrap();
            let unknown: Vec<&Value> = columns.iter().filter(|column| column["target"].is_null()).collect();
            let is_meant =
                |column: &Value| column["header"] == "created_at" || column["left_out"]["code"] == "column_empty";
            assert!(unknown.iter().all(|column| is_meant(column)), "{name}: {unknown:?}");
            let done = bench.tried_and_brought(&up).await;
            let refused = bench.refused(&done.id()).await;
            assert_eq!((done.number("created"), done.number("refused")), (3, 0), "{name}: {refused}");
            let after = deals(&bench).await;
            for field in COMES_BACK.split(' ') {
                let of = |deals: &[Value]| deals.iter().map(|deal| deal[field].clone()).collect::<Vec<_>>();
                assert_eq!(of(&after), of(&before), "{name}: {field}");
            }
        }
    }
}

/// What of a deal is the same after it has gone out and come in.
const COMES_BACK: &str = "name amount expected_close state stage company contact owner custom lost_reason";

#[tokio::test]
async fn a_worker_that_dies_half_way_doubles_no_deal() {
    for bench in benches().await {
        let mut file = String::from("name,company,amount\n");
        (0..23).for_each(|at| file.push_str(&format!("Deal {at},Firm {},{at}.00\n", at % 2)));
        let id = bench.upload_of("owner", "deal", file.as_bytes()).await.ok().id();
        bench.start(&id).await;
        let pace = Pace { rows: 5, turn: std::time::Duration::ZERO, notice: std::time::Duration::ZERO };
        for _ in 0..2 {
            let (store, from) = (&bench.desk.store.store, bench.from());
            let turn = run::turn(store, &bench.can(), &from, id.parse().unwrap(), pace).await.unwrap();
            assert_eq!(turn, run::Turn::More);
        }
        assert_eq!((bench.count("deal").await, bench.import(&id).await.number("rows_done")), (10, 10));
        bench.runner.drain().await;
        let done = bench.import(&id).await.adds_up();
        assert_eq!((done.number("created"), done.number("companies_created")), (23, 2));
        assert_eq!(
            (bench.count("deal").await, bench.count("company").await, bench.count("import_made").await),
            (23, 2, 25)
        );
    }
}
