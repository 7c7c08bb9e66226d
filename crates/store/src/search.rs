//! Search documents: one row per findable record, in a table of its own because row-level security blinds text
//! indexes. This module is the only road to it, and it always adds the tenant.
//!
//! Words are folded here (accents dropped, lower case, split at anything that is no letter or digit), so that both
//! databases find the same things. A search finds records that have, for each of its words, a word beginning with it.

use deunicode::deunicode;
use kernel::id::Id;
use serde::Serialize;

use crate::{FromRow, Row, Sql, Tx, error::Result, sql, tx::bulk};

/// What is written for a record. `title` and `subtitle` are shown; `text` is further text to find it by.
#[derive(Debug, Clone)]
pub struct Document {
    pub noun: &'static str,
    pub record: String,
    pub title: String,
    pub subtitle: String,
    pub text: Vec<String>,
}

impl Document {
    pub fn new(noun: &'static str, id: impl Id, title: impl Into<String>) -> Self {
        Self { noun, record: id.to_string(), title: title.into(), subtitle: String::new(), text: Vec::new() }
    }

    pub fn subtitle(mut self, subtitle: impl Into<String>) -> Self {
        self.subtitle = subtitle.into();
        self
    }

    /// Adds text to find the record by, if there is some.
    pub fn text(mut self, text: Option<impl Into<String>>) -> Self {
        self.text.extend(text.map(Into::into));
        self
    }

    /// Its folded words, by a space each.
    fn words(&self) -> String {
        let mut words = fold(&self.title);
        words.extend(fold(&self.subtitle));
        words.extend(self.text.iter().flat_map(|t| fold(t)));
        words.dedup();
        words.join(" ")
    }
}

/// A found record.
#[derive(Debug, Clone, Serialize)]
pub struct Hit {
    pub noun: String,
    pub record: String,
    pub title: String,
    pub subtitle: String,
}

impl FromRow for Hit {
    fn from_row(row: &mut Row) -> Result<Self> {
        Ok(Self { noun: row.take()?, record: row.take()?, title: row.take()?, subtitle: row.take()? })
    }
}

/// The folded words of a text.
pub fn fold(text: &str) -> Vec<String> {
    deunicode(text)
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

impl Tx {
    /// Writes or rewrites a record's document.
    pub async fn index(&mut self, document: Document) -> Result<()> {
        self.unindex(&document.record).await?;
        self.index_new(document);
        Ok(())
    }

    /// Writes the document of a record that has none yet.
    pub fn index_new(&mut self, document: Document) {
        self.index_part(vec![document]);
    }

    /// Writes the documents of records that have none yet, many at once.
    pub async fn index_all(&mut self, documents: Vec<Document>) -> Result<()> {
        let mut rest = documents.into_iter().peekable();
        while rest.peek().is_some() {
            let most = bulk(rest.len());
            let part = rest.by_ref().take(most).collect();
            self.index_part(part);
        }
        Ok(())
    }

    fn index_part(&mut self, part: Vec<Document>) {
        let (tenant, now, postgres) = (self.tenant_id(), self.now, self.connection.is_postgres());
        let records: Vec<String> = part.iter().map(|document| document.record.clone()).collect();
        let mut insert = Sql::new(
            "INSERT INTO search_document (tenant_id, noun, record, title, subtitle, updated_at, words) VALUES ",
        );
        for (at, document) in part.into_iter().enumerate() {
            let words = document.words();
            insert = insert.push(if at == 0 { "(" } else { ", (" }).bind(tenant).push(", ").bind(document.noun);
            insert = insert.push(", ").bind(document.record).push(", ").bind(document.title).push(", ");
            insert = insert.bind(document.subtitle).push(", ").bind(now);
            insert = if postgres {
                insert.push(", to_tsvector('simple', ").bind(words).push("))")
            } else {
                insert.push(", ").bind(with_tenant(&tenant.uuid().simple().to_string(), &words)).push(")")
            };
        }
        self.defer(insert);
        if !postgres {
            let words = sql!(
                "INSERT INTO search_word (rowid, words) SELECT rowid, words FROM search_document \
                 WHERE tenant_id = {} AND record IN ",
                tenant
            );
            self.defer(words.bind_list(records));
        }
    }

    /// Removes a record's document.
    pub async fn unindex(&mut self, record: &str) -> Result<()> {
        let tenant = self.tenant_id();
        if !self.connection.is_postgres() {
            self.defer(sql!(
                "INSERT INTO search_word (search_word, rowid, words) \
                 SELECT 'delete', rowid, words FROM search_document WHERE tenant_id = {} AND record = {}",
                tenant,
                record
            ));
        }
        self.defer(sql!("DELETE FROM search_document WHERE tenant_id = {} AND record = {}", tenant, record));
        Ok(())
    }

    /// The records that match, best first. `nouns` limits to those kinds of record (the ones the caller may read).
    pub async fn search(&mut self, text: &str, nouns: &[&str], limit: u32) -> Result<Vec<Hit>> {
        match self.matching("search_document.noun, record, title, subtitle", text) {
            None => Ok(Vec::new()),
            Some(query) => {
                let query = query.push(" AND search_document.noun IN ").bind_list(nouns.iter().copied());
                let order = if self.connection.is_postgres() {
                    " ORDER BY updated_at DESC LIMIT "
                } else {
                    " ORDER BY search_document.updated_at DESC LIMIT "
                };
                self.all(query.push(order).bind(i64::from(limit))).await
            }
        }
    }

    /// A sub-select of the record ids (as text, `com_…`) of one noun that match, for `id`-filters of lists; None when
    /// the text has no word in it.
    fn matching(&self, columns: &'static str, text: &str) -> Option<Sql> {
        let words = fold(text);
        if words.is_empty() {
            return None;
        }
        let tenant = self.tenant_id();
        Some(if self.connection.is_postgres() {
            let query: Vec<String> = words.iter().map(|w| format!("{w}:*")).collect();
            Sql::new("SELECT ")
                .push(columns)
                .push(" FROM search_document WHERE tenant_id = ")
                .bind(tenant)
                .push(" AND words @@ to_tsquery('simple', ")
                .bind(query.join(" & "))
                .push(")")
        } else {
            let query: Vec<String> = words.iter().map(|w| format!("\"{w}\"*")).collect();
            let query = with_tenant(&tenant.uuid().simple().to_string(), &query.join(" AND "));
            let query = query.replacen(' ', " AND ", 1);
            Sql::new("SELECT ").push(columns)
                .push(" FROM search_word JOIN search_document ON search_document.rowid = search_word.rowid WHERE search_word MATCH ")
                .bind(query).push(" AND search_document.tenant_id = ").bind(tenant)
        })
    }

    /// The ids of the matching records of one noun, newest first, at most `limit`: what `?q=` of a list filters by.
    pub async fn search_ids<I: Id + std::str::FromStr>(
        &mut self,
        noun: &'static str,
        text: &str,
        limit: u32,
    ) -> Result<Vec<I>> {
        let hits = self.search(text, &[noun], limit).await?;
        Ok(hits.into_iter().filter_map(|hit| hit.record.parse().ok()).collect())
    }
}

/// On the embedded database the tenant is itself a word of the document, so that the index narrows by it.
fn with_tenant(tenant: &str, words: &str) -> String {
    format!("t{tenant} {words}")
}
