//! Reading a statement as far as its reach is concerned. Texts are literals of the program: this tells apart what they
//! do, and refuses what it does not understand.

use crate::{
    Sql,
    audit::trail::BOOKKEEPING,
    error::{Error, Result},
};

/// What a statement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb<'t> {
    Read,
    /// Writes to the outbox, the trail and their like, which are everybody's.
    Bookkeeping,
    Insert,
    /// Updates or deletes rows of this table.
    Change(&'t str),
}

impl<'t> Verb<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let name = |rest: &'t str| &rest[..rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())];
        let target = |verb: &str| text.strip_prefix(verb).map(name);
        if let Some(table) = target("INSERT INTO ") {
            return if BOOKKEEPING.contains(&table) { Verb::Bookkeeping } else { Verb::Insert };
        }
        // A change may have expressions of its own before it.
        let behind = |verb: &str| {
            let at = text.starts_with("WITH ").then(|| outside(text, verb)).flatten()?;
            Some(name(&text[at + verb.len()..]))
        };
        let changed = target("UPDATE ").or_else(|| target("DELETE FROM "));
        match changed.or_else(|| behind(" UPDATE ")).or_else(|| behind(" DELETE FROM ")) {
            Some(table) if BOOKKEEPING.contains(&table) => Verb::Bookkeeping,
            Some(table) => Verb::Change(table),
            None => Verb::Read,
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Does the text have this word in it?
pub(super) fn mentions(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let behind = text[at + word.len()..].chars().next();
        !before.is_some_and(is_word) && !behind.is_some_and(is_word)
    })
}

/// Does it lock the rows it reads?
pub(super) fn locks(text: &str) -> bool {
    text.contains(" FOR UPDATE") || text.contains(" FOR SHARE")
}

/// An UPDATE or DELETE that reaches only rows of the shadow of its table.
pub(super) fn guard(mut sql: Sql, table: &'static str) -> Result<Sql> {
    let text = &sql.text;
    let (Some(at), end) = (outside(text, " WHERE "), outside(text, " RETURNING ").unwrap_or(text.len())) else {
        let detail = "a change without WHERE of a table that is seen in part; see store::reach".to_owned();
        return Err(Error::Statement { sql: sql.text.into_owned(), detail });
    };
    let (head, rest) = text.split_at(at);
    let (condition, tail) = rest.split_at(end - at);
    let condition = condition.trim_start_matches(" WHERE ");
    // Asked of each row that is to be changed: gathered, all that is visible would be read for one change.
    let seen = format!("EXISTS (SELECT 1 FROM {table} AS seen WHERE seen.id = {table}.id)");
    sql.text = format!("{head} WHERE ({condition}) AND {seen}{tail}").into();
    Ok(sql)
}

/// Where a word stands outside all parentheses.
fn outside(text: &str, word: &str) -> Option<usize> {
    let mut depth = 0_i32;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth == 0 && text[at..].starts_with(word) => return Some(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql;

    #[test]
    fn what_a_statement_does_is_told_by_its_first_words() {
        assert_eq!(Verb::of("SELECT 1 FROM contact"), Verb::Read);
        assert_eq!(Verb::of("WITH a AS (SELECT 1) SELECT 1"), Verb::Read);
        assert_eq!(Verb::of("INSERT INTO event (a) VALUES (1)"), Verb::Bookkeeping);
        assert_eq!(Verb::of("INSERT INTO contact(a) VALUES (1)"), Verb::Insert);
        assert_eq!(Verb::of("UPDATE deal SET a = 1"), Verb::Change("deal"));
        assert_eq!(Verb::of("DELETE FROM note WHERE 1 = 1"), Verb::Change("note"));
        assert_eq!(Verb::of("WITH a AS (SELECT 1) UPDATE deal SET b = 1 WHERE c = 1"), Verb::Change("deal"));
        assert_eq!(Verb::of("WITH a AS (SELECT 1) DELETE FROM note WHERE c = 1"), Verb::Change("note"));
    }

    #[test]
    fn a_table_is_mentioned_only_as_a_whole_word() {
        assert!(mentions("SELECT 1 FROM contact WHERE contact.id = $1", "contact"));
        assert!(mentions("SELECT 1 FROM x JOIN contact", "contact"));
        assert!(!mentions("SELECT contact_id FROM contact_consent", "contact"));
    }

    #[test]
    fn a_guard_stands_between_the_condition_and_what_is_returned() {
        let update = sql!(
            "UPDATE deal SET a = (SELECT b FROM c WHERE d = {}) WHERE tenant_id = {} OR id = {} RETURNING deal.id",
            1_i64,
            2_i64,
            3_i64
        );
        assert_eq!(
            guard(update, "deal").unwrap().text,
            "UPDATE deal SET a = (SELECT b FROM c WHERE d = $1) WHERE (tenant_id = $2 OR id = $3) AND \
             EXISTS (SELECT 1 FROM deal AS seen WHERE seen.id = deal.id) RETURNING deal.id"
        );
        assert!(guard(sql!("DELETE FROM deal"), "deal").is_err());
    }
}
