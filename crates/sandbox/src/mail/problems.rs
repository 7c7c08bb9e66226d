//! What real mail servers or mail programs may object to, for the developer who wrote the mail.
//!
//! Refuses: judging taste or spam. Each line names a standard or a well-known refusal.

use super::Envelope;

/// Headers a mail program looks for, in the order they are asked for here.
pub(super) struct Present {
    pub from: bool,
    pub date: bool,
    pub message_id: bool,
    pub text: bool,
}

pub(super) fn find(envelope: &Envelope, raw: &[u8], present: &Present) -> Vec<String> {
    let mut problems = Vec::new();
    let mut object = |wrong: bool, text: &str| {
        if wrong {
            problems.push(text.to_owned());
        }
    };
    object(!present.from, "There is no From header (RFC 5322 section 3.6).");
    object(!present.date, "There is no Date header (RFC 5322 section 3.6).");
    object(!present.message_id, "There is no Message-ID header; filters mistrust such mail.");
    object(!present.text, "There is no plain text; filters mistrust such mail and some readers need it.");
    object(
        !raw.is_ascii() && !envelope.announced_8bit,
        "There are bytes outside ASCII, but the client announced neither 8BITMIME nor SMTPUTF8 (RFC 6152).",
    );
    object(
        has_lone_line_end(raw),
        "There are line ends other than CRLF (RFC 5321 section 2.3.8); many servers refuse the mail.",
    );
    object(
        raw.split(|b| *b == b'\n').any(|line| line.len() > 999),
        "There are lines over 998 bytes (RFC 5322 section 2.1.1).",
    );
    problems
}

fn has_lone_line_end(raw: &[u8]) -> bool {
    let mut previous = 0;
    for &byte in raw {
        if (byte == b'\n') != (previous == b'\r') {
            return true;
        }
        previous = byte;
    }
    previous == b'\r'
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn a_clean_mail_has_no_problems_and_a_careless_one_has_several() {
        let mut envelope =
            Envelope { from: String::new(), to: vec![], received_at: DateTime::UNIX_EPOCH, announced_8bit: false };
        let all = Present { from: true, date: true, message_id: true, text: true };
        assert_eq!(find(&envelope, b"A: b\r\n\r\ntext\r\n", &all), Vec::<String>::new());

        let none = Present { from: false, date: false, message_id: false, text: false };
        let careless = format!("A: ñ\n\n{}\r", "x".repeat(1_000));
        assert_eq!(find(&envelope, careless.as_bytes(), &none).len(), 7);
        envelope.announced_8bit = true;
        assert_eq!(find(&envelope, careless.as_bytes(), &none).len(), 6);
    }
}
