//! Real files, taken whole.

use super::*;

#[tokio::test]
async fn the_febrl_file_comes_in_whole_and_a_second_time_not_at_all() {
    let Some(file) = febrl() else { return };
    for bench in benches().await {
        let uploaded = bench.upload_as("owner", "febrl-dataset1.csv", &file).await.ok();
        assert_eq!(uploaded.text("state"), "ready", "{:?}", uploaded.body["error"]);
        assert_eq!(uploaded.number("rows_estimated"), 1000);
        for (header, target) in [
            ("rec_id", "external_id"),
            ("given_name", "given_name"),
            ("surname", "family_name"),
            ("postcode", "postal_code"),
            ("date_of_birth", "birth_date"),
            ("street_number", "street_number"),
            ("suburb", "city"),
            ("state", "region"),
        ] {
            assert_eq!(uploaded.target_of(header), target, "{header}");
        }
        let national_id =
            uploaded.body["columns"].as_array().unwrap().iter().find(|c| c["header"] == "soc_sec_id").unwrap();
        assert_eq!(
            (&national_id["target"], &national_id["left_out"]["code"]),
            (&Value::Null, &json!("sensitive_national_id"))
        );
        assert_eq!(national_id["samples"], json!([]), "what is sensitive is not shown either");

        let id = uploaded.id();
        let preview = bench.json("GET", &format!("/api/v1/imports/{id}/preview?limit=3"), None, None).await.ok();
        let rows = preview.body["rows"].as_array().unwrap();
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[0]["contact"]["family_name"], "waller");
        assert_eq!(rows[0]["contact"]["birth_date"], "1908-12-09");
        assert_eq!(bench.count("contact").await, 0, "a preview writes nothing");

        bench.start(&id).await;
        let began = std::time::Instant::now();
        bench.runner.drain().await;
        let done = bench.import(&id).await.adds_up();
        let (made, refused, took) = (done.number("created"), done.number("refused"), began.elapsed());
        eprintln!("{}: {made} made, {refused} refused in {took:?}", bench.desk.store.kind());
        assert_eq!((done.text("state").as_str(), done.number("rows_total")), ("done", 1000));
        assert_eq!(bench.count("contact").await, done.number("created"));
        assert!(done.number("created") >= 950, "{:?}", done.body);
        assert!(bench.found("sondergeld").await > 0, "who came in is found");
        assert_eq!(bench.audited("import.finish").await, 1);
        assert_eq!(bench.audited("contact.create").await, 0, "one entry for the import, not one for each person");

        let again = bench.bring(&file).await.adds_up();
        assert_eq!(again.number("created"), 0, "{:?}", again.body);
        assert_eq!(again.number("skipped"), done.number("created"));
    }
}

#[tokio::test]
async fn a_spanish_list_with_semicolons_and_latin_letters_links_its_companies() {
    let text = "Nombre completo;Correo electrónico;Teléfono;Empresa;CIF;Código postal;Fecha de nacimiento\r\n\
        María Ana López García;maria@example.com;612 345 678;Talleres Aurora;B58378431;08001;31/12/1980\r\n\
        José Núñez;jose@example.com;+34 913 123 456;Talleres Aurora;B58378431;28001;01/02/1990\r\n\
        \"Pérez; Iñaki\";inaki@example.com;;Café Ñandú;;48001;\r\n\
        Sin Correo;no es una dirección;;Café Ñandú;;48001;\r\n\
        Mal Cif;cif@example.com;;Falsa;B58378432;48001;\r\n";
    let (latin, _, unmapped) = encoding(text);
    assert!(!unmapped);
    for bench in benches().await {
        let done = bench.bring(&latin).await.adds_up();
        assert_eq!(done.body["dialect"]["delimiter"], ";");
        assert_eq!((done.number("created"), done.number("refused")), (3, 2), "{:?}", done.body);
        assert_eq!((done.number("linked"), done.number("companies_created")), (3, 2));
        let mut tx = bench.desk.store.read(&bench.can()).await.unwrap();
        let people: Vec<crate::contact::Contact> =
            tx.all(tx.select::<crate::contact::Contact>().push(" ORDER BY contact.email")).await.unwrap();
        let names: Vec<&str> = people.iter().map(|p| p.display_name.as_str()).collect();
        assert_eq!(names, ["Pérez; Iñaki", "José Núñez", "María Ana López García"]);
        assert_eq!(people[2].phone.as_deref(), Some("+34612345678"), "read as Spain writes it");
        assert_eq!(
            people[1].birth_date.unwrap().to_string(),
            "1990-02-01",
            "the other dates say that the day comes first"
        );
        assert_eq!(people[1].company_id, people[2].company_id);
        assert_eq!(people[0].source, done.id());
        let firm: crate::company::Company = tx.get(people[1].company_id.unwrap()).await.unwrap();
        assert_eq!(
            (firm.name.as_str(), firm.tax_id.as_ref().map(kernel::Sealed::reveal), firm.country.as_deref()),
            ("Talleres Aurora", Some("B58378431"), Some("ES"))
        );
        drop(tx);

        let refused =
            String::from_utf8(bench.csv(&format!("/api/v1/imports/{}/refused.csv", done.id())).await).unwrap();
        assert!(refused.contains("\"5\",\"email: "), "line and reason: {refused}");
        assert!(refused.contains("\"6\",\"company_tax_id: "), "{refused}");
    }
}

