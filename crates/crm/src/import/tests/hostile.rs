//! Files that are not what they should be: each is answered with a stable code, and nothing is half done.

use super::*;

#[tokio::test]
async fn what_is_no_table_of_text_is_refused_at_once() {
    let zip = [b"PK\x03\x04".as_slice(), &[0; 200], b"xl/workbook.xml"].concat();
    let noise: Vec<u8> = (0..4096_u32).map(|i| (i * 7919 % 251) as u8).collect();
    for bench in benches().await {
        for (name, content, codes) in [
            ("empty.csv", b"".as_slice(), ["file_is_empty"].as_slice()),
            ("book.xlsx", &zip, &["workbook_unreadable"]),
            ("old.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest", &["file_is_spreadsheet"]),
            ("paper.pdf", b"%PDF-1.7\n1 0 obj\n", &["file_is_document"]),
            ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &["file_is_image"]),
            ("noise.csv", &noise, &["file_is_binary"]),
        ] {
            let answer = bench.upload_as("owner", name, content).await;
            let (field, code) = answer.refused();
            assert_eq!(field, "file", "{name}");
            assert!(codes.contains(&code), "{name}: {code}");
        }
        let large = vec![b'a'; (4 << 20) + 1];
        let answer = bench.upload(&large).await;
        assert_eq!((answer.status, answer.text("code").as_str()), (StatusCode::PAYLOAD_TOO_LARGE, "file_too_large"));
        assert_eq!(bench.count("import").await, 0, "nothing was kept of any");
        assert_eq!(bench.count("blob").await, 0);
    }
}

