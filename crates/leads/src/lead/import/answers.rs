//! Questions and answers in one cell, as an export writes them: `Question: answer`, one to a line; further lines of an answer
//! follow it.

use kernel::{Error, Result};

use crate::lead::LeadAnswer;

pub fn answers(cell: &str) -> Result<Vec<LeadAnswer>> {
    let mut found: Vec<LeadAnswer> = Vec::new();
    for line in cell.lines().filter(|line| !line.trim().is_empty()) {
        match (line.split_once(": "), found.last_mut()) {
            (Some((question, answer)), _) => {
                found.push(LeadAnswer { question: question.trim().to_owned(), answer: answer.trim().to_owned() });
            }
            (None, Some(last)) => last.answer = format!("{}\n{}", last.answer, line.trim_end()),
            (None, None) => {
                let sentence = "Write each question with its answer on a line of its own: Question: answer.";
                return Err(Error::invalid("answers", "answers_unread", sentence));
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_back_as_they_went_out() {
        let found = answers("Vans?: 12\nWhen?: soon\nor later").unwrap();
        let pairs: Vec<_> = found.iter().map(|one| (one.question.as_str(), one.answer.as_str())).collect();
        assert_eq!(pairs, [("Vans?", "12"), ("When?", "soon\nor later")]);
        assert!(answers("twelve").is_err());
    }
}
