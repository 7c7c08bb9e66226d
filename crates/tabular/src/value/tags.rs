//! Several short words in one cell.

use super::text::one_line;
use super::{EMPTY, ValueError};

/// Most tags of one cell.
const MOST: usize = 50;
/// Longest tag, in characters.
const LONGEST: usize = 60;

const TOO_MANY: ValueError = ValueError::new("tags_too_many", "There are more than 50 tags in the cell. Use fewer.");
const TOO_LONG: ValueError =
    ValueError::new("tag_too_long", "A tag is longer than 60 characters. Divide tags with commas, semicolons or |.");

pub(super) const REASONS: &[ValueError] = &[TOO_MANY, TOO_LONG];

/// Tags divided by semicolons, `|` or line breaks, else by commas; repeated ones once, whatever their case. The marks of
/// Google's groups (`* myContacts ::: friends`) are taken off.
///
/// # Errors
/// `empty`, `tags_too_many`, `tag_too_long`.
pub fn tags(cell: &str) -> Result<Vec<String>, ValueError> {
    let cell = cell.replace(":::", ";");
    let divider: &[char] = if cell.contains([';', '|', '\n']) { &[';', '|', '\n'] } else { &[','] };
    let mut found: Vec<String> = Vec::new();
    let mut folded: Vec<String> = Vec::new();
    for part in cell.split(divider) {
        let tag = one_line(part.trim().trim_start_matches(['#', '*']));
        if tag.is_empty() || folded.contains(&tag.to_lowercase()) {
            continue;
        }
        if tag.chars().count() > LONGEST {
            return Err(TOO_LONG);
        }
        if found.len() == MOST {
            return Err(TOO_MANY);
        }
        folded.push(tag.to_lowercase());
        found.push(tag);
    }
    if found.is_empty() { Err(EMPTY) } else { Ok(found) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_divided_and_listed_once() {
        assert_eq!(tags("VIP, Madrid,vip , ,#new").unwrap(), ["VIP", "Madrid", "new"]);
        assert_eq!(tags("a, b; c|d").unwrap(), ["a, b", "c", "d"]);
        assert_eq!(tags("* myContacts ::: Friends").unwrap(), ["myContacts", "Friends"]);
        assert_eq!(tags(" ,, ").unwrap_err().code, "empty");
        assert_eq!(tags(&"x".repeat(61)).unwrap_err().code, "tag_too_long");
        let many: Vec<String> = (0..51).map(|n| n.to_string()).collect();
        assert_eq!(tags(&many.join(",")).unwrap_err().code, "tags_too_many");
    }
}