#[tokio::test]
async fn the_form_must_hold_one_file_and_the_caller_the_right() {
    for bench in benches().await {
        let json = bench.json("POST", "/api/v1/imports", None, Some(json!({}))).await;
        assert_eq!((json.status, json.text("code").as_str()), (StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_multipart"));
        let other =
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"data\"\r\n\r\nx\r\n--{BOUNDARY}--\r\n");
        let multipart = || {
            Request::builder()
                .method("POST")
                .uri("/api/v1/imports")
                .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
        };
        assert_eq!(bench.ask("owner", multipart(), other.into_bytes()).await.0, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(
            bench.ask("owner", multipart(), format!("--{BOUNDARY}--\r\n").into_bytes()).await.0,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        let cut = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nname,email\nAna,ana@"
        );
        assert_eq!(bench.ask("owner", multipart(), cut.into_bytes()).await.0, StatusCode::BAD_REQUEST);
        assert_eq!(
            bench.upload_as("support", "a.csv", b"name,email\nAna,ana@example.com\n").await.status,
            StatusCode::FORBIDDEN
        );
        assert_eq!(bench.count("import").await, 0);
    }
}

#[tokio::test]
async fn unbalanced_quotes_and_ragged_rows_are_refused_one_by_one() {
    let file = b"given_name,email,notes\nAna,ana@example.com,ok\nLuis,luis@example.com\nEva,eva@example.com,\"so \"she\" said\"\n\
        Max,max@example.com,a,b,c\nZoe,zoe@example.com,fine\n";
    for bench in benches().await {
        let done = bench.bring(file).await.adds_up();
        assert_eq!(done.text("state"), "done");
        assert!(done.number("created") >= 2 && done.number("refused") >= 2, "{:?}", done.body);
        let refused =
            String::from_utf8(bench.csv(&format!("/api/v1/imports/{}/refused.csv", done.id())).await).unwrap();
        assert!(refused.contains("Luis") && refused.contains("Max"), "{refused}");
        assert_eq!(refused.lines().next().unwrap(), "\u{FEFF}\"given_name\",\"email\",\"notes\",\"line\",\"reason\"");

        let open = b"given_name,email\nAna,ana@example.com\nLuis,\"luis@example.com\nEva,eva@example.com\nZoe,zoe@example.com\n";
        let done = bench.bring(open).await;
        assert!(["done", "failed"].contains(&done.text("state").as_str()));
        assert!(done.number("created") + done.number("skipped") + done.number("refused") == done.number("rows_done"));
        assert!(done.number("refused") >= 1 || done.text("state") == "failed", "{:?}", done.body);
    }
}

#[tokio::test]
async fn formulas_scripts_and_sql_are_text_like_any_other() {
    let file = b"given_name,family_name,email,company\n\
        =CMD('calc'),'; DROP TABLE contact; --,a@example.com,<script>alert(1)</script>\n\
        @SUM(1),${jndi:x},b@example.com,Robert'); DELETE FROM company; --\n";
    for bench in benches().await {
        let done = bench.bring(file).await.adds_up();
        assert_eq!((done.number("created"), done.number("companies_created")), (2, 2), "{:?}", done.body);
        let mut tx = bench.desk.store.read(&bench.can()).await.unwrap();
        let people: Vec<crate::contact::Contact> =
            tx.all(tx.select::<crate::contact::Contact>().push(" ORDER BY contact.email")).await.unwrap();
        assert_eq!(people[0].given_name.as_deref(), Some("=CMD('calc')"));
        assert_eq!(people[0].family_name.as_deref(), Some("'; DROP TABLE contact; --"));
    }
}

#[tokio::test]
async fn a_header_twice_feeds_one_field_once_and_a_bad_choice_is_named() {
    for bench in benches().await {
        let uploaded = bench.upload(b"email,email,name\na@example.com,b@example.com,Ana\n").await.ok();
        let targets: Vec<&Value> = uploaded.body["columns"].as_array().unwrap().iter().map(|c| &c["target"]).collect();
        assert_eq!(targets.iter().filter(|t| **t == "email").count(), 1, "{targets:?}");
        let path = format!("/api/v1/imports/{}", uploaded.id());
        let patch = |mapping: Value| bench.json("PATCH", &path, Some(1), Some(json!({ "mapping": mapping })));
        assert_eq!(patch(json!(["email", "email", "full_name"])).await.refused(), ("mapping.1", "target_taken"));
        assert_eq!(patch(json!(["email", null, "password"])).await.refused(), ("mapping.2", "target_unknown"));
        assert_eq!(patch(json!(["email"])).await.refused(), ("mapping", "mapping_length"));
        let nobody = patch(json!([null, "notes", null])).await.ok();
        assert_eq!(
            (nobody.text("state").as_str(), &nobody.body["error"]["code"]),
            ("uploaded", &json!("mapping_names_nobody"))
        );
        assert!(!nobody.body["actions"].as_array().unwrap().contains(&json!("start")));
        let start = bench.json("POST", &format!("{path}/start"), None, None).await;
        assert_eq!(start.conflict(), "import_not_ready");
    }
}

#[tokio::test]
async fn a_person_may_know_better_how_the_file_is_written() {
    for bench in benches().await {
        let uploaded =
            bench.upload(b"Ana|Ruiz|ana@example.com\nLuis|Gil|luis@example.com\nEva|Sol|eva@example.com\n").await.ok();
        let path = format!("/api/v1/imports/{}", uploaded.id());
        let dialect = json!({ "encoding": "utf-8", "delimiter": "|", "quote": null, "has_header": false });
        let mut wrong = dialect.clone();
        wrong["delimiter"] = json!("ab");
        wrong["encoding"] = json!("klingon");
        let refused = bench.json("PATCH", &path, Some(1), Some(json!({ "dialect": wrong }))).await;
        let fields: Vec<&str> =
            refused.body["fields"].as_array().unwrap().iter().map(|f| f["field"].as_str().unwrap()).collect();
        assert_eq!(fields, ["dialect.encoding", "dialect.delimiter"]);
        let change = json!({ "dialect": dialect, "mapping": ["given_name", "family_name", "email"] });
        let changed = bench.json("PATCH", &path, Some(1), Some(change)).await.ok();
        assert_eq!(changed.text("state"), "ready");
        bench.start(&uploaded.id()).await;
        bench.runner.drain().await;
        assert_eq!(bench.import(&uploaded.id()).await.adds_up().number("created"), 3);
    }
}
