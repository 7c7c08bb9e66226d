//! Workbooks and address cards: known by what is in them, read like any table, and taken half-way like any table.

use std::time::Duration;

use rust_xlsxwriter::Workbook;

use super::*;
use crate::import::run::{Turn, turn};

const SMALL: Pace = Pace { rows: 40, turn: Duration::ZERO, notice: Duration::ZERO };

/// The same people as [`crowd`], below a title, on the second sheet.
fn book(rows: usize) -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Notes").unwrap();
    let sheet = book.add_worksheet().set_name("People").unwrap();
    sheet.write_string(0, 0, "Everybody").unwrap();
    for (row, line) in (2..).zip(String::from_utf8(crowd(rows)).unwrap().lines()) {
        for (column, cell) in (0..).zip(line.split(',')) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    let other = book.add_worksheet().set_name("Others").unwrap();
    for (row, cells) in (0..).zip([["name", "phone"], ["Eva Sol", "+34612345678"], ["Nobody", "12"]]) {
        other.write_string(row, 0, cells[0]).unwrap();
        other.write_string(row, 1, cells[1]).unwrap();
    }
    book.save_to_buffer().unwrap()
}

fn cards(rows: usize) -> Vec<u8> {
    let card = |n: usize| {
        format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:n-{n}\r\nN:Ruiz{n};Ana{n};;;\r\nEMAIL;TYPE=work:ana{n}@example.com\r\nORG:Firm {}\r\nEND:VCARD\r\n",
            n % 2
        )
    };
    (0..rows).map(card).collect::<String>().into_bytes()
}

#[tokio::test]
async fn a_workbook_is_known_by_its_content_and_another_sheet_can_be_chosen() {
    for bench in benches().await {
        let up = bench.upload_as("owner", "people.csv", &book(3)).await.ok();
        assert_eq!(
            (up.text("format").as_str(), up.text("sheet").as_str()),
            ("xlsx", "People"),
            "the first that has rows"
        );
        assert_eq!(up.body["sheets"], json!(["Notes", "People", "Others"]));
        assert_eq!((up.target_of("given_name"), up.number("rows_estimated")), (&json!("given_name"), 3));
        assert_eq!((&up.body["dialect"]["skip_lines"], up.text("state").as_str()), (&json!(2), "ready"));
        let path = format!("/api/v1/imports/{}", up.id());
        let rows = bench.json("GET", &format!("{path}/preview"), None, None).await.ok();
        assert_eq!(
            (&rows.body["rows"][0]["line"], &rows.body["rows"][0]["contact"]["email"]),
            (&json!(4), &json!("ana0@example.com"))
        );
        let nowhere = bench.json("PATCH", &path, Some(1), Some(json!({ "sheet": "Nowhere" }))).await;
        assert_eq!(nowhere.refused(), ("sheet", "sheet_unknown"));
        let empty = bench.json("PATCH", &path, Some(1), Some(json!({ "sheet": "Notes" }))).await;
        assert_eq!(empty.refused(), ("sheet", "workbook_is_empty"));
        let chosen = bench.json("PATCH", &path, Some(1), Some(json!({ "sheet": "Others" }))).await.ok();
        assert_eq!((chosen.text("sheet").as_str(), chosen.target_of("name")), ("Others", &json!("full_name")));
        assert_eq!(bench.count("blob").await, 2, "the file, and the table of the sheet that is read");
        bench.start(&up.id()).await;
        bench.runner.drain().await;
        let done = bench.import(&up.id()).await.adds_up();
        assert_eq!((done.number("created"), done.number("refused")), (1, 1));
        let refused = String::from_utf8(bench.csv(&format!("{path}/refused.csv")).await).unwrap();
        assert!(refused.contains("\"Nobody\",\"12\",\"3\","), "the row of the sheet is named: {refused}");
        bench.desk.store.clock().advance(chrono::TimeDelta::days(91));
        bench.runner.drain().await;
        assert_eq!(bench.count("blob").await, 0, "both are forgotten");
    }
}

