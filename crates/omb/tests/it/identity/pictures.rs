//! P023: a profile picture is made anew, shown to the members, and erased.

use reqwest::Method;
use serde_json::json;

use crate::app::{Answer, Client, TestApp};

/// One transparent point.
const POINT: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\
    \0\0\0\x0aIDAT\x78\x9c\x63\0\x01\0\0\x05\0\x01\x0d\x0a\x2d\xb4\0\0\0\0IEND\xae\x42\x60\x82";

/// A picture with a note in it, as a program that edits pictures leaves behind.
fn png_with_a_remark() -> Vec<u8> {
    let remark = b"tEXtComment\0GPS 19.4326N 99.1332W";
    let length = u32::try_from(remark.len() - 4).unwrap().to_be_bytes();
    let chunk = [&length[..], remark, &crc(remark).to_be_bytes()].concat();
    // Behind the header chunk.
    [&POINT[..33], &chunk, &POINT[33..]].concat()
}

/// CRC-32 (ISO 3309), as PNG chunks end with.
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { 0xEDB8_8320 ^ (c >> 1) } else { c >> 1 })
    };
    !bytes.iter().fold(u32::MAX, step)
}

async fn put(client: &Client, bytes: Vec<u8>) -> Answer {
    client.send(client.request(Method::PUT, "/api/v1/me/picture").header("content-type", "image/png").body(bytes)).await
}

#[tokio::test]
async fn p023_a_picture_is_cleaned_shown_and_erased() {
    for app in TestApp::each().await {
        let ana = app.owner("Faro Azul").await;
        let luis = app.member(&ana, "read_only").await;
        let eve = app.owner("Evil").await;
        let upload = png_with_a_remark();
        assert!(upload.windows(3).any(|w| w == b"GPS"));
        let url = put(&ana, upload).await.ok()["account"]["picture_url"].as_str().unwrap().to_owned();
        for member in [&ana, &luis] {
            let shown = member.get(&url).await;
            assert_eq!((shown.status.as_u16(), &shown.headers["content-type"]), (200, &"image/webp".parse().unwrap()));
            assert!(!shown.bytes.windows(3).any(|w| w == b"GPS"));
            assert_eq!(&shown.bytes[..4], b"RIFF");
        }
        eve.get(&url).await.refused(404, "not_found");
        app.nobody().get(&url).await.refused(401, "sign_in_required");
        let second = put(&ana, png_with_a_remark()).await.ok()["account"]["picture_url"].as_str().unwrap().to_owned();
        assert_ne!(url, second, "a new picture has a new address");
        assert_eq!(ana.delete("/api/v1/me/picture").await.status, 204);
        luis.get(&second).await.refused(404, "not_found");
        ana.delete("/api/v1/me/picture").await.refused(404, "not_found");
        let mut tx = app.store.begin(&super::keys::anybody(&ana).await).await.unwrap();
        assert_eq!(tx.count(store::Sql::new("SELECT count(*) FROM blob")).await.unwrap(), 0);
        drop(tx);
        app.finish().await;
    }
}

#[tokio::test]
async fn p023_what_is_no_picture_is_refused() {
    let app = TestApp::start(testkit::Kind::Sqlite).await;
    let ana = app.owner("Faro Azul").await;
    put(&ana, b"<svg onload='alert(1)'/>".to_vec()).await.field("picture", "picture_type");
    put(&ana, b"\x89PNG\r\n\x1a\nrubbish".to_vec()).await.field("picture", "picture_unreadable");
    put(&ana, vec![0; (5 << 20) + 1]).await.field("picture", "picture_too_large");
    put(&ana, vec![0; 6 << 20]).await.refused(413, "body_too_large");
    assert_eq!(ana.get("/api/v1/me").await.ok()["account"]["picture_url"], json!(null));
    app.finish().await;
}
