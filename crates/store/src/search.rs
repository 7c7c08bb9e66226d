//! Search documents: one row per findable record, in a table of its own because row-level security blinds text
//! indexes. This module is the only road to it, and it always adds the tenant.
//!
//! Words are folded here (accents dropped, lower case, split at anything that is no letter or digit), so that both
//! databases find the same things. A search finds records that have, for each of its words, a word beginning with it.

use deunicode::deunicode;
use kernel::{TenantId, id::Id};
use serde::Serialize;

use crate::{FromRow, Row, Sql, Tx, error::Result, sql};

/// What is written for a record. `title` and `subtitle` are shown; `text` is further text to find it by.
#[derive(Debug, Clone)]
pub struct Document {
    pub noun: &'static str,
    pub record: String,
    pub title: String,
    pub subtitle: String,
    pub text: Vec<String>,
    /// What it is found by only when typed whole: see [`Document::exact`].
    pub exact: Vec<String>,
}

impl Document {
    pub fn new(noun: &'static str, id: impl Id, title: impl Into<String>) -> Self {
        Self {
            noun,
            record: id.to_string(),
            title: title.into(),
            subtitle: String::new(),
            text: Vec::new(),
            exact: Vec::new(),
        }
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

    /// Adds an id that is kept sealed. The index holds a keyed token of it, so that it is found when typed as a whole,
    /// with or without separators, and cannot be read from the index.
    pub fn exact(mut self, id: Option<&kernel::Sealed>) -> Self {
        self.exact.extend(id.map(|id| id.reveal().to_owned()));
        self
    }
}

/// A document whose sealed ids have become keyed tokens: the only kind that is written.
struct Tokened(Document);

impl Tokened {
    /// Its folded words, by a space each.
    fn words(&self) -> String {
        let mut words = fold(&self.0.title);
        words.extend(fold(&self.0.subtitle));
        words.extend(self.0.text.iter().flat_map(|t| fold(t)));
        words.extend(self.0.exact.iter().cloned());
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

impl Hit {
    /// Was it found by none of these words in its second line alone?
    fn tells_no(&self, words: &[String]) -> bool {
        let (title, subtitle) = (fold(&self.title), fold(&self.subtitle));
        let among = |all: &[String], word: &String| all.iter().any(|one| one.starts_with(word.as_str()));
        words.iter().all(|word| among(&title, word) || !among(&subtitle, word))
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
        self.index_new(document).await
    }

    /// Writes the document of a record that has none yet.
    pub async fn index_new(&mut self, document: Document) -> Result<()> {
        let document = self.tokened(document).await?;
        self.index_part(vec![document]);
        Ok(())
    }

    /// Writes the documents of records that have none yet, many at once.
    pub async fn index_all(&mut self, documents: Vec<Document>) -> Result<()> {
        let mut rest = documents.into_iter().peekable();
        while rest.peek().is_some() {
            let most = self.bulk(rest.len());
            let mut part = Vec::with_capacity(most);
            for document in rest.by_ref().take(most) {
                part.push(self.tokened(document).await?);
            }
            self.index_part(part);
        }
        Ok(())
    }

    async fn tokened(&mut self, mut document: Document) -> Result<Tokened> {
        for id in &mut document.exact {
            *id = self.token(id).await?;
        }
        Ok(Tokened(document))
    }

    fn index_part(&mut self, part: Vec<Tokened>) {
        let (tenant, now, postgres) = (self.tenant_id(), self.now, self.connection.is_postgres());
        let records: Vec<String> = part.iter().map(|document| document.0.record.clone()).collect();
        let mut insert = Sql::new(
            "INSERT INTO search_document (tenant_id, noun, record, title, subtitle, updated_at, words) VALUES ",
        );
        for (at, document) in part.into_iter().enumerate() {
            let words = document.words();
            let document = document.0;
            insert = insert.push(if at == 0 { "(" } else { ", (" }).bind(tenant).push(", ").bind(document.noun);
            insert = insert.push(", ").bind(document.record).push(", ").bind(document.title).push(", ");
            insert = insert.bind(document.subtitle).push(", ").bind(now);
            insert = if postgres {
                insert.push(", to_tsvector('simple', ").bind(words).push("))")
            } else {
                insert.push(", ").bind(format!("{} {words}", kind(tenant, document.noun))).push(")")
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
        if nouns.is_empty() {
            return Ok(Vec::new());
        }
        // Some of them may not be shown: more are looked at, so that enough are left.
        let most =
            if self.hides_fields() { i64::from(limit).saturating_mul(20).clamp(200, 4_000) } else { i64::from(limit) };
        let mut hits: Vec<Hit> =
            match self.matching("search_document.noun, record, title, subtitle", text, nouns).await? {
                None => Vec::new(),
                Some(query) => {
                    let query = query.push(" AND search_document.noun IN ").bind_list(nouns.iter().copied());
                    let order = if self.connection.is_postgres() {
                        " ORDER BY updated_at DESC LIMIT "
                    } else {
                        // A rewritten document gets a new rowid, so this is the newest first as well, and the index walks its
                        // hits in this order: it stops at the limit, where sorting would read them all.
                        " ORDER BY search_word.rowid DESC LIMIT "
                    };
                    self.all(query.push(order).bind(most)).await?
                }
            };
        if self.hides_fields() {
            hits = self.shown_hits(text, hits).await?;
            hits.truncate(limit as usize);
        }
        if self.caller.sees_amounts() {
            return Ok(hits);
        }
        // The second line may be an amount: it would be guessed by looking for it.
        let numbers: Vec<String> = fold(text).into_iter().filter(|w| w.bytes().any(|b| b.is_ascii_digit())).collect();
        Ok(hits.into_iter().filter(|hit| hit.tells_no(&numbers)).collect())
    }

    /// The word that stands for a sealed id in the index.
    pub(crate) async fn token(&mut self, id: &str) -> Result<String> {
        let digest = self.blind_index("search_document", "words", &fold(id).concat()).await?;
        Ok(format!("x{}", hex::encode(digest)))
    }

    /// Takes a text's words out of a record's document and puts its token there.
    pub(crate) async fn hide_words(&mut self, record: &str, text: &str) -> Result<()> {
        let (tenant, token, hidden) = (self.tenant_id(), self.token(text).await?, fold(text));
        if self.connection.is_postgres() {
            for word in hidden {
                let taken = sql!(
                    "UPDATE search_document SET words = ts_delete(words, CAST({} AS TEXT)) WHERE tenant_id = {} AND record = {}",
                    word,
                    tenant,
                    record
                );
                self.execute(taken).await?;
            }
            let put = sql!(
                "UPDATE search_document SET words = words || to_tsvector('simple', {}) WHERE tenant_id = {} AND record = {}",
                token,
                tenant,
                record
            );
            return self.execute(put).await.map(|_| ());
        }
        let found =
            sql!("SELECT rowid, words FROM search_document WHERE tenant_id = {} AND record = {}", tenant, record);
        let Some((rowid, words)) = self.optional::<(i64, String)>(found).await? else { return Ok(()) };
        let kept = words.split(' ').filter(|word| !hidden.iter().any(|hidden| hidden == word));
        let after = kept.chain([token.as_str()]).collect::<Vec<_>>().join(" ");
        self.execute(sql!(
            "INSERT INTO search_word (search_word, rowid, words) VALUES ('delete', {}, {})",
            rowid,
            words
        ))
        .await?;
        self.execute(sql!("UPDATE search_document SET words = {} WHERE rowid = {}", after.clone(), rowid)).await?;
        self.execute(sql!("INSERT INTO search_word (rowid, words) VALUES ({}, {})", rowid, after)).await.map(|_| ())
    }

    /// For each word of a query the token it would be, and one for all of them joined. Only what has a digit and the
    /// length of an id can be one.
    async fn tokens(&mut self, words: &[String]) -> Result<(Vec<Option<String>>, Option<String>)> {
        let mut each = Vec::with_capacity(words.len());
        for word in words {
            each.push(if may_be_id(word) { Some(self.token(word).await?) } else { None });
        }
        let joined = words.concat();
        let whole = if words.len() > 1 && may_be_id(&joined) { Some(self.token(&joined).await?) } else { None };
        Ok((each, whole))
    }

    /// A sub-select of the record ids (as text, `com_…`) of one noun that match, for `id`-filters of lists; None when
    /// the text has no word in it.
    async fn matching(&mut self, columns: &'static str, text: &str, nouns: &[&str]) -> Result<Option<Sql>> {
        let words = fold(text);
        if words.is_empty() {
            return Ok(None);
        }
        let (tokens, whole) = self.tokens(&words).await?;
        let tenant = self.tenant_id();
        Ok(Some(if self.connection.is_postgres() {
            let word = |(w, token): (&String, &Option<String>)| match token {
                Some(token) => format!("({w}:* | {token})"),
                None => format!("{w}:*"),
            };
            let query: Vec<String> = words.iter().zip(&tokens).map(word).collect();
            Sql::new("SELECT ")
                .push(columns)
                .push(" FROM search_document WHERE tenant_id = ")
                .bind(tenant)
                .push(" AND words @@ to_tsquery('simple', ")
                .bind(or_whole(query.join(" & "), whole, "|"))
                .push(")")
        } else {
            let word = |(w, token): (&String, &Option<String>)| match token {
                Some(token) => format!("(\"{w}\"* OR {token})"),
                None => format!("\"{w}\"*"),
            };
            let query: Vec<String> = words.iter().zip(&tokens).map(word).collect();
            let kinds: Vec<String> = nouns.iter().map(|noun| kind(tenant, noun)).collect();
            let query = format!("({}) AND ({})", kinds.join(" OR "), or_whole(query.join(" AND "), whole, "OR"));
            Sql::new("SELECT ").push(columns)
                .push(" FROM search_word JOIN search_document ON search_document.rowid = search_word.rowid WHERE search_word MATCH ")
                .bind(query).push(" AND search_document.tenant_id = ").bind(tenant)
        }))
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

/// On the embedded database tenant and kind are a word of each document, so that the index narrows by them.
fn kind(tenant: TenantId, noun: &str) -> String {
    debug_assert!(noun.bytes().all(|b| b.is_ascii_lowercase()), "{noun} would be two words");
    format!("t{}{noun}", tenant.uuid().simple())
}

/// Long enough, and with a digit in it, as every tax id has one.
fn may_be_id(word: &str) -> bool {
    (5..=40).contains(&word.len()) && word.bytes().any(|b| b.is_ascii_digit())
}

fn or_whole(words: String, whole: Option<String>, or: &str) -> String {
    match whole {
        Some(token) => format!("({words}) {or} {token}"),
        None => words,
    }
}
