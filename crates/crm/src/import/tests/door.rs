//! Whose imports: a tenant's own.

use super::*;

#[tokio::test]
async fn an_import_of_another_tenant_is_not_there() {
    for bench in benches().await {
        let id = bench.upload(&crowd(5)).await.ok().id();
        let theirs = &bench.desk.theirs;
        for (method, path) in [
            ("GET", format!("/api/v1/imports/{id}")),
            ("GET", format!("/api/v1/imports/{id}/refused.csv")),
            ("POST", format!("/api/v1/imports/{id}/start")),
            ("POST", format!("/api/v1/imports/{id}/undo")),
        ] {
            assert_eq!(
                bench.desk.ask(theirs, "owner", method, &path, None, None).await.status,
                StatusCode::NOT_FOUND,
                "{method} {path}"
            );
        }
        let list = bench.desk.ask(theirs, "owner", "GET", "/api/v1/imports", None, None).await.ok();
        assert_eq!(list.body["items"], json!([]));
        let ours = bench.json("GET", "/api/v1/imports?state=ready", None, None).await.ok();
        assert_eq!(ours.each("id"), [id]);
    }
}
