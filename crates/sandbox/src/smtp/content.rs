//! The content after DATA, up to the final dot.
//!
//! Invariant: only CRLF, dot, CRLF ends a mail (RFC 5321 section 4.1.1.4): a lone LF does not, or one mail could smuggle in
//! another. A line's first dot is taken off (section 4.5.2). Beyond the limit bytes are counted, not kept.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    LineStart,
    Middle,
    Cr,
    Dot,
    DotCr,
}

/// Collects content piece by piece.
pub(super) struct Content {
    state: State,
    bytes: Vec<u8>,
    limit: usize,
    seen: usize,
}

impl Content {
    pub fn new(limit: usize) -> Self {
        Self { state: State::LineStart, bytes: Vec::new(), limit, seen: 0 }
    }

    /// Takes the next piece. Answers how many of its bytes belong to this mail, once the final dot came.
    pub fn take(&mut self, piece: &[u8]) -> Option<usize> {
        for (at, &byte) in piece.iter().enumerate() {
            self.state = match (self.state, byte) {
                (State::LineStart, b'.') => State::Dot,
                (State::Dot, b'\r') => State::DotCr,
                (State::DotCr, b'\n') => return Some(at + 1),
                (State::DotCr, _) => {
                    self.put(b'\r');
                    self.plain(State::Cr, byte)
                }
                (before, _) => self.plain(before, byte),
            };
        }
        None
    }

    fn plain(&mut self, before: State, byte: u8) -> State {
        self.put(byte);
        match (before, byte) {
            (State::Cr, b'\n') => State::LineStart,
            (_, b'\r') => State::Cr,
            _ => State::Middle,
        }
    }

    fn put(&mut self, byte: u8) {
        self.seen += 1;
        if self.seen <= self.limit {
            self.bytes.push(byte);
        } else {
            self.bytes = Vec::new();
        }
    }

    /// The mail, or how large it was where that is too large.
    pub fn finish(self) -> Result<Vec<u8>, usize> {
        if self.seen > self.limit { Err(self.seen) } else { Ok(self.bytes) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Feeds `wire` in pieces of `size`; answers the mail and what follows it.
    fn read(wire: &[u8], size: usize) -> Option<(Vec<u8>, Vec<u8>)> {
        let mut content = Content::new(1_000);
        let mut at = 0;
        for piece in wire.chunks(size) {
            if let Some(used) = content.take(piece) {
                return Some((content.finish().unwrap(), wire[at + used..].to_vec()));
            }
            at += piece.len();
        }
        None
    }

    #[test]
    fn the_end_and_the_dots_are_found_however_the_bytes_arrive() {
        for (wire, mail, rest) in [
            (&b"A: b\r\n\r\nhi\r\n.\r\nQUIT\r\n"[..], &b"A: b\r\n\r\nhi\r\n"[..], &b"QUIT\r\n"[..]),
            (b".\r\n", b"", b""),
            (b"..\r\n...\r\n.\r\n", b".\r\n..\r\n", b""),
            (b".a\r\n.\r\n", b"a\r\n", b""),
            (b"a\r\n.\rb\r\n.\r\n", b"a\r\n\rb\r\n", b""),
            (b"a\r\n.\r\r\n.\r\n", b"a\r\n\r\r\n", b""),
            (b"a\r\r\n.\r\n", b"a\r\r\n", b""),
        ] {
            for size in 1..=wire.len() {
                assert_eq!(read(wire, size), Some((mail.to_vec(), rest.to_vec())), "{wire:?} by {size}");
            }
        }
    }

    #[test]
    fn a_lone_line_feed_never_ends_a_mail() {
        for wire in [&b"a\n.\nMAIL FROM:<eve@example.com>\r\n"[..], b"a\n.\r\nb\r\n", b"a\r\n.\nb\r\n", b"a\r.\r\n"] {
            assert_eq!(read(wire, 3), None, "{wire:?}");
        }
    }

    #[test]
    fn a_giant_mail_is_counted_but_not_kept() {
        let mut content = Content::new(10);
        assert_eq!(content.take(&[b'x'; 5_000]), None);
        assert!(content.bytes.capacity() <= 10);
        assert_eq!(content.take(b"\r\n.\r\n"), Some(5));
        assert_eq!(content.finish(), Err(5_002));
    }
}
