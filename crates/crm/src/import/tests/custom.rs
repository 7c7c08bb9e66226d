//! Fields of the tenant's own in files: guessed, brought in, taken along, brought in again, taken back.

use super::*;
use crate::{contact::Contact, field::custom::Values};

async fn field(bench: &Bench, body: Value) {
    bench.json("POST", "/api/v1/custom-fields", None, Some(body)).await.ok();
}

async fn fields(bench: &Bench) {
    for body in [
        json!({ "object": "contact", "label": "Presupuesto", "kind": "money" }),
        json!({ "object": "contact", "label": "Puntos", "kind": "number" }),
        json!({ "object": "contact", "label": "Nivel", "kind": "choice", "choices": ["Oro, fino", "Plata"] }),
        json!({ "object": "contact", "label": "Intereses", "kind": "multi_choice", "choices": ["Mar", "Montaña"] }),
        json!({ "object": "contact", "label": "Renovación", "kind": "date" }),
        json!({ "object": "contact", "label": "Guía", "kind": "person" }),
        json!({ "object": "contact", "label": "Apodo", "kind": "text" }),
        json!({ "object": "company", "label": "Flota", "kind": "number" }),
    ] {
        field(bench, body).await;
    }
}

const FILE: &str = "Nombre;Correo;Empresa;Presupuesto;Puntos;Nivel;Intereses;Renovación;Guía;Apodo;Flota\r\n\
    Eva;eva@example.com;Aurora;\"1.200,50\";1.234;oro fino;mar, montaña;31/12/2031;Ana Ruiz;=cmd|' /C calc'!A0;7\r\n\
    Adán;adan@example.com;Aurora;30 USD;2,5;Plata;;01/02/2030;ana@faroazul.example;مريم 🎂;8\r\n\
    Malo;malo@example.com;;diez;;;;;;;\r\n\
    Otro;otro@example.com;;;;Bronce;;;;;\r\n\
    Nadie;nadie@example.com;;;;;;;Nobody;;\r\n";

async fn customs(bench: &Bench) -> Vec<Values> {
    let mut tx = bench.desk.store.read(&bench.can()).await.unwrap();
    let people: Vec<Contact> = tx.all(tx.select::<Contact>().push(" ORDER BY contact.email")).await.unwrap();
    people.into_iter().map(|person| person.custom.0).collect()
}

#[tokio::test]
async fn custom_fields_come_in_by_their_labels_go_out_and_come_in_again() {
    for bench in benches().await {
        fields(&bench).await;
        let uploaded = bench.upload(FILE.as_bytes()).await.ok();
        for (header, target) in [
            ("Presupuesto", "custom.presupuesto"),
            ("Nivel", "custom.nivel"),
            ("Renovación", "custom.renovacion"),
            ("Apodo", "custom.apodo"),
            ("Flota", "company.custom.flota"),
        ] {
            assert_eq!(uploaded.target_of(header), target, "{header}");
        }
        let targets = uploaded.body["targets"].as_array().unwrap();
        assert!(targets.iter().any(|target| target["key"] == "custom.nivel" && target["label"] == "Nivel"));
        let preview = bench.json("GET", &format!("/api/v1/imports/{}/preview", uploaded.id()), None, None).await.ok();
        assert_eq!(preview.body["rows"][0]["contact"]["custom"]["puntos"], "1234");
        assert_eq!(preview.body["rows"][2]["refused"]["field"], "custom.presupuesto");
        bench.start(&uploaded.id()).await;
        bench.runner.drain().await;
        let done = bench.import(&uploaded.id()).await.adds_up();
        assert_eq!((done.number("created"), done.number("refused")), (2, 3), "{:?}", done.body);
        let guide = bench.desk.ours.member_id.to_string();
        let customs = customs(&bench).await;
        let eva = json!({ "presupuesto": { "amount": "1200.50", "currency": "EUR" }, "puntos": "1234", "nivel": "c001",
            "intereses": ["c001", "c002"], "renovacion": "2031-12-31", "guia": guide, "apodo": "=cmd|' /C calc'!A0" });
        assert_eq!(json!(customs[1]), eva);
        assert_eq!(customs[0]["presupuesto"], json!({ "amount": "30.00", "currency": "USD" }));
        assert_eq!(bench.desk.get("/api/v1/companies?custom.flota=7").await.each("name"), ["Aurora"]);
        assert_eq!(bench.desk.get("/api/v1/contacts?custom.puntos.from=1000").await.each("name"), ["Eva"]);
        assert_eq!(bench.desk.get("/api/v1/contacts?q=cmd").await.each("name"), ["Eva"]);

        let out = bench.csv("/api/v1/contacts/export.csv").await;
        let text = String::from_utf8(out.clone()).unwrap();
        assert!(
            text.contains("custom_presupuesto") && text.contains("Oro, fino") && text.contains("1200.50 EUR"),
            "{text}"
        );
        assert!(!text.contains(",=cmd"), "no spreadsheet executes it: {text}");
        let undone = bench.undo(&done.id()).await;
        assert_eq!((undone.number("kept"), bench.count("contact").await, bench.count("custom_value").await), (0, 0, 0));
        let again = bench.bring(&out).await.adds_up();
        assert_eq!((again.number("created"), again.number("refused")), (2, 0), "{:?}", again.body);
        assert_eq!(self::customs(&bench).await, customs, "as it went out");
    }
}

#[tokio::test]
async fn a_field_archived_after_the_columns_were_chosen_refuses_rows_and_drops_nothing() {
    for bench in benches().await {
        let apodo = json!({ "object": "contact", "label": "Apodo", "kind": "text" });
        let made = bench.json("POST", "/api/v1/custom-fields", None, Some(apodo)).await.ok();
        let uploaded = bench.upload(b"Nombre,Apodo\r\nEva,Evita\r\nAna,\r\n").await.ok();
        bench.json("POST", &format!("/api/v1/custom-fields/{}/archive", made.id()), None, None).await.ok();
        bench.start(&uploaded.id()).await;
        bench.runner.drain().await;
        let done = bench.import(&uploaded.id()).await.adds_up();
        assert_eq!((done.number("created"), done.number("refused")), (1, 1), "{:?}", done.body);
    }
}
