//! Signing up over HTTP.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use edge::{App, Connection, Json, Settings};
use serde::Serialize;
use store::Store;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{SignUp, sign_up};

/// What to do next. It is the same whether or not the address was known.
#[derive(Debug, Serialize, ToSchema)]
pub struct NextStep {
    #[schema(example = "ana@faroazul.example")]
    pub email: String,
    /// `confirm_email` or `read_mail`: open the link in the mail we send there.
    #[schema(example = "confirm_email")]
    pub next: &'static str,
}

#[utoipa::path(post, path = "/api/v1/signup", operation_id = "signup_create", tag = "sign-in", request_body = SignUp, security(()),
    responses((status = 202, description = "A mail is on its way to the address", body = NextStep)))]
async fn signup_create(
    connection: Connection,
    State(store): State<Store>,
    State(settings): State<Arc<Settings>>,
    Json(input): Json<SignUp>,
) -> edge::Result<(StatusCode, Json<NextStep>)> {
    let email = input.email.trim().to_owned();
    sign_up(&store, &settings, &connection.origin, input).await?;
    Ok((StatusCode::ACCEPTED, Json(NextStep { email, next: "confirm_email" })))
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(signup_create))
}
