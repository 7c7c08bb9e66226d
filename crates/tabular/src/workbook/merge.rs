//! Cells merged over several rows: the one value is that of each row it stands beside, as people who merge them mean it.
//! Over several columns it stays in the first, or it would be taken for several values.

use calamine::Dimensions;

/// Merged areas that may be open at one row; a sheet that overlaps more of them than it has columns is none a program wrote.
const MOST_OPEN: usize = 512;

/// The areas of a sheet, in the order their rows begin.
#[derive(Default)]
pub(super) struct Merges {
    /// The next is the last.
    ahead: Vec<Dimensions>,
    /// Last row, column, and what stood there in the first row.
    open: Vec<(u32, u32, String)>,
}

impl Merges {
    pub(super) fn new(mut areas: Vec<Dimensions>) -> Merges {
        areas.retain(|area| area.end.0 > area.start.0);
        areas.sort_by_key(|area| std::cmp::Reverse((area.start.0, area.start.1)));
        Merges { ahead: areas, open: Vec::new() }
    }

    /// Fills the cells of a row that an area above reaches, and opens the areas that begin in it.
    pub(super) fn fill(&mut self, row: u32, cells: &mut Vec<String>) {
        self.open.retain(|(last, ..)| *last >= row);
        for (_, column, value) in &self.open {
            let at = *column as usize;
            if cells.len() <= at {
                cells.resize(at + 1, String::new());
            }
            if cells[at].is_empty() {
                cells[at].clone_from(value);
            }
        }
        while let Some(area) = self.ahead.last().copied().filter(|area| area.start.0 <= row) {
            self.ahead.pop();
            let value = cells.get(area.start.1 as usize).filter(|value| !value.is_empty());
            if let (Some(value), true) = (value, area.start.0 == row && self.open.len() < MOST_OPEN) {
                self.open.push((area.end.0, area.start.1, value.clone()));
            }
        }
    }
}
