//! An example for every JSON body of the description, made from its schema, so that the two cannot part: a value given
//! there as an example, the first of an enumeration, the words of [`words`], else the plainest value of the type.
//!
//! A request shows what it must have and what is given an example; an answer shows everything.

use serde_json::{Map, Value, json};

use super::words;

/// How deep an example goes; what refers to itself ends there.
const DEEPEST: usize = 8;

/// Whose body it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Request,
    Answer,
}

/// An example of `schema`; `document` holds what it refers to.
pub fn of(document: &Value, schema: &Value, side: Side) -> Value {
    Maker { document, side }.make("", schema, 0)
}

struct Maker<'d> {
    document: &'d Value,
    side: Side,
}

impl Maker<'_> {
    fn make(&self, name: &str, schema: &Value, depth: usize) -> Value {
        if let Some(given) = given(schema) {
            return given.clone();
        }
        if let Some(reference) = schema["$ref"].as_str() {
            let target = reference.strip_prefix('#').and_then(|path| self.document.pointer(path));
            return target.map_or(Value::Null, |target| self.make(name, target, depth));
        }
        if let Some(first) = schema["enum"].as_array().and_then(|values| values.iter().find(|v| !v.is_null())) {
            return first.clone();
        }
        if let Some(fixed) = schema.get("const") {
            return fixed.clone();
        }
        if let Some(parts) = schema["allOf"].as_array() {
            let parts = parts.iter().filter_map(|part| match self.make(name, part, depth) {
                Value::Object(fields) => Some(fields),
                _ => None,
            });
            return Value::Object(parts.flatten().collect());
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(choices) = schema[key].as_array() {
                let some = choices.iter().find(|choice| choice["type"] != "null");
                return some.map_or(Value::Null, |choice| self.make(name, choice, depth));
            }
        }
        self.by_type(name, schema, depth)
    }

    fn by_type(&self, name: &str, schema: &Value, depth: usize) -> Value {
        match kind(schema) {
            "object" => self.object(schema, depth),
            "array" if depth >= DEEPEST => json!([]),
            "array" => json!([self.make(name, &schema["items"], depth + 1)]),
            "integer" | "number" => words::number(name)
                .filter(|n| within(*n, schema))
                .map_or_else(|| schema["minimum"].as_i64().filter(|least| *least > 1).unwrap_or(1).into(), Into::into),
            "boolean" => words::yes(name).into(),
            "string" => words::text(name, schema["format"].as_str().unwrap_or_default()).into(),
            _ => Value::Null,
        }
    }

    fn object(&self, schema: &Value, depth: usize) -> Value {
        if depth >= DEEPEST {
            return json!({});
        }
        let mut made = Map::new();
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let Some(properties) = schema["properties"].as_object() else {
            return schema
                .get("additionalProperties")
                .filter(|more| more.is_object())
                .map_or(json!({}), |more| json!({ "field": self.make("field", more, depth + 1) }));
        };
        let shown = |name: &str, schema: &Value| {
            self.side == Side::Answer || required.contains(&name) || given(schema).is_some()
        };
        for (name, property) in properties {
            if shown(name, property) {
                made.insert(name.clone(), self.make(name, property, depth + 1));
            }
        }
        // A change of nothing shows nobody how.
        if let (true, Some((name, property))) = (made.is_empty(), properties.iter().find(|(_, p)| kind(p) == "string"))
        {
            made.insert(name.clone(), self.make(name, property, depth + 1));
        }
        Value::Object(made)
    }
}

fn given(schema: &Value) -> Option<&Value> {
    schema.get("example").or_else(|| schema["examples"].as_array()?.first()).or_else(|| schema.get("default"))
}

/// The type, without null where it may be that too.
fn kind(schema: &Value) -> &str {
    match &schema["type"] {
        Value::String(kind) => kind,
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null").unwrap_or("null"),
        _ if schema["properties"].is_object() => "object",
        _ => "null",
    }
}

fn within(number: i64, schema: &Value) -> bool {
    schema["minimum"].as_i64().is_none_or(|least| number >= least)
        && schema["maximum"].as_i64().is_none_or(|most| number <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_shows_what_it_must_have_and_an_answer_everything() {
        let document = json!({ "components": { "schemas": {
            "Id": { "type": "string", "pattern": "^con_", "examples": ["con_1"] },
            "New": { "type": "object", "required": ["owner"], "properties": {
                "owner": { "$ref": "#/components/schemas/Id" },
                "name": { "type": ["string", "null"], "example": "Ana" },
                "state": { "type": "string", "enum": ["open", "won"] },
                "tree": { "oneOf": [{ "type": "null" }, { "$ref": "#/components/schemas/New" }] },
            } },
        } } });
        let schema = json!({ "$ref": "#/components/schemas/New" });
        assert_eq!(of(&document, &schema, Side::Request), json!({ "owner": "con_1", "name": "Ana" }));
        let answer = of(&document, &schema, Side::Answer);
        assert_eq!((&answer["state"], &answer["tree"]["owner"]), (&json!("open"), &json!("con_1")));
    }

    #[test]
    fn a_change_shows_one_field_at_least() {
        let schema = json!({ "type": "object", "properties": { "city": { "type": ["string", "null"] } } });
        assert_eq!(of(&json!({}), &schema, Side::Request), json!({ "city": "Valencia" }));
    }
}
