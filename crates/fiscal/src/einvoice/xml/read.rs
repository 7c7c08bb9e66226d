//! From bytes to a tree.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

use super::element::Element;
use super::error::{Problem, ReadError};

/// Most bytes of a document. Ten thousand lines are twelve million.
pub(super) const MOST_BYTES: usize = 32 * 1024 * 1024;
/// Most elements within elements; the deepest path of either syntax is ten.
const MOST_DEPTH: usize = 32;
/// Most attributes of an element.
const MOST_ATTRIBUTES: usize = 32;
/// Most elements.
const MOST_ELEMENTS: usize = 1_000_000;

/// The root of a document. Elements of namespaces that are not listed are passed over with all that is in them.
///
/// # Errors
/// What the module refuses.
pub(in crate::einvoice) fn parse(bytes: &[u8], namespaces: &[&str]) -> Result<Element, ReadError> {
    if bytes.len() > MOST_BYTES {
        return Err(ReadError::new("", Problem::TooLarge));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| ReadError::new("", Problem::Encoding))?;
    let mut reader = NsReader::from_str(text.strip_prefix('\u{FEFF}').unwrap_or(text));
    let mut growing = Growing::default();
    loop {
        let (namespace, event) = reader.read_resolved_event().map_err(|_| ReadError::new("", Problem::Malformed))?;
        let is_known = matches!(namespace, ResolveResult::Bound(Namespace(name)) if namespaces.contains(&name));
        match event {
            Event::Start(start) => growing.open(&start, is_known)?,
            Event::Empty(start) => {
                growing.open(&start, is_known)?;
                growing.close()?;
            }
            Event::End(_) => growing.close()?,
            Event::Text(text) => growing.text(&text.xml10_content())?,
            Event::CData(text) => growing.text(&text.xml10_content())?,
            Event::GeneralRef(reference) => growing.text(resolved(&reference)?.encode_utf8(&mut [0; 4]))?,
            Event::DocType(_) => return Err(ReadError::new("", Problem::Doctype)),
            Event::Decl(declaration) => {
                let is_utf8 = |name: &str| name.eq_ignore_ascii_case("utf-8");
                let encoding =
                    declaration.encoding().transpose().map_err(|_| ReadError::new("", Problem::Malformed))?;
                if encoding.is_some_and(|name| !is_utf8(&name)) {
                    return Err(ReadError::new("", Problem::Encoding));
                }
            }
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => return growing.root(),
        }
    }
}

/// One of the five entities that XML has by itself, or a character by its number.
fn resolved(reference: &BytesRef<'_>) -> Result<char, ReadError> {
    let by_number = reference.resolve_char_ref().map_err(|_| ReadError::new("", Problem::Malformed))?;
    let by_name = match &**reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    };
    by_number.or(by_name).ok_or(ReadError::new("", Problem::Malformed))
}

/// The tree as far as it was read.
#[derive(Default)]
struct Growing {
    /// The elements that are open, outermost first.
    open: Vec<Element>,
    root: Option<Element>,
    elements: usize,
    /// How deep in a foreign element the reader is.
    foreign: usize,
}

impl Growing {
    fn open(&mut self, start: &BytesStart<'_>, is_known: bool) -> Result<(), ReadError> {
        self.elements += 1;
        if self.open.len() + self.foreign >= MOST_DEPTH || self.elements > MOST_ELEMENTS {
            return Err(ReadError::new("", Problem::TooLarge));
        }
        if self.foreign > 0 || (!is_known && !self.open.is_empty()) {
            self.foreign += 1;
            return Ok(());
        }
        if self.open.is_empty() && self.root.is_some() {
            return Err(ReadError::new("", Problem::Malformed));
        }
        if !is_known {
            return Err(ReadError::new("", Problem::NotAnInvoice));
        }
        let mut attributes = Vec::new();
        // Without the check for doubles, which compares each attribute with each.
        for attribute in start.attributes().with_checks(false) {
            if attributes.len() == MOST_ATTRIBUTES {
                return Err(ReadError::new("", Problem::TooLarge));
            }
            let attribute = attribute.map_err(|_| ReadError::new("", Problem::Malformed))?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_err(|_| ReadError::new("", Problem::Malformed))?;
            attributes.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned()));
        }
        let name = start.local_name().as_ref().to_owned();
        self.open.push(Element { name, attributes, ..Element::default() });
        Ok(())
    }

    fn close(&mut self) -> Result<(), ReadError> {
        if self.foreign > 0 {
            self.foreign -= 1;
            return Ok(());
        }
        let element = self.open.pop().ok_or(ReadError::new("", Problem::Malformed))?;
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None => self.root = Some(element),
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), ReadError> {
        match self.open.last_mut() {
            Some(_) if self.foreign > 0 => Ok(()),
            Some(element) => {
                element.text.push_str(text);
                Ok(())
            }
            None if text.trim().is_empty() => Ok(()),
            None => Err(ReadError::new("", Problem::Malformed)),
        }
    }

    fn root(self) -> Result<Element, ReadError> {
        if !self.open.is_empty() {
            return Err(ReadError::new("", Problem::Malformed));
        }
        self.root.ok_or(ReadError::new("", Problem::NotAnInvoice))
    }
}
