//! A row in the words of its noun's API.
//!
//! Invariant: nothing a mapped cell says is dropped in silence: it becomes a value, or the reason why the row is refused.

use std::collections::BTreeMap;

use kernel::{Error, Result};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use store::Tx;
use tabular::{Record, value};

use super::{Cell, Importable, Said, related::Related};
use crate::{
    company::{self, Company, create::NewCompany},
    field::custom::{CustomKind, Values, cell},
    import::{
        contact::company_of,
        plan::stand,
        preview::PreviewField,
        reading::Reading,
        refused::Refusal,
        row::{Stood, archived, invalid, said},
        target::{OF_COMPANY, OF_RECORD},
    },
};

/// See the module.
#[derive(Debug, Default)]
pub struct Words {
    fields: Map<String, Value>,
    custom: Values,
    /// Cells that mean something only together with others.
    parts: BTreeMap<&'static str, String>,
    company: NewCompany,
    shown: Vec<PreviewField>,
}

impl Words {
    /// A field of the API has this value.
    pub fn say(&mut self, field: &str, value: impl Into<Value>) {
        self.fields.insert(field.to_owned(), value.into());
    }

    pub fn said(&self, field: &str) -> Option<&Value> {
        self.fields.get(field)
    }

    pub fn text(&self, field: &str) -> Option<&str> {
        self.said(field).and_then(Value::as_str)
    }

    /// Keeps a cell for what it means together with others.
    pub fn keep(&mut self, part: &'static str, text: impl Into<String>) {
        self.parts.insert(part, text.into());
    }

    pub fn part(&self, part: &str) -> Option<&str> {
        self.parts.get(part).map(String::as_str)
    }

    /// What the preview shows of a cell where that is another text than it has.
    pub fn show(&mut self, target: &str, text: impl Into<String>) {
        let text = text.into();
        match self.shown.iter_mut().find(|field| field.target == target) {
            Some(field) => field.text = text,
            None => self.shown.push(PreviewField { target: target.to_owned(), text }),
        }
    }

    pub fn shown(&self) -> &[PreviewField] {
        &self.shown
    }

    pub fn custom(&self) -> &Values {
        &self.custom
    }

    /// Refuses a new record without the field by which it is called.
    pub fn must_say(&self, field: &str) -> Result<()> {
        if self.fields.contains_key(field) { Ok(()) } else { Err(Error::invalid(field, "required", "Give it a name.")) }
    }

    /// As what the API takes, but for these fields.
    pub fn read<T: DeserializeOwned>(&self, but: &[&str]) -> Result<T> {
        let mut fields = self.fields.clone();
        fields.retain(|field, _| !but.contains(&field.as_str()));
        if !self.custom.is_empty() {
            fields.insert("custom".into(), self.custom.clone().into());
        }
        serde_json::from_value(Value::Object(fields))
            .map_err(|error| Error::invalid("", "wrong_type", error.to_string()))
    }
}

/// A row that was read.
pub struct Row {
    pub words: Words,
    /// The company that it names, as it would be made.
    pub company: Option<Company>,
}

/// Reads each row.
pub async fn read<R: Importable>(
    tx: &mut Tx,
    reading: &Reading,
    records: Vec<Record>,
) -> Result<Vec<(Stood, std::result::Result<Row, Refusal>)>> {
    let stood: Vec<_> = records.into_iter().map(|record| stand(record, reading.targets.len())).collect();
    let rows: Vec<Said<'_>> = stood.iter().flatten().map(|stood| said(reading, &stood.cells)).collect();
    let named = R::look(tx, &rows).await?;
    let related = Related::load(tx, &reading.own.record, &rows).await?;
    let mut read = Vec::with_capacity(rows.len());
    for row in &rows {
        read.push(match one::<R>(tx, reading, &named, &related, row) {
            Ok(row) => Ok(row),
            Err(error) => Err(Refusal::from_error(error, "")?),
        });
    }
    let mut read = read.into_iter();
    let joined = stood.into_iter().map(|stood| match stood {
        Ok(stood) => (stood, read.next()),
        Err((stood, refusal)) => (stood, Some(Err(refusal))),
    });
    joined
        .map(|(stood, row)| Ok((stood, row.ok_or_else(|| Error::internal("each row that stands has been read"))?)))
        .collect()
}

fn one<R: Importable>(tx: &Tx, reading: &Reading, named: &R::Named, related: &Related, row: &Said<'_>) -> Result<Row> {
    let mut words = Words::default();
    let mut country = reading.country.clone();
    // The country comes first, because phone numbers are read by it.
    for (_, text) in row.iter().filter(|(target, _)| *target == "country") {
        value::country(text).map_err(invalid("country"))?.clone_into(&mut country);
        words.say("country", country.clone());
        words.show("country", country.clone());
    }
    for (target, text) in row.iter().copied().filter(|(target, _)| *target != "country") {
        words.show(target, text);
        let cell = Cell { target, text, reading, country: &country };
        match target {
            _ if target.starts_with(OF_RECORD) || target.starts_with(OF_COMPANY) => own(&mut words, &cell, related)?,
            "owner" => words.say("owner_id", cell.member("owner")?),
            "company_name" if R::COMPANY => text.clone_into(&mut words.company.name),
            "company_tax_id" if R::COMPANY => words.company.tax_id = Some(text.to_owned()),
            _ => R::put(&mut words, &cell, named)?,
        }
    }
    R::whole(&mut words, named)?;
    let named = company_of(std::mem::take(&mut words.company), &country, None);
    let company = named.map(|new| company::create::parse(tx, new, &reading.source, &reading.country)).transpose();
    Ok(Row { words, company: company.map_err(of_company)? })
}

/// What is wrong with the company is said by the names of its targets.
fn of_company(error: Error) -> Error {
    match error {
        Error::Invalid { mut fields } => {
            fields.iter_mut().for_each(|field| field.field.insert_str(0, "company_"));
            Error::Invalid { fields }
        }
        other => other,
    }
}

/// A field of the tenant's own.
fn own(words: &mut Words, cell: &Cell<'_>, related: &Related) -> Result<()> {
    let Some((field, _)) = cell.reading.own.find(cell.target) else { return Err(archived(cell.target)) };
    let value = match field.kind {
        CustomKind::Relation => json!(related.id(field, cell.text)?),
        _ => cell::read(field, cell.text, &cell.habits())?,
    };
    if !matches!(field.kind, CustomKind::Relation | CustomKind::Person) {
        words.show(cell.target, cell::write(field, &value));
    }
    words.custom.insert(field.key.clone(), value);
    Ok(())
}
