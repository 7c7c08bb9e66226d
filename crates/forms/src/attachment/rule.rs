//! What a field for files takes.

use kernel::error::Fields;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::kind::{FileKind, KINDS};

/// All fields of a form together, in megabytes.
pub(crate) const MOST_OF_A_FORM: u64 = 50;

/// How many files, how large, and of which kinds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FileRule {
    /// 1 to 5.
    #[schema(example = 5)]
    pub count: u64,
    /// Of each file, 1 to 10; all files of a form together may have 50.
    #[schema(example = 10)]
    pub megabytes: u64,
    /// At least one.
    pub kinds: Vec<FileKind>,
}

impl Default for FileRule {
    fn default() -> Self {
        Self { count: 5, megabytes: 10, kinds: KINDS.to_vec() }
    }
}

impl FileRule {
    /// Refuses what no form can take.
    pub(crate) fn check(&self, refused: &mut Fields, name: &str) {
        if !(1..=5).contains(&self.count) {
            refused.refuse(format!("{name}.count"), "out_of_range", "Take 1 to 5 files.");
        }
        if !(1..=10).contains(&self.megabytes) {
            refused.refuse(format!("{name}.megabytes"), "out_of_range", "Take files of 1 to 10 MB.");
        }
        if self.kinds.is_empty() {
            refused.refuse(format!("{name}.kinds"), "required", "Take at least one kind of file.");
        }
    }

    /// Of each file, in bytes.
    pub(crate) fn most(&self) -> u64 {
        self.megabytes << 20
    }
}
