//! Amounts of money, for callers whose role does not show them. Every answer passes here on its way out: whatever
//! carries an amount carries null in its place, whoever wrote it; a printed document, which cannot, is refused. And a
//! body on its way in may not set what its sender does not see.
//!
//! Invariant: an amount goes by a name of [`NAMES`], ends in `_minor`, or stands in a stored document ([`WHOLE`]). A test
//! plants amounts in every noun and reads everything the description has.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body_util::BodyExt;
use kernel::{Caller, Error, permissions};
use serde_json::Value;

use crate::Problem;

permissions! {
    /// See amounts of money: of deals, documents, payments, reports and own fields.
    pub ReadAmounts = "amount.read": [Administrator, Sales, Billing, Marketing, Support];
}

/// What fields with an amount are called.
const NAMES: [&str; 2] = ["amount", "unit_price"];
/// What is kept whole and made of amounts.
const WHOLE: [&str; 2] = ["totals", "snapshot"];

/// Set by whoever finds out who the caller is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hidden(Arc<AtomicBool>);

impl Hidden {
    pub(crate) fn note(&self, caller: &Caller) {
        self.0.store(!caller.sees_amounts(), Ordering::Release);
    }

    pub(crate) fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// The layer.
pub async fn conceal(mut request: Request, next: Next) -> Response {
    let hidden = Hidden::default();
    request.extensions_mut().insert(hidden.clone());
    let response = next.run(request).await;
    if !hidden.is_set() {
        return response;
    }
    match media_type(response.headers()) {
        "application/pdf" => Problem(kernel::caller::amounts_hidden()).into_response(),
        "application/json" => without(response).await.unwrap_or_else(IntoResponse::into_response),
        _ => response,
    }
}

fn media_type(headers: &HeaderMap) -> &str {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim()
}

async fn without(response: Response) -> Result<Response, Problem> {
    let (mut parts, body) = response.into_parts();
    let bytes = body.collect().await.map_err(Error::internal)?.to_bytes();
    if bytes.is_empty() {
        return Ok(Response::from_parts(parts, Body::empty()));
    }
    let mut value: Value = serde_json::from_slice(&bytes).map_err(Error::internal)?;
    blank(&mut value);
    parts.headers.remove(header::CONTENT_LENGTH);
    Ok(Response::from_parts(parts, Body::from(serde_json::to_vec(&value).map_err(Error::internal)?)))
}

fn is_amount(name: &str) -> bool {
    NAMES.contains(&name) || name.ends_with("_minor")
}

/// Puts null in the place of every amount.
fn blank(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(blank),
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(_) | Value::Number(_) if is_amount(name) => *value = Value::Null,
                    // Before and after, as the trail keeps them.
                    Value::Array(_) if is_amount(name) => *value = Value::Null,
                    _ if WHOLE.contains(&name.as_str()) => blank_all(value),
                    _ => blank(value),
                }
            }
        }
        _ => {}
    }
}

/// The same of what is made of amounts: figures go too, whatever they are called.
fn blank_all(value: &mut Value) {
    match value {
        Value::Number(_) => *value = Value::Null,
        Value::Array(items) => items.iter_mut().for_each(blank_all),
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(_) if is_amount(name) => *value = Value::Null,
                    _ => blank_all(value),
                }
            }
        }
        _ => {}
    }
}

/// Refuses a body that sets an amount its sender does not see.
pub(crate) fn refuse(hidden: Option<&Hidden>, bytes: &[u8]) -> Result<(), Problem> {
    if !hidden.is_some_and(Hidden::is_set) {
        return Ok(());
    }
    let sets = |value: &Value| {
        let mut blanked = value.clone();
        blank(&mut blanked);
        blanked != *value
    };
    match serde_json::from_slice::<Value>(bytes) {
        Ok(value) if sets(&value) => Err(Problem(kernel::caller::amounts_hidden())),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn amounts_go_and_the_rest_stays() {
        let mut answer = json!({
            "name": "Fleet", "version": 3, "amount": { "amount": "84.77", "currency": "EUR" },
            "lines": [{ "quantity": "2", "unit_price": "37.76", "discount": { "amount": "1.00" } }],
            "totals": { "norm": "by_line", "net": 3776, "lines": [{ "net": { "amount": "37.76", "currency": "EUR" } }] },
            "changes": { "amount_minor": [8477, 9000], "name": ["A", "B"] },
        });
        blank(&mut answer);
        assert_eq!(
            answer,
            json!({
                "name": "Fleet", "version": 3, "amount": { "amount": null, "currency": "EUR" },
                "lines": [{ "quantity": "2", "unit_price": null, "discount": { "amount": null } }],
                "totals": { "norm": "by_line", "net": null, "lines": [{ "net": { "amount": null, "currency": "EUR" } }] },
                "changes": { "amount_minor": null, "name": ["A", "B"] },
            })
        );
    }

    #[test]
    fn who_sees_no_amounts_sets_none() {
        let hidden = Hidden(Arc::new(AtomicBool::new(true)));
        let body = br#"{"name":"A","amount":{"amount":"1","currency":"EUR"}}"#;
        assert!(refuse(Some(&hidden), body).is_err());
        assert!(refuse(Some(&hidden), br#"{"name":"A"}"#).is_ok());
        assert!(refuse(Some(&Hidden::default()), body).is_ok() && refuse(None, body).is_ok());
    }
}
