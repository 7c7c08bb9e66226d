//! Writing. Names are ours and constant, so that only texts need escaping.

use quick_xml::escape::escape;

/// A document in the making. An element that nothing is written into is not written (PEPPOL-EN16931-R008).
pub(in crate::einvoice) struct Writer {
    out: String,
}

impl Writer {
    /// A whole document.
    pub(in crate::einvoice) fn document(
        root: &str,
        namespaces: &[(&str, &str)],
        content: impl FnOnce(&mut Writer),
    ) -> Vec<u8> {
        let mut writer = Writer { out: format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root}") };
        for (prefix, namespace) in namespaces {
            let separator = if prefix.is_empty() { "" } else { ":" };
            writer.out.push_str(&format!(" xmlns{separator}{prefix}=\"{namespace}\""));
        }
        writer.out.push('>');
        content(&mut writer);
        writer.out.push_str(&format!("</{root}>\n"));
        writer.out.into_bytes()
    }

    /// An element and what is in it.
    pub(in crate::einvoice) fn node(&mut self, name: &str, content: impl FnOnce(&mut Writer)) {
        let before = self.out.len();
        self.out.push('<');
        self.out.push_str(name);
        self.out.push('>');
        let inside = self.out.len();
        content(self);
        if self.out.len() == inside { self.out.truncate(before) } else { self.close(name) }
    }

    /// An element that the schema demands, empty if need be.
    pub(in crate::einvoice) fn demanded(&mut self, name: &str, content: impl FnOnce(&mut Writer)) {
        self.out.push_str(&format!("<{name}>"));
        content(self);
        self.close(name);
    }

    /// An element with a text.
    pub(in crate::einvoice) fn text(&mut self, name: &str, text: impl AsRef<str>) {
        self.with(name, None, text);
    }

    /// An element with a text, if there is one.
    pub(in crate::einvoice) fn maybe<T: AsRef<str>>(&mut self, name: &str, text: Option<T>) {
        if let Some(text) = text {
            self.text(name, text);
        }
    }

    /// An element with an attribute and a text.
    pub(in crate::einvoice) fn with(&mut self, name: &str, attribute: Option<(&str, &str)>, text: impl AsRef<str>) {
        self.out.push('<');
        self.out.push_str(name);
        if let Some((attribute, value)) = attribute {
            self.out.push_str(&format!(" {attribute}=\"{}\"", escape(value)));
        }
        self.out.push('>');
        self.out.push_str(&escape(text.as_ref()));
        self.close(name);
    }

    fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }
}
