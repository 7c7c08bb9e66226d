//! What the outside world can do for us: one small trait, with its value types, per capability.
//!
//! Invariant: nothing here knows a vendor, a wire format or a database. A provider implements a trait, a domain
//! calls it, and both meet only in these types. Values that could carry an attack across the border (a line break
//! in a header, a path in a file name, an address inside our own network) cannot be built.
//!
//! Refuses: I/O, configuration, retries. Those belong to the providers and to the job runner.

pub mod fetch;
pub mod mail;
mod outcome;

pub use outcome::Outcome;
