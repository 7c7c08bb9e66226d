//! What the columns of a file are taken for.

use serde::{Deserialize, Serialize};
use tabular::{Sniffed, TargetField};
use utoipa::ToSchema;

/// One column of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportColumn {
    /// Its place, from 0.
    pub column: u32,
    /// Its name in the file.
    #[schema(example = "given_name")]
    pub header: Option<String>,
    /// The field it feeds; null leaves it out. Guessed until a person chooses.
    #[schema(example = "given_name")]
    pub target: Option<String>,
    /// What was guessed.
    pub guess: Option<String>,
    /// How sure the guess is, 0 to 100.
    pub score: u8,
    /// What the guess rests on: `header`, `words`, `similar`, `content` or `none`.
    pub by: String,
    /// Up to five different cells; none when the column is sensitive.
    pub samples: Vec<String>,
    /// Other fields it could feed, best first.
    pub alternatives: Vec<Alternative>,
    /// Why it was left out.
    pub left_out: Option<Remark>,
    /// What speaks against the guess.
    pub warning: Option<Remark>,
}

/// Another field a column could feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Alternative {
    pub target: String,
    pub score: u8,
}

/// A reason with a stable code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Remark {
    #[schema(example = "sensitive_national_id")]
    pub code: String,
    pub message: String,
}

impl From<tabular::mapping::Remark> for Remark {
    fn from(remark: tabular::mapping::Remark) -> Self {
        Remark { code: remark.code.to_owned(), message: remark.message.to_owned() }
    }
}

/// Guesses what each column of a sniffed file feeds.
pub fn guessed(sniffed: &Sniffed, targets: &[TargetField]) -> Vec<ImportColumn> {
    tabular::guess(sniffed.header.as_deref(), &sniffed.sample_rows, targets)
        .into_iter()
        .map(|guess| ImportColumn {
            column: u32::try_from(guess.column).unwrap_or(u32::MAX),
            header: guess.header,
            target: guess.target.clone(),
            guess: guess.target,
            score: guess.score,
            by: serde_json::to_value(guess.by).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default(),
            samples: guess.samples,
            alternatives: guess.alternatives.into_iter().map(|(target, score)| Alternative { target, score }).collect(),
            left_out: guess.left_out.map(Remark::from),
            warning: guess.warning.map(Remark::from),
        })
        .collect()
}

/// The file is gone, and what was shown of it goes too.
pub fn without_samples(columns: Vec<ImportColumn>) -> Vec<ImportColumn> {
    columns.into_iter().map(|column| ImportColumn { samples: Vec::new(), ..column }).collect()
}
