//! What was counted of a group, and how groups become one.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use kernel::{Currency, Value, value::Column as _};

use super::{
    Each, Figure, day,
    measure::{Measure, Sums, WIDTH},
    read::Wanted,
};

/// The columns before those of the measured fields: key, label, count.
pub(super) const HEAD: usize = 3;

#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    pub key: Option<String>,
    pub label: Option<String>,
    pub count: i64,
    /// By measured field, then by the code of the currency.
    measured: Vec<BTreeMap<&'static str, (Option<Currency>, Sums)>>,
}

impl Tally {
    /// One row of an answer, whose key is read by the caller.
    pub fn read(key: Option<String>, cells: &[Value], measures: &[Measure]) -> Tally {
        let text = |at: usize| cells.get(at).cloned().and_then(|cell| String::from_value(cell).ok());
        let count = cells.get(2).cloned().and_then(|cell| i64::from_value(cell).ok()).unwrap_or(0);
        let of = |(at, measure): (usize, &Measure)| {
            let from = HEAD + at * WIDTH;
            let found = cells.get(from..from + WIDTH).and_then(|cells| measure.read(cells));
            found.map(|(currency, sums)| (currency.map_or("", Currency::code), (currency, sums))).into_iter().collect()
        };
        Tally { key, label: text(1), count, measured: measures.iter().enumerate().map(of).collect() }
    }

    pub fn add(&mut self, more: &Tally) {
        self.count += more.count;
        if self.measured.len() < more.measured.len() {
            self.measured.resize(more.measured.len(), BTreeMap::new());
        }
        for (had, found) in self.measured.iter_mut().zip(&more.measured) {
            for (code, (currency, sums)) in found {
                had.entry(code).or_insert_with(|| (*currency, Sums::default())).1.add(sums);
            }
        }
    }

    /// For each aggregate, by currency.
    pub fn figures(&self, wanted: &Wanted) -> Vec<Vec<Figure>> {
        let of = |(aggregate, at): &(super::Aggregate, usize)| {
            let measure = wanted.measured.get(*at).map(Measure::of);
            let found = self.measured.get(*at).into_iter().flat_map(BTreeMap::values);
            found.filter_map(|(currency, sums)| measure?.figure(aggregate.op, *currency, sums)).collect()
        };
        wanted.aggregates.iter().map(of).collect()
    }
}

/// All of them as one.
pub(super) fn merged(tallies: &[Tally]) -> Tally {
    tallies.iter().fold(Tally::default(), |mut whole, tally| {
        whole.add(tally);
        whole
    })
}

/// Those of one key as one, in the order in which the keys first came.
pub(super) fn by_key(rows: impl IntoIterator<Item = Tally>) -> Vec<Tally> {
    let mut places: HashMap<Option<String>, usize> = HashMap::new();
    let mut tallies: Vec<Tally> = Vec::new();
    for row in rows {
        match places.get(&row.key) {
            Some(at) => tallies[*at].add(&row),
            None => {
                places.insert(row.key.clone(), tallies.len());
                tallies.push(row);
            }
        }
    }
    tallies
}

/// Days become the spans they are in.
pub(super) fn by_span(rows: Vec<Tally>, each: Each) -> Vec<Tally> {
    let spanned = rows.into_iter().map(|row| {
        let day = row.key.as_deref().and_then(|key| key.parse::<NaiveDate>().ok());
        Tally { key: day.map(|day| day::first(day, each).to_string()), ..row }
    });
    by_key(spanned)
}
