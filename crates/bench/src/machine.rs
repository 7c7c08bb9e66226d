//! What the figures were measured on: cores, processor, what a flush to disk costs, how busy it was.

use std::{fs::OpenOptions, io::Write, path::Path, time::Instant};

use anyhow::Result;

pub struct Machine {
    pub cores: usize,
    pub processor: String,
    pub memory_gib: u64,
    /// Median of a small write and fdatasync beside the data, in milliseconds.
    pub flush_ms: f64,
}

impl Machine {
    pub fn examine(folder: &Path) -> Result<Self> {
        let field = |path: &str, name: &str| {
            let text = std::fs::read_to_string(path).unwrap_or_default();
            text.lines()
                .find_map(|line| Some(line.strip_prefix(name)?.trim().trim_start_matches(':').trim().to_owned()))
        };
        let kib: u64 = field("/proc/meminfo", "MemTotal:")
            .and_then(|text| text.split_whitespace().next()?.parse().ok())
            .unwrap_or(0);
        Ok(Self {
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            processor: field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown".into()),
            memory_gib: kib >> 20,
            flush_ms: flush(folder)?,
        })
    }
}

fn flush(folder: &Path) -> Result<f64> {
    let path = folder.join("flush");
    let mut file = OpenOptions::new().create(true).append(true).open(&path)?;
    let mut times = Vec::new();
    for _ in 0..200 {
        let began = Instant::now();
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        times.push(began.elapsed().as_secs_f64() * 1000.0);
    }
    std::fs::remove_file(path)?;
    times.sort_by(f64::total_cmp);
    Ok(times[times.len() / 2])
}

/// Processes that wanted a core over the last minute.
pub fn busy() -> f64 {
    std::fs::read_to_string("/proc/loadavg")
        .ok()
        .and_then(|text| text.split_whitespace().next()?.parse().ok())
        .unwrap_or(0.0)
}
