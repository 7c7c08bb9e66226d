//! What becomes of a chunk's rows, decided before anything is written.
//!
//! Invariant: an import and the trial of it decide at the same place, so that they cannot differ; the trial writes nothing, and
//! carries what the rows before would have left in the database.

use kernel::{Result, Uuid};
use store::Tx;
use tabular::Record;

use super::{Import, refused::Refusal, row::Stood};

/// What a chunk comes to.
pub struct Plan {
    pub refused: Vec<(Stood, Refusal)>,
    /// Of each row, what becomes of it: only where it is asked for.
    pub outcomes: Vec<(Stood, Outcome)>,
    pub writes: Box<dyn Writes>,
}

/// What becomes of a row.
pub enum Outcome {
    Create,
    /// Fields that get another value.
    Change(Vec<String>),
    Skip,
    Refuse(Refusal),
}

/// A record that was made: its noun, and its id.
pub type Made = (&'static str, Uuid);

/// What was decided, on its way to the database.
#[async_trait::async_trait]
pub trait Writes: Send {
    /// Writes it, and answers what was made.
    async fn write(self: Box<Self>, tx: &mut Tx, import: &Import) -> Result<Vec<Made>>;
}

/// A row that could not be read at all, or its cells.
pub fn stand(record: Record, width: usize) -> std::result::Result<Stood, (Stood, Refusal)> {
    match record {
        Record::Row(row) => Ok(Stood { number: row.number, line: row.line, cells: row.cells }),
        Record::Refused(refused) => {
            let refusal =
                Refusal { field: String::new(), code: refused.code.to_owned(), reason: refused.message.clone() };
            let (number, line) = (refused.number, refused.line);
            // Apart where the cells could be told apart, else the line as one cell.
            let apart = !refused.cells.is_empty() && refused.cells.len() <= width;
            let cells = if apart { refused.cells } else { vec![refused.raw] };
            Err((Stood { number, line, cells }, refusal))
        }
    }
}
