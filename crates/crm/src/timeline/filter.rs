//! Which part of a timeline is asked for, in words of people: a kind of entry stands for the nouns of several events.

use kernel::{Error, Result};
use store::WantedEvents;

/// A kind of entry, and the nouns whose events it is.
const KINDS: [(&str, &[&str]); 6] = [
    ("notes", &["note"]),
    ("calls", &["call"]),
    ("meetings", &["meeting"]),
    ("tasks", &["task"]),
    ("mails", &["mail"]),
    ("documents", &["quote", "invoice", "credit_note", "payment", "refund"]),
];
/// Whatever is of none of the kinds above: what happened to the record itself.
const CHANGES: &str = "changes";

/// Reads `notes,calls`; nothing, or every kind there is, asks for all.
pub fn read(kinds: Option<&str>, member: Option<String>) -> Result<WantedEvents> {
    let asked: Vec<&str> =
        kinds.unwrap_or_default().split(',').map(str::trim).filter(|kind| !kind.is_empty()).collect();
    let known = |kind: &&str| *kind == CHANGES || KINDS.iter().any(|(name, _)| name == kind);
    if !asked.iter().all(known) {
        let sentence = "Ask for notes, calls, meetings, tasks, mails, documents or changes, separated by commas.";
        return Err(Error::invalid("kinds", "kind_unknown", sentence));
    }
    let nouns = |wanted: bool| {
        KINDS
            .iter()
            .filter(|(name, _)| asked.contains(name) == wanted)
            .flat_map(|(_, nouns)| nouns.iter().copied())
            .collect()
    };
    let (nouns, without) = match (asked.is_empty(), asked.contains(&CHANGES)) {
        (true, _) => (Vec::new(), Vec::new()),
        (false, true) => (Vec::new(), nouns(false)),
        (false, false) => (nouns(true), Vec::new()),
    };
    Ok(WantedEvents { nouns, without, member })
}
