//! The JSON Schema of an object's `custom`, so that a program can check what it is about to send.

use serde_json::{Map, Value, json};

use super::{CustomField, CustomKind, CustomObject, value};

/// Draft 2020-12. Every value may be null, which clears it.
pub fn schema(object: CustomObject, fields: &[CustomField]) -> Value {
    let mut properties = Map::new();
    for field in fields {
        let mut shape = shape(field);
        shape["title"] = json!(field.label);
        if let Some(help) = &field.help {
            shape["description"] = json!(help);
        }
        let shape = if field.required { shape } else { json!({ "anyOf": [shape, { "type": "null" }] }) };
        properties.insert(field.key.clone(), shape);
    }
    let required: Vec<&str> = fields.iter().filter(|field| field.required).map(|field| field.key.as_str()).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("custom of a {object}"),
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn shape(field: &CustomField) -> Value {
    let offered = || -> Vec<Value> {
        let choice = |choice: &super::CustomChoice| json!({ "const": choice.id, "title": choice.label });
        field.choices.0.iter().filter(|choice| !choice.archived).map(choice).collect()
    };
    match field.kind {
        CustomKind::Text => json!({ "type": "string", "maxLength": value::LINE }),
        CustomKind::LongText => json!({ "type": "string", "maxLength": value::LONG }),
        CustomKind::Number => json!({ "type": "string", "pattern": r"^-?[0-9]{1,18}(\.[0-9]{1,10})?$" }),
        CustomKind::Money => json!({
            "type": "object",
            "properties": {
                "amount": { "type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$" },
                "currency": { "type": "string", "pattern": "^[A-Z]{3}$" },
            },
            "required": ["amount", "currency"],
            "additionalProperties": false,
        }),
        CustomKind::Date => json!({ "type": "string", "format": "date" }),
        CustomKind::Choice => json!({ "oneOf": offered() }),
        CustomKind::MultiChoice => json!({ "type": "array", "items": { "oneOf": offered() }, "uniqueItems": true }),
        CustomKind::Link => json!({ "type": "string", "format": "uri", "maxLength": value::LINE }),
        CustomKind::Email => json!({ "type": "string", "format": "email", "maxLength": 254 }),
        CustomKind::Phone => json!({ "type": "string", "pattern": r"^\+[1-9][0-9]{3,14}$" }),
        CustomKind::Person => json!({ "type": "string", "pattern": "^mem_[0-9a-f]{32}$" }),
        CustomKind::Relation => {
            let prefix = field.target.map_or("", value::prefix);
            json!({ "type": "string", "pattern": format!("^{prefix}_[0-9a-f]{{32}}$") })
        }
    }
}
