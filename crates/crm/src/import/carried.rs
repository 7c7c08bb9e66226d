//! What the rows of a trial would have left in the database, for the rows behind them.
//!
//! It is kept in memory, some hundred bytes a row that makes or changes something, and nowhere else: a trial that is
//! interrupted begins anew.

use super::{contact, of::Left};

#[derive(Default)]
pub struct Carried {
    pub people: contact::Carried,
    pub records: Left,
}

impl Carried {
    /// How many records it holds.
    pub fn held(&self) -> usize {
        self.people.people() + self.records.records()
    }
}
