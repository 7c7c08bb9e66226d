//! The table: what was measured, beside the floor, against the target, and said plainly.

use std::fmt::Write as _;

use crate::machine::Machine;

/// What a figure must be.
#[derive(Debug, Clone, Copy)]
pub enum Target {
    AtLeast(f64),
    AtMost(f64),
    /// Stated, not judged.
    None,
}

#[derive(Debug, Clone)]
pub struct Line {
    pub what: &'static str,
    pub database: &'static str,
    pub figure: f64,
    pub unit: &'static str,
    /// The same of the floor, where there is one.
    pub floor: Option<f64>,
    pub target: Target,
    /// Processes that wanted a core meanwhile.
    pub busy: f64,
    pub beside: String,
}

impl Line {
    fn reached(&self) -> Option<bool> {
        match self.target {
            Target::AtLeast(wanted) => Some(self.figure >= wanted),
            Target::AtMost(wanted) => Some(self.figure <= wanted),
            Target::None => None,
        }
    }
}

fn plain(figure: f64) -> String {
    match figure {
        f if f >= 1000.0 => {
            let whole = f.round() as i64;
            format!("{},{:03}", whole / 1000, whole % 1000)
        }
        f if f >= 100.0 => format!("{f:.0}"),
        f if f >= 10.0 => format!("{f:.1}"),
        f => format!("{f:.2}"),
    }
}

fn row(line: &Line) -> String {
    let target = match line.target {
        Target::AtLeast(wanted) => format!("≥ {}", plain(wanted)),
        Target::AtMost(wanted) => format!("≤ {}", plain(wanted)),
        Target::None => String::new(),
    };
    let reached = line.reached().map_or("", |yes| if yes { "yes" } else { "**no**" });
    let floor = line.floor.map(plain).unwrap_or_default();
    let ratio = line.floor.map(|floor| format!("{:.2}", line.figure / floor)).unwrap_or_default();
    format!(
        "| {} | {} | {} {} | {floor} | {ratio} | {target} | {reached} | {:.1} | {} |",
        line.what,
        line.database,
        plain(line.figure),
        line.unit,
        line.busy,
        line.beside
    )
}

/// The whole document. `notes` is what people wrote about lines that fell short.
pub fn document(machine: &Machine, when: &str, amount: &str, lines: &[Line], notes: &str) -> String {
    let mut out = String::from(
        "# Speed and size\n\nWritten by `script/bench`; what is below the table by people (`bench/notes.md`).\n\n",
    );
    let _ = writeln!(
        out,
        "{when}, release build, {} cores ({}), {} GiB, fdatasync of 4 KiB {:.2} ms. {amount}. The load comes from the same \
         machine over loopback, so it takes its share of the cores. CPU is of the server process alone, by \
         /proc; \"busy\" is the load average while the line was measured, of which the measurement itself is two to three: \
         rates of a line with more were taken on a machine that others used, CPU hardly moves by it.\n",
        machine.cores, machine.processor, machine.memory_gib, machine.flush_ms
    );
    out.push_str("| what | database | figure | floor | ratio | target | reached | busy | beside it |\n|---|---|---|---|---|---|---|---|---|\n");
    for line in lines {
        out.push_str(&row(line));
        out.push('\n');
    }
    out.push('\n');
    out.push_str(notes);
    out
}

/// One line on the terminal as soon as it is known.
pub fn say(line: &Line) {
    println!("{}", row(line));
}
