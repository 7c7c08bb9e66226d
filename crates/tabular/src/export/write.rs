//! Rows to bytes.

use std::io::{self, Write};

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};

use super::guard;

/// How a file is written. UTF-8 and CRLF always.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExportOptions {
    /// Begin with a byte order mark: without it Excel takes UTF-8 for a local encoding. On by default.
    pub bom: bool,
    /// One ASCII character; a comma by default.
    pub delimiter: u8,
}

impl Default for ExportOptions {
    fn default() -> Self {
        ExportOptions { bom: true, delimiter: b',' }
    }
}

/// Writes rows as they come; holds no more than a buffer. Every cell goes through [`guard`] and is quoted.
pub struct CsvWriter<W: Write> {
    inner: Writer<W>,
}

impl<W: Write> CsvWriter<W> {
    /// Writes the byte order mark if asked for.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn new(mut to: W, options: ExportOptions) -> io::Result<Self> {
        if options.bom {
            to.write_all("\u{FEFF}".as_bytes())?;
        }
        let inner = WriterBuilder::new()
            .delimiter(options.delimiter)
            .terminator(Terminator::CRLF)
            .quote_style(QuoteStyle::Always)
            .flexible(true)
            .from_writer(to);
        Ok(CsvWriter { inner })
    }

    /// Writes one row; a row of no cells becomes a row of one empty cell.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write<I, S>(&mut self, cells: I) -> io::Result<()>
    where
        I: IntoIterator<Item = S>,
        S: AsRef<str>,
    {
        for cell in cells {
            self.inner.write_field(guard(cell.as_ref()).as_bytes())?;
        }
        self.inner.write_record(None::<&[u8]>)?;
        Ok(())
    }

    /// Flushes, and gives the writer back.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(self) -> io::Result<W> {
        self.inner.into_inner().map_err(|error| io::Error::new(error.error().kind(), error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_guarded_and_lines_end_in_crlf() {
        let mut writer = CsvWriter::new(Vec::new(), ExportOptions::default()).unwrap();
        writer.write(["name", "phone", "balance"]).unwrap();
        writer.write(["O\"Hara; =cmd()", "+34612345678", "-12.50"]).unwrap();
        let bytes = writer.finish().unwrap();
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            "\u{FEFF}\"name\",\"phone\",\"balance\"\r\n\"O\"\"Hara; =cmd()\",\"'+34612345678\",\"-12.50\"\r\n"
        );
    }

    #[test]
    fn a_full_disk_is_an_error_and_not_a_short_file() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::Error::new(io::ErrorKind::StorageFull, "full"))
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut writer = CsvWriter::new(Full, ExportOptions { bom: false, ..Default::default() }).unwrap();
        let written = writer.write(["a"]);
        assert!(written.is_err() || writer.finish().is_err());
    }
}
