//! What the template receives: finished text in the document's language, in the order it is printed. The template only
//! places it; this module decides what there is.

mod blocks;
mod facts;
mod rows;
mod totals;

use serde::Serialize;

use crate::document::{Document, Kind, LogoKind, Party};
use crate::fonts::FONTS;
use crate::place::{Place, Shown};
use crate::words::Words;

pub(crate) use blocks::{Block, Payment};
pub(crate) use facts::Fact;
pub(crate) use rows::Table;
pub(crate) use totals::Total;

/// All a template needs to typeset one document.
#[derive(Serialize)]
pub(crate) struct Sheet {
    language: &'static str,
    region: Option<String>,
    paper: &'static str,
    fonts: Vec<&'static str>,
    /// The word across each page of a draft.
    watermark: Option<String>,
    title: Shown,
    /// Title and number: the PDF's own title.
    name: Shown,
    /// The issuer as the PDF's author, and in place of the logo for those who cannot see it.
    author: Shown,
    /// Both again, as far as they fit in the head and foot of a page.
    running: Shown,
    running_issuer: Shown,
    /// With `{x}` and `{y}` for the page and the number of pages.
    page_of: String,
    issuer: Side,
    customer: Side,
    logo: Option<&'static str>,
    /// The name of the file that is attached.
    attachment: Option<&'static str>,
    facts: Vec<Fact>,
    headline: Shown,
    link: Option<Link>,
    table: Option<Table>,
    totals: Vec<Total>,
    payment: Option<Payment>,
    accepted: Option<Block>,
    blocks: Vec<Block>,
    small_print: Vec<Shown>,
}

/// One of the two parties.
#[derive(Serialize)]
struct Side {
    label: Shown,
    name: Shown,
    rows: Vec<Shown>,
}

/// An address the reader can follow, and the words that stand for it.
#[derive(Serialize)]
pub(crate) struct Link {
    label: Shown,
    url: String,
}

impl Sheet {
    /// The same with a file attached, by its name.
    pub(crate) fn attaching(self, name: &'static str) -> Self {
        Self { attachment: Some(name), ..self }
    }

    pub(crate) fn of(document: &Document) -> Self {
        let words = Words::of(&document.locale);
        let title = title(document.kind, words);
        let name = match &document.number {
            Some(number) => format!("{title} {number}"),
            None => format!("{title} · {}", words.text("draft")),
        };
        Self {
            language: document.locale.language.code(),
            region: document.locale.region().map(str::to_owned),
            paper: document.locale.paper(),
            fonts: FONTS.families(),
            watermark: document.number.is_none().then(|| words.text("draft").to_uppercase()),
            title: Place::Text.fit(&title),
            name: Place::Figure.fit(&name),
            author: Place::Figure.fit(&document.issuer.name),
            running: Place::Running.fit(&name),
            running_issuer: Place::Running.fit(&document.issuer.name),
            page_of: words.filled("page-of", &[("page", "{x}"), ("pages", "{y}")]),
            issuer: side(words.text("from"), &document.issuer),
            customer: side(words.text(customer_label(document.kind)), &document.customer),
            logo: document.logo.as_ref().map(|logo| match logo.kind {
                LogoKind::Png => "png",
                LogoKind::Jpeg => "jpg",
                LogoKind::Webp => "webp",
            }),
            attachment: None,
            facts: facts::all(document, words),
            headline: facts::headline(document, words),
            link: link(document, words),
            table: rows::table(document, words),
            totals: totals::all(document, words),
            payment: blocks::payment(document, words),
            accepted: blocks::accepted(document, words),
            blocks: blocks::all(document, words),
            small_print: blocks::small_print(document, words),
        }
    }
}

fn title(kind: Kind, words: Words<'_>) -> String {
    words.text(match kind {
        Kind::Quote => "title-quote",
        Kind::Invoice => "title-invoice",
        Kind::CreditNote => "title-credit-note",
        Kind::DebitNote => "title-debit-note",
        Kind::Receipt => "title-receipt",
    })
}

fn customer_label(kind: Kind) -> &'static str {
    match kind {
        Kind::Quote => "prepared-for",
        Kind::Invoice | Kind::CreditNote | Kind::DebitNote => "bill-to",
        Kind::Receipt => "received-from",
    }
}

fn side(label: String, party: &Party) -> Side {
    let tax_id = party.tax_id.as_ref().map(|id| match &party.tax_id_label {
        Some(label) => format!("{label} {id}"),
        None => id.clone(),
    });
    let rows = party.address_lines.iter().chain(&tax_id).chain(&party.email).chain(&party.phone);
    let rows = rows.filter(|row| !row.trim().is_empty()).map(|row| Place::Party.fit(row));
    Side { label: Place::Party.fit(&label), name: Place::Party.fit(&party.name), rows: rows.collect() }
}

fn link(document: &Document, words: Words<'_>) -> Option<Link> {
    let url = document.public_url.as_ref().filter(|url| is_web_address(url))?;
    let may_accept = document.kind == Kind::Quote && document.accepted.is_none() && document.number.is_some();
    let label = words.text(if may_accept { "accept-online" } else { "view-online" });
    Some(Link { label: Place::Text.fit(&label), url: url.clone() })
}

/// Only these become links: a `javascript:` or `file:` address in a PDF is an attack on its reader.
pub(crate) fn is_web_address(value: &str) -> bool {
    value.starts_with("https://") || value.starts_with("http://")
}
