//! The control page and its JSON.

use crate::client::{call, deliver, get, request, start};

const JSON: [(&str, &str); 1] = [("content-type", "application/json")];
const FORM: [(&str, &str); 1] = [("content-type", "application/x-www-form-urlencoded")];
const PLAN: &str = r#"{"rules":[
    {"stage":"mail","action":{"reply":{"code":451,"text":"4.3.2 busy"}},"times":1},
    {"stage":"rcpt","matches":"Slow@","action":{"delay_ms":20}},
    {"stage":"dot","matches":"cut@","action":"drop","times":3}]}"#;

#[tokio::test]
async fn a_plan_set_by_json_strikes_and_counts_down() {
    let handle = start().await;
    let answer = call(&handle, request("PUT", "/sandbox/_control/faults", &JSON, PLAN)).await;
    assert_eq!((answer.status.as_u16(), answer.json()["rules"].as_array().unwrap().len()), (200, 3));
    let mail = b"Subject: x\r\n\r\nx";
    assert!(deliver(&handle, &["ana@example.com"], mail).await.starts_with("451 4.3.2 busy"));
    assert!(deliver(&handle, &["ana@example.com"], mail).await.starts_with("250"));
    assert_eq!(deliver(&handle, &["cut@example.com"], mail).await, "");
    let plan = get(&handle, "/sandbox/_control/faults").await.json();
    assert_eq!((plan["rules"].as_array().unwrap().len(), &plan["rules"][1]["times"]), (2, &2.into()));

    let page = get(&handle, "/sandbox/_control").await.text();
    assert!(page.contains("cut the connection, 2 times more"), "{page}");
    assert!(page.contains("RCPT TO:&lt;cut@example.com&gt;"), "every command is shown");
    let journal = get(&handle, "/sandbox/_control/journal").await.json();
    let last = journal["items"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["kind"], &last["connection"]), (&"closed".into(), &3.into()));

    assert_eq!(call(&handle, request("DELETE", "/sandbox/_control/faults", &[], "")).await.status.as_u16(), 204);
    assert_eq!(handle.faults().rules, []);
    assert_eq!(call(&handle, request("DELETE", "/sandbox/_control/journal", &[], "")).await.status.as_u16(), 204);
    assert!(get(&handle, "/sandbox/_control").await.text().contains("No SMTP connection yet"));
}

#[tokio::test]
async fn a_wrong_plan_is_refused_whole_and_says_why() {
    let handle = start().await;
    for (body, status, code) in [
        ("{", 400, "invalid_json"),
        (r#"{"rules":[],"extra":1}"#, 422, "invalid_json"),
        (r#"{"rules":[{"stage":"later","action":"drop"}]}"#, 422, "invalid_json"),
        (r#"{"rules":[{"stage":"mail","action":"drop","time":1}]}"#, 422, "invalid_json"),
        (
            r#"{"rules":[{"stage":"mail","action":"drop"},{"stage":"mail","action":{"reply":{"code":250,"text":"ok"}}}]}"#,
            422,
            "invalid_plan",
        ),
    ] {
        let answer = call(&handle, request("PUT", "/sandbox/_control/faults", &JSON, body)).await;
        assert_eq!((answer.status.as_u16(), answer.json()["code"].as_str().unwrap()), (status, code), "{body}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
    assert_eq!(handle.faults().rules, []);
}

#[tokio::test]
async fn the_form_adds_rules_one_by_one() {
    let handle = start().await;
    let add = async |body: &str| call(&handle, request("POST", "/sandbox/_control/faults", &FORM, body)).await;
    let fields = |stage: &str, action: &str, code: &str, times: &str| {
        format!("stage={stage}&only_for=&effect={action}&code={code}&text=4.0.0+no&delay_ms=30&times={times}")
    };
    for (stage, action, times) in
        [("mail", "reply", "2"), ("rcpt", "delay", ""), ("data", "drop", "1"), ("stored", "hang", "1")]
    {
        let answer = add(&fields(stage, action, "451", times)).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("location")),
            (303, "/sandbox/_control"),
            "{}",
            answer.text()
        );
    }
    let page = get(&handle, "/sandbox/_control").await.text();
    for shown in ["answer 451 4.0.0 no, 2 times more", "wait 30 ms, every time", "cut the connection", "say nothing"] {
        assert!(page.contains(shown), "{shown} is missing");
    }
    for wrong in
        [fields("mail", "reply", "x", "1"), fields("mail", "reply", "250", "1"), fields("mail", "drop", "", "-1")]
    {
        assert_eq!(add(&wrong).await.status.as_u16(), 422, "{wrong}");
    }
    assert_eq!(handle.faults().rules.len(), 4);
    let cleared = call(&handle, request("POST", "/sandbox/_control/faults/clear", &FORM, "")).await;
    assert_eq!((cleared.status.as_u16(), handle.faults().rules.len()), (303, 0));
}