/// The same text in the letters of Western Europe's older machines.
fn encoding(text: &str) -> (Vec<u8>, (), bool) {
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    let unmapped = bytes.is_none();
    (bytes.unwrap_or_default(), (), unmapped)
}

#[tokio::test]
async fn duplicates_are_skipped_or_made_as_one_wishes() {
    let file = b"name,email,phone\nAna Ruiz,ana@example.com,\nAna R.,ANA@example.com,\nLuis,,612345678\nLuis,,612345678\nEva,,612345678\n";
    for bench in benches().await {
        let done = bench.bring(file).await.adds_up();
        assert_eq!(
            (done.number("created"), done.number("skipped")),
            (3, 2),
            "a shared number is not one person: {:?}",
            done.body
        );
        let second = bench.upload(file).await.ok();
        let options = json!({ "options": { "duplicates": "create" } });
        let path = format!("/api/v1/imports/{}", second.id());
        assert_eq!(
            bench.json("PATCH", &path, None, Some(options.clone())).await.status,
            StatusCode::PRECONDITION_REQUIRED
        );
        bench.json("PATCH", &path, Some(1), Some(options.clone())).await.ok();
        assert_eq!(bench.json("PATCH", &path, Some(1), Some(options)).await.status, StatusCode::PRECONDITION_FAILED);
        bench.start(&second.id()).await;
        bench.runner.drain().await;
        assert_eq!(bench.import(&second.id()).await.adds_up().number("created"), 5);
        let late = bench.json("PATCH", &path, Some(5), Some(json!({ "mapping": [null, null, null] }))).await;
        assert!(matches!(late.status, StatusCode::CONFLICT | StatusCode::PRECONDITION_FAILED), "{late:?}");
    }
}

#[tokio::test]
async fn what_was_refused_can_be_mended_and_brought_again() {
    let file = b"given_name,email,notes\nAna,ana@example.com,=1+1\nLuis,luis at example,=cmd()\n";
    for bench in benches().await {
        let done = bench.bring(file).await.adds_up();
        assert_eq!((done.number("created"), done.number("refused")), (1, 1));
        let refused = bench.csv(&format!("/api/v1/imports/{}/refused.csv", done.id())).await;
        let text = String::from_utf8(refused.clone()).unwrap();
        assert!(text.contains("\"'=cmd()\""), "a spreadsheet must not run it: {text}");
        let mended = text.replace("luis at example", "luis@example.com");
        let again = bench.upload(mended.as_bytes()).await.ok();
        for header in ["line", "reason"] {
            assert_eq!(again.target_of(header), &Value::Null, "what we added is not taken for theirs");
        }
        bench.start(&again.id()).await;
        bench.runner.drain().await;
        let done = bench.import(&again.id()).await.adds_up();
        assert_eq!((done.number("created"), done.number("refused")), (1, 0), "{:?}", done.body);

        let taken = String::from_utf8(bench.csv("/api/v1/contacts/export.csv").await).unwrap();
        assert!(taken.starts_with('\u{FEFF}'), "spreadsheets want the mark");
        assert!(taken.contains("\"'=cmd()\"") && taken.contains("\"'=1+1\""), "{taken}");
        assert_eq!(taken.lines().count(), 3);
        assert_eq!(bench.audited("contact.export").await, 1);
        let (status, _) = bench.ask("sales", Request::builder().uri("/api/v1/contacts/export.csv"), Vec::new()).await;
        assert_eq!(status, StatusCode::FORBIDDEN);
        let companies = String::from_utf8(bench.csv("/api/v1/companies/export.csv").await).unwrap();
        assert_eq!(companies.lines().count(), 1, "only the header: {companies}");
        in_other_formats(&bench, &taken).await;
    }
}

