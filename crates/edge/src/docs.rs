//! `/api/docs`: the API description as a page a person can read, made on the server, without script.

use std::fmt::Write;

use axum::{
    http::header,
    response::{Html, IntoResponse},
};
use serde_json::{Map, Value};

/// Renders the description (an OpenAPI 3.1 document).
pub fn page(document: &Value) -> String {
    let mut html = String::from(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>OMB Cloud API</title><link rel=\"stylesheet\" href=\"/api/docs.css\"></head><body><header><h1>OMB Cloud API</h1>",
    );
    let description = document["info"]["description"].as_str().unwrap_or_default();
    let _ = write!(
        html,
        "<p>{}</p><p><a href=\"/api/openapi.json\">openapi.json</a></p></header><nav aria-label=\"Sections\"><ul>",
        escape(description)
    );
    let groups = by_tag(document);
    for (tag, _) in &groups {
        let _ = write!(html, "<li><a href=\"#{0}\">{0}</a></li>", escape(tag));
    }
    html.push_str("</ul></nav><main>");
    for (tag, operations) in &groups {
        let _ = write!(html, "<section><h2 id=\"{0}\">{0}</h2>", escape(tag));
        for operation in operations {
            html.push_str(operation);
        }
        html.push_str("</section>");
    }
    html.push_str("<section><h2 id=\"schemas\">Schemas</h2>");
    for (name, schema) in object(&document["components"]["schemas"]) {
        let text = serde_json::to_string_pretty(schema).unwrap_or_default();
        let _ = write!(
            html,
            "<details id=\"schema-{0}\"><summary>{0}</summary><pre tabindex=\"0\">{1}</pre></details>",
            escape(name),
            escape(&text)
        );
    }
    html.push_str("</section></main></body></html>");
    html
}

fn by_tag(document: &Value) -> Vec<(String, Vec<String>)> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for (path, item) in object(&document["paths"]) {
        for (method, operation) in object(item) {
            let tag = operation["tags"][0].as_str().unwrap_or("other").to_owned();
            let text = operation_html(method, path, operation);
            match groups.iter_mut().find(|(name, _)| *name == tag) {
                Some((_, operations)) => operations.push(text),
                None => groups.push((tag, vec![text])),
            }
        }
    }
    groups
}

fn operation_html(method: &str, path: &str, operation: &Value) -> String {
    let id = operation["operationId"].as_str().unwrap_or_default();
    let mut html = format!(
        "<article id=\"{id}\"><h3><span class=\"method\">{}</span> <code>{}</code></h3>",
        method.to_uppercase(),
        escape(path)
    );
    for key in ["summary", "description"] {
        if let Some(text) = operation[key].as_str() {
            let _ = write!(html, "<p>{}</p>", escape(text));
        }
    }
    let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !parameters.is_empty() {
        html.push_str("<dl>");
        for p in parameters {
            let place = p["in"].as_str().unwrap_or_default();
            let name = escape(p["name"].as_str().unwrap_or_default());
            let _ = write!(
                html,
                "<dt><code>{name}</code> <small>{place}</small></dt><dd>{}</dd>",
                escape(p["description"].as_str().unwrap_or_default())
            );
        }
        html.push_str("</dl>");
    }
    if let Some((media_type, body)) = object(&operation["requestBody"]["content"]).iter().next() {
        let _ = write!(html, "<p>Body: {} {}</p>", escape(media_type), schema_link(&body["schema"]));
        html.push_str(&example_html(body));
    }
    html.push_str("<ul>");
    for (status, response) in object(&operation["responses"]) {
        let schema =
            object(&response["content"]).values().next().map(|c| schema_link(&c["schema"])).unwrap_or_default();
        let text = escape(response["description"].as_str().unwrap_or_default());
        let example = object(&response["content"]).values().next().map(example_html).unwrap_or_default();
        let _ = write!(html, "<li><code>{status}</code> {text} {schema}{example}</li>");
    }
    html.push_str("</ul></article>");
    html
}

fn example_html(content: &Value) -> String {
    let Some(example) = content.get("example") else { return String::new() };
    let text = escape(&serde_json::to_string_pretty(example).unwrap_or_default());
    format!("<details><summary>Example</summary><pre tabindex=\"0\">{text}</pre></details>")
}

fn schema_link(schema: &Value) -> String {
    let name = schema["$ref"].as_str().and_then(|r| r.rsplit('/').next()).map(escape);
    name.map(|n| format!("<a href=\"#schema-{n}\">{n}</a>")).unwrap_or_default()
}

fn object(value: &Value) -> &Map<String, Value> {
    static EMPTY: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
    value.as_object().unwrap_or(&EMPTY)
}

/// Text for HTML content and double-quoted attributes.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Serves the page.
pub async fn serve(html: std::sync::Arc<str>) -> impl IntoResponse {
    Html(html.to_string())
}

/// Its style sheet: the policy allows none inline.
pub async fn style() -> impl IntoResponse {
    const CSS: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;color:#1c2024;background:#fff}\
        a{color:#0b5cad}code,pre{font:14px/1.4 ui-monospace,monospace}pre{overflow:auto;padding:1rem;background:#f4f5f7;border-radius:6px}\
        article{border-top:1px solid #d9dce1;padding:.5rem 0}h3{margin:.5rem 0;overflow-wrap:anywhere}.method{font-weight:700}\
        nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;padding:0}dt{margin-top:.25rem}dd{margin:0 0 0 1rem}\
        @media(prefers-color-scheme:dark){body{color:#eceef1;background:#15181c}a{color:#7db8ff}pre{background:#20242a}article{border-color:#363c45}}";
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], CSS)
}
