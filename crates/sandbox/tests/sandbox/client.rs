//! A bare SMTP client and a bare HTTP client, which know nothing of the sandbox's insides.

use std::{net::SocketAddr, time::Duration};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use http_body_util::BodyExt;
use sandbox::{Sandbox, SandboxConfig, SandboxHandle};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    time::timeout,
};
use tower::ServiceExt;

const PATIENCE: Duration = Duration::from_secs(10);

pub async fn start() -> SandboxHandle {
    Sandbox::start(SandboxConfig::default()).await.unwrap()
}

pub struct Smtp {
    stream: BufReader<TcpStream>,
}

impl Smtp {
    pub async fn connect(address: SocketAddr) -> Self {
        Self { stream: BufReader::new(TcpStream::connect(address).await.unwrap()) }
    }

    /// Connected, greeted and introduced.
    pub async fn ready(address: SocketAddr) -> Self {
        let mut smtp = Self::connect(address).await;
        assert!(smtp.reply().await.starts_with("220 sandbox.invalid "));
        assert!(smtp.say("EHLO client.example").await.starts_with("250"));
        smtp
    }

    pub async fn write(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).await.unwrap();
    }

    /// One whole reply with its line ends; empty when the server left.
    pub async fn reply(&mut self) -> String {
        timeout(PATIENCE, async {
            let mut reply = String::new();
            loop {
                let mut line = String::new();
                if self.stream.read_line(&mut line).await.unwrap_or(0) == 0 {
                    return reply;
                }
                reply.push_str(&line);
                if line.as_bytes().get(3) != Some(&b'-') {
                    return reply;
                }
            }
        })
        .await
        .expect("no reply in time")
    }

    pub async fn say(&mut self, line: &str) -> String {
        self.write(format!("{line}\r\n").as_bytes()).await;
        self.reply().await
    }

    /// Hands over a mail; answers the last reply.
    pub async fn send(&mut self, from: &str, to: &[&str], content: &[u8]) -> String {
        let reply = self.say(&format!("MAIL FROM:<{from}> BODY=8BITMIME")).await;
        if !reply.starts_with("250") {
            return reply;
        }
        for recipient in to {
            let reply = self.say(&format!("RCPT TO:<{recipient}>")).await;
            if !reply.starts_with("250") {
                return reply;
            }
        }
        let reply = self.say("DATA").await;
        if !reply.starts_with("354") {
            return reply;
        }
        let end: &[u8] = if content.ends_with(b"\r\n") { b".\r\n" } else { b"\r\n.\r\n" };
        self.write(&[content, end].concat()).await;
        self.reply().await
    }

    /// Whether nothing comes for a while.
    pub async fn is_silent_for(&mut self, wait: Duration) -> bool {
        timeout(wait, self.stream.read_u8()).await.is_err()
    }
}

/// Sends one mail on a connection of its own.
pub async fn deliver(handle: &SandboxHandle, to: &[&str], content: &[u8]) -> String {
    Smtp::ready(handle.smtp_addr()).await.send("me@example.com", to, content).await
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

pub async fn call(handle: &SandboxHandle, request: Request<Body>) -> Answer {
    let app = Router::new().nest("/sandbox", handle.router());
    let response = app.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes().to_vec();
    Answer { status: parts.status, headers: parts.headers, bytes }
}

pub async fn get(handle: &SandboxHandle, path: &str) -> Answer {
    call(handle, Request::get(path).body(Body::empty()).unwrap()).await
}

pub fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from(body.to_owned())).unwrap()
}
