//! The mailbox on disk.

use std::path::Path;

use sandbox::{MailFilter, Sandbox, SandboxConfig, SandboxError, SandboxHandle};

use crate::client::deliver;

async fn start_in(folder: &Path) -> Result<SandboxHandle, SandboxError> {
    Sandbox::start(SandboxConfig { data_dir: Some(folder.to_owned()), ..SandboxConfig::default() }).await
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn mails_survive_a_restart_with_their_envelope() {
    let folder = tempfile::tempdir().unwrap();
    let mails = folder.path().join("made/on/demand");
    let first = start_in(&mails).await.unwrap();
    deliver(&first, &["ana@example.com", "blind@example.com"], b"Subject: kept\r\n\r\nbody").await;
    let before = first.mail(1).unwrap();
    first.shutdown().await;
    drop(first);

    let second = start_in(&mails).await.unwrap();
    assert_eq!(second.mail(1).unwrap(), before);
    deliver(&second, &["ana@example.com"], b"Subject: next\r\n\r\nbody").await;
    assert_eq!(second.mails(&MailFilter::default())[0].id, 2);
    assert_eq!(files(&mails), ["00000001.eml", "00000002.eml"]);
    let eml = std::fs::read_to_string(mails.join("00000001.eml")).unwrap();
    assert!(eml.starts_with("X-Sandbox-Envelope: {") && eml.ends_with("Subject: kept\r\n\r\nbody\r\n"), "{eml}");

    second.clear().await;
    assert_eq!(files(&mails), Vec::<String>::new());
}

#[tokio::test]
async fn strange_files_are_left_alone_and_foreign_mails_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, content: &str| std::fs::write(folder.path().join(name), content).unwrap();
    put("notes.txt", "mine");
    put("1.eml", "Subject: wrong name\r\n\r\n");
    put("0000000x.eml", "Subject: wrong name\r\n\r\n");
    put("00000007.part", "Subject: unfinished\r\n\r\n");
    put("00000003.eml", "Subject: dropped in by hand\r\n\r\nx");
    put("00000004.eml", "X-Sandbox-Envelope: {broken\r\nSubject: broken envelope\r\n\r\nx");
    std::fs::create_dir(folder.path().join("00000005.eml")).unwrap();

    let handle = start_in(folder.path()).await.unwrap();
    let subjects: Vec<_> = handle.mails(&MailFilter::default()).into_iter().map(|mail| mail.subject).collect();
    assert_eq!(subjects, ["broken envelope", "dropped in by hand"]);
    handle.clear().await;
    for kept in ["notes.txt", "1.eml", "0000000x.eml", "00000005.eml"] {
        assert!(folder.path().join(kept).exists(), "{kept}");
    }
}

#[tokio::test]
async fn the_oldest_files_make_room_also_at_start() {
    let folder = tempfile::tempdir().unwrap();
    let first = start_in(folder.path()).await.unwrap();
    for _ in 0..4 {
        deliver(&first, &["ana@example.com"], b"Subject: x\r\n\r\nx").await;
    }
    drop(first);
    let config = SandboxConfig { data_dir: Some(folder.path().to_owned()), max_mails: 2, ..SandboxConfig::default() };
    let second = Sandbox::start(config).await.unwrap();
    assert_eq!(second.mails(&MailFilter::default()).len(), 2);
    assert_eq!(files(folder.path()), ["00000003.eml", "00000004.eml"]);
}

#[tokio::test]
async fn a_folder_that_cannot_be_used_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "in the way").unwrap();
    let error = start_in(&file).await.err().unwrap();
    assert!(matches!(error, SandboxError::DataDir { .. }));
    assert!(error.to_string().contains(file.to_str().unwrap()), "{error}");
}

#[tokio::test]
async fn a_mail_that_cannot_be_written_is_not_confirmed() {
    let folder = tempfile::tempdir().unwrap();
    let mails = folder.path().join("mails");
    let handle = start_in(&mails).await.unwrap();
    std::fs::remove_dir(&mails).unwrap();
    let reply = deliver(&handle, &["ana@example.com"], b"Subject: x\r\n\r\nx").await;
    assert!(reply.starts_with("451 4.3.0"), "{reply}");
    assert!(handle.mails(&MailFilter::default()).is_empty());
}
