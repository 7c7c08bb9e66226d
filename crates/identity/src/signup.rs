//! Signing up: a person and their company, in one act.
//!
//! Invariants: everything is checked before anything is kept, and all refusals are told at once; who does not say that
//! the product is for business and that they are 16 or older leaves nothing behind (P185); the answer never tells
//! whether the address was known.

pub mod check;
pub(crate) mod register;
pub(crate) mod routes;

pub use check::SignUp;
pub use register::{Established, establish, sign_up};
