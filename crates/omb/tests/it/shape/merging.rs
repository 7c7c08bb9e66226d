//! That a merge forgets nothing: every foreign key to a contact or a company is moved by it, and every column that may
//! name any kind of record is moved or said to stay, with its reason.

use std::collections::BTreeSet;

use crm::merge::links::{LINKS, STAYING};

use super::live::live;
use crate::app::TestApp;

/// Columns that name a record of any kind as text or as an id without a foreign key.
const NAMING: [&str; 8] =
    ["subject", "subject_record", "record", "record_id", "survivor_id", "loser_id", "first_id", "second_id"];

/// Tables whose columns of these names are something else.
const OTHER: [(&str, &str, &str); 3] = [
    ("notification", "subject", "the activity or the note somebody was told of"),
    ("outgoing_mail", "subject", "the subject line of a mail"),
    ("link", "subject", "secret links stand for documents, not for customers"),
];

#[tokio::test]
async fn every_link_to_a_contact_or_a_company_is_moved_by_a_merge() {
    for app in TestApp::each().await {
        let live = live(&app.store, app.kind).await;
        let moved: BTreeSet<(&str, &str)> = LINKS.iter().map(|link| (link.table, link.column)).collect();
        let mut seen = BTreeSet::new();
        for (name, table) in &live.tables {
            let keys = table.references.iter().filter(|to| to.table == "contact" || to.table == "company");
            let keys = keys.flat_map(|to| to.columns.iter().filter(|column| *column != "tenant_id"));
            for column in keys {
                let stays = STAYING.iter().any(|(table, known, _)| *table == name && known == column);
                if stays {
                    continue;
                }
                assert!(moved.contains(&(name.as_str(), column.as_str())), "{name}.{column} would stay with the merged record");
                seen.insert(column.clone());
            }
            for column in table.columns.iter().filter(|column| NAMING.contains(&column.as_str())) {
                let pair = (name.as_str(), column.as_str());
                let known = STAYING.iter().chain(&OTHER).any(|(table, column, _)| (*table, *column) == pair);
                assert!(moved.contains(&pair) || known, "{name}.{column} may name a record: say what a merge does with it");
            }
        }
        assert_eq!(seen, BTreeSet::from(["company_id".to_owned(), "contact_id".to_owned()]));
        for link in LINKS {
            let table = &live.tables[link.table];
            assert!(table.columns.contains(link.column), "{}.{} is not there", link.table, link.column);
            assert!(!link.versioned || table.columns.contains("version"), "{} has no version", link.table);
        }
    }
}
