//! One SMTP conversation against a scripted peer.
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
};

use super::*;

#[tokio::test]
async fn a_password_never_leaves_the_machine_unencrypted() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 mail.example.com\r\n").await.unwrap();
        let mut heard = String::new();
        stream.read_line(&mut heard).await.unwrap();
        stream.write_all(b"250-mail.example.com\r\n250 AUTH PLAIN\r\n").await.unwrap();
        while stream.read_line(&mut heard).await.unwrap() > 0 {}
        heard
    });
    let mut settings = Settings::from_url(&format!("smtp://ana:secret@{address}?tls=opportunistic"), true).unwrap();
    // No other machine is at hand: pretend that this one is.
    settings.local = false;
    let fault = open(&settings, SmtpTimeouts::default()).await.err().unwrap();
    assert!(matches!(fault, Fault::Tls(_)), "{fault:?}");
    assert!(!server.await.unwrap().contains("AUTH"));
}
