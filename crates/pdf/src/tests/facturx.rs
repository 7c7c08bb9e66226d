//! A Factur-X: the invoice is in it, the file says so, picture and invoice say the same, and files of strangers do no
//! harm. `OMB_PDF_SAMPLES` names a folder to write one to, so that other validators can look.

use fiscal::einvoice::{
    self, Address, Code, Contact, Delivery, Figures, Identifier, Invoice, Item, Kind, Party, Profile, Text,
};
use fiscal::totals::{Category, Document as Priced, Line, Norm, Tax};
use lopdf::{Document as File, Object, dictionary};
use proptest::prelude::*;

use super::samples;
use crate::facturx::{self, FacturXError};

fn tax(rate: &str, name: &str, withheld: bool) -> Tax {
    Tax { category: Category::S, rate: samples::number(rate), name: name.into(), withheld, exemption_code: None }
}

fn line(quantity: &str, price: &str, taxes: Vec<Tax>) -> Line {
    Line { quantity: samples::number(quantity), unit_price: samples::number(price), discount: None, taxes }
}

fn party(name: &str, vat_id: &str, city: &str, post_code: &str) -> Party {
    Party {
        name: Text::from(name),
        vat_id: Text::some(vat_id),
        electronic: Some(Identifier { id: Text::from(vat_id), scheme: Code::parse("9920") }),
        address: Address {
            line1: Text::some("Calle de Alcalá 45, 2.º B"),
            city: Text::some(city),
            post_code: Text::some(post_code),
            country: Code::parse("ES"),
            ..Address::default()
        },
        contact: Some(Contact { email: Text::some("facturas@alameda.example"), ..Contact::default() }),
        ..Party::default()
    }
}

/// The sample from Spain as the neutral model has it.
fn invoice_es() -> Invoice {
    let first = line("37.5", "62", vec![tax("21", "IVA", false), tax("15", "IRPF", true)]);
    let lines = vec![first, line("120", "4.35", vec![tax("4", "IVA", false)])];
    let priced = Priced {
        currency: iso_currency::Currency::EUR,
        norm: Norm::ByCategory,
        prices_include_tax: false,
        lines,
        allowance: None,
    };
    let item = |name: &str, unit: &str| Item {
        name: Text::from(name),
        description: None,
        unit: Code::parse(unit).unwrap(),
        note: None,
        seller_item: None,
    };
    let items = [item("Consultoría de exportación", "HUR"), item("Manual técnico impreso", "C62")];
    let figures = Figures::of(&priced, &priced.compute().unwrap(), &items).unwrap();
    Invoice {
        profile: Profile::En16931,
        number: Text::from("2026-0117"),
        issued: samples::day(2026, 11, 23),
        kind: Kind::INVOICE,
        currency: figures.currency,
        accounting_tax: None,
        tax_point: None,
        due: Some(samples::day(2026, 12, 23)),
        buyer_reference: None,
        contract: None,
        order: None,
        payment_terms: Text::some("Retención IRPF 15 %: -348,75 EUR"),
        notes: Vec::new(),
        preceding: Vec::new(),
        seller: party("Estudio Alameda, S.L.", "ESB12345674", "Madrid", "28014"),
        buyer: party("Bodegas Ribera Alta, S.A.", "ESA28000727", "Peñafiel", "47300"),
        payee: None,
        delivery: Some(Delivery { date: Some(samples::day(2026, 11, 20)), ..Delivery::default() }),
        period: None,
        payment: None,
        adjustments: figures.adjustments,
        sums: figures.sums,
        vat: figures.vat,
        lines: figures.lines,
    }
}

fn made() -> (Vec<u8>, Vec<u8>) {
    let xml = einvoice::cii::write(&invoice_es());
    (facturx::render(&samples::invoice_es(), &xml).unwrap(), xml)
}

#[test]
fn the_invoice_is_in_the_file_and_comes_out_as_it_was() {
    let (pdf, xml) = made();
    if let Some(folder) = std::env::var_os("OMB_PDF_SAMPLES") {
        std::fs::write(std::path::Path::new(&folder).join("facturx.pdf"), &pdf).unwrap();
    }
    assert_eq!(facturx::xml(&pdf), Ok(Some(xml)));
    assert_eq!(einvoice::check_facturx(&invoice_es()), []);
    let taken = facturx::xml(&pdf).unwrap().unwrap();
    assert_eq!(einvoice::cii::read(&taken), Ok(invoice_es()));
}

#[test]
fn the_file_says_what_it_holds() {
    let file = File::load_mem(&made().0).unwrap();
    let catalog = file.catalog().unwrap();
    let listed = catalog.get_deref(b"AF", &file).unwrap().as_array().unwrap();
    assert_eq!(listed.len(), 1);
    let spec = file.dereference(&listed[0]).unwrap().1.as_dict().unwrap();
    assert_eq!(spec.get(b"AFRelationship").unwrap().as_name().unwrap(), b"Alternative");
    assert_eq!(spec.get(b"F").unwrap().as_str().unwrap(), b"factur-x.xml");
    let embedded = spec.get_deref(b"EF", &file).unwrap().as_dict().unwrap();
    let stream = embedded.get_deref(b"F", &file).unwrap().as_stream().unwrap();
    assert_eq!(stream.dict.get(b"Subtype").unwrap().as_name().unwrap(), b"text/xml");
    let packet = catalog.get_deref(b"Metadata", &file).unwrap().as_stream().unwrap();
    assert!(!packet.is_compressed());
    let xmp = std::str::from_utf8(&packet.content).unwrap();
    for words in [
        "<pdfaid:part>3</pdfaid:part>",
        "<pdfaid:conformance>B</pdfaid:conformance>",
        "<pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI>",
        "<fx:DocumentType>INVOICE</fx:DocumentType>",
        "<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>",
        "<fx:Version>1.0</fx:Version>",
        "<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>",
    ] {
        assert!(xmp.contains(words), "{words} is not in {xmp}");
    }
}

