//! A receiver: what came, and what it answers. Signatures are verified by an HMAC written out after RFC 2104, so that the
//! product's own is not compared with itself.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Came {
    pub headers: HeaderMap,
    pub body: Bytes,
}

#[derive(Clone, Default)]
struct Shared {
    came: Arc<Mutex<HashMap<String, Vec<Came>>>>,
    /// What is answered under a name: a status, or 0 for silence.
    answers: Arc<Mutex<HashMap<String, u16>>>,
}

pub struct Receiver {
    shared: Shared,
    base: String,
}

impl Receiver {
    pub async fn start() -> Self {
        let shared = Shared::default();
        let router = Router::new().route("/{name}", post(take)).with_state(shared.clone());
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { shared, base }
    }

    pub fn url(&self, name: &str) -> String {
        format!("{}/{name}", self.base)
    }

    pub fn answer(&self, name: &str, status: u16) {
        self.shared.answers.lock().unwrap().insert(name.to_owned(), status);
    }

    pub fn came(&self, name: &str) -> Vec<Came> {
        self.shared.came.lock().unwrap().get(name).cloned().unwrap_or_default()
    }
}

async fn take(State(shared): State<Shared>, Path(name): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    let answer = shared.answers.lock().unwrap().get(&name).copied().unwrap_or(204);
    shared.came.lock().unwrap().entry(name).or_default().push(Came { headers, body });
    match answer {
        0 => {
            tokio::time::sleep(Duration::from_secs(60)).await;
            StatusCode::OK.into_response()
        }
        302 => (StatusCode::FOUND, [("location", "/elsewhere")]).into_response(),
        status => {
            (StatusCode::from_u16(status).unwrap(), format!("answered {status} {}", "x".repeat(10_000))).into_response()
        }
    }
}

impl Came {
    pub fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    pub fn message(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn signatures(&self) -> Vec<&str> {
        self.header("webhook-signature").split(' ').collect()
    }

    /// Does any of its signatures belong to this secret?
    pub fn is_signed_by(&self, secret: &str) -> bool {
        let key = BASE64_STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
        let mut text = format!("{}.{}.", self.header("webhook-id"), self.header("webhook-timestamp")).into_bytes();
        text.extend_from_slice(&self.body);
        let wanted = format!("v1,{}", BASE64_STANDARD.encode(hmac_sha256(&key, &text)));
        self.signatures().contains(&wanted.as_str())
    }
}

/// RFC 2104 with SHA-256, whose blocks have 64 bytes; for keys that are no longer.
fn hmac_sha256(key: &[u8], text: &[u8]) -> Vec<u8> {
    assert!(key.len() <= 64);
    let pad = |byte: u8| -> Vec<u8> { (0..64).map(|at| key.get(at).copied().unwrap_or(0) ^ byte).collect() };
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(text).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().to_vec()
}

#[test]
fn the_receivers_own_hmac_is_that_of_rfc_4231() {
    let digest = hmac_sha256(b"Jefe", b"what do ya want for nothing?");
    let wanted = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    assert_eq!(digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>(), wanted);
}