#[tokio::test]
async fn workbooks_and_cards_killed_half_way_double_nothing() {
    for bench in benches().await {
        for (name, content) in [("book.xlsx", book(103)), ("cards.vcf", cards(103))] {
            let id = bench.upload_as("owner", name, &content).await.ok().id();
            bench.start(&id).await;
            let import: ImportId = id.parse().unwrap();
            for _ in 0..2 {
                let turn = turn(&bench.desk.store.store, &bench.can(), &bench.from(), import, SMALL).await;
                assert_eq!(turn.unwrap(), Turn::More);
            }
            let half = bench.import(&id).await;
            assert_eq!(
                (half.text("state").as_str(), half.number("rows_done"), half.number("created")),
                ("running", 80, 80)
            );
            bench.runner.drain().await;
            let done = bench.import(&id).await.adds_up();
            assert_eq!(
                (done.number("created"), done.number("skipped"), done.number("companies_created")),
                (103, 0, 2),
                "{name}"
            );
            assert_eq!(bench.count("contact").await, 103);
            let undone = bench.undo(&id).await;
            assert_eq!((undone.number("undone"), bench.count("contact").await), (105, 0));
        }
    }
}

/// People as the world writes them, and cells that are meant to do harm.
const WORLD: &str = "external_id,given_name,family_name,email,phone,mobile,job_title,company_name,street,city,country,birth_date,tags,notes\n\
    1,ليلى,السعدي,leila@example.com,+34612345670,\"+34612345671; +34612345672\",مديرة,شركة النور,شارع ٥,القاهرة,EG,1985-04-12,\"عميل, مهم\",\"سطر\nآخر\"\n\
    2,日本,太郎,taro@example.jp,,,部長,株式会社,,東京,JP,,,👩‍💻🇪🇸\n\
    3,שרה,כהן,,+972502345678,,,,,,IL,,,\n\
    4,Zoë,\"O'Brien \"\"Z\"\"; Jr.\",\"zoe@example.com; zoe2@example.com\",,,\"=cmd|' /C calc'!A0\",\"Acme, Inc.; Ltd\",-1+2,@home,US,,,\"a;b,c\\d\n+x\"\n\
    ,เสก,สมบูรณ์,,,,,,,,,,,ทดสอบ\n";

#[tokio::test]
async fn what_was_taken_along_as_a_workbook_or_as_cards_comes_back_as_it_was() {
    for bench in benches().await {
        let mut world = WORLD.to_owned();
        world.push_str(&format!("6,Long,Note,,,,,,,,,,,{}\n", "ñ".repeat(9_990)));
        let done = bench.bring(world.as_bytes()).await.adds_up();
        let refused = bench.csv(&format!("/api/v1/imports/{}/refused.csv", done.id())).await;
        assert_eq!(
            (done.number("created"), done.number("refused")),
            (6, 0),
            "{}",
            String::from_utf8_lossy(&refused).chars().take(2000).collect::<String>()
        );
        let before = bench.csv("/api/v1/contacts/export.csv").await;
        let book = bench.csv("/api/v1/contacts/export.xlsx").await;
        let cards = bench.csv("/api/v1/contacts/export.vcf").await;
        bench.undo(&done.id()).await;
        for (name, content) in [("contacts.xlsx", book), ("contacts.vcf", cards)] {
            assert_eq!(bench.count("contact").await, 0);
            let up = bench.upload_as("owner", name, &content).await.ok();
            bench.start(&up.id()).await;
            bench.runner.drain().await;
            let done = bench.import(&up.id()).await.adds_up();
            assert_eq!((done.number("created"), done.number("refused")), (6, 0), "{name}: {:?}", done.body);
            let after = bench.csv("/api/v1/contacts/export.csv").await;
            similar(name, &before, &after);
            bench.undo(&up.id()).await;
        }
    }
}

/// The same lines, in whatever order.
fn similar(name: &str, before: &[u8], after: &[u8]) {
    let records = |csv: &[u8]| {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv);
        let mut records: Vec<Vec<String>> =
            reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
        records.sort();
        records
    };
    for (one, other) in records(before).into_iter().zip(records(after)) {
        assert_eq!(one, other, "{name}");
    }
}

#[tokio::test]
async fn a_file_that_only_seems_to_be_a_workbook_or_cards_is_refused_and_nothing_is_kept() {
    for bench in benches().await {
        let cut = book(30)[..2000].to_vec();
        for (content, code) in [
            (&b"PK\x03\x04 a zip that is none"[..], "workbook_unreadable"),
            (&cut, "workbook_unreadable"),
            (b"BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n", "file_has_no_card"),
        ] {
            assert_eq!(bench.upload(content).await.refused(), ("file", code));
        }
        assert_eq!((bench.count("import").await, bench.count("blob").await), (0, 0));
    }
}
