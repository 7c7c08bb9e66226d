//! What is reached and what is not, against a listener that counts who comes.

use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use capabilities::fetch::FetchUrl;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;

/// A server that says `answer` to everybody; the port it is on and how many came.
async fn server(answer: &'static str) -> (u16, Arc<AtomicUsize>) {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let (port, came) = (listener.local_addr().unwrap().port(), Arc::new(AtomicUsize::new(0)));
    let counter = came.clone();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            counter.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(async move {
                let mut asked = [0; 4096];
                let _ = socket.read(&mut asked).await;
                let _ = socket.write_all(answer.as_bytes()).await;
                let _ = socket.read(&mut asked).await;
            });
        }
    });
    (port, came)
}

fn post(url: &str, reach: Reach) -> Post {
    let url = FetchUrl::parse(url, reach).unwrap();
    let (body, timeout) = (Bytes::from_static(b"{}"), Duration::from_millis(700));
    Post { url, headers: vec![("webhook-id", "evt_1".into())], body, timeout, most: 16 }
}

/// Each look at a name answers the next list, the last one for ever.
fn names(answers: &'static [&'static [&'static str]]) -> (Lookup, Arc<AtomicUsize>) {
    let looks = Arc::new(AtomicUsize::new(0));
    let counter = looks.clone();
    let lookup = Arc::new(move |_: String| -> Looked {
        let at = counter.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1);
        Box::pin(async move { Ok(answers[at].iter().map(|text| text.parse().unwrap()).collect()) })
    });
    (lookup, looks)
}

#[tokio::test]
async fn a_name_that_leads_inside_is_not_connected_to_in_any_order() {
    let (port, came) = server("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    for addresses in [
        &[&["127.0.0.1"] as &[&str]] as &'static [&'static [&'static str]],
        &[&["8.8.8.8", "127.0.0.1"]],
        &[&["127.0.0.1", "8.8.8.8"]],
        &[&["::1"]],
        &[&["::ffff:127.0.0.1"]],
        &[&["10.0.0.1"]],
        &[&["169.254.169.254"]],
    ] {
        let fetch = GuardedFetch::with_lookup(Reach::Public, names(addresses).0);
        let url = format!("https://attacker.example:{port}/");
        assert_eq!(fetch.post(post(&url, Reach::Public)).await, Err(FetchError::AddressRefused), "{addresses:?}");
    }
    assert_eq!(came.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_name_is_looked_at_once_for_each_call_and_what_was_checked_is_connected_to() {
    let (port, came) = server("HTTP/1.1 204 No Content\r\n\r\n").await;
    let (lookup, looks) = names(&[&["127.0.0.1"], &["10.0.0.1"]]);
    let fetch = GuardedFetch::with_lookup(Reach::PublicAndLoopback, lookup);
    let url = format!("http://rebind.example:{port}/");
    let first = fetch.post(post(&url, Reach::PublicAndLoopback)).await;
    assert_eq!(first.map(|answer| answer.status), Ok(204));
    assert_eq!((looks.load(Ordering::SeqCst), came.load(Ordering::SeqCst)), (1, 1));
    // The next call looks again, and does not reuse the connection that was good a moment ago.
    assert_eq!(fetch.post(post(&url, Reach::PublicAndLoopback)).await, Err(FetchError::AddressRefused));
    assert_eq!((looks.load(Ordering::SeqCst), came.load(Ordering::SeqCst)), (2, 1));
}

#[tokio::test]
async fn a_number_checked_for_the_sandbox_is_refused_by_a_fetch_for_the_public() {
    let (port, came) = server("HTTP/1.1 200 OK\r\n\r\n").await;
    let fetch = GuardedFetch::new(Reach::Public);
    let typed = post(&format!("http://127.0.0.1:{port}/"), Reach::PublicAndLoopback);
    assert_eq!(fetch.post(typed).await, Err(FetchError::AddressRefused));
    assert_eq!(came.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn redirects_are_answers_and_long_answers_are_cut() {
    let (inner, came) = server("HTTP/1.1 200 OK\r\n\r\n").await;
    let redirect: &'static str =
        format!("HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:{inner}/\r\ncontent-length: 0\r\n\r\n").leak();
    let (port, _) = server(redirect).await;
    let fetch = GuardedFetch::new(Reach::PublicAndLoopback);
    let answer = fetch.post(post(&format!("http://127.0.0.1:{port}/"), Reach::PublicAndLoopback)).await.unwrap();
    assert_eq!((answer.status, came.load(Ordering::SeqCst)), (302, 0));
    let (port, _) =
        server("HTTP/1.1 503 Away\r\nretry-after: 7\r\ncontent-length: 900000\r\n\r\n0123456789abcdefghij").await;
    let answer = fetch.post(post(&format!("http://127.0.0.1:{port}/"), Reach::PublicAndLoopback)).await.unwrap();
    assert_eq!(answer.body, b"0123456789abcdef");
    assert_eq!((answer.status, answer.retry_after), (503, Some(Duration::from_secs(7))));
}

#[tokio::test]
async fn silence_ends_and_nobody_there_is_told_from_it() {
    let fetch = GuardedFetch::new(Reach::PublicAndLoopback);
    let (port, _) = server("").await;
    let silent = fetch.post(post(&format!("http://127.0.0.1:{port}/"), Reach::PublicAndLoopback)).await;
    assert_eq!(silent, Err(FetchError::Timeout));
    let free = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap().local_addr().unwrap().port();
    let nobody = fetch.post(post(&format!("http://127.0.0.1:{free}/"), Reach::PublicAndLoopback)).await;
    assert_eq!(nobody, Err(FetchError::Unreachable));
}
