//! What is refused, and that the refusal names the field.

use super::samples::{draft_es, quote_us};
use crate::document::{Logo, LogoKind};
use crate::error::{LogoFault, PdfError};

#[test]
fn what_is_beyond_the_limits_is_refused_by_name() {
    let mut d = quote_us();
    d.lines = vec![d.lines[0].clone(); 2_001];
    assert_eq!(crate::render(&d), Err(PdfError::TooMany { field: "lines", count: 2_001, max: 2_000 }));
    let mut d = quote_us();
    d.customer.name = "é".repeat(301);
    assert_eq!(crate::render(&d), Err(PdfError::TextTooLong { field: "customer", max: 300 }));
    let mut d = quote_us();
    d.issue_date = chrono::NaiveDate::MAX;
    assert_eq!(crate::render(&d), Err(PdfError::IssueDate));
}

#[test]
fn logos_are_drawn_or_refused_with_a_reason() {
    let png = |width, height| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbaImage::from_pixel(width, height, image::Rgba([40, 90, 200, 255]))
            .write_to(&mut bytes, image::ImageFormat::Png)
            .unwrap();
        bytes.into_inner()
    };
    let rendered = |bytes: Vec<u8>, kind| {
        let mut d = draft_es();
        d.logo = Some(Logo { bytes, kind });
        crate::render(&d).map(|bytes| bytes.len())
    };
    let plain = crate::render(&draft_es()).unwrap().len();
    for (width, height) in [(200, 80), (1, 1), (2_000, 10), (10, 2_000)] {
        assert!(rendered(png(width, height), LogoKind::Png).unwrap() > plain);
    }
    let refused = |fault: LogoFault| Err(PdfError::Logo(fault));
    assert_eq!(rendered(png(10, 10), LogoKind::Jpeg), refused(LogoFault::Unreadable));
    assert_eq!(rendered(b"<svg/>".to_vec(), LogoKind::Png), refused(LogoFault::Unreadable));
    assert_eq!(rendered(Vec::new(), LogoKind::Webp), refused(LogoFault::Unreadable));
    assert_eq!(rendered(vec![0; 2 * 1024 * 1024 + 1], LogoKind::Png), refused(LogoFault::TooLarge));
    assert_eq!(rendered(png(4_097, 1), LogoKind::Png), refused(LogoFault::TooManyPixels));
    let mut cut = png(200, 80);
    cut.truncate(cut.len() / 2);
    assert_eq!(rendered(cut, LogoKind::Png), refused(LogoFault::Unreadable));
}
