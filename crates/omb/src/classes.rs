//! Of which class each route is: how much it takes from the limits, and in which lane it is worked on. What is not
//! listed is a read or a write by its method.

use axum::http::Method;
use edge::limit::{Class, by_method};

/// Presents a secret that could be guessed: by method and route pattern.
pub const SECRET: &[(&str, &str)] = &[
    ("POST", "/api/v1/signup"),
    ("POST", "/api/v1/email-confirmations"),
    ("POST", "/api/v1/email-confirmations/resend"),
    ("POST", "/api/v1/session"),
    ("POST", "/api/v1/password-resets"),
    ("POST", "/api/v1/password-resets/confirm"),
    ("POST", "/api/v1/invitations/lookup"),
    ("POST", "/api/v1/invitations/accept"),
    ("POST", "/api/v1/me/password"),
    ("GET", "/q/{token}"),
    ("GET", "/q/{token}/pdf"),
    ("POST", "/q/{token}/accept"),
    ("POST", "/q/{token}/decline"),
    // No secret, but as tight: what strangers send becomes work for people.
    ("POST", "/f/{path}"),
    ("POST", "/api/v1/public/forms/{path}/submissions"),
];

/// Takes much memory, processor or time.
pub const COSTLY: &[(&str, &str)] = &[
    ("GET", "/api/v1/companies/export.csv"),
    ("GET", "/api/v1/companies/export.xlsx"),
    ("GET", "/api/v1/contacts/export.csv"),
    ("GET", "/api/v1/contacts/export.vcf"),
    ("GET", "/api/v1/contacts/export.xlsx"),
    ("GET", "/api/v1/custom-objects/{id}/records/export.csv"),
    ("GET", "/api/v1/custom-objects/{id}/records/export.xlsx"),
    ("GET", "/api/v1/deals/export.csv"),
    ("GET", "/api/v1/deals/export.xlsx"),
    ("POST", "/api/v1/imports"),
    ("GET", "/api/v1/imports/{id}/preview"),
    ("GET", "/api/v1/imports/{id}/refused.csv"),
    ("GET", "/api/v1/imports/{id}/trial.csv"),
    ("GET", "/api/v1/invoices/{id}/pdf"),
    ("GET", "/api/v1/leads/export.csv"),
    ("GET", "/api/v1/leads/export.xlsx"),
    ("GET", "/api/v1/quotes/{id}/pdf"),
    ("GET", "/api/v1/reports/{kind}"),
    ("GET", "/api/v1/reports/{kind}/export.csv"),
    ("PUT", "/api/v1/me/picture"),
];

/// Reads many rows to find a few.
pub const SEARCH: &[(&str, &str)] = &[("GET", "/api/v1/search"), ("GET", "/api/v1/contacts/duplicates")];

/// The class of a route.
pub fn class(method: &Method, route: &str) -> Class {
    // HEAD is answered by the handler of GET.
    let name = if method == Method::HEAD { "GET" } else { method.as_str() };
    let is_in = |list: &[(&str, &str)]| list.contains(&(name, route));
    match () {
        () if is_in(SECRET) => Class::Secret,
        () if is_in(COSTLY) => Class::Costly,
        () if is_in(SEARCH) => Class::Search,
        () => by_method(method, route),
    }
}
