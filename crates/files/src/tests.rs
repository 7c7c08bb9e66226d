//! Blobs on both databases.

use std::sync::Arc;

use bytes::Bytes;
use kernel::{Can, Caller, TenantId, permissions};

use crate::*;

permissions! { Work = "work.do": []; }

fn pdf(bytes: &'static [u8]) -> NewBlob {
    NewBlob { file_name: "../../ñ:a.pdf".into(), media_type: "application/pdf".into(), bytes: Bytes::from_static(bytes), purpose: "test" }
}

#[tokio::test]
async fn a_blob_is_kept_by_content_and_only_its_tenant_reads_it() {
    let folder = tempfile::tempdir().unwrap();
    for store in testkit::stores().await {
        let blobs = Blobs::local(folder.path()).unwrap();
        let can = Can::<Work>::check(Arc::new(Caller::system(TenantId::new()))).unwrap();
        let mut tx = store.begin(&can).await.unwrap();
        let one = blobs.put(&mut tx, pdf(b"same")).await.unwrap();
        let two = blobs.put(&mut tx, pdf(b"same")).await.unwrap();
        assert_eq!(one.file_name, "ña.pdf");
        tx.commit().await.unwrap();
        let mut tx = store.begin(&can).await.unwrap();
        blobs.delete(&mut tx, one.id).await.unwrap();
        assert_eq!(blobs.get(&mut tx, two.id).await.unwrap().1, "same", "the other with the same content is still whole");
        blobs.delete(&mut tx, two.id).await.unwrap();
        assert!(blobs.get(&mut tx, two.id).await.is_err());
        let stranger = Can::<Work>::check(Arc::new(Caller::system(TenantId::new()))).unwrap();
        let mut other = store.read(&stranger).await.unwrap();
        assert!(blobs.get(&mut other, one.id).await.is_err());
    }
}

#[test]
fn a_file_name_survives_a_header() {
    assert_eq!(serve::file_name("Año \"x\".pdf"), "filename=\"A_o _x_.pdf\"; filename*=UTF-8''A%C3%B1o%20%22x%22.pdf");
}
