//! How documents break over pages.

use super::reading::{Page, flat, pages, squeezed};
use super::samples::{invoice_br, invoice_mx, line, quote_us};
use crate::document::Document;

fn with_lines(count: usize) -> Document {
    let mut d = quote_us();
    d.lines = (1..=count).map(|n| line(&format!("Item number {n:04}"), "1", None, "10", 1_000, "Exempt")).collect();
    d
}

/// The pages on which `words` stand.
fn places(pages: &[Page], words: &str) -> Vec<usize> {
    let holds = |page: &Page| page.runs.iter().any(|run| run.text.trim() == words);
    (0..pages.len()).filter(|place| holds(&pages[*place])).collect()
}

#[test]
fn two_hundred_lines_paginate() {
    let read = pages(&with_lines(200));
    let last = read.len() - 1;
    assert!((5..=10).contains(&read.len()), "{} pages", read.len());
    for (place, page) in read.iter().enumerate() {
        let text = squeezed(&page.text());
        assert!(text.contains(&format!("Page {} of {}", place + 1, read.len())), "{text}");
        if text.contains("Item number") {
            assert!(text.contains("Description") && text.contains("Amount"), "page {place} has no headings");
        }
        // From the second page on, the head says whose document this is.
        let head =
            page.runs.iter().filter(|run| run.y < 60.0).map(|run| run.text.as_str()).collect::<Vec<_>>().join(" ");
        assert_eq!(place > 0, squeezed(&head).contains("Northwind Field Services LLC Quote Q-00087"), "{head}");
    }
    let all: String = read.iter().map(Page::text).collect::<Vec<_>>().join("\n");
    for n in 1..=200 {
        assert_eq!(all.matches(&format!("Item number {n:04}")).count(), 1, "line {n}");
    }
    let totals = places(&read, "Subtotal");
    assert!(totals.len() == 1 && totals[0] + 1 >= last, "{totals:?}");
}

/// Whatever the number of lines, net and total never part.
#[test]
fn totals_stay_together() {
    for count in 19..=29 {
        let read = pages(&with_lines(count));
        let (net, total) = (places(&read, "Subtotal"), places(&read, "Total"));
        assert_eq!(net.len(), 1, "{count} lines");
        assert_eq!(net, total, "{count} lines");
    }
}

/// A line is not torn apart at the foot of a page.
#[test]
fn a_line_and_its_details_stay_together() {
    for count in 13..=19 {
        let mut d = with_lines(count);
        d.lines.iter_mut().for_each(|line| line.details = Some("First detail\nSecond detail\nThird detail".into()));
        for page in pages(&d) {
            let text = page.text();
            assert_eq!(text.matches("Item number").count(), text.matches("Third detail").count(), "{count} lines");
        }
    }
}

#[test]
fn a_description_longer_than_a_page_goes_on() {
    let mut d = quote_us();
    d.lines[0].details =
        Some((1..=900).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ") + &"\nmore".repeat(80));
    let read = pages(&d);
    assert!(read.len() > 1);
    let text = flat(&d);
    assert!(text.contains("word1 word2") && text.contains("word900"));
    assert_eq!(text.matches("more").count(), 80);
    assert_inside(&read);
}

#[test]
fn long_notes_and_many_payment_rows_go_on() {
    let mut d = invoice_mx();
    d.payment = d.payment.iter().cycle().take(40).cloned().collect();
    d.payment.iter_mut().for_each(|field| field.value = "long value ".repeat(25));
    d.breakdown = d.breakdown.iter().cycle().take(40).cloned().collect();
    d.terms = Some("All work is done with care. ".repeat(1_000));
    let read = pages(&d);
    assert!(read.len() > 5);
    assert_inside(&read);
    assert_eq!(flat(&d).matches("care.").count(), 1_000);
}

#[test]
fn a_document_without_lines_is_still_one() {
    let mut d = invoice_br();
    d.lines.clear();
    let read = pages(&d);
    assert_eq!(read.len(), 1);
    assert!(!flat(&d).contains("Descrição"));
    assert!(flat(&d).contains("Subtotal"));
}

#[test]
fn every_sample_keeps_inside_its_margins() {
    for (name, mut d) in super::samples::all() {
        // The watermark crosses everything on purpose.
        d.number.get_or_insert_with(|| name.into());
        assert_inside(&pages(&d));
    }
}

/// Nothing is printed into the margins, and nothing over something else on its line.
pub(super) fn assert_inside(pages: &[Page]) {
    const SIDE: f64 = 51.02;
    for (place, page) in pages.iter().enumerate() {
        for run in &page.runs {
            let inside = run.left > SIDE - 1.0 && run.right < page.width - SIDE + 1.0;
            assert!(inside, "page {place}: {:?} runs from {} to {} of {}", run.text, run.left, run.right, page.width);
            assert!(run.y > 20.0 && run.y < page.height - 20.0, "page {place}: {:?} stands at {}", run.text, run.y);
        }
        let mut runs: Vec<_> = page.runs.iter().filter(|run| !run.text.trim().is_empty()).collect();
        // Baselines of one line differ by what was lost in adding up, so a line is more than one height.
        runs.sort_by(|a, b| a.y.total_cmp(&b.y));
        for line in runs.chunk_by_mut(|a, b| (a.y - b.y).abs() < 0.01) {
            line.sort_by(|a, b| a.left.total_cmp(&b.left));
            for pair in line.windows(2) {
                assert!(
                    pair[0].right < pair[1].left + 1.0,
                    "page {place}: {:?} up to {} runs into {:?} from {} at {}",
                    pair[0].text,
                    pair[0].right,
                    pair[1].text,
                    pair[1].left,
                    pair[0].y
                );
            }
        }
    }
}

/// A figure never breaks over two lines, however long it is beside others.
#[test]
fn long_quantities_and_bases_stay_whole() {
    let mut d = invoice_br();
    d.lines.truncate(2);
    d.lines[0].quantity = super::samples::number("12345678.125");
    d.lines[0].unit = Some("quilômetros-tonelada".into());
    d.breakdown[0].base = 123_456_789_012;
    let read = pages(&d);
    assert_inside(&read);
    for figure in ["12.345.678,125", "1.234.567.890,12"] {
        let holds = |page: &Page| page.runs.iter().any(|run| run.text.contains(figure));
        assert!(read.iter().any(holds), "{figure}: {}", flat(&d));
    }
}
