//! Records of custom objects from files.

use super::*;

/// An object with a field of each kind; its id.
async fn vans(bench: &Bench) -> String {
    let object = json!({ "singular": "Van", "plural": "Vans" });
    let object = bench.json("POST", "/api/v1/custom-objects", None, Some(object)).await.ok().id();
    for mut field in [
        json!({ "label": "Plate", "kind": "text" }),
        json!({ "label": "Story", "kind": "long_text" }),
        json!({ "label": "Seats", "kind": "number" }),
        json!({ "label": "Price", "kind": "money" }),
        json!({ "label": "Bought", "kind": "date" }),
        json!({ "label": "Colour", "kind": "choice", "choices": ["Red", "Blue"] }),
        json!({ "label": "Extras", "kind": "multi_choice", "choices": ["Radio", "Rack"] }),
        json!({ "label": "Page", "kind": "link" }),
        json!({ "label": "Desk", "kind": "email" }),
        json!({ "label": "Line", "kind": "phone" }),
        json!({ "label": "Driver", "kind": "person" }),
        json!({ "label": "Keeper", "kind": "relation", "target": "contact" }),
        json!({ "label": "Tows", "kind": "relation", "target": &object }),
    ] {
        field["object"] = json!(object);
        bench.json("POST", "/api/v1/custom-fields", None, Some(field)).await.ok();
    }
    let eva = json!({ "given_name": "Eva", "family_name": "Mar", "email": "eva@example.com" });
    bench.json("POST", "/api/v1/contacts", None, Some(eva)).await.ok();
    object
}

async fn records(bench: &Bench, object: &str) -> Vec<Value> {
    let path = format!("/api/v1/custom-objects/{object}/records?sort=name");
    bench.json("GET", &path, None, None).await.ok().body["items"].as_array().unwrap().clone()
}

const FILE: &str = "Nombre;Propietario;Plate;Story;Seats;Price;Bought;Colour;Extras;Page;Desk;Line;Driver;Keeper;Tows\r\n\
    Furgón 1;ana@faroazul.example;4821 KLM;Larga;7;1.200,50;31/12/2031;red;radio, rack;van.example;desk@example.com;612345678;Ana Ruiz;Eva Mar;\r\n\
    Furgón 2;;5000 AAA;;9;30 USD;;Blue;;;;;;;Remolque\r\n\
    Furgón 3;;;;;;;Green;;;;;;;\r\n\
    Furgón 4;;;;;;;;;;;;;Nadie;\r\n\
    Furgón 5;nadie@example.com;;;;;;;;;;;;;\r\n";

#[tokio::test]
async fn records_come_in_with_fields_of_every_kind_and_go_again() {
    for bench in benches().await {
        let vans = vans(&bench).await;
        let path = format!("/api/v1/custom-objects/{vans}/records");
        bench.json("POST", &path, None, Some(json!({ "name": "Remolque" }))).await.ok();
        let up = bench.upload_of("owner", &vans, FILE.as_bytes()).await.ok();
        assert_eq!((up.text("noun"), up.text("state")), (vans.clone(), "ready".to_owned()), "{:?}", up.body["error"]);
        assert_eq!((up.target_of("Nombre"), up.target_of("Propietario")), (&json!("name"), &json!("owner")));
        assert_eq!(up.target_of("Plate"), "custom.plate");
        let preview = bench.json("GET", &format!("/api/v1/imports/{}/preview", up.id()), None, None).await.ok();
        assert_eq!(preview.body["rows"][0]["record"]["name"], "Furgón 1");
        assert_eq!(preview.body["rows"][3]["refused"]["code"], "record_unknown");
        let done = bench.tried_and_brought(&up).await;
        assert_eq!((done.number("created"), done.number("refused")), (2, 3), "{:?}", done.body);
        let found = records(&bench, &vans).await;
        let first = &found[0]["custom"];
        let people = bench.json("GET", "/api/v1/contacts", None, None).await.ok();
        assert_eq!(first["price"], json!({ "amount": "1200.50", "currency": "EUR" }));
        assert_eq!((&first["seats"], &first["bought"]), (&json!("7"), &json!("2031-12-31")));
        assert_eq!((&first["colour"], &first["extras"]), (&json!("c001"), &json!(["c001", "c002"])));
        assert_eq!((&first["line"], &first["driver"]), (&json!("+34612345678"), &json!(bench.desk.ours.member_id)));
        assert_eq!(first["keeper"], people.body["items"][0]["id"]);
        assert_eq!(found[1]["custom"]["tows"], found[2]["id"], "by its name");
        let refused = bench.refused(&done.id()).await;
        for (row, reason) in [("Furgón 3", "custom.colour"), ("Furgón 4", "custom.keeper"), ("Furgón 5", "owner")] {
            assert!(refused.lines().any(|line| line.contains(row) && line.contains(reason)), "{row}: {refused}");
        }
        let undone = bench.undo(&done.id()).await;
        assert_eq!((undone.number("undone"), undone.number("kept")), (2, 0), "{:?}", undone.body);
        assert_eq!(records(&bench, &vans).await.len(), 1);
        assert_eq!(bench.count("custom_value").await, 0);
    }
}

