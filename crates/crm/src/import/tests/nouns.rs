//! Who brings which noun, and what of it: rights, amounts, and mappings that are of one noun.

use super::*;

const FILE: &[u8] = b"name,amount\nBoat,5.00\n";

#[tokio::test]
async fn who_may_not_make_deals_brings_none_and_knows_of_no_file_of_them() {
    for bench in benches().await {
        let refused = bench.upload_of("marketing", "deal", FILE).await;
        assert_eq!((refused.status, &refused.body["code"]), (StatusCode::FORBIDDEN, &json!("forbidden")));
        assert_eq!(bench.upload_of("owner", "invoice", FILE).await.refused(), ("noun", "noun_unknown"));
        let up = bench.upload_of("owner", "deal", FILE).await.ok();
        for path in ["", "/preview", "/refused.csv", "/trial.csv"] {
            let request = Request::builder().uri(format!("/api/v1/imports/{}{path}", up.id()));
            assert_eq!(bench.ask("marketing", request, Vec::new()).await.0, StatusCode::NOT_FOUND, "{path}");
        }
        for path in ["start", "trial", "undo"] {
            let request = Request::builder().method("POST").uri(format!("/api/v1/imports/{}/{path}", up.id()));
            assert_eq!(bench.ask("marketing", request, Vec::new()).await.0, StatusCode::NOT_FOUND, "{path}");
        }
        let (_, list) = bench.ask("marketing", Request::builder().uri("/api/v1/imports"), Vec::new()).await;
        assert_eq!(serde_json::from_slice::<Value>(&list).unwrap()["items"], json!([]));
        let only = bench.json("GET", "/api/v1/imports?noun=deal", None, None).await.ok();
        assert_eq!((only.each("id"), only.each("noun")), (vec![up.id()], vec!["deal".to_owned()]));
        let people = bench.json("GET", "/api/v1/imports?noun=contact", None, None).await.ok();
        assert_eq!(people.each("id"), Vec::<String>::new());
    }
}

#[tokio::test]
async fn who_sees_no_amounts_brings_none() {
    for bench in benches().await {
        let blind = "sales-amount.read";
        let up = bench.upload_of(blind, "deal", b"name,amount\nBoat,5.00\n").await.ok();
        assert_eq!(up.target_of("amount"), &Value::Null, "nor is it guessed");
        assert!(!up.body["targets"].to_string().contains("\"amount\""), "nor offered: {}", up.body["targets"]);
        let path = format!("/api/v1/imports/{}", up.id());
        let ask = |method: &str, path: &str| {
            Request::builder()
                .method(method)
                .uri(path)
                .header(header::CONTENT_TYPE, "application/json")
                .header(header::IF_MATCH, "\"1\"")
        };
        let mapping = json!({ "mapping": ["name", "amount"] }).to_string().into_bytes();
        let (status, body) = bench.ask(blind, ask("PATCH", &path), mapping.clone()).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{}", String::from_utf8_lossy(&body));
        // What somebody else has set up, they do not start either.
        assert_eq!(bench.ask("owner", ask("PATCH", &path), mapping).await.0, StatusCode::OK);
        for verb in ["start", "trial"] {
            let (status, _) = bench.ask(blind, ask("POST", &format!("{path}/{verb}")), Vec::new()).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{verb}");
        }
    }
}

#[tokio::test]
async fn a_mapping_is_of_one_noun() {
    for bench in benches().await {
        let up = bench.upload_of("owner", "deal", b"Nombre,Importe\nBoat,5\n").await.ok();
        let saved = json!({ "import_id": up.id(), "name": "Mine" });
        let mapping = bench.json("POST", "/api/v1/import-mappings", None, Some(saved)).await.ok();
        assert_eq!(mapping.text("noun"), "deal");
        let people = bench.upload("Nombre,Correo\nEva,eva@example.com\n".as_bytes()).await.ok();
        let saved = json!({ "import_id": people.id(), "name": "Mine" });
        bench.json("POST", "/api/v1/import-mappings", None, Some(saved)).await.ok();
        let offered =
            bench.json("GET", &format!("/api/v1/import-mappings?import_id={}", people.id()), None, None).await.ok();
        assert_eq!(offered.each("noun"), ["contact"]);
        let path = format!("/api/v1/imports/{}", people.id());
        let change = json!({ "mapping_id": mapping.id() });
        let other = bench.json("PATCH", &path, people.body["version"].as_i64(), Some(change)).await;
        assert_eq!(other.refused(), ("mapping_id", "mapping_does_not_fit"));
    }
}
