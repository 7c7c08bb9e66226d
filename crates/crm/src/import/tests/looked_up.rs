//! Whether what is asked for each chunk is looked up or searched for among all there are.

use super::*;
use crate::import::contact::holders;

type Step = (i64, i64, i64, String);

/// PostgreSQL chooses by the size of the table; the embedded database by the words of the question.
#[tokio::test]
async fn who_has_an_identifier_is_looked_up_and_not_searched_for_among_all() {
    for bench in benches().await {
        if bench.desk.store.database.kind() != testkit::Kind::Sqlite {
            continue;
        }
        let mut tx = bench.desk.store.store.read(&bench.can()).await.unwrap();
        for (column, index) in
            [("external_id", "contact_external_idx"), ("email", "contact_email_idx"), ("phone", "contact_phone_idx")]
        {
            let question = holders(&tx, column, ["a".to_owned(), "b".to_owned()].into());
            let steps: Vec<Step> = tx.all(store::Sql::new("EXPLAIN QUERY PLAN ").append(question)).await.unwrap();
            let first = &steps[0].3;
            assert!(first.contains(index), "{column}: {first}");
        }
    }
}
