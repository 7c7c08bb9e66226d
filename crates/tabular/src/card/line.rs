//! Lines of a file of cards, put together again: folded ones, and those that quoted-printable broke.

use std::io::{BufRead, BufReader, Read};

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE};

use crate::laid::LayError;

/// Bytes kept of one line; the pictures of old cards are longer, and a note of more is refused where it is read.
const MOST_LINE: usize = 128 << 10;

/// Lines of a card, without their ends.
pub(super) struct Lines<R: Read> {
    reader: BufReader<Utf8<R>>,
    ahead: Option<Vec<u8>>,
    /// vCard 2.1 folds before a blank that belongs to the text.
    keeps_blank: bool,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(mut reader: R) -> Result<Self, LayError> {
        let mut mark = [0_u8; 2];
        let mut have = 0;
        while have < 2 {
            match reader.read(&mut mark[have..])? {
                0 => break,
                read => have += read,
            }
        }
        let decoder = match &mark[..have] {
            b"\xFF\xFE" => Some(UTF_16LE.new_decoder_without_bom_handling()),
            b"\xFE\xFF" => Some(UTF_16BE.new_decoder_without_bom_handling()),
            _ => None,
        };
        let first = if decoder.is_some() { Vec::new() } else { mark[..have].to_vec() };
        let utf8 = Utf8 { reader, decoder, ready: first, at: 0, end: false };
        Ok(Lines { reader: BufReader::with_capacity(64 << 10, utf8), ahead: None, keeps_blank: false })
    }

    pub(super) fn set_version(&mut self, version: &str) {
        self.keeps_blank = version.trim() == "2.1";
    }

    /// The next line as bytes: what charset its value is in, the line says itself.
    pub(super) fn next_line(&mut self) -> Result<Option<Vec<u8>>, LayError> {
        let Some(mut line) = self.physical()? else { return Ok(None) };
        if is_quoted_printable(&line) {
            while line.last() == Some(&b'=') {
                line.pop();
                let Some(more) = self.physical()? else { break };
                append(&mut line, &more);
            }
            return Ok(Some(line));
        }
        while let Some(more) = self.physical()? {
            match more.first() {
                Some(b' ' | b'\t') => append(&mut line, &more[usize::from(!self.keeps_blank)..]),
                _ => {
                    self.ahead = Some(more);
                    break;
                }
            }
        }
        Ok(Some(line))
    }

    /// One line of the file; of a longer one the beginning.
    fn physical(&mut self) -> Result<Option<Vec<u8>>, LayError> {
        if let Some(line) = self.ahead.take() {
            return Ok(Some(line));
        }
        let mut line = Vec::new();
        let mut any = false;
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                return Ok(any.then_some(line));
            }
            any = true;
            let end = buffer.iter().position(|b| *b == b'\n');
            let taken = end.unwrap_or(buffer.len());
            append(&mut line, &buffer[..taken]);
            self.reader.consume(taken + usize::from(end.is_some()));
            if end.is_some() {
                while line.last() == Some(&b'\r') {
                    line.pop();
                }
                return Ok(Some(line));
            }
        }
    }
}

fn append(line: &mut Vec<u8>, more: &[u8]) {
    let room = MOST_LINE.saturating_sub(line.len());
    line.extend_from_slice(&more[..more.len().min(room)]);
}

fn is_quoted_printable(line: &[u8]) -> bool {
    let head = line.split(|b| *b == b':').next().unwrap_or_default();
    head.to_ascii_uppercase().windows(16).any(|window| window == b"QUOTED-PRINTABLE")
}

/// The bytes as they are, or those of UTF-16 as UTF-8.
struct Utf8<R> {
    reader: R,
    decoder: Option<Decoder>,
    ready: Vec<u8>,
    at: usize,
    end: bool,
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        while self.at == self.ready.len() && !self.end {
            let Some(decoder) = &mut self.decoder else { return self.reader.read(out) };
            let mut wide = [0_u8; 4096];
            let read = self.reader.read(&mut wide)?;
            self.end = read == 0;
            let mut text = vec![0_u8; 4096 * 3 + 16];
            let (result, _, written, _) = decoder.decode_to_utf8(&wide[..read], &mut text, self.end);
            debug_assert_eq!(result, CoderResult::InputEmpty);
            text.truncate(written);
            (self.ready, self.at) = (text, 0);
        }
        let some = out.len().min(self.ready.len() - self.at);
        out[..some].copy_from_slice(&self.ready[self.at..self.at + some]);
        self.at += some;
        Ok(some)
    }
}
