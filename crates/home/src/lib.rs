//! Home: one answer to "how do we stand", made of what the other domains keep. It stores nothing.
//!
//! Invariant: each part is shown only to a caller who may read where it comes from; a part one may not see is absent.

mod activity;
mod money;
mod needs;
mod pipeline;
mod routes;

pub use routes::{PERMISSIONS, routes};
