//! Somebody who talks to a node, and what came of each request: done, refused, or nobody knows.

use std::time::Duration;

use reqwest::{Method, header::HeaderMap};
use serde_json::{Value, json};

use crate::{node::eventually, outside::Outside};

pub const PASSWORD: &str = "quiet otter paints maps";

/// A browser or program with its own cookies.
#[derive(Clone)]
pub struct Person {
    http: reqwest::Client,
    pub url: String,
}

#[derive(Debug, Clone)]
pub enum Answer {
    Done(Reply),
    /// It was not carried out, and the answer says why.
    Refused(Reply),
    /// No answer, or one that leaves it open (503).
    Lost(String),
}

#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Reply {
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    pub fn retry_after(&self) -> Option<u64> {
        self.headers.get("retry-after")?.to_str().ok()?.parse().ok()
    }
}

impl Person {
    pub fn at(url: &str) -> Self {
        let http = reqwest::Client::builder()
            .cookie_store(true)
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(90))
            .build()
            .unwrap();
        Self { http, url: url.to_owned() }
    }

    /// The same person with the same cookies at another node.
    pub fn also_at(&self, url: &str) -> Self {
        Self { http: self.http.clone(), url: url.to_owned() }
    }

    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}{path}", self.url))
    }

    pub async fn send(request: reqwest::RequestBuilder) -> Answer {
        let response = match request.send().await {
            Ok(response) => response,
            Err(error) => return Answer::Lost(error.to_string()),
        };
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = match response.bytes().await {
            Ok(bytes) => bytes,
            Err(error) => return Answer::Lost(format!("{status}, and then {error}")),
        };
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        let reply = Reply { status, headers, body };
        match status {
            200..400 => Answer::Done(reply),
            503 => Answer::Lost(format!("503 {}", reply.code())),
            _ => Answer::Refused(reply),
        }
    }

    /// Like `send`, for tests of what a 503 carries.
    pub async fn reply(request: reqwest::RequestBuilder) -> Result<Reply, reqwest::Error> {
        let response = request.send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = serde_json::from_slice(&response.bytes().await?).unwrap_or(Value::Null);
        Ok(Reply { status, headers, body })
    }

    pub async fn get(&self, path: &str) -> Answer {
        Self::send(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        Self::send(self.request(Method::POST, path).json(body)).await
    }

    /// The body of a success; anything else ends the test.
    pub async fn read(&self, path: &str) -> Value {
        self.get(path).await.done(path)
    }

    /// Every item of a list.
    pub async fn all(&self, path: &str) -> Vec<Value> {
        let (mut items, mut cursor) = (Vec::new(), String::new());
        let mark = if path.contains('?') { '&' } else { '?' };
        loop {
            let mut page = self.read(&format!("{path}{mark}limit=200{cursor}")).await;
            items.extend(page["items"].as_array_mut().map(std::mem::take).unwrap_or_default());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return items,
            }
        }
    }

    /// Signs in.
    pub async fn sign_in(&self, email: &str) -> Answer {
        self.post("/api/v1/session", &json!({ "email": email, "password": PASSWORD })).await
    }

    /// A company that has signed up and confirmed its address, with its owner signed in.
    pub async fn sign_up(url: &str, outside: &Outside, name: &str) -> Self {
        let person = Self::at(url);
        let email = address(name);
        let form = json!({
            "company_name": name, "country": "ES", "tax_id": "B58378431", "currency": "EUR", "language": "es",
            "time_zone": "Europe/Madrid", "name": "Ana Ruiz", "email": email, "phone": "+34612345678",
            "password": PASSWORD, "business_use": true, "is_16_or_older": true,
        });
        person.post("/api/v1/signup", &form).await.done("sign up");
        let link = || outside.link(&email, "confirm-email");
        eventually("a mail to confirm the address", Duration::from_secs(60), || async { link().is_some() }).await;
        let link = link().unwrap();
        let token = link.split_once("token=").unwrap().1;
        person.post("/api/v1/email-confirmations", &json!({ "token": token })).await.done("confirm");
        person
    }
}

/// Where the owner of a company is written to.
pub fn address(company: &str) -> String {
    format!("owner@{}.example", company.to_lowercase().replace(' ', "-"))
}

impl Answer {
    /// The body of a success; anything else ends the test, saying what was asked.
    #[track_caller]
    pub fn done(self, what: &str) -> Value {
        match self {
            Answer::Done(reply) => reply.body,
            other => panic!("{what}: {other:?}"),
        }
    }

    /// The refusal; anything else ends the test.
    #[track_caller]
    pub fn refused(self) -> Reply {
        match self {
            Answer::Refused(reply) => reply,
            other => panic!("not refused: {other:?}"),
        }
    }
}
