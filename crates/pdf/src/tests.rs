//! What the documents say, in four languages; what hostile text can do to them (nothing); how they break over pages.
//!
//! Text is read from the laid-out pages, item by item, as typst hands it to the PDF writer.

mod bytes;
mod facturx;
mod figures;
mod hostile;
mod paging;
mod reading;
mod refusals;
mod samples;
mod spoken;
mod wording;
