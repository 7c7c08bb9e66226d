//! The disk is full: what cannot be stored is refused with 507, reading goes on, nothing is half done, and when there is
//! room again it works without a restart. A log that cannot be written stops nobody.
//!
//! A file system of a few megabytes is mounted for it, which needs root; elsewhere these tests say that they were skipped.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
    time::Duration,
};

use reqwest::{
    Method,
    multipart::{Form, Part},
};
use serde_json::json;

use crate::{
    load::marker,
    node::{Node, Setup, eventually, within},
    outside::Outside,
    person::{Person, Reply},
};

/// A small file system.
struct Disk {
    folder: tempfile::TempDir,
}

impl Disk {
    fn mount(megabytes: u32) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={megabytes}m");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "omb-fault"]).arg(folder.path()).output();
        if mounted.is_ok_and(|output| output.status.success()) {
            return Some(Self { folder });
        }
        println!("skipped: a small file system cannot be mounted here (it needs root)");
        None
    }

    fn path(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Leaves no byte free.
    fn fill(&self) {
        let mut file = std::fs::File::create(self.folder.path().join("filler")).unwrap();
        for size in [1 << 20, 4096, 1] {
            let block = vec![7; size];
            while file.write_all(&block).is_ok() {}
        }
    }

    fn make_room(&self) {
        std::fs::remove_file(self.folder.path().join("filler")).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: a process that was killed a moment ago may still have files open.
        let gone = Command::new("umount").arg("-l").arg(self.folder.path()).status();
        if !gone.is_ok_and(|status| status.success()) {
            eprintln!("{} could not be unmounted", self.folder.path().display());
        }
    }
}

async fn write(person: &Person, name: &str) -> Reply {
    let body = json!({ "given_name": "Lucía", "family_name": name, "about": "x".repeat(4000) });
    Person::reply(person.request(Method::POST, "/api/v1/contacts").json(&body)).await.unwrap()
}

async fn upload(person: &Person) -> Reply {
    let mut text = "Nombre,Apellidos,Correo\n".to_owned();
    for i in 0..40_000 {
        text.push_str(&format!("Joan,Soler,joan{i}@imported.example\n"));
    }
    let file = Part::bytes(text.into_bytes()).file_name("people.csv").mime_str("text/csv").unwrap();
    let form = Form::new().part("file", file);
    Person::reply(person.request(Method::POST, "/api/v1/imports").multipart(form)).await.unwrap()
}

#[track_caller]
fn is_full(reply: &Reply) {
    assert_eq!((reply.status, reply.code()), (507, "storage_full"), "{reply:?}");
    assert!(reply.retry_after().is_some(), "{reply:?}");
}

/// Writes until there is no room, and answers what was taken.
async fn until_full(person: &Person) -> Vec<String> {
    let mut taken = Vec::new();
    for _ in 0..2000 {
        let name = marker("k");
        let reply = write(person, &name).await;
        if reply.status != 201 {
            is_full(&reply);
            return taken;
        }
        taken.push(name);
    }
    panic!("2,000 contacts found room on a full disk");
}

