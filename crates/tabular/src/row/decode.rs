//! Bytes of any encoding to UTF-8, chunk by chunk.
//!
//! Invariant: a character cut by a chunk boundary comes out whole. Bytes that mean nothing come out as U+FFFD, which the
//! rows above refuse: a name is never stored mangled.

use std::io::{self, Read};

use encoding_rs::Decoder;

use crate::dialect::TextEncoding;

/// Bytes asked of the reader at a time.
pub(super) const CHUNK: usize = 64 << 10;

pub(super) struct Text<R> {
    reader: R,
    decoder: Decoder,
    input: Vec<u8>,
    pub(super) bytes_read: u64,
    ended: bool,
}

impl<R: Read> Text<R> {
    pub(super) fn new(reader: R, encoding: TextEncoding) -> Text<R> {
        Text { reader, decoder: encoding.decoder(), input: vec![0; CHUNK], bytes_read: 0, ended: false }
    }

    /// Appends the next chunk to `out`; false once the file has ended and nothing was left to append.
    pub(super) fn append(&mut self, out: &mut String) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        let read = loop {
            match self.reader.read(&mut self.input) {
                Ok(read) => break read.min(self.input.len()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            }
        };
        self.bytes_read += read as u64;
        self.ended = read == 0;
        let before = out.len();
        let mut rest = &self.input[..read];
        loop {
            out.reserve(self.decoder.max_utf8_buffer_length(rest.len()).unwrap_or(4 * CHUNK));
            let (result, consumed, _) = self.decoder.decode_to_string(rest, out, self.ended);
            rest = &rest[consumed..];
            if result == encoding_rs::CoderResult::InputEmpty {
                break;
            }
        }
        Ok(!self.ended || out.len() > before)
    }
}
