//! Forms and fields to try with, and what a page encodes.

use serde_json::{Value, json};

/// A field as the API takes it.
pub(crate) fn field(kind: &str, key: &str, required: bool) -> Value {
    json!({ "kind": kind, "key": key, "label": format!("The {key}"), "required": required })
}

/// A form as the API takes it.
pub(crate) fn contact(more: Value) -> Value {
    // Guarded where a test asks for it.
    let mut form = json!({ "guard": { "on": false }, "name": "Contact page", "language": "en", "title": "Write to us", "fields": [
        field("given_name", "given_name", false), field("email", "email", true), field("message", "message", false),
    ] });
    form.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    form
}

/// As a page encodes what was typed.
pub(crate) fn encoded(pairs: &[(&str, &str)]) -> String {
    let byte = |b: u8| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") };
    let text = |s: &str| s.bytes().map(byte).collect::<String>();
    pairs.iter().map(|(k, v)| format!("{}={}", text(k), text(v))).collect::<Vec<_>>().join("&")
}
