//! The API description as tests read it: every operation with its parameters and the ids its body takes.

use reqwest::Method;
use serde_json::Value;

/// One operation.
pub struct Operation {
    pub id: String,
    pub method: Method,
    pub path: String,
    pub parameters: Vec<Parameter>,
    /// Fields of the body that hold an id of a record.
    pub fields: Vec<Field>,
}

/// A parameter of the path or the query.
pub struct Parameter {
    pub name: String,
    pub in_path: bool,
    /// The prefix of the noun whose id it takes; None for other values.
    pub noun: Option<String>,
}

pub struct Field {
    pub name: String,
    pub noun: String,
    /// A list of ids.
    pub many: bool,
}

/// Parameters and fields that take the id of any record, which their type does not say.
const ANY_RECORD: [&str; 2] = ["subject", "record"];

/// Every operation there is.
pub fn operations() -> Vec<Operation> {
    let document: Value = serde_json::from_str(&omb::domains::description().to_json().unwrap()).unwrap();
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let Ok(method) = method.to_uppercase().parse::<Method>() else { continue };
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            found.push(Operation {
                id: operation["operationId"].as_str().unwrap().to_owned(),
                method,
                path: path.clone(),
                parameters: parameters.filter_map(|p| parameter(&document, p)).collect(),
                fields: fields(&document, schema),
            });
        }
    }
    assert!(found.len() > 120, "only {} operations", found.len());
    found
}

fn parameter(document: &Value, parameter: &Value) -> Option<Parameter> {
    let name = parameter["name"].as_str()?.to_owned();
    let in_path = match parameter["in"].as_str()? {
        "path" => true,
        "query" => false,
        _ => return None,
    };
    let noun = noun(document, &parameter["schema"]).or_else(|| any_record(&name));
    Some(Parameter { name, in_path, noun })
}

fn fields(document: &Value, schema: &Value) -> Vec<Field> {
    let properties = resolve(document, schema)["properties"].as_object().cloned().unwrap_or_default();
    let field = |(name, schema): (String, Value)| {
        if let Some(noun) = noun(document, &schema).or_else(|| any_record(&name)) {
            return Some(Field { name, noun, many: false });
        }
        let noun = noun(document, &schema["items"])?;
        Some(Field { name, noun, many: true })
    };
    properties.into_iter().filter_map(field).collect()
}

fn any_record(name: &str) -> Option<String> {
    ANY_RECORD.contains(&name).then(|| "com".to_owned())
}

fn resolve<'d>(document: &'d Value, schema: &'d Value) -> &'d Value {
    match schema["$ref"].as_str().and_then(|name| name.rsplit('/').next()) {
        Some(name) => &document["components"]["schemas"][name],
        None => schema,
    }
}

/// The prefix of the ids a schema takes, if it takes ids.
fn noun(document: &Value, schema: &Value) -> Option<String> {
    let choices = schema["oneOf"].as_array().cloned().unwrap_or_else(|| vec![schema.clone()]);
    let pattern = choices.iter().find_map(|choice| resolve(document, choice)["pattern"].as_str().map(str::to_owned))?;
    let prefix = pattern.strip_prefix('^')?.split_once("_[0-9a-f]{32}$")?.0;
    Some(prefix.to_owned())
}

impl Operation {
    /// The path with each parameter filled in by its noun; a parameter that is no id is the name of a role, or of what has
    /// custom fields.
    pub fn filled(&self, id: impl Fn(&str) -> String) -> String {
        let mut path = self.path.clone();
        for parameter in self.parameters.iter().filter(|parameter| parameter.in_path) {
            let word = if parameter.name == "object" { "contact" } else { "read_only" };
            let value = parameter.noun.as_deref().map_or_else(|| word.to_owned(), &id);
            path = path.replace(&format!("{{{}}}", parameter.name), &value);
        }
        path
    }

    /// The nouns whose ids stand in the path.
    pub fn path_nouns(&self) -> impl Iterator<Item = &str> {
        self.parameters.iter().filter(|parameter| parameter.in_path).filter_map(|parameter| parameter.noun.as_deref())
    }
}

/// An id nobody has.
pub fn random(noun: &str) -> String {
    format!("{noun}_{}", kernel::Uuid::now_v7().simple())
}
