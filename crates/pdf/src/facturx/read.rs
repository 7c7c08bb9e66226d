//! Taking the invoice out of a file that came in.

use lopdf::{Dictionary, Document as File, LoadOptions, Object, decode_text_string};

/// Most bytes of a file.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;
/// Most bytes of the invoice within.
pub const MOST_INVOICE: usize = 32 * 1024 * 1024;
/// What all streams that have to be opened to find it may unpack to together, and each of them.
const MOST_UNPACKED: usize = 256 * 1024 * 1024;
const MOST_OF_STREAM: usize = 8 * 1024 * 1024;
/// Most streams of a file; an invoice of two thousand lines has some hundred.
const MOST_STREAMS: usize = 4_096;
/// Most attachments that are looked at, and most nodes of the tree they hang in.
const MOST_FILES: usize = 200;
const MOST_NODES: usize = 1_000;

/// The names that the standards give the invoice, newest first: Factur-X and ZUGFeRD 2.1, ZUGFeRD 1 and 2.0, XRechnung.
const NAMES: [&str; 3] = [super::FILE, "zugferd-invoice.xml", "xrechnung.xml"];

/// Why a file cannot be looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FacturXError {
    /// More bytes than an invoice needs, packed or unpacked.
    #[error("the PDF is larger than an invoice can be: ask for a smaller one")]
    TooLarge,
    /// Its content is locked.
    #[error("the PDF is locked by a password: ask for one that is not")]
    Locked,
    /// Not a PDF, or a broken one.
    #[error("the PDF cannot be read: ask for it again")]
    Unreadable,
}

impl FacturXError {
    /// Stable code for the wire.
    pub fn code(self) -> &'static str {
        match self {
            FacturXError::TooLarge => "facturx_too_large",
            FacturXError::Locked => "facturx_locked",
            FacturXError::Unreadable => "facturx_unreadable",
        }
    }
}

/// The invoice attached to a PDF, as it is; `None` for a PDF without one.
///
/// # Errors
/// [`FacturXError`]. No message holds anything of the file.
pub fn xml(pdf: &[u8]) -> Result<Option<Vec<u8>>, FacturXError> {
    let file = open(pdf)?;
    let Ok(catalog) = file.catalog() else { return Err(FacturXError::Unreadable) };
    let found = attachments(&file, catalog);
    for wanted in NAMES {
        let file_of = |spec: &&Dictionary| is_named(&file, spec, wanted);
        if let Some(spec) = found.iter().copied().find(file_of) {
            return content(&file, spec).map(Some);
        }
    }
    Ok(None)
}

/// Loads a file. Streams that hold objects are unpacked while it loads, each for itself, so the room of each is what all
/// of them may take divided by their number; the word that begins a stream cannot be written in another way.
fn open(pdf: &[u8]) -> Result<File, FacturXError> {
    if pdf.len() > MOST_BYTES {
        return Err(FacturXError::TooLarge);
    }
    let streams = pdf.windows(7).filter(|word| word == b"stream\n" || word == b"stream\r").count();
    if streams > MOST_STREAMS {
        return Err(FacturXError::TooLarge);
    }
    let room = (MOST_UNPACKED / streams.max(1)).min(MOST_OF_STREAM);
    let options = LoadOptions { max_decompressed_size: Some(room), ..LoadOptions::default() };
    let file = File::load_mem_with_options(pdf, options).map_err(|error| match error {
        lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => FacturXError::TooLarge,
        lopdf::Error::InvalidPassword => FacturXError::Locked,
        _ => FacturXError::Unreadable,
    })?;
    if file.is_encrypted() { Err(FacturXError::Locked) } else { Ok(file) }
}

/// The files attached, by the tree of their names and by the list of what belongs to the document.
fn attachments<'a>(file: &'a File, catalog: &'a Dictionary) -> Vec<&'a Dictionary> {
    let mut found = Vec::new();
    let tree = dictionary(file, catalog, b"Names").and_then(|names| dictionary(file, names, b"EmbeddedFiles"));
    // A node has names with their files, or more nodes; a tree that contains itself ends with the count.
    let mut nodes: Vec<&Dictionary> = tree.into_iter().collect();
    for at in 0..MOST_NODES {
        let Some(node) = nodes.get(at).copied() else { break };
        let list = |key: &[u8]| node.get_deref(key, file).ok().and_then(|list| list.as_array().ok());
        // Names and files alternate.
        let files = list(b"Names").into_iter().flatten().skip(1).step_by(2);
        found.extend(files.filter_map(|object| resolved(file, object)).take(MOST_FILES - found.len()));
        nodes.extend(list(b"Kids").into_iter().flatten().filter_map(|child| resolved(file, child)).take(MOST_NODES));
    }
    let associated = catalog.get_deref(b"AF", file).ok().and_then(|list| list.as_array().ok());
    found.extend(associated.into_iter().flatten().take(MOST_FILES).filter_map(|object| resolved(file, object)));
    found
}

fn resolved<'a>(file: &'a File, object: &'a Object) -> Option<&'a Dictionary> {
    file.dereference(object).ok().and_then(|(_, object)| object.as_dict().ok())
}

fn dictionary<'a>(file: &'a File, of: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
    of.get_deref(key, file).ok().and_then(|object| object.as_dict().ok())
}

fn is_named(file: &File, spec: &Dictionary, wanted: &str) -> bool {
    [b"UF".as_slice(), b"F"].into_iter().any(|key| {
        let name = spec.get_deref(key, file).ok().and_then(|name| decode_text_string(name).ok());
        name.is_some_and(|name| name.trim().eq_ignore_ascii_case(wanted))
    })
}

fn content(file: &File, spec: &Dictionary) -> Result<Vec<u8>, FacturXError> {
    let embedded = dictionary(file, spec, b"EF").ok_or(FacturXError::Unreadable)?;
    let stream =
        [b"UF".as_slice(), b"F"].into_iter().find_map(|key| embedded.get_deref(key, file).ok()?.as_stream().ok());
    let stream = stream.ok_or(FacturXError::Unreadable)?;
    let plain = stream.get_plain_content_with_limit(MOST_INVOICE).map_err(|error| match error {
        lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => FacturXError::TooLarge,
        _ => FacturXError::Unreadable,
    })?;
    if plain.len() > MOST_INVOICE { Err(FacturXError::TooLarge) } else { Ok(plain) }
}
