//! How the cells of one import are read: which column feeds what, whose phone habits, which order of day and month.
//!
//! Invariant: it follows from the stored import, the beginning of its file and the tenant's own fields, so that the preview and every turn
//! of the worker read a row alike.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, Datelike, Utc};
use kernel::{Currency, MemberId, Result};
use store::{Tx, sql};
use tabular::{
    sniff::examine,
    value::{DateOrder, DateReading, DecimalMark, date_order, decimal_mark},
};

use super::{
    Import,
    noun::{ImportNoun, Imports},
    target::Own,
};
use crate::field::custom::{CustomKind, CustomObject, cell::Habits, fill};

pub struct Reading {
    pub noun: Arc<dyn ImportNoun>,
    /// The noun as the import has it: for custom objects, which one.
    pub of: String,
    /// The target of each column.
    pub targets: Vec<Option<String>>,
    /// Country of rows that name none.
    pub country: String,
    pub dates: DateReading,
    pub source: String,
    /// What a row says where its own cells say nothing.
    pub defaults: Vec<(String, String)>,
    /// The tenant's own fields.
    pub own: Own,
    currency: Currency,
    /// Days that may lie ahead.
    pub days: DateReading,
    marks: BTreeMap<String, DecimalMark>,
    /// The decimal mark of amounts that are no field of the tenant's own.
    pub amount_mark: DecimalMark,
    people: Vec<(String, Vec<String>)>,
}

impl Reading {
    /// `sample` is the beginning of the file.
    pub async fn new(tx: &mut Tx, imports: &Imports, import: &Import, sample: &[u8]) -> Result<Reading> {
        let now: DateTime<Utc> = tx.now();
        let own = Own::read(tx, imports, &import.noun).await?;
        let currency = identity::tenant::current(tx).await?.currency;
        let people = people(tx, &own).await?;
        let targets: Vec<Option<String>> = import.columns.0.iter().map(|column| column.target.clone()).collect();
        let rows = rows(import, sample);
        let order = import.date_order.map_or_else(|| seen(import, &targets, &own, &rows), DateOrder::from);
        let (marks, amount_mark) = marks(import, &targets, &own, &rows);
        Ok(Reading {
            noun: own.noun.clone(),
            of: import.noun.clone(),
            marks,
            amount_mark,
            own,
            currency,
            people,
            days: DateReading { order, two_digit_years_until: None },
            targets,
            country: import.default_country.clone(),
            // Nobody's birthday lies ahead.
            dates: DateReading { order, two_digit_years_until: Some(now.year()) },
            source: import.source(),
            defaults: import.defaults.0.clone().into_iter().collect(),
        })
    }

    /// Nobody changes the fields that columns feed before the rows are written.
    pub async fn hold(&self, tx: &mut Tx) -> Result<()> {
        let mapped = |company: bool| {
            let targets = self.targets.iter().flatten().chain(self.defaults.iter().map(|(target, _)| target));
            let found = targets.filter_map(|target| self.own.find(target));
            found.filter(|(_, of_company)| *of_company == company).map(|(field, _)| field).collect::<Vec<_>>()
        };
        for (object, fields) in [(self.own.object, mapped(false)), (CustomObject::Company, mapped(true))] {
            if !fields.is_empty() {
                fill::hold(tx, object, &fields).await?;
            }
        }
        Ok(())
    }

    /// How the cells of the tenant's own fields are read in a row of that country.
    pub fn habits<'a>(&'a self, country: &'a str) -> Habits<'a> {
        Habits { country, currency: self.currency, dates: &self.days, marks: &self.marks, people: &self.people }
    }
}

/// The members and what a cell may call them, where one may.
async fn people(tx: &mut Tx, own: &Own) -> Result<Vec<(String, Vec<String>)>> {
    let has_owner = own.noun.fields().iter().any(|field| field.key == "owner");
    if !has_owner && !own.record.iter().chain(&own.company).any(|field| field.kind == CustomKind::Person) {
        return Ok(Vec::new());
    }
    let query = sql!(
        "SELECT member.id, account.name, account.email FROM member JOIN account ON account.id = member.account_id \
         WHERE member.tenant_id = {} AND member.state = {}",
        tx.tenant_id(),
        identity::MemberState::Active
    );
    let rows: Vec<(MemberId, String, String)> = tx.all(query).await?;
    let named = |(id, name, email): (MemberId, String, String)| {
        (id.to_string(), vec![name.to_lowercase(), email.to_lowercase()])
    };
    Ok(rows.into_iter().map(named).collect())
}

/// The first rows of the file.
fn rows(import: &Import, sample: &[u8]) -> Vec<Vec<String>> {
    examine(sample, import.rows_size(), &import.dialect.0).map(|sniffed| sniffed.sample_rows).unwrap_or_default()
}

/// Countries that divide units from decimals by a point.
const POINT: [&str; 24] = [
    "AU", "CA", "CN", "DO", "GB", "GT", "HK", "HN", "IE", "IL", "IN", "JP", "KR", "MX", "MY", "NI", "NZ", "PA", "PE",
    "PH", "PR", "SG", "SV", "US",
];

/// The decimal mark of each column that feeds a number, and that of amounts; where cells leave it open, the country's.
fn marks(
    import: &Import,
    targets: &[Option<String>],
    own: &Own,
    rows: &[Vec<String>],
) -> (BTreeMap<String, DecimalMark>, DecimalMark) {
    let habit = if POINT.contains(&import.default_country.as_str()) { DecimalMark::Point } else { DecimalMark::Comma };
    let mark = |at: usize| decimal_mark(rows.iter().filter_map(|row| row.get(at)).map(String::as_str), habit);
    let mapped = || targets.iter().enumerate().filter_map(|(at, target)| Some((at, target.as_deref()?)));
    let numbers = mapped().filter_map(|(at, target)| {
        let (field, _) = own.find(target)?;
        matches!(field.kind, CustomKind::Number | CustomKind::Money).then(|| (field.key.clone(), mark(at)))
    });
    let amount = mapped().find(|(_, target)| own.noun.amounts().contains(target));
    (numbers.collect(), amount.map_or(habit, |(at, _)| mark(at)))
}

/// What the dates of the sample say; where they leave it open, what the country does.
fn seen(import: &Import, targets: &[Option<String>], own: &Own, rows: &[Vec<String>]) -> DateOrder {
    let habit = if import.default_country == "US" { DateOrder::Mdy } else { DateOrder::Dmy };
    let columns = targets.iter().enumerate().filter(|(_, target)| target.as_deref().is_some_and(|t| own.is_date(t)));
    let cells = columns.flat_map(|(at, _)| rows.iter().filter_map(move |row| row.get(at))).map(String::as_str);
    date_order(cells, habit).order
}