/// Digest and evidence are of bytes.
#[test]
fn the_same_document_and_invoice_give_the_same_bytes() {
    let first = made().0;
    typst::comemo::evict(0);
    assert!(first == made().0);
}

/// The picture is that of the document without an invoice, and shows each amount of the invoice.
#[test]
fn picture_and_invoice_say_the_same() {
    let file = File::load_mem(&made().0).unwrap();
    let pages: Vec<u32> = file.get_pages().keys().copied().collect();
    let text: String = file.extract_text(&pages).unwrap().split_whitespace().collect();
    let plain = File::load_mem(&crate::render(&samples::invoice_es()).unwrap()).unwrap();
    let printed: String = plain.extract_text(&pages).unwrap().split_whitespace().collect();
    assert_eq!(text, printed);
    let invoice = invoice_es();
    let amounts = [invoice.sums.net].into_iter().chain(invoice.vat.iter().flat_map(|row| [row.base, row.tax]));
    for minor in amounts.chain(invoice.lines.iter().map(|line| line.net)) {
        let (whole, cents) = (minor / 100, minor % 100);
        let shown = match whole / 1000 {
            0 => format!("{whole},{cents:02}"),
            thousands => format!("{thousands}.{:03},{cents:02}", whole % 1000),
        };
        let short = format!("{whole},{cents:02}");
        assert!(text.contains(&shown) || text.contains(&short), "{shown} is not in {text}");
    }
    assert_eq!(invoice.sums.payable - 34_875, samples::invoice_es().total);
}

#[test]
fn a_pdf_without_an_invoice_has_none_and_what_is_no_pdf_is_told() {
    assert_eq!(facturx::xml(&crate::render(&samples::invoice_mx()).unwrap()), Ok(None));
    assert_eq!(facturx::xml(b"%PDF-1.7 nothing"), Err(FacturXError::Unreadable));
    assert_eq!(facturx::xml(b""), Err(FacturXError::Unreadable));
    assert_eq!(facturx::xml(&vec![0; facturx::MOST_BYTES + 1]), Err(FacturXError::TooLarge));
    let streams = "stream\n".repeat(5_000);
    assert_eq!(facturx::xml(streams.as_bytes()), Err(FacturXError::TooLarge));
}

/// A file as others make it: another name, and the attachment only in the tree of names, under nodes.
fn of_others(name: &str, content: Vec<u8>, compressed: bool) -> Vec<u8> {
    let mut file = File::with_version("1.7");
    let mut stream = lopdf::Stream::new(dictionary! { "Type" => "EmbeddedFile" }, content);
    if compressed {
        stream.compress().unwrap();
    }
    let stream = file.add_object(stream);
    let spec = file.add_object(dictionary! {
        "Type" => "Filespec",
        "F" => Object::string_literal("other.bin"),
        "UF" => lopdf::text_string(name),
        "EF" => dictionary! { "F" => stream },
    });
    let leaf = file.add_object(dictionary! { "Names" => vec![Object::string_literal("a"), spec.into()] });
    let tree = file.add_object(dictionary! { "Kids" => vec![leaf.into()] });
    let names = file.add_object(dictionary! { "EmbeddedFiles" => tree });
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Names" => names });
    file.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn the_names_of_other_standards_are_found() {
    for name in ["factur-x.xml", "ZUGFeRD-invoice.xml", "zugferd-invoice.xml", "xrechnung.xml"] {
        assert_eq!(facturx::xml(&of_others(name, b"<a/>".to_vec(), true)), Ok(Some(b"<a/>".to_vec())), "{name}");
    }
    assert_eq!(facturx::xml(&of_others("notes.xml", b"<a/>".to_vec(), false)), Ok(None));
}

/// Forty million bytes that pack into forty thousand.
#[test]
fn an_invoice_that_unpacks_beyond_bounds_is_refused() {
    let bomb = of_others("factur-x.xml", vec![b' '; 40 * 1024 * 1024], true);
    assert!(bomb.len() < 100_000);
    assert_eq!(facturx::xml(&bomb), Err(FacturXError::TooLarge));
}

/// A tree that contains itself ends.
#[test]
fn a_tree_of_names_in_a_circle_ends() {
    let mut file = File::load_mem(&of_others("factur-x.xml", b"<a/>".to_vec(), false)).unwrap();
    let trees = file.objects.iter().filter(|(_, object)| object.as_dict().is_ok_and(|tree| tree.has(b"Kids")));
    let (id, _) = trees.into_iter().next().unwrap();
    let id = *id;
    let kids = vec![Object::Reference(id), Object::Reference(id)];
    file.get_dictionary_mut(id).unwrap().set("Kids", kids);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    assert_eq!(facturx::xml(&bytes), Ok(None));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_change_of_a_file_makes_the_reader_panic(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..3), 1..12),
    ) {
        let mut bytes = of_others("factur-x.xml", b"<a/>".repeat(20), true);
        for (at, byte, how) in changes {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => drop(bytes.drain(at..(at + usize::from(byte % 16)).min(bytes.len()))),
            }
        }
        if let Err(error) = facturx::xml(&bytes) {
            prop_assert!(!error.code().is_empty());
        }
    }
}
