//! Blobs on both databases.

use std::sync::Arc;

use bytes::Bytes;
use kernel::{Caller, Can, TenantId, id::Id, permissions};

use crate::*;

permissions! { Work = "work.do": []; }

fn pdf(bytes: &'static [u8]) -> NewBlob {
    NewBlob {
        file_name: "../../ñ:a.pdf".into(),
        media_type: "application/pdf".into(),
        bytes: Bytes::from_static(bytes),
        purpose: "test",
    }
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
        assert_eq!(
            blobs.get(&mut tx, two.id).await.unwrap().1,
            "same",
            "the other with the same content is still whole"
        );
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

#[tokio::test]
async fn a_large_file_arrives_in_pieces_and_is_read_from_disk() {
    use std::io::Read;
    let folder = tempfile::tempdir().unwrap();
    for store in testkit::stores().await {
        let blobs = Blobs::local(folder.path()).unwrap();
        let tenant = TenantId::new();
        let can = Can::<Work>::check(Arc::new(Caller::system(tenant))).unwrap();
        let mut upload = blobs.upload(tenant).await.unwrap();
        for piece in 0..300_u16 {
            upload.write(Bytes::from(vec![piece as u8; 64 << 10])).await.unwrap();
        }
        let size = upload.size();
        let mut tx = store.begin(&can).await.unwrap();
        let blob = upload.finish(&mut tx, "people.csv", "text/csv", "import").await.unwrap();
        assert_eq!((blob.size as u64, size), (300 * (64 << 10), 300 * (64 << 10)));
        let (_, mut file) = blobs.open(&mut tx, blob.id).await.unwrap();
        let mut read = Vec::new();
        file.read_to_end(&mut read).unwrap();
        assert_eq!(read.len() as u64, size);
        assert_eq!(blobs.get(&mut tx, blob.id).await.unwrap().0.sha256, blob.sha256, "and by its digest as any other");
        tx.commit().await.unwrap();

        let mut given_up = blobs.upload(tenant).await.unwrap();
        given_up.write(Bytes::from_static(b"half")).await.unwrap();
        given_up.abort().await.unwrap();
        let arriving = folder.path().join(tenant.uuid().simple().to_string()).join("arriving");
        let left = std::fs::read_dir(arriving).map_or(0, Iterator::count);
        assert_eq!(left, 0, "an upload that was given up leaves nothing behind");

        let stranger = Can::<Work>::check(Arc::new(Caller::system(TenantId::new()))).unwrap();
        let upload = blobs.upload(tenant).await.unwrap();
        let mut other = store.begin(&stranger).await.unwrap();
        assert!(upload.finish(&mut other, "a", "text/csv", "import").await.is_err());
    }
}
