//! The API description, gathered from the routes themselves.

pub mod example;
mod words;

use utoipa::{
    Modify, OpenApi,
    openapi::{
        self, Content, ContentBuilder, Ref, RefOr, ResponseBuilder,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use crate::ProblemBody;
use example::Side;

/// What the routes do not say themselves: who we are, how to sign in, and that any operation may answer a problem.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "OMB Cloud",
        description = "One platform for sales, marketing, publishing and customer operations. Lists are paged by `cursor`; \
            updates need `If-Match`; a POST with an `Idempotency-Key` is carried out once; errors are RFC 9457 problems with a stable `code`.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    components(schemas(ProblemBody, kernel::FieldError)),
    security(("session" = []), ("api_key" = [])),
    modifiers(&SignIn)
)]
pub struct Description;

struct SignIn;

impl Modify for SignIn {
    fn modify(&self, document: &mut openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        let cookie = ApiKeyValue::with_description(
            "omb_session",
            "Set by signing in. Under TLS its name is __Host-omb_session.",
        );
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("An API key, made under Settings."))
            .build();
        components.add_security_scheme("api_key", SecurityScheme::Http(bearer));
    }
}

/// Adds the problem answer to every operation, so that a client knows the shape of what can go wrong, and an example to
/// every JSON body.
pub fn finish(mut document: openapi::OpenApi) -> openapi::OpenApi {
    let problem = ResponseBuilder::new()
        .description("A problem: see its `code`")
        .content(
            "application/problem+json",
            ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build(),
        )
        .build();
    for item in document.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        for operation in operations.into_iter().flatten() {
            operation.responses.responses.entry("default".into()).or_insert_with(|| problem.clone().into());
        }
    }
    show(&mut document);
    document
}

/// Gives every JSON body without one its example.
fn show(document: &mut openapi::OpenApi) {
    let known = serde_json::to_value(&*document).unwrap_or_default();
    let fill = |content: &mut RefOr<Content>, side| {
        let RefOr::T(content) = content else { return };
        if let (None, Some(schema)) = (&content.example, &content.schema) {
            let schema = serde_json::to_value(schema).unwrap_or_default();
            content.example = Some(example::of(&known, &schema, side));
        }
    };
    for item in document.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        for operation in operations.into_iter().flatten() {
            if let Some(RefOr::T(body)) = &mut operation.request_body {
                body.content.get_mut(JSON).into_iter().for_each(|content| fill(content, Side::Request));
            }
            for (status, answer) in &mut operation.responses.responses {
                if let (true, RefOr::T(answer)) = (status.starts_with('2'), answer) {
                    answer.content.get_mut(JSON).into_iter().for_each(|content| fill(content, Side::Answer));
                }
            }
        }
    }
}

const JSON: &str = "application/json";
