//! Members named in a note: `@mem_…` in its text, so that a changed name is shown as it is now.

use kernel::{MemberId, Result};
use store::Tx;

use super::Note;
use crate::{member, name, notification};

/// An id is `mem_` and 32 hexadecimal digits.
const LENGTH: usize = 36;
/// Telling more people than this is what a meeting is for.
const MOST: usize = 20;

/// The members a text names, each once, in the order it names them.
pub fn named(text: &str) -> Vec<MemberId> {
    let mut named: Vec<MemberId> = Vec::new();
    for (at, _) in text.match_indices("@mem_") {
        let id = text.get(at + 1..at + 1 + LENGTH).and_then(|id| id.parse().ok());
        named.extend(id.filter(|id| !named.contains(id)));
    }
    named.truncate(MOST);
    named
}

/// Tells those who are members and were not told of this note before.
pub(super) async fn tell(tx: &mut Tx, note: &Note) -> Result<()> {
    for id in named(&note.body) {
        if member::must_exist(tx, "body", Some(id)).await.is_ok() {
            notification::mentioned(tx, note, id).await?;
        }
    }
    Ok(())
}

/// Those named in some texts, with their names.
pub(crate) async fn names<'a>(tx: &mut Tx, texts: impl Iterator<Item = &'a str>) -> Result<name::Names<MemberId>> {
    let ids: Vec<Option<MemberId>> = texts.flat_map(named).map(Some).collect();
    name::members(tx, ids).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_and_nothing_else_is() {
        let id = MemberId::new();
        assert_eq!(named(&format!("Ask @{id}, and @{id} again")), [id]);
        assert_eq!(named(&format!("@mem_ @mem_1 mem_{id} á@{id}ñ")), [id]);
        assert!(named("@mem_019abc0123457def8123456789abcd\u{e9}\u{e9}\u{e9}").is_empty());
    }
}
