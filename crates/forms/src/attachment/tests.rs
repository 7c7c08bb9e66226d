//! What a file is, by its bytes, and a picture made anew.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use kernel::Error;

use super::{
    kind::{FileKind, JPEG, sniff},
    picture::clean,
};

/// An archive with parts of these names, stored as they are.
pub(crate) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    let short = |n: usize| u16::try_from(n).unwrap().to_le_bytes();
    let long = |n: usize| u32::try_from(n).unwrap().to_le_bytes();
    for (name, content) in parts {
        let at = bytes.len();
        let about =
            [&[10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0][..], &long(content.len()), &long(content.len())].concat();
        bytes
            .extend([b"PK\x03\x04".as_slice(), &about, &short(name.len()), &[0, 0], name.as_bytes(), content].concat());
        let rest = [0; 12];
        let entry = [b"PK\x01\x02".as_slice(), &[10, 0], &about, &short(name.len()), &rest, &long(at), name.as_bytes()];
        directory.extend(entry.concat());
    }
    let at = bytes.len();
    bytes.extend(&directory);
    let count = short(parts.len());
    bytes.extend(
        [b"PK\x05\x06".as_slice(), &[0; 4], &count, &count, &long(directory.len()), &long(at), &[0, 0]].concat(),
    );
    bytes
}

fn kind(bytes: &[u8], name: &str) -> Result<(FileKind, &'static str), String> {
    match sniff("q_files", bytes, name) {
        Ok(known) => Ok((known.kind, known.ending)),
        Err(Error::Invalid { fields }) => Err(fields[0].code.clone()),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn a_file_is_what_its_bytes_are_whatever_it_is_called() {
    let types: &[u8] = b"<Types/>";
    let docx = archive(&[("[Content_Types].xml", types), ("word/document.xml", b"<w/>")]);
    let xlsx = archive(&[("[Content_Types].xml", types), ("xl/workbook.xml", b"<w/>")]);
    let pptx = archive(&[("[Content_Types].xml", types), ("ppt/presentation.xml", b"<p/>")]);
    let odt = archive(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<o/>")]);
    let ods = archive(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<o/>")]);
    for (bytes, name, expected) in [
        (&b"%PDF-1.7\n"[..], "page.html", (FileKind::Pdf, "pdf")),
        (&docx, "x.exe", (FileKind::Document, "docx")),
        (&xlsx, "x", (FileKind::Table, "xlsx")),
        (&pptx, "x", (FileKind::Document, "pptx")),
        (&odt, "x", (FileKind::Document, "odt")),
        (&ods, "x", (FileKind::Table, "ods")),
        ("Zwölf Wagen\nنص".as_bytes(), "list.txt", (FileKind::Text, "txt")),
        ("\u{feff}name;mail\nEva;eva@a.example".as_bytes(), "LIST.CSV", (FileKind::Table, "csv")),
        (b"x < y and y > z", "note.txt", (FileKind::Text, "txt")),
    ] {
        assert_eq!(kind(bytes, name), Ok(expected), "{name}");
    }
}

#[test]
fn pages_programs_and_documents_with_macros_are_refused() {
    let types: &[u8] = b"<Types/>";
    let macros =
        archive(&[("[Content_Types].xml", types), ("word/document.xml", b"<w/>"), ("word/vbaProject.bin", b"x")]);
    // Its directory says that it ends before the part with the macros.
    let mut lying = macros.clone();
    let count = lying.len() - 12;
    lying[count..count + 2].copy_from_slice(&2_u16.to_le_bytes());
    let program = archive(&[("[Content_Types].xml", types), ("word/document.xml", b"<w/>"), ("setup.EXE", b"MZ")]);
    let plain = archive(&[("readme.txt", b"hello")]);
    let template = archive(&[("mimetype", b"application/vnd.oasis.opendocument.text-template"), ("a", b"b")]);
    let scripts = archive(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("Basic/Standard/a.xml", b"b")]);
    let odd = archive(&[("[Content_Types].xml", types), ("word/document.xml", b"<w/>")]);
    let cut = &odd[..odd.len() - 30];
    for (bytes, name) in [
        (&b"<!doctype html><script>alert(1)</script>"[..], "a.txt"),
        (b"  <svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "a.png"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", "a.txt"),
        (b"hello <SCRIPT>x()</SCRIPT>", "a.txt"),
        (b"#!/bin/sh\nrm -rf /", "a.txt"),
        (b"{\\rtf1 x}", "a.rtf"),
        (b"MZ\x90\x00\x03", "a.pdf"),
        (b"\x7fELF\x02", "a.pdf"),
        (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "a.gif"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc"),
        (b"\xff\xfe\x00\x01", "a.txt"),
        (&macros, "a.docx"),
        (&lying, "a.docx"),
        (&program, "a.docx"),
        (&plain, "a.docx"),
        (&template, "a.odt"),
        (&scripts, "a.odt"),
        (cut, "a.docx"),
    ] {
        assert_eq!(kind(bytes, name), Err("file_kind".into()), "{name} {:?}", String::from_utf8_lossy(&bytes[..8]));
    }
    assert_eq!(kind(b"", "a.pdf"), Err("file_empty".into()));
}

/// A picture with a note in it, as a camera leaves where it was.
pub(crate) fn photo() -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = DynamicImage::ImageRgb8(RgbImage::from_pixel(40, 20, Rgb([200, 30, 30])));
    picture.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Jpeg).unwrap();
    // An APP1 segment (Exif) that says where, and that the camera was held upright: orientation 6.
    let tiff = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0GPS 39.47 -0.37";
    let length = u16::try_from(tiff.len() + 2).unwrap().to_be_bytes();
    [&bytes[..2], &[0xFF, 0xE1], &length, tiff, &bytes[2..]].concat()
}

#[test]
fn a_picture_is_turned_upright_and_loses_what_the_camera_added() {
    let photo = photo();
    assert!(photo.windows(3).any(|part| part == b"GPS"));
    let kept = clean("q_files", &photo, JPEG).unwrap();
    assert!(!kept.windows(3).any(|part| part == b"GPS") && !kept.windows(4).any(|part| part == b"Exif"));
    let read = image::load_from_memory(&kept).unwrap();
    assert_eq!((read.width(), read.height()), (20, 40));
    match clean("q_files", &photo[..200], JPEG) {
        Err(Error::Invalid { fields }) => assert_eq!(fields[0].code, "file_broken"),
        other => panic!("{other:?}"),
    }
}