/// The workbook holds what the CSV holds, a formula as the text it is; the cards hold every contact.
async fn in_other_formats(bench: &Bench, csv: &str) {
    let mut rows = csv::Reader::from_reader(csv.trim_start_matches('\u{FEFF}').as_bytes());
    let plain = |cell: &str| cell.strip_prefix('\'').unwrap_or(cell).to_owned();
    let mut wanted = vec![rows.headers().unwrap().iter().map(plain).collect::<Vec<_>>()];
    wanted.extend(rows.records().map(|row| row.unwrap().iter().map(plain).collect::<Vec<_>>()));
    let packed = std::io::Cursor::new(bench.csv("/api/v1/contacts/export.xlsx").await);
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(packed).unwrap();
    let sheet = calamine::Reader::worksheet_range_at(&mut book, 0).unwrap().unwrap();
    let cells = |row: usize| -> Vec<String> {
        let cell = |column| match sheet.get((row, column)) {
            None | Some(calamine::Data::Empty) => String::new(),
            Some(calamine::Data::String(text)) => text.clone(),
            Some(other) => panic!("not a text: {other:?}"),
        };
        (0..wanted[0].len()).map(cell).collect()
    };
    for (at, row) in wanted.iter().enumerate() {
        assert_eq!(&cells(at), row);
    }
    assert_eq!(sheet.height(), wanted.len());
    assert!((1..3).any(|row| cells(row).iter().any(|cell| cell.starts_with('='))));

    let cards = String::from_utf8(bench.csv("/api/v1/contacts/export.vcf").await).unwrap();
    assert_eq!(cards.matches("BEGIN:VCARD\r\nVERSION:4.0\r\nUID:urn:uuid:").count(), wanted.len() - 1, "{cards}");
    assert!(cards.contains("\r\nEMAIL;PREF=1:luis@example.com\r\n"), "{cards}");
    for (path, trail) in [("contacts/export.xlsx", 3), ("contacts/export.vcf", 3), ("companies/export.xlsx", 2)] {
        let (status, _) = bench.ask("sales", Request::builder().uri(format!("/api/v1/{path}")), Vec::new()).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
        if path.starts_with("companies") {
            bench.csv("/api/v1/companies/export.xlsx").await;
        }
        let action = if path.starts_with("contacts") { "contact.export" } else { "company.export" };
        assert_eq!(bench.audited(action).await, trail, "{path}");
    }
}

/// The truth is in the ids of the file: `rec-N-org` and `rec-N-dup-0` are one person. Taken in by the import as it guesses
/// the columns (so without the national id), found by the sweep with the rule we suggest. Who was refused by the import
/// counts as not found.
#[tokio::test]
async fn the_suggested_rule_finds_the_doubles_of_the_febrl_file() {
    let Some(file) = febrl() else { return };
    for bench in benches().await {
        bench.bring(&file).await;
        let open = bench.desk.sweep("contact").await;
        let mut tx = bench.desk.tx().await;
        let found = sql!(
            "SELECT one.external_id, other.external_id FROM duplicate_pair \
             JOIN contact one ON one.tenant_id = duplicate_pair.tenant_id AND one.id = duplicate_pair.first_id \
             JOIN contact other ON other.tenant_id = duplicate_pair.tenant_id AND other.id = duplicate_pair.second_id \
             WHERE duplicate_pair.tenant_id = {}",
            tx.tenant_id()
        );
        let pairs: Vec<(String, String)> = tx.all(found).await.unwrap();
        let person = |id: &str| id.split('-').nth(1).unwrap().to_owned();
        let right = pairs.iter().filter(|(one, other)| person(one) == person(other)).count();
        assert_eq!(pairs.len(), usize::try_from(open).unwrap());
        // In per mille, of the 500 pairs there are.
        let (precision, recall) = (right * 1000 / pairs.len(), right * 1000 / 500);
        eprintln!(
            "{}: precision {precision}, recall {recall} per mille ({right} of {})",
            bench.desk.store.kind(),
            pairs.len()
        );
        assert!(precision >= 980 && recall >= 900, "precision {precision}, recall {recall} per mille");
    }
}