#[tokio::test]
async fn a_record_is_recognised_by_its_plate_changed_and_put_back() {
    for bench in benches().await {
        let vans = vans(&bench).await;
        let path = format!("/api/v1/custom-objects/{vans}/records");
        let van = json!({ "name": "Old", "custom": { "plate": "4821 KLM", "colour": "c001" } });
        let van = bench.json("POST", &path, None, Some(van)).await.ok();
        let file = "name,plate,colour,price\nNewer,4821 klm,Blue,5.00\nOther,1111 AAA,,\nNewest,4821 KLM,,6.00\n";
        let up = bench.upload_of("owner", &vans, file.as_bytes()).await.ok();
        let possible: Vec<&str> =
            up.body["matching"].as_array().unwrap().iter().map(|by| by.as_str().unwrap()).collect();
        assert_eq!(possible, ["custom.plate", "custom.seats", "custom.desk", "custom.line", "name"]);
        let unknown = bench.options(&up, json!({ "match_by": ["email"] })).await;
        assert_eq!(unknown.refused(), ("options.match_by", "match_unknown"));
        let up = bench.options(&up, json!({ "duplicates": "update", "match_by": ["custom.plate"] })).await.ok();
        let done = bench.tried_and_brought(&up).await;
        assert_eq!(trial::COUNTS.map(|name| done.number(name)), [1, 0, 2, 0, 0, 0], "{:?}", done.body);
        let one = format!("/api/v1/custom-records/{}", van.id());
        let changed = bench.json("GET", &one, None, None).await.ok();
        assert_eq!((changed.text("name").as_str(), &changed.body["custom"]["colour"]), ("Newest", &json!("c002")));
        assert_eq!(changed.body["custom"]["price"]["amount"], "6.00");
        // Somebody changes one field since, which stays.
        let version = changed.body["version"].as_i64();
        let since = json!({ "custom": { "colour": "c001", "seats": "3" } });
        bench.json("PATCH", &one, version, Some(since)).await.ok();
        let undone = bench.undo(&done.id()).await;
        assert_eq!((undone.number("undone"), undone.number("kept")), (1, 1), "{:?}", undone.body);
        let back = bench.json("GET", &one, None, None).await.ok();
        assert_eq!(back.text("name"), "Old");
        assert_eq!(back.body["custom"], json!({ "plate": "4821 KLM", "colour": "c001", "seats": "3" }));
    }
}

#[tokio::test]
async fn records_that_go_out_come_back_in_by_themselves() {
    for bench in benches().await {
        let vans = vans(&bench).await;
        let people = bench.json("GET", "/api/v1/contacts", None, None).await.ok();
        let path = format!("/api/v1/custom-objects/{vans}/records");
        let custom = json!({ "plate": "=1+1", "seats": "7.5", "price": { "amount": "3.10", "currency": "USD" },
            "bought": "2031-12-31", "extras": ["c001", "c002"], "driver": bench.desk.ours.member_id,
            "keeper": people.body["items"][0]["id"], "line": "+34612345678" });
        bench.json("POST", &path, None, Some(json!({ "name": "Van", "custom": custom }))).await.ok();
        let before = records(&bench, &vans).await;
        for name in ["vans.csv", "vans.xlsx"] {
            let out = bench.csv(&format!("{path}/export{}", name.trim_start_matches("vans"))).await;
            let there = records(&bench, &vans).await[0]["id"].as_str().unwrap().to_owned();
            bench.json("DELETE", &format!("/api/v1/custom-records/{there}"), None, None).await.ok();
            let up = bench.upload_of_as("owner", &vans, name, &out).await.ok();
            let done = bench.tried_and_brought(&up).await;
            let refused = bench.refused(&done.id()).await;
            assert_eq!((done.number("created"), done.number("refused")), (1, 0), "{name}: {refused}");
            let after = records(&bench, &vans).await;
            for field in ["name", "custom", "owner"] {
                assert_eq!(after[0][field], before[0][field], "{name}: {field}");
            }
        }
    }
}

#[tokio::test]
async fn a_worker_that_dies_half_way_doubles_no_record_and_an_archived_object_takes_none() {
    for bench in benches().await {
        let vans = vans(&bench).await;
        let mut file = String::from("name,seats\n");
        (0..23).for_each(|at| file.push_str(&format!("Van {at},{at}\n")));
        let up = bench.upload_of("owner", &vans, file.as_bytes()).await.ok();
        bench.start(&up.id()).await;
        let pace = Pace { rows: 5, turn: std::time::Duration::ZERO, notice: std::time::Duration::ZERO };
        run::turn(&bench.desk.store.store, &bench.can(), &bench.from(), up.id().parse().unwrap(), pace).await.unwrap();
        assert_eq!(bench.count("custom_record").await, 5);
        bench.runner.drain().await;
        let done = bench.import(&up.id()).await.adds_up();
        assert_eq!((done.number("created"), bench.count("custom_record").await), (23, 23));
        // A second time they are all there.
        let again = bench.upload_of("owner", &vans, file.as_bytes()).await.ok();
        assert_eq!(bench.tried_and_brought(&again).await.number("skipped"), 23);
        let late = bench.upload_of("owner", &vans, file.as_bytes()).await.ok();
        bench.json("POST", &format!("/api/v1/custom-objects/{vans}/archive"), None, None).await.ok();
        let start = bench.json("POST", &format!("/api/v1/imports/{}/start", late.id()), None, None).await;
        assert_eq!(start.conflict(), "object_archived");
        assert_eq!(bench.upload_of("owner", &vans, file.as_bytes()).await.conflict(), "object_archived");
        let refused = bench.upload_of("marketing", &vans, file.as_bytes()).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
}
