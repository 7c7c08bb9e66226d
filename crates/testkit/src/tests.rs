//! The fresh databases keep their word.

use std::collections::BTreeSet;

use store::sql;

use crate::*;

#[tokio::test]
async fn every_test_has_a_database_and_a_clock_of_its_own() {
    for store in stores().await {
        let kind = if store.kind() == "sqlite" { Kind::Sqlite } else { Kind::Postgres };
        let other = fresh_database(kind).await;
        let other = TestStore { store: other.open(store::StoreOptions::default()), database: other };
        other.migrate().await.unwrap();
        store.clock().advance(chrono::TimeDelta::days(3));
        assert!(other.clock().offset().is_zero());
        let mut tx = store.platform().await.unwrap();
        tx.execute(sql!("INSERT INTO job_schedule (name, next_at) VALUES ('a', {})", tx.now())).await.unwrap();
        tx.commit().await.unwrap();
        let count = sql!("SELECT count(*) FROM job_schedule");
        let second: (i64,) = store.second_node().platform_read().await.unwrap().one(count.clone()).await.unwrap();
        let elsewhere: (i64,) = other.platform_read().await.unwrap().one(count).await.unwrap();
        assert_eq!((second.0, elsewhere.0), (1, 0));
    }
}

#[tokio::test]
async fn a_database_is_gone_with_its_test() {
    for kind in kinds() {
        let database = fresh_database(kind).await;
        let address = database.address().to_owned();
        let store = database.open(store::StoreOptions::default());
        store.migrate().await.unwrap();
        drop(database);
        match kind {
            Kind::Sqlite => assert!(!std::path::Path::new(address.trim_start_matches("sqlite:")).exists()),
            Kind::Postgres => assert!(tokio_postgres::connect(&address, tokio_postgres::NoTls).await.is_err()),
        }
    }
}

/// P021: what the platform declares of its tables is what both databases have.
#[tokio::test]
async fn p021_the_data_map_of_the_platform_is_the_live_schema() {
    for store in stores().await {
        let schema = schema(&store).await;
        for table in store::DATA_MAP {
            if table.name == "search_word" && store.kind() == "postgres" {
                continue;
            }
            let declared: BTreeSet<String> = table.columns.iter().map(|c| c.name.to_owned()).collect();
            assert_eq!(Some(&declared), schema.get(table.name), "{} on {}", table.name, store.kind());
        }
    }
}
