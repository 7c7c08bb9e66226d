//! What forms know before anybody signs in.

use serde_json::{Value, json};

use crate::app::TestApp;

#[tokio::test]
async fn p004_the_reference_names_countries_and_who_answers_for_them() {
    let app = TestApp::start(testkit::Kind::Sqlite).await;
    let browser = app.nobody();
    let request = browser.request(reqwest::Method::GET, "/api/v1/reference").header("accept-language", "fr");
    let reference = browser.send(request).await.ok();
    let country =
        |code: &str| reference["countries"].as_array().unwrap().iter().find(|c| c["code"] == code).unwrap().clone();
    let mexico = country("MX");
    assert_eq!(
        mexico,
        json!({ "code": "MX", "currency": "MXN", "language": "es", "time_zone": "America/Mexico_City", "dial_code": "+52",
                "tax_id_name": "RFC", "tax_id_example": "EKU9003173C9", "tax_id_required": true, "controller_entity": "mx" })
    );
    assert_eq!(country("JP")["controller_entity"], Value::Null);
    assert_eq!(country("US")["tax_id_required"], false);
    let entities = reference["controller_entities"].as_array().unwrap();
    assert_eq!(entities[2]["name"], "Entité opérationnelle espagnole d’OMB");
    assert!(entities[2]["countries"].as_array().unwrap().len() >= 30);
    assert_eq!(reference["languages"], json!(["en", "es", "pt", "fr"]));
    app.finish().await;
}

#[tokio::test]
async fn p024_a_fiscal_id_is_checked_before_anything_is_sent() {
    let app = TestApp::start(testkit::Kind::Sqlite).await;
    let browser = app.nobody();
    let check = async |country: &str, value: &str| {
        browser.post("/api/v1/tax-ids/check", json!({ "country": country, "value": value })).await
    };
    let right = check("ES", " b-58378431 ").await.ok();
    assert_eq!(
        (&right["valid"], &right["kind"], &right["normalized"]),
        (&json!(true), &json!("es_cif"), &json!("B58378431"))
    );
    assert_eq!(right["vat_number"], "ESB58378431");
    let wrong = check("ES", "B58378432").await.ok();
    assert_eq!(
        (&wrong["valid"], &wrong["code"], &wrong["may_insist"]),
        (&json!(false), &json!("tax_id_check_digit"), &json!(true))
    );
    let shape = check("MX", "12").await.ok();
    assert_eq!((&shape["valid"], &shape["may_insist"]), (&json!(false), &json!(false)));
    check("Spain", "B58378431").await.field("country", "country_unknown");
    check("ES", &"9".repeat(5000)).await.field("value", "too_long");
    app.finish().await;
}