async fn works_again(person: &Person) {
    let mended = || async { write(person, &marker("k")).await.status == 201 };
    let took = eventually("writing again", within(Duration::from_secs(10)), mended).await;
    println!("wrote again {took:?} after there was room");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_under_the_database_refuses_writes_and_serves_reads() {
    let Some(disk) = Disk::mount(16) else { return };
    let outside = Arc::new(Outside::start().await);
    let logs = tempfile::tempdir().unwrap();
    let mut setup = Setup::embedded(&disk.path(), &outside.url());
    setup.log = Some(logs.path().join("log"));
    let (mut node, _) = Node::start(&setup).await;
    let person = Person::sign_up(&setup.url(), &outside, "Faro Azul").await;
    let mut taken = Vec::new();
    for _ in 0..2 {
        disk.fill();
        taken.extend(until_full(&person).await);
        let read = person.read("/api/v1/contacts?limit=1").await;
        assert!(read["items"].is_array(), "reading goes on");
        is_full(&write(&person, "nobody").await);
        is_full(&upload(&person).await);
        disk.make_room();
        works_again(&person).await;
    }
    assert_eq!(upload(&person).await.status, 201);
    let there = person.all("/api/v1/contacts").await;
    for name in &taken {
        let times = there.iter().filter(|contact| contact["family_name"] == **name).count();
        assert_eq!(times, 1, "{name} was acknowledged on the way to the full disk");
    }
    assert!(there.iter().all(|contact| contact["family_name"] != "nobody"), "what was refused is not there");
    let trail = person.all("/api/v1/audit?action=contact.create").await;
    assert_eq!(trail.len(), there.len(), "each has its entry, and there is no other");
    assert!(!node.has_ended());
    // What is there survives a kill as well.
    node.kill().await;
    let (_node, _) = Node::start(&setup).await;
    assert_eq!(person.all("/api/v1/contacts").await.len(), there.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_under_the_files_refuses_uploads_and_nothing_else() {
    let Some(disk) = Disk::mount(4) else { return };
    let outside = Arc::new(Outside::start().await);
    let folder = tempfile::tempdir().unwrap();
    let mut setup = Setup::embedded(folder.path(), &outside.url());
    setup.data = disk.path();
    let (mut node, _) = Node::start(&setup).await;
    let person = Person::sign_up(&setup.url(), &outside, "Faro Azul").await;
    disk.fill();
    is_full(&upload(&person).await);
    assert_eq!(write(&person, "k").await.status, 201, "the database has room");
    assert!(person.all("/api/v1/imports").await.is_empty(), "no import without its file");
    disk.make_room();
    let mended = || async { upload(&person).await.status == 201 };
    eventually("uploading again", within(Duration::from_secs(10)), mended).await;
    let arriving = walk(&disk.path()).into_iter().filter(|path| path.to_string_lossy().contains("arriving")).count();
    assert_eq!(arriving, 0, "what was cut off was cleared away");
    assert!(!node.has_ended());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_under_the_log_stops_nobody() {
    let Some(disk) = Disk::mount(1) else { return };
    let outside = Arc::new(Outside::start().await);
    let folder = tempfile::tempdir().unwrap();
    let mut setup = Setup::embedded(folder.path(), &outside.url());
    setup.log = Some(disk.path().join("log"));
    setup.settings.push(("OMB_LOG", "debug".into()));
    let (mut node, _) = Node::start(&setup).await;
    let person = Person::sign_up(&setup.url(), &outside, "Faro Azul").await;
    disk.fill();
    for _ in 0..50 {
        assert_eq!(write(&person, "k").await.status, 201);
    }
    node.kill().await;
    // It starts on a full log as well.
    let (mut node, _) = Node::start(&setup).await;
    assert_eq!(write(&person, "k").await.status, 201);
    assert!(!node.has_ended());
}

/// A file's bytes are flushed before the row that names it is committed, and so is the way that leads to it.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_on_the_disk_before_it_is_acknowledged() {
    let outside = Arc::new(Outside::start().await);
    let folder = tempfile::tempdir().unwrap();
    let setup = Setup::embedded(folder.path(), &outside.url());
    let (node, _) = Node::start(&setup).await;
    let person = Person::sign_up(&setup.url(), &outside, "Faro Azul").await;
    let traced = folder.path().join("traced");
    let id = node.id().to_string();
    let mut watching = Command::new("strace");
    watching.args(["-f", "-y", "-e", "trace=fsync,fdatasync", "-p", &id, "-o"]).arg(&traced);
    let Ok(mut watching) = watching.stderr(std::process::Stdio::null()).spawn() else {
        println!("skipped: strace is not installed, so nobody sees what is flushed");
        return;
    };
    // It is attached once the database's own flushes show; where that is not allowed it ends by itself.
    let attached = || {
        let text = std::fs::read_to_string(&traced).unwrap_or_default();
        text.contains("omb.db")
    };
    for _ in 0..50 {
        if attached() || watching.try_wait().unwrap().is_some() {
            break;
        }
        write(&person, "k").await;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    if !attached() {
        println!("skipped: a process may not be watched here");
        return;
    }
    assert_eq!(upload(&person).await.status, 201);
    let text = std::fs::read_to_string(&traced).unwrap();
    drop(node);
    watching.wait().unwrap();
    let files: Vec<&str> = text.lines().filter(|line| line.contains("/files/")).collect();
    let is_blob = |line: &&&str| line.split(['/', '>']).any(|part| part.len() == 64);
    let blob = files.iter().position(|line| is_blob(&line)).unwrap_or_else(|| panic!("no file was flushed: {text}"));
    assert!(files.len() > blob + 1, "nor the folders that lead to it: {files:#?}");
}

/// Every file under a folder.
fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() { files.extend(walk(&entry.path())) } else { files.push(entry.path()) }
    }
    files
}
