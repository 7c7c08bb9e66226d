//! What a client may say.
//!
//! Invariant: a parsed command holds addresses without brackets, control characters or source routes. Anything else is
//! an error with the reply it deserves.

use super::wire::Reply;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// EHLO (true) or HELO with the client's name.
    Hello(bool, String),
    /// AUTH PLAIN with its initial response, where given.
    Auth(Option<String>),
    Mail(MailFrom),
    Rcpt(String),
    Data,
    Reset,
    Noop,
    Verify,
    Help,
    Quit,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct MailFrom {
    /// Empty for the null return path.
    pub sender: String,
    pub size: Option<usize>,
    pub body_8bit: bool,
    pub utf8: bool,
}

pub(super) fn parse(line: &str) -> Result<Command, Reply> {
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    let rest = rest.trim();
    match verb.to_ascii_uppercase().as_str() {
        "EHLO" | "HELO" if rest.is_empty() => Err(Reply::new(501, "5.5.4 A host name is needed")),
        "EHLO" => Ok(Command::Hello(true, rest.to_owned())),
        "HELO" => Ok(Command::Hello(false, rest.to_owned())),
        "AUTH" => auth(rest),
        "MAIL" => mail_from(rest),
        "RCPT" => rcpt_to(rest),
        "DATA" => Ok(Command::Data),
        "RSET" => Ok(Command::Reset),
        "NOOP" => Ok(Command::Noop),
        "VRFY" => Ok(Command::Verify),
        "HELP" => Ok(Command::Help),
        "QUIT" => Ok(Command::Quit),
        "EXPN" | "STARTTLS" | "BDAT" | "ETRN" | "TURN" => Err(Reply::new(502, "5.5.1 Not offered here")),
        _ => Err(Reply::new(500, "5.5.1 Command not known")),
    }
}

fn auth(rest: &str) -> Result<Command, Reply> {
    let (mechanism, initial) = rest.split_once(' ').unwrap_or((rest, ""));
    if !mechanism.eq_ignore_ascii_case("PLAIN") {
        return Err(Reply::new(504, "5.5.4 Only AUTH PLAIN is offered"));
    }
    Ok(Command::Auth((!initial.is_empty()).then(|| initial.trim().to_owned())))
}

fn mail_from(rest: &str) -> Result<Command, Reply> {
    let (sender, parameters) = path(rest, "FROM:")?;
    let mut mail = MailFrom { sender, size: None, body_8bit: false, utf8: false };
    for parameter in parameters.split_whitespace() {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        match (name.to_ascii_uppercase().as_str(), value.to_ascii_uppercase().as_str()) {
            ("SIZE", digits) => {
                let size = digits.parse().map_err(|_| Reply::new(501, "5.5.4 SIZE must be a number"))?;
                mail.size = Some(size);
            }
            ("BODY", "8BITMIME") => mail.body_8bit = true,
            ("BODY", "7BIT") => {}
            ("SMTPUTF8", "") => mail.utf8 = true,
            ("AUTH", sender) if !sender.is_empty() => {}
            _ => return Err(Reply::new(555, "5.5.4 MAIL parameter not known")),
        }
    }
    if !mail.sender.is_ascii() && !mail.utf8 {
        return Err(Reply::new(553, "5.6.7 An address outside ASCII needs SMTPUTF8"));
    }
    Ok(Command::Mail(mail))
}

fn rcpt_to(rest: &str) -> Result<Command, Reply> {
    let (recipient, parameters) = path(rest, "TO:")?;
    if !parameters.trim().is_empty() {
        return Err(Reply::new(555, "5.5.4 RCPT parameter not known"));
    }
    let (local, domain) = recipient.rsplit_once('@').unwrap_or_default();
    if local.is_empty() || domain.is_empty() {
        return Err(Reply::new(553, "5.1.3 A recipient must read like name@example.com"));
    }
    Ok(Command::Rcpt(recipient))
}

/// `FROM:<path> parameters` to the address and the parameters; a source route (RFC 5321 appendix C) is dropped.
fn path<'a>(rest: &'a str, keyword: &str) -> Result<(String, &'a str), Reply> {
    let malformed = || Reply::new(501, format!("5.5.4 Write {keyword}<name@example.com>"));
    let head = rest.get(..keyword.len()).filter(|head| head.eq_ignore_ascii_case(keyword)).ok_or_else(malformed)?;
    let inner = rest[head.len()..].trim_start().strip_prefix('<').ok_or_else(malformed)?;
    let (path, parameters) = inner.split_once('>').ok_or_else(malformed)?;
    let address = if path.starts_with('@') { path.split_once(':').map_or("", |(_, address)| address) } else { path };
    let forbidden = |c: char| c.is_control() || c.is_whitespace() || c == '<';
    if address.len() > 320 || address.chars().any(forbidden) {
        return Err(Reply::new(501, "5.1.7 The address is malformed"));
    }
    Ok((address.to_owned(), parameters))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sender(address: &str) -> MailFrom {
        MailFrom { sender: address.into(), size: None, body_8bit: false, utf8: false }
    }

    #[test]
    fn reads_what_clients_say() {
        for (line, expected) in [
            ("EHLO client.example", Command::Hello(true, "client.example".into())),
            ("helo [127.0.0.1]", Command::Hello(false, "[127.0.0.1]".into())),
            ("AUTH PLAIN AHUAcA==", Command::Auth(Some("AHUAcA==".into()))),
            ("auth plain", Command::Auth(None)),
            ("MAIL FROM:<ana@example.com>", Command::Mail(sender("ana@example.com"))),
            ("mail from: <>", Command::Mail(sender(""))),
            ("RCPT TO:<@a.example,@b.example:bo@example.com>", Command::Rcpt("bo@example.com".into())),
            ("RCPT TO:<josé@example.com>", Command::Rcpt("josé@example.com".into())),
            ("DATA", Command::Data),
            ("quit", Command::Quit),
        ] {
            assert_eq!(parse(line), Ok(expected), "{line}");
        }
        let full = "MAIL FROM:<josé@example.com> SIZE=1200 BODY=8BITMIME SMTPUTF8 AUTH=<>";
        let expected = MailFrom { sender: "josé@example.com".into(), size: Some(1200), body_8bit: true, utf8: true };
        assert_eq!(parse(full), Ok(Command::Mail(expected)));
    }

    #[test]
    fn refuses_what_the_standard_does_not_know() {
        for (line, code) in [
            ("", 500),
            ("GET / HTTP/1.1", 500),
            ("EHLO", 501),
            ("STARTTLS", 502),
            ("AUTH LOGIN", 504),
            ("MAIL ana@example.com", 501),
            ("MAIL FROM:ana@example.com", 501),
            ("MAIL FROM:<ana@example.com", 501),
            ("MAIL FROM:<ana@example.com> SIZE=big", 501),
            ("MAIL FROM:<ana@example.com> SIZE=99999999999999999999999", 501),
            ("MAIL FROM:<ana@example.com> COLOR=RED", 555),
            ("MAIL FROM:<josé@example.com>", 553),
            ("RCPT TO:<ana>", 553),
            ("RCPT TO:<>", 553),
            ("RCPT TO:<a b@example.com>", 501),
            ("RCPT TO:<a\u{0}b@example.com>", 501),
            ("RCPT TO:<ana@example.com> NOTIFY=NEVER", 555),
            ("RCPT ñ", 501),
        ] {
            assert_eq!(parse(line).unwrap_err().code, code, "{line:?}");
        }
    }
}
