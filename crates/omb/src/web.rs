//! The app for the browser, built into the program. Files have names by content and are cached for ever; any other path
//! is a page of the app.

use axum::{
    http::{HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use edge::Problem;
use kernel::Error;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Files;

/// The fallback of the router.
pub async fn page(method: Method, uri: Uri) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return Problem(Error::NotFound { noun: "operation" }).into_response();
    }
    let path = uri.path().trim_start_matches('/');
    if let Some(file) = Files::get(path).filter(|_| !path.is_empty()) {
        let immutable = path.starts_with("assets/");
        let cache = if immutable { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
        return file_response(path, file.data.into_owned(), cache);
    }
    // A missing asset is an error, not the app's first page.
    if path.starts_with("assets/") {
        return Problem(Error::NotFound { noun: "file" }).into_response();
    }
    match Files::get("index.html") {
        Some(index) => file_response("index.html", index.data.into_owned(), "no-cache"),
        None => (StatusCode::NOT_FOUND, "The web app has not been built: run script/server, or npm run build in web/.")
            .into_response(),
    }
}

fn file_response(path: &str, bytes: Vec<u8>, cache: &'static str) -> Response {
    let media_type = match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" | "webmanifest" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
    let mut response = bytes.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}
