//! The master key file: made once, read only when it is safe, never guessed at.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use super::*;
use crate::MigrateError;

fn open(store: &Store, keys: KeyRing) -> Store {
    Store::open(&store.url_for_tests(), StoreOptions { keys, ..StoreOptions::default() }).unwrap()
}

#[track_caller]
fn says(answer: Result<crate::SchemaState, MigrateError>, parts: &[&str]) {
    let said = answer.unwrap_err().to_string();
    for part in parts {
        assert!(said.contains(part), "{part:?} is not in: {said}");
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn the_first_start_makes_a_key_that_only_its_user_can_read_and_the_next_one_finds_it() {
    for (seed, _dir) in stores().await {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep").join("master.key");
        let store = open(&seed, KeyRing::file(&path));
        store.migrate().await.unwrap();
        assert_eq!(mode(&path), 0o600);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("# Master key of OMB Cloud."), "{text}");
        assert_eq!(text.lines().filter(|l| l.starts_with("mk_")).count(), 1);
        store.migrate().await.unwrap();
        open(&seed, KeyRing::file(&path)).migrate().await.unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), text, "it is not made again");
    }
}

#[tokio::test]
async fn p176_a_sealed_database_is_refused_without_its_key_with_another_or_with_a_damaged_one() {
    for (seed, _dir) in stores().await {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        let store = open(&seed, KeyRing::file(&path));
        store.migrate().await.unwrap();
        let mut tx = store.begin(&can(TenantId::new())).await.unwrap();
        tx.derive_key("anything").await.unwrap();
        tx.commit().await.unwrap();
        let id = store.keys().ring.list().unwrap()[0].id.clone();
        let text = fs::read_to_string(&path).unwrap();

        let elsewhere = folder.path().join("other.key");
        says(
            open(&seed, KeyRing::file(&elsewhere)).migrate().await,
            &["was sealed with key", &id, "OMB_MASTER_KEY_FILE", "cannot be read"],
        );
        assert!(!elsewhere.exists(), "no new key is made for a database that is sealed");
        KeyRing::file(&elsewhere).found(store.clock().now()).unwrap();
        says(open(&seed, KeyRing::file(&elsewhere)).migrate().await, &["was sealed with key", &id, "other.key"]);

        for spoilt in
            [text.replace(" current ", " present "), text.replace("mk_", "mk_0"), "nonsense".into(), String::new()]
        {
            fs::write(&path, spoilt).unwrap();
            says(open(&seed, KeyRing::file(&path)).migrate().await, &["master.key", "cannot be used"]);
        }
        let (rest, key) = text.trim_end().rsplit_once(' ').unwrap();
        let flipped = if key.starts_with('A') { key.replacen('A', "B", 1) } else { format!("A{}", &key[1..]) };
        fs::write(&path, format!("{rest} {flipped}\n")).unwrap();
        let refused = open(&seed, KeyRing::file(&path)).migrate().await;
        assert!(!refused.as_ref().unwrap_err().to_string().contains(&flipped), "the key is not repeated");
        says(refused, &["line", "damaged"]);
        fs::write(&path, &text).unwrap();
        open(&seed, KeyRing::file(&path)).migrate().await.unwrap();
    }
}

#[tokio::test]
async fn a_key_file_that_others_can_read_is_refused() {
    for (seed, _dir) in stores().await {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        open(&seed, KeyRing::file(&path)).migrate().await.unwrap();
        for open_mode in [0o644, 0o640, 0o604, 0o660] {
            fs::set_permissions(&path, fs::Permissions::from_mode(open_mode)).unwrap();
            let wanted = format!("mode 0{open_mode:o}");
            says(open(&seed, KeyRing::file(&path)).migrate().await, &["can be read by others", &wanted, "chmod 600"]);
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
        open(&seed, KeyRing::file(&path)).migrate().await.unwrap();
    }
}
