//! What the template can see: itself, its parts, the data, the logo and what is attached, under names that never change.
//!
//! Invariant: file names are constant (typst interns each new name for ever); there is no road to the disk, to
//! packages on the network or to the clock.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::fonts::FONTS;

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static MAIN: LazyLock<Source> =
    LazyLock::new(|| Source::new(named("document.typ"), include_str!("../templates/document.typ").to_owned()));
static PARTS: LazyLock<Source> =
    LazyLock::new(|| Source::new(named("parts.typ"), include_str!("../templates/parts.typ").to_owned()));
static DATA: LazyLock<FileId> = LazyLock::new(|| named("data.json"));
static LOGO: LazyLock<FileId> = LazyLock::new(|| named("logo"));
static ATTACHMENT: LazyLock<FileId> = LazyLock::new(|| named("attachment"));

fn named(name: &'static str) -> FileId {
    let path = VirtualPath::new(name).expect("constant file names are valid");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// The world of one document.
pub(crate) struct Desk {
    data: Bytes,
    logo: Option<Bytes>,
    attachment: Option<Bytes>,
}

impl Desk {
    /// `data` is the JSON the template reads, `attachment` what it attaches.
    pub(crate) fn new(data: Vec<u8>, logo: Option<Vec<u8>>, attachment: Option<Vec<u8>>) -> Self {
        Self { data: Bytes::new(data), logo: logo.map(Bytes::new), attachment: attachment.map(Bytes::new) }
    }
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        MAIN.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        [&MAIN, &PARTS].into_iter().find(|source| source.id() == id).map(|source| (*source).clone()).ok_or(absent(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *DATA {
            return Ok(self.data.clone());
        }
        let kept = [(*LOGO, &self.logo), (*ATTACHMENT, &self.attachment)].into_iter().find(|(of, _)| *of == id);
        kept.and_then(|(_, bytes)| bytes.clone()).ok_or_else(|| absent(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.all.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
