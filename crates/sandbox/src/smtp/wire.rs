//! Lines in, replies out.
//!
//! Invariant: a line is bounded in length and in the time it may take; a reply is one or more whole lines.

use std::{io, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    time::timeout,
};

use super::content::Content;

/// RFC 4954 section 4 asks for 12,288 octets for AUTH; everything else is shorter.
const LONGEST_LINE: u64 = 12_288;
/// RFC 5321 section 4.5.3.2.7.
const LONGEST_SILENCE: Duration = Duration::from_secs(300);

/// A reply, perhaps of several lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    pub code: u16,
    pub lines: Vec<String>,
}

impl Reply {
    pub fn new(code: u16, text: impl Into<String>) -> Self {
        Self { code, lines: vec![text.into()] }
    }
}

/// What came instead of a line.
#[derive(Debug)]
pub(super) enum Ended {
    /// The client left, or the network broke.
    Closed,
    Silent,
    TooLong,
}

impl From<io::Error> for Ended {
    fn from(_: io::Error) -> Self {
        Ended::Closed
    }
}

pub(super) struct Wire {
    stream: BufReader<TcpStream>,
}

impl Wire {
    pub fn new(stream: TcpStream) -> Self {
        Self { stream: BufReader::new(stream) }
    }

    /// The next line without its end; bytes outside UTF-8 are replaced.
    pub async fn line(&mut self) -> Result<String, Ended> {
        let mut line = Vec::new();
        let mut bounded = (&mut self.stream).take(LONGEST_LINE);
        let read =
            timeout(LONGEST_SILENCE, bounded.read_until(b'\n', &mut line)).await.map_err(|_| Ended::Silent)??;
        match line.strip_suffix(b"\n") {
            Some(text) => Ok(String::from_utf8_lossy(text.strip_suffix(b"\r").unwrap_or(text)).into_owned()),
            None if read as u64 == LONGEST_LINE => Err(Ended::TooLong),
            None => Err(Ended::Closed),
        }
    }

    /// Everything up to the final dot.
    pub async fn content(&mut self, limit: usize) -> Result<Content, Ended> {
        let mut content = Content::new(limit);
        loop {
            let piece = timeout(LONGEST_SILENCE, self.stream.fill_buf()).await.map_err(|_| Ended::Silent)??;
            if piece.is_empty() {
                return Err(Ended::Closed);
            }
            let length = piece.len();
            let end = content.take(piece);
            self.stream.consume(end.unwrap_or(length));
            if end.is_some() {
                return Ok(content);
            }
        }
    }

    pub async fn reply(&mut self, reply: &Reply) -> Result<(), Ended> {
        let mut text = String::new();
        for (at, line) in reply.lines.iter().enumerate() {
            let separator = if at + 1 == reply.lines.len() { ' ' } else { '-' };
            text.push_str(&format!("{}{separator}{line}\r\n", reply.code));
        }
        Ok(timeout(LONGEST_SILENCE, self.stream.write_all(text.as_bytes())).await.map_err(|_| Ended::Silent)??)
    }

    /// Says nothing until the client leaves or `longest` is over.
    pub async fn stay_silent(&mut self, longest: Duration) {
        let client_left = async {
            let mut ignored = [0; 4_096];
            while self.stream.read(&mut ignored).await.is_ok_and(|read| read > 0) {}
        };
        // Either way the connection is over.
        let _ = timeout(longest, client_left).await;
    }
}
